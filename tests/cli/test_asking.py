"""brief, contacts, statements, sources, show, review: what they answer."""

import csv
import io
import json

import pytest

from dragoman.app.asking import find_rows
from dragoman.app.config import Config
from dragoman.core.queries import ClaimKind, ClaimQuery


def rows(result) -> list[dict]:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)["rows"]


@pytest.fixture(autouse=True)
def _stored(stored) -> None:
    """Every test here asks the same small store."""


def test_a_contact_comes_with_its_sentence_neighbours_document_and_voice(dragoman) -> None:
    row = rows(dragoman("contacts", "--actor", "qatar", "--with", "HAMAS", "--since", "2024-05-01", "--json"))[0]
    assert row["sentence"] == "Majed Ansari met a Hamas delegation."
    assert (row["before"], row["after"]) == ("Nobody expected it.", "=HYPERLINK(1), he said.")
    assert (row["document"], row["url"]) == ("first", "https://example.org/1")
    assert row["voice"] == "Example Agency ← two officials (anonymous)"
    assert row["participants"][0]["person"] == "Majed Ansari"
    assert "text" not in row or row["text"] is None


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ((), 2),
        (("--person", "ansari"), 2),
        (("--person", "nobody"), 0),
        (("--actor", "Turkey"), 0),
        (("--role", "mediator"), 2),
        (("--role", "host"), 0),
        (("--level", "special envoy"), 2),
        (("--channel", "in-person"), 2),
        (("--channel", "phone"), 0),
        (("--dossier", "gaza"), 2),
        (("--issue", "ceasefire"), 2),
        (("--issue", "sanctions"), 0),
        (("--since", "2024-05-06", "--until", "2024-05-06"), 1),
        (("--since", "2024-05-07"), 0),
        (("--limit", "1"), 1),
    ],
)
def test_filters(dragoman, options, count) -> None:
    assert len(rows(dragoman("contacts", *options, "--json"))) == count


def test_undated_rows_left_out_are_counted(dragoman) -> None:
    result = dragoman("contacts", "--since", "2024-05-01")
    assert "1 more fit but have no date" in result.stderr


def test_a_formula_in_a_document_is_text_in_csv(dragoman) -> None:
    result = dragoman("statements", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(result.stdout))
    assert row["sentence"].startswith("'=HYPERLINK")


def test_control_characters_never_reach_the_terminal(dragoman) -> None:
    for arguments in (("contacts",), ("brief", "--out", "b.md")):
        assert "\x1b[31menvoy" not in dragoman(*arguments).output
    (row,) = rows(dragoman("contacts", "--json", "--until", "2030-01-01", "--limit", "1"))
    assert dragoman("show", row["id"]).exit_code == 0


def test_full_text_leaves_only_on_request(dragoman) -> None:
    assert rows(dragoman("contacts", "--json", "--full-text"))[0]["text"].startswith("Envoy in Doha")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("contacts", "--since", "yesterday"), "YYYY-MM-DD"),
        (("contacts", "--role", "boss"), "mediator"),
        (("show", "nonsense"), "no claim id"),
        (("show", "c0000000000000000"), "no claim with this id"),
        (("brief", "--out", "b.pdf"), ".html or .md"),
    ],
)
def test_a_wrong_argument_says_what_would_be_right(dragoman, arguments, said) -> None:
    result = dragoman(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_sources_are_counted_and_graded(dragoman, folder) -> None:
    (folder / "dragoman.toml").write_text('[sources."Example Agency"]\ngrade = "B"\n')
    result = dragoman("sources", "--json")
    by_name = {row["source"]: row for row in json.loads(result.stdout)}
    assert (by_name["Example Agency"]["grade"], by_name["Example Agency"]["claims"]) == ("B", 2)
    assert by_name["unknown source"]["grade"] == "F"
    assert [
        row["source"] for row in json.loads(dragoman("sources", "--person", "ansari", "--since", "2024-05-01", "--json").stdout)
    ] == ["Example Agency"]


def test_show_prints_one_claim_in_its_text(dragoman) -> None:
    (row, *_) = rows(dragoman("contacts", "--json"))
    result = dragoman("show", row["id"][:9])
    assert result.exit_code == 0
    assert "Nobody expected it." in result.stdout
    assert "says so: Example Agency ← two officials (anonymous)" in result.stdout


def test_brief_writes_html_and_markdown(dragoman, folder) -> None:
    made = json.loads(dragoman("brief", "--dossier", "gaza", "--since", "2024-05-01", "--out", "out/b.html", "--json").stdout)
    assert (made["contacts"], made["statements"]) == (1, 1)
    assert "Majed Ansari" in (folder / "out" / "b.html").read_text()
    assert dragoman("brief", "--out", "b.md").exit_code == 0
    assert (folder / "b.md").read_text().startswith("# Mediation brief")


def test_a_rejected_claim_leaves_answers_and_briefs_and_undo_brings_it_back(dragoman, folder) -> None:
    first = rows(dragoman("contacts", "--json"))[0]["id"]
    assert dragoman("review", "reject", first, "--why", "withdrawn").exit_code == 0
    assert first not in [row["id"] for row in rows(dragoman("contacts", "--json"))]
    dragoman("brief", "--out", "b.md")
    assert first not in (folder / "b.md").read_text()
    made = json.loads(dragoman("review", "list", "--json").stdout)
    assert (made[0]["by"], made[0]["why"]) == ("tester", "withdrawn")
    assert dragoman("review", "undo", made[0]["id"]).exit_code == 0
    assert first in [row["id"] for row in rows(dragoman("contacts", "--json"))]


def test_a_corrected_claim_fits_by_its_new_value_under_its_old_id(dragoman) -> None:
    first = rows(dragoman("contacts", "--json"))[0]["id"]
    assert dragoman("review", "correct", first, "--field", "channel", "--value", "phone").exit_code == 0
    assert [row["id"] for row in rows(dragoman("contacts", "--channel", "phone", "--json"))] == [first]
    assert first not in [row["id"] for row in rows(dragoman("contacts", "--channel", "in_person", "--json"))]
    assert "correct channel = phone, by tester" in dragoman("show", first).stdout


@pytest.mark.parametrize(
    ("field", "value"), [("chanel", "phone"), ("channel", "smoke"), ("evidence", "x"), ("participants.9.role", "host")]
)
def test_a_correction_that_fits_nothing_is_refused_and_not_kept(dragoman, field, value) -> None:
    first = rows(dragoman("contacts", "--json"))[0]["id"]
    refused = dragoman("review", "correct", first, "--field", field, "--value", value)
    assert refused.exit_code == 2
    assert "dragoman show" in refused.stderr
    assert json.loads(dragoman("review", "list", "--json").stdout) == []


def test_a_closed_list_is_told_where_a_value_is_none_of_it(dragoman) -> None:
    first = rows(dragoman("contacts", "--json"))[0]["id"]
    assert "choose in_person, phone" in dragoman("review", "correct", first, "--field", "channel", "--value", "smoke").stderr
    assert json.loads(dragoman("review", "list", "--json").stdout) == []


def test_the_list_of_decisions_says_which_apply(dragoman) -> None:
    first = rows(dragoman("contacts", "--json"))[0]["id"]
    dragoman("review", "accept", first)
    (made,) = json.loads(dragoman("review", "list", "--json").stdout)
    assert made["not_attached"] is None
    dragoman("review", "undo", made["id"])
    assert "taken back" in dragoman("review", "list").stdout


def test_pages_go_on_where_the_last_ended_also_after_a_correction(dragoman) -> None:
    first, second = (row["id"] for row in rows(dragoman("contacts", "--json")))
    assert dragoman("review", "correct", second, "--field", "channel", "--value", "phone").exit_code == 0
    store = json.loads(dragoman("config", "--json").stdout)
    config = Config(store=next(each["value"] for each in store if each["key"] == "store"))
    pages = [find_rows(config, ClaimQuery(kinds=(ClaimKind.ENGAGEMENT,), limit=1, offset=skipped)) for skipped in (0, 1)]
    assert [row.id for page in pages for row in page.rows] == [first, second]
    assert {page.total for page in pages} == {2}


def test_an_unknown_dossier_is_taken_and_doubted(dragoman) -> None:
    first = rows(dragoman("contacts", "--json"))[0]["id"]
    result = dragoman("review", "assign", first, "gazza")
    assert result.exit_code == 0
    assert "did you mean gaza" in result.stderr


def test_merge_needs_two_claims(dragoman) -> None:
    first, second = (row["id"] for row in rows(dragoman("contacts", "--json")))
    assert dragoman("review", "merge", first).exit_code == 2
    assert dragoman("review", "merge", first, second).exit_code == 0
    assert json.loads(dragoman("resolve", "--json").stdout)["merged_events"] == 1
    assert dragoman("review", "split", first, second).exit_code == 0


def test_resolve_counts(dragoman) -> None:
    found = json.loads(dragoman("resolve", "--json").stdout)
    assert (found["documents"], found["engagements"]) == (2, 2)
    assert dragoman("resolve").exit_code == 0
