"""Who "we" are in a text that an official site published; an outlet's text tells it by its words alone."""

import pytest

from dragoman.core.text import Document

TEXT = "We will receive the delegations of Chile and Peru on Monday. Chile has asked for it twice, and Chile insists."


@pytest.mark.parametrize(
    ("address", "actor"), [("https://www.mfa.gov.tr/readout.en.mfa", "TUR"), ("https://www.example.com/news", "CHL")]
)
def test_we_on_an_official_site_are_those_whose_site_it_is(coder, address, actor):
    ((_, reading),) = coder.read([Document(text=TEXT, url=address)])
    assert next(m.actor.code for m in reading.mentions if reading.text(m.span) == "We") == actor
