"""Contacts as a network, read back by networkx."""

import io

import networkx as nx
import pytest

from dragoman.export.network import gexf, graphml


@pytest.fixture(scope="module")
def read(selection):
    return nx.read_graphml(io.BytesIO(graphml(selection)), force_multigraph=True)


def edges(graph, left: str, right: str) -> list[dict]:
    return list(graph.get_edge_data(left, right, default={}).values())


def test_who_was_in_touch_is_joined_once_for_each_event(read, selection) -> None:
    assert set(read) == {"QAT", "HAMAS", "ISR"}
    assert read.nodes["HAMAS"] == {"label": "Hamas", "kind": "nonstate", "country": "PSE"}
    (talks,) = edges(read, "QAT", "HAMAS")
    assert (talks["contact"], talks["date"], talks["until"], talks["weight"]) == ("talks_round", "2024-05-06", "2024-05-06", 0.5)
    assert (talks["event"], talks["independent"], talks["roles"]) == (
        selection.events[0].id,
        2,
        "Qatar: mediator; Hamas: party; Israel: party",
    )
    assert talks["sentence"] == "Prime Minister Sheikh Example hosted Hamas and Israel in Doha on 6 May 2024."
    assert talks["url"] == "https://example.org/readout?a=1&b=2"
    assert len(edges(read, "HAMAS", "ISR")) == 2  # the round and the signing


def test_plans_and_what_was_called_off_join_nobody(read) -> None:
    assert not {"TUR", "UKR", "EGY"} & set(read)


def test_gexf_has_the_days_as_times_and_no_day_of_writing(selection, read) -> None:
    content = gexf(selection)
    assert b"lastmodifieddate" not in content
    assert b'mode="dynamic"' in content
    assert b'timeformat="date"' in content
    graph = nx.read_gexf(io.BytesIO(content))
    assert {tuple(sorted(pair[:2])) for pair in graph.edges} == {("HAMAS", "ISR"), ("HAMAS", "QAT"), ("ISR", "QAT")}
    assert b'start="2024-05-06" end="2024-05-06"' in content
    assert graph.number_of_edges() == read.number_of_edges()


def test_the_same_record_is_the_same_network(selection) -> None:
    assert (graphml(selection), gexf(selection)) == (graphml(selection), gexf(selection))
