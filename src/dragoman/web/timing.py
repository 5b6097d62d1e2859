"""How long the desk takes to answer: every page and every address for programs, over one store."""

import logging
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar.testing import TestClient

from dragoman.app.config import Config
from dragoman.app.desk import Desk
from dragoman.app.snapshot import Snapshot
from dragoman.web.application import create_application
from dragoman.web.preparing import prepare_pages

_PORT = 8765
_BOTH = ("events", "actors", "dossiers", "channels", "talks", "positions", "commitments", "review", "sources")
_PLAIN_PAGES = ("", *_BOTH, "timeline", "map")
_PLAIN_LISTS = (*_BOTH, "claims", "documents", "persons", "tension", "judgements")


class Timed(msgspec.Struct, frozen=True, kw_only=True):
    """Milliseconds for one address: the first time on a snapshot, then over many askings, by the clock and of CPU."""

    address: str
    first: float
    p50: float
    p95: float
    cpu_p95: float
    asked: int
    status: int


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """What was measured on: how much the record holds, and the seconds until the first snapshot was ready."""

    documents: int
    claims: int
    events: int
    seconds: float


def open_desk(config: Config) -> tuple[Desk, Opened]:
    """Make the first snapshot, and say what it took."""
    desk = Desk(config)
    began = time.perf_counter()
    desk.prepare_by(prepare_pages)
    desk.ready()
    snapshot = desk.snapshot()
    material = snapshot.ground.material
    seconds = time.perf_counter() - began
    desk.finished()  # what goes on behind the scenes would count as a page's CPU
    return desk, Opened(
        documents=len(material.library.documents), claims=len(material.claims), events=len(snapshot.events), seconds=seconds
    )


def time_desk(desk: Desk, *, askings: int = 20, seed: int = 1) -> Iterator[Timed]:
    """Ask every address many times, each time for something else where it can be."""
    rnd = random.Random(seed)  # noqa: S311  nobody's secret
    snapshot = desk.snapshot()
    logging.getLogger("httpx").setLevel(logging.WARNING)  # a line for each request would bury the table
    with TestClient(create_application(desk, port=_PORT), base_url=f"http://127.0.0.1:{_PORT}") as client:
        for name, address in addresses(snapshot, rnd).items():
            yield _timed(client, name, [address() for _ in range(askings)])


def addresses(snapshot: Snapshot, rnd: random.Random) -> Mapping[str, Callable[[], str]]:
    """What is asked, by name; each gives another address of its kind every time, as a reader would ask."""
    events, claims, documents = list(snapshot.events), list(snapshot.ground.material.claims), [d.id for d in snapshot.documents]
    actors, dossiers, persons = list(snapshot.by_actor), list(snapshot.by_dossier), list(snapshot.by_person)
    talks, sources = [row.id for row in snapshot.talks], [row.source for row in snapshot.sources]
    words = ["offered", "aide said", "attack killed", "alron", "berossi camov", '"alron bemov"', "negotiat*"]

    def one(pattern: str, *pools: Sequence[str]) -> Callable[[], str]:
        return lambda: pattern.format(*(rnd.choice(pool) for pool in pools))

    def asked(path: str, **pools: Sequence[Any]) -> Callable[[], str]:
        return lambda: f"{path}?{urlencode({name: rnd.choice(pool) for name, pool in pools.items()})}"

    def two(path: str, *names: str) -> Callable[[], str]:
        return lambda: f"{path}?{urlencode(list(zip(names, rnd.sample(actors, 2), strict=True)))}"

    lists: dict[str, dict[str, Sequence[Any]]] = {
        "?dossier, role": {"dossier": dossiers, "role": ["mediator", "party"]},
        "?actor": {"actor": actors},
        "?since, until": {"since": ["2018-01-01", "2020-06-01"], "until": ["2020-12-31", "2021-03-01"]},
        "?page": {"page": [2, 3, 20]},
    }
    pages = {f"/events{name}": asked("/events", **pools) for name, pools in lists.items()}
    pages |= {f"/{name}": one(f"/{name}") for name in _PLAIN_PAGES}
    pages |= {
        "/events/ID": one("/events/{}", events),
        "/claims/ID": one("/claims/{}", claims),
        "/documents/ID": one("/documents/{}", documents),
        "/actors/ID": one("/actors/{}", actors),
        "/persons/NAME": one("/persons/{}", persons),
        "/dossiers/ID": one("/dossiers/{}", dossiers),
        "/talks/ID": one("/talks/{}", talks or ["none"]),
        "/sources/NAME": one("/sources/{}", sources),
        "/channels?dossier": asked("/channels", dossier=dossiers),
        "/channels?sender, receiver": lambda: (
            f"/channels?{urlencode(dict(zip(('sender', 'receiver'), rnd.sample(actors, 2), strict=True)))}"
        ),
        "/talks?dossier": asked("/talks", dossier=dossiers),
        "/positions?dossier": asked("/positions", dossier=dossiers),
        "/commitments?dossier": asked("/commitments", dossier=dossiers),
        "/timeline?dossier": asked("/timeline", dossier=dossiers),
        "/map?dossier": asked("/map", dossier=dossiers),
        "/search?q": asked("/search", q=words),
    }
    api = "/api/v1"
    pages |= {f"{api}/events{name}": asked(f"{api}/events", **pools) for name, pools in lists.items() if "page" not in name}
    pages |= {
        f"{api}/claims?{name}": asked(f"{api}/claims", **{str(name): pool})
        for name, pool in {"actor": actors, "kind": ["utterance"], "role": ["mediator"], "since": ["2019-05-01"]}.items()
    }
    pages |= {f"{api}/{name}": one(f"{api}/{name}") for name in _PLAIN_LISTS}
    return pages | {
        f"{api}/events/ID": one(f"{api}/events/{{}}", events),
        f"{api}/claims/ID": one(f"{api}/claims/{{}}", claims),
        f"{api}/documents/ID": one(f"{api}/documents/{{}}", documents),
        f"{api}/actors/ID": one(f"{api}/actors/{{}}", actors),
        f"{api}/persons/NAME": one(f"{api}/persons/{{}}", persons),
        f"{api}/profiles/ID": one(f"{api}/profiles/{{}}", actors),
        f"{api}/paths": two(f"{api}/paths", "from", "to"),
        f"{api}/tension?dossier": asked(f"{api}/tension", dossier=dossiers),
        f"{api}/coalitions/ID": one(f"{api}/coalitions/{{}}", dossiers),
        f"{api}/search?q": asked(f"{api}/search", q=words),
        f"{api}/search?q, claims": asked(f"{api}/search", q=words, kind=["claims"]),
    }


def _timed(client: TestClient[Any], name: str, asked: Sequence[str]) -> Timed:
    clock, cpu, status = [], [], 0
    for address in asked:
        began, worked = time.perf_counter(), time.process_time()
        status = max(status, client.get(address).status_code)
        clock.append(1000 * (time.perf_counter() - began))
        cpu.append(1000 * (time.process_time() - worked))
    return Timed(
        address=name,
        first=clock[0],
        p50=_quantile(clock, 0.5),
        p95=_quantile(clock, 0.95),
        cpu_p95=_quantile(cpu, 0.95),
        asked=len(asked),
        status=status,
    )


def _quantile(values: Sequence[float], share: float) -> float:
    """The value that this share of all does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-round(share * 1000) * len(ordered) // 1000) - 1)]
