"""Whose official site a document stands on: what a government publishes there speaks for that government."""

from collections.abc import Mapping
from functools import cache
from urllib.parse import urlsplit

from dragoman.knowledge.tables import facts_folder, read_rows

_GOVERNMENT = frozenset({"gob", "gov", "gouv", "govt", "go", "gub", "gv"})
"""Names that registries keep for governments, before the ending of a country: `mfa.gov.tr`, `mofa.go.jp`."""
_PROVINCES = {"au": frozenset({"act", "nsw", "nt", "qld", "sa", "tas", "vic", "wa"})}
"""Names before `gov` that belong to a part of the country, which does not speak for it."""
_ENDINGS = {"uk": "GB"}
"""Endings of countries that are not their ISO 3166 alpha-2 code."""


def official_actor(address: str | None) -> str | None:
    """The code of the actor whose official site an address or host name is of; None where it is nobody's, or a province's.

    A name kept for governments before a country's ending says so by itself; other sites stand in facts/official_sites.tsv.
    """
    labels = _host(address or "").split(".")
    if len(labels) < 2:
        return None
    known = official_sites()
    listed = next((known[site] for at in range(len(labels) - 1) if (site := ".".join(labels[at:])) in known), None)
    return listed or _by_ending(labels)


def _host(address: str) -> str:
    """The host of an address, or of what is one without its scheme; nothing for words such as the name of an outlet."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:  # no address at all: "[agency]"
        return ""
    return "" if " " in host else host.rstrip(".")


def _by_ending(labels: list[str]) -> str | None:
    ending = labels[-1]
    if labels[-2] not in _GOVERNMENT or (len(labels) > 2 and labels[-3] in _PROVINCES.get(ending, ())):
        return None
    import pycountry  # noqa: PLC0415  its tables load on first use

    country = pycountry.countries.get(alpha_2=_ENDINGS.get(ending, ending.upper()))
    return None if country is None else str(country.alpha_3)


@cache
def official_sites() -> Mapping[str, str]:
    """Sites that no ending tells, by host name; their subdomains are theirs, too."""
    return {row["host"]: row["code"] for _, row in read_rows(facts_folder() / "official_sites.tsv", ("host", "code"))}
