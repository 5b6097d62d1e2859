"""Short forms and other spellings of given names: Joe is Joseph, Anthony is Antony."""

from collections.abc import Iterator
from functools import cache

from dragoman.core.errors import ConfigError
from dragoman.knowledge.tables import facts_folder, read_rows, values

TABLE = facts_folder() / "given_names.tsv"


def full_given_name(name: str) -> str:
    """The form under which a folded given name stands in the table; names that are not in it stand for themselves."""
    return _full().get(name, name)


@cache
def _full() -> dict[str, str]:
    return dict(_forms())


def _forms() -> Iterator[tuple[str, str]]:
    seen: dict[str, str] = {}
    for line, row in read_rows(TABLE, ("given", "forms")):
        for form in values(row["forms"]):
            if seen.setdefault(form, row["given"]) != row["given"]:
                raise ConfigError(f"{TABLE.name}:{line}: {form!r} is already a form of {seen[form]!r}; leave one out")
            yield form, row["given"]
