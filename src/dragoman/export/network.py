"""Who was in touch with whom as a network: GraphML and GEXF, by networkx."""

import io
import re

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from dragoman.analysis.contacts import Contact, contacts_of, names_of
from dragoman.core.actors import Actor
from dragoman.core.printing import printable
from dragoman.core.records import Event
from dragoman.core.vocab import Role
from dragoman.export.selection import Selection, cite, distinct, one_line, pointer
from dragoman.knowledge.gazetteer import load_gazetteer
from dragoman.knowledge.sectors import country_of_entry

_CLOCK = re.compile(rb' lastmodifieddate="[^"]*"')


def contact_network(selection: Selection) -> "nx.MultiGraph[str]":
    """Actors as nodes, one edge for each contact of two of them in an event that took place.

    `weight` is 1 / (n - 1) for n actors in the event (Newman 2001, as in `dragoman.analysis.contacts`), so that a contact of two
    counts one and a conference does not drown everything. Pairs that a third party stood between have `direct` false.
    """
    graph: nx.MultiGraph[str] = nx.MultiGraph(name=f"Contacts: {selection.dossier or 'all dossiers'}")
    events = {event.id: event for event in selection.events}
    names = names_of(selection.events)
    actors = {one.actor.key: one.actor for event in selection.events for one in event.participants}
    for contact in contacts_of(selection.events):
        for key in contact.pair:
            if _id(key) not in graph:
                graph.add_node(_id(key), **_node(key, names, actors))
        left, right = (_id(key) for key in contact.pair)
        graph.add_edge(left, right, key=f"{contact.event}-{left}-{right}", **_edge(contact, events[contact.event], selection))
    return graph


def _id(key: str) -> str:
    """An actor's key as XML can hold it."""
    return printable(one_line(key))


def _node(key: str, names: dict[str, str], actors: dict[str, Actor]) -> dict[str, str]:
    actor = actors[key]
    entry = load_gazetteer().actor(actor.code) if actor.code else None
    kind = actor.kind or (entry.actor.kind if entry else None)
    known = {"label": printable(names[key]), "kind": kind.value if kind else None, "country": country_of_entry(entry)}
    return {name: value for name, value in known.items() if value}


def _edge(contact: Contact, event: Event, selection: Selection) -> dict[str, str | float | int | bool]:
    own, first = selection.reports(event)[0]
    cited = cite(own, first, selection.document(first))
    roles = (f"{one.actor.name}: {one.role.value}" for one in event.participants if one.role is not Role.COUNTERPART)
    level = contact.level
    known = {
        "event": event.id,
        "contact": event.type.value,
        "channel": contact.channel.value if contact.channel else None,
        "date": event.when.start.isoformat() if event.when and event.when.start else None,
        "until": contact.day.isoformat() if contact.day else None,
        "weight": 1 / max(1, contact.company - 1),
        "direct": contact.direct,
        "through": ", ".join(contact.through),
        "level": level.value if level else None,
        "dossiers": ", ".join(contact.dossiers),
        "roles": "; ".join(distinct(tuple(roles))),
        "independent": contact.independent,
        "sentence": cited.sentence,
        "source": cited.source,
        "url": cited.url,
        "pointer": pointer(cited),
    }
    return {
        name: printable(value) if isinstance(value, str) else value for name, value in known.items() if value not in {None, ""}
    }


def graphml(selection: Selection) -> bytes:
    """The network as GraphML."""
    with io.BytesIO() as stream:
        nx.write_graphml_xml(contact_network(selection), stream, infer_numeric_types=False)
        return stream.getvalue()


def gexf(selection: Selection) -> bytes:
    """The network as GEXF, with the days of contacts as their times, for programs with a time line."""
    graph = contact_network(selection)
    for _, _, key, facts in graph.edges(data=True, keys=True):
        facts["id"] = key
        if "date" in facts and "until" in facts:
            facts["start"], facts["end"] = facts["date"], facts["until"]
    with io.BytesIO() as stream:
        writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
        writer.add_graph(graph)
        writer.write(stream)
        return _CLOCK.sub(b"", stream.getvalue())  # the day of writing is the clock's, not the record's
