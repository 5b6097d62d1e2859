"""repair: what it says and returns."""

import json
from pathlib import Path


def test_repairs_a_sound_store_and_says_so(dragoman, stored: Path, folder: Path) -> None:
    result = dragoman("repair", str(stored), "--out", "new.db")
    assert result.exit_code == 0, result.output
    assert "nothing is known to be missing" in result.stdout
    assert dragoman("--store", "new.db", "contacts", "--json").stdout == dragoman("contacts", "--json").stdout


def test_damage_is_told_with_the_way_out_and_what_was_lost(dragoman, stored: Path, folder: Path) -> None:
    dragoman("resolve")
    content = stored.read_bytes()
    altered = content.replace(b"Majed Ansari met a Hamas delegation", b"Majed Ansari met a Fatah delegation")
    assert altered != content
    stored.write_bytes(altered)
    told = dragoman("brief", "--out", "brief.html")
    assert told.exit_code == 4
    assert "dragoman --store dragoman.db repair --out NEW.db" in told.stderr
    result = dragoman("repair", "--out", "new.db", "--json")
    report = json.loads(result.stdout)
    assert result.exit_code == 7
    assert (report["documents"], len(report["lost_documents"])) == (1, 1)
    assert dragoman("--store", "new.db", "contacts").exit_code == 0
    assert dragoman("repair", "--out", "new.db").exit_code == 2
