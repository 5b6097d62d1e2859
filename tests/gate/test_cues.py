"""No word of the lexicons is one that the gate would not know: each form of each cue passes."""

import pytest
import spacy

from dragoman.backends.spacy_parser import DEFAULT_MODEL
from dragoman.core.text import Document
from dragoman.extract.gate import Gate
from dragoman.knowledge.cues import Cue, cue_words, cues
from dragoman.knowledge.inflection import forms_of
from dragoman.read.layout import read_layout

WORDS = dict(cue_words())
CLAIMING = {
    Cue.SPEECH: "Minister Sow {} that much.",
    Cue.CONTACT: "Minister Sow {} Kofi Mensah.",
    Cue.VIOLENCE: "gunmen {} two villages",
    Cue.FORCE: "they {} three hostages, shots, troops, protesters, a town",
    Cue.SOURCE: "this is so {} to a monitor",
    Cue.VOICING: "Minister Sow {} concern about the camps.",
    Cue.FATE: "the truce {}",
    Cue.DEAL: "they broke the {}",
    Cue.THING: "they rejected the {}",
    Cue.PUT: "they {} a plan",
    Cue.STAY: "Minister Sow {} in Vienna on Monday",
}


@pytest.mark.parametrize("cue", CLAIMING)
def test_each_form_of_each_cue_may_claim(cue):
    for lemma in WORDS[cue]:
        for form in forms_of(lemma):
            text = CLAIMING[cue].format(form)
            assert cues().may_claim(text, named="Sow" in text, official=False), text


def test_what_an_issuer_will_do_may_claim_only_where_it_is_the_issuer_that_speaks():
    words = "the parks shall open at nine"
    assert cues().may_claim(words, named=False, official=True)
    assert not cues().may_claim(words, named=False, official=False)


def test_a_stay_may_claim_only_on_a_day():
    assert cues().may_claim("Minister Sow is in Vienna until 15 March", named=True, official=False)
    assert not cues().may_claim("Minister Sow is in good spirits", named=True, official=False)


def test_the_parsers_irregular_forms_are_known():
    """The lemmatizer's own exceptions lead from no form to a cue that the gate does not know by that form."""
    language = spacy.load(DEFAULT_MODEL)
    exceptions = language.get_pipe("lemmatizer").lookups.get_table("lemma_exc")
    lemmas = frozenset().union(*WORDS.values())
    unknown = {
        form
        for kind in ("verb", "noun")
        for form, bases in exceptions.get(kind, {}).items()
        for base in bases
        if base in lemmas and form.isascii() and not cues().of(form)
    }
    assert not unknown


def test_a_kept_block_keeps_its_place_in_the_text():
    text = "Parks\n\nThe roses are in bloom.\n\nMinister Amara Sow met Kofi Mensah of Ghana in Lome.\n\nTulips come next.\n"
    document = Document(text=text)
    layout = read_layout(document)
    passed = Gate().passed(document, layout)
    assert set(passed.blocks) <= set(layout.blocks)
    assert any("met Kofi" in block.span.of(text) for block in passed.blocks)
