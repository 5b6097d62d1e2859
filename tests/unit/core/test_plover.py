"""PLOVER's types: their quads, and that asking is no hostility."""

import pytest

from dragoman.core.plover import Quad, Root


def test_every_type_has_a_quad_and_the_quads_their_numbers():
    assert {root.quad for root in Root} == set(Quad)
    assert [quad.number for quad in Quad] == [1, 2, 3, 4]


@pytest.mark.parametrize("root", Root)
def test_hostile_is_what_conflicts_save_requests(root):
    assert root.hostile == (root.quad.conflict and root != "REQUEST")


def test_a_request_is_verbal_conflict_in_event_data_and_never_hostile():
    assert Root.REQUEST.quad is Quad.VERBAL_CONFLICT
    assert not Root.REQUEST.hostile
    assert Root.ACCUSE.hostile
    assert Root.THREATEN.hostile
