"""Words that tell of contacts between actors, from lexicons/contacts.toml."""

import tomllib
from functools import cache
from importlib import resources

import msgspec

from dragoman.core.vocab import EngagementType, Role


class ContactVerb(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"with_": "with"}):
    """A verb of contact; the file's head comment explains the fields."""

    lemmas: tuple[str, ...]
    type: EngagementType
    with_: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    object: bool = False
    person_object: bool = False
    person_needed: bool = False
    objects: frozenset[str] = frozenset()
    participle: bool = False
    invitation: frozenset[str] = frozenset()
    needs_object: frozenset[str] = frozenset()
    needs_word: frozenset[str] = frozenset()
    envoys: frozenset[str] = frozenset()
    past: bool = False
    with_writer: bool = False
    dated: bool = False
    reciprocal: bool = False
    unsure: bool = False
    host: str | None = None
    subject_role: Role | None = None


class ContactNoun(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A noun of contact."""

    lemmas: tuple[str, ...]
    type: EngagementType
    plural: bool = False
    unsure: bool = False
    person_needed: bool = False
    with_words: frozenset[str] = frozenset()
    not_with: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()


class ContactWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lemmas that change what a contact word says."""

    light: frozenset[str]
    attend: frozenset[str]
    tell: frozenset[str]
    sport: frozenset[str]
    send: frozenset[str]
    receive: frozenset[str]
    remote: frozenset[str]
    peace: frozenset[str]
    mediate: frozenset[str]
    facilitate: frozenset[str]
    guarantee: frozenset[str]
    offer: frozenset[str]
    make_offer: frozenset[str]
    help_with: frozenset[str]
    lend: frozenset[str]
    in_force: frozenset[str]
    make_deal: frozenset[str]
    achieve: frozenset[str]
    collapse: frozenset[str]
    unmade: frozenset[str]
    made: frozenset[str]
    truce: frozenset[str]
    plan: frozenset[str]
    call_for: frozenset[str]
    cancel: frozenset[str]
    deny: frozenset[str]
    fail: frozenset[str]
    habitual: frozenset[str]
    accompany: frozenset[str]
    guest: frozenset[str]
    thank: frozenset[str]
    contribution: frozenset[str]
    separate: frozenset[str]


class _Triggers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verbs: frozenset[str]
    nouns: frozenset[str]
    unasked: frozenset[str]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verb: tuple[ContactVerb, ...]
    noun: tuple[ContactNoun, ...]
    triggers: _Triggers
    words: ContactWords
    services: dict[Role, frozenset[str]]


class ContactLexicon(msgspec.Struct, frozen=True):
    """Contact verbs and nouns by lemma, the words around them, and what is offered."""

    verbs: dict[str, tuple[ContactVerb, ...]]
    nouns: dict[str, tuple[ContactNoun, ...]]
    words: ContactWords
    services: dict[str, Role]
    """The role that somebody offers who offers to do this between others, by lemma."""
    asked_verbs: frozenset[str]
    """Lemmas of verbs that the contact model is asked about."""
    asked_nouns: frozenset[str]


@cache
def load_contacts() -> ContactLexicon:
    """Read the lexicon once."""
    text = resources.files("dragoman.knowledge").joinpath("lexicons/contacts.toml").read_text(encoding="utf-8")
    file = msgspec.convert(tomllib.loads(text), _File)
    verbs: dict[str, tuple[ContactVerb, ...]] = {}
    for verb in file.verb:
        for lemma in verb.lemmas:
            verbs[lemma] = (*verbs.get(lemma, ()), verb)
    nouns: dict[str, tuple[ContactNoun, ...]] = {}
    for noun in file.noun:
        for lemma in noun.lemmas:
            nouns[lemma] = (*nouns.get(lemma, ()), noun)
    services = {lemma: role for role, lemmas in file.services.items() for lemma in lemmas}
    of_deals = {lemma for lemma, own in verbs.items() if all(verb.objects for verb in own)} - {"sign"}
    asked_verbs = (file.triggers.verbs | verbs.keys()) - file.triggers.unasked - of_deals
    asked_nouns = (file.triggers.nouns | nouns.keys()) - file.triggers.unasked
    return ContactLexicon(verbs, nouns, file.words, services, asked_verbs, asked_nouns)
