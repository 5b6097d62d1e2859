"""How our codes read in other codebooks: issues in PA-X; every row names where it comes from."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import msgspec

from dragoman.core.errors import ConfigError
from dragoman.core.vocab import Issue
from dragoman.knowledge.tables import facts_folder, read_rows

_PAX = "issues_pax.tsv"


class PaxIssue(msgspec.Struct, frozen=True, kw_only=True):
    """An issue in PA-X: its code and PA-X's label, both None where PA-X has none; `source` says by what, or why not."""

    issue: Issue
    code: str | None
    label: str | None
    source: str


@cache
def pax_issues() -> Mapping[Issue, PaxIssue]:
    """PA-X's code for each of our issues; ConfigError where the table is broken."""
    found: dict[Issue, PaxIssue] = {}
    for line, row in read_rows(facts_folder() / _PAX, ("issue", "pax", "label", "source")):
        if row["issue"] not in set(Issue):
            raise ConfigError(f"{_PAX}:{line}: {row['issue']!r} is no issue; mend the row")
        issue = Issue(row["issue"])
        found[issue] = PaxIssue(issue=issue, code=row["pax"] or None, label=row["label"] or None, source=row["source"])
    return found


def pax_codes(issues: Iterable[Issue]) -> tuple[str, ...]:
    """PA-X codes of some issues, each once; issues that PA-X has no code for fall out."""
    table = pax_issues()
    return tuple(dict.fromkeys(code for issue in issues if (code := table[issue].code)))


def faults() -> Iterator[str]:
    """Yield every fault of the crosswalks as a line for people."""
    table = pax_issues()
    for issue in Issue:
        if issue not in table:
            yield f"{_PAX}: {issue} is missing"
    for row in table.values():
        if not row.source:
            yield f"{_PAX}: {row.issue} names no source"
        if (row.code is None) != (row.label is None):
            yield f"{_PAX}: {row.issue} has a code without a label or a label without a code"
