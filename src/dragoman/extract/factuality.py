"""Whether a contact happened, is planned, was cancelled, is only called for, or is denied."""

from dragoman.core.parse import Token
from dragoman.core.vocab import Factuality
from dragoman.knowledge.contacts import ContactWords
from dragoman.knowledge.words import word_set
from dragoman.read.tree import Tree

_FUTURE = frozenset({"will", "shall", "'ll", "wo"})
_BY_WHOM = word_set("host co-host convene organize organise chair co-chair lead sponsor mediate broker facilitate attend")
"""Participles that say who runs a contact, not whether it has been ("the summit hosted by X in June")."""
_PUTTING_OFF = frozenset({"postponement", "cancellation", "suspension", "deferral"})
_COMING = word_set("proposed projected planned upcoming forthcoming scheduled next future intended prospective coming")
_STRIVING = word_set("effort attempt bid aim goal push work progress drive hope opportunity need desire capacity ability way")
_MAYBE = frozenset({"would", "could", "may", "might", "can"})
_OUGHT = frozenset({"should", "must", "ought", "need"})
_CLIMB = word_set("xcomp ccomp conj dobj pobj prep advcl pcomp acl oprd attr nsubjpass nsubj dative relcl acomp")
_TEMPORAL = frozenset({"after", "before", "since", "following", "during", "amid", "despite"})
"""What a contact is told as the setting of does not make it less real: "hopes dim after the talks"."""
_MEANWHILE = frozenset({"during", "before"})
_PROPOSING = frozenset({"propose", "suggest", "offer", "request", "demand"})
_READY = word_set("prepared ready willing open eager happy keen inclined glad")
_PROGRESSIVE = frozenset({"is", "are", "am", "'s", "’s", "'re", "’re", "'m", "’m"})
_TALKS = frozenset({"talk", "negotiation", "meeting", "summit", "conference", "dialogue", "discussion", "consultation"})
"""What is only proposed where it is the object of a verb of proposing."""
_STEPS = 5


def factuality_of(tree: Tree, trigger: Token, words: ContactWords) -> Factuality | None:
    """The factuality of the contact that a word tells of, from its own auxiliaries and the verbs that govern it.

    None for statements that are no contact at all: habits, abilities, generalities.
    """
    own, modified = _own(tree, trigger), _modified(tree, trigger)
    if own is not None or modified is Factuality.CANCELLED:
        return own or modified
    if _only_striven_for(tree, trigger):
        return None
    if trigger.pos in {"NOUN", "PROPN"} and any(_done(t, words) for t in tree.children(trigger.index, "acl")):
        return Factuality.OCCURRED  # "the papers shared with X last month", whatever is said of them
    if _lies_ahead(tree, trigger):
        return Factuality.PLANNED
    return _climbed(tree, trigger, words) or modified or _purpose(tree, trigger) or Factuality.OCCURRED


def _done(participle: Token, words: ContactWords) -> bool:
    """Whether a participle says that its noun came about: "shared", "held", but not "planned" or "postponed"."""
    silent = words.plan | words.cancel | words.call_for | _BY_WHOM
    return participle.tag in {"VBN", "VBD"} and participle.lemma.casefold() not in silent


def _lies_ahead(tree: Tree, trigger: Token) -> bool:
    """Such as "in advance of their meeting", "ahead of the talks", "steps towards holding a dialogue"."""
    holding = tree.tokens[trigger.head]
    if trigger.dep == "dobj" and holding.dep == "pcomp" and tree.tokens[holding.head].text.casefold() in {"toward", "towards"}:
        return True
    above = tree.tokens[trigger.head]
    words = {above.text.casefold(), tree.tokens[above.head].text.casefold()}
    return trigger.dep == "pobj" and (above.text.casefold() == "ahead" or bool(words & {"advance", "ahead"}))


def _climbed(tree: Tree, trigger: Token, words: ContactWords) -> Factuality | None:
    """What the words above a trigger say, the nearest that says something."""
    token = trigger
    for _ in range(_STEPS):
        above = tree.tokens[token.head]
        if token.dep == "agent" and above.lemma == "follow":
            return _own(tree, above)  # "this will be followed by a visit to X"
        if token.head == token.index or token.dep not in _CLIMB:
            break
        if token.dep == "prep" and token.text.casefold() in _TEMPORAL:
            ahead = _own(tree, above) is Factuality.PLANNED and (
                token.text.casefold() in _MEANWHILE or _own_journey(tree, trigger)
            )
            return Factuality.PLANNED if ahead else None  # "will be in X during the visit of Y"
        verdict = _governed(tree, token, above, words)
        if verdict is not None:
            return verdict
        if token.dep in {"nsubj", "nsubjpass", "relcl", "advcl"} and above.pos != "VERB":
            break
        if token.dep in {"conj"} and token.pos in {"VERB", "AUX"} and above.pos in {"VERB", "AUX"}:
            governed = _own(tree, above)
            if governed is not None and not tree.has(token.index, "nsubj"):
                return governed
        token = above
    return None


def _own_journey(tree: Tree, trigger: Token) -> bool:
    """Whether a noun is a journey of whoever the sentence is about, without a time: "following my visit to X, I will go to Y"."""
    dated = any(tree.tokens[i].ent == "DATE" for i in tree.subtree(trigger.index))
    own = any(t.text.casefold() in {"my", "our", "his", "her"} for t in tree.children(trigger.index, "poss"))
    return trigger.lemma.casefold() in {"visit", "trip"} and own and not dated


def _own(tree: Tree, verb: Token) -> Factuality | None:
    """What a verb's own auxiliaries and negation say."""
    if verb.pos not in {"VERB", "AUX"}:
        return None
    auxiliaries = {t.text.casefold() for t in tree.children(verb.index, "aux", "auxpass")}
    if tree.has(verb.index, "neg") or any(t.text.casefold() == "longer" for t in tree.children(verb.index, "advmod")):
        return Factuality.CANCELLED if auxiliaries & (_FUTURE | _MAYBE) else Factuality.DENIED
    if auxiliaries & _FUTURE:
        return Factuality.PLANNED
    if auxiliaries & _OUGHT:
        return Factuality.CALLED_FOR
    if auxiliaries & _MAYBE:
        return Factuality.CONDITIONAL
    to = "to" in auxiliaries
    if to and verb.head != verb.index and tree.tokens[verb.head].lemma == "be" and verb.dep in {"xcomp", "ccomp"}:
        return Factuality.PLANNED
    return None


def _purpose(tree: Tree, trigger: Token) -> Factuality | None:
    """A bare infinitive is as real as the sentence's main verb: "will begin her trip in X on 4 March to meet with Y".

    So is what a noun names under one: "will join other leaders to take part in the summit".
    """
    if trigger.pos in {"NOUN", "PROPN"}:
        trigger = next((t for t in tree.ancestors(trigger.index) if t.pos in {"VERB", "AUX"}), trigger)
    if trigger.tag != "VB" or not any(t.text.casefold() == "to" for t in tree.children(trigger.index, "aux")):
        return None
    root = trigger
    for above in tree.ancestors(trigger.index):
        root = above
    return _own(tree, root) if root.index != trigger.index else None


def _modified(tree: Tree, trigger: Token) -> Factuality | None:
    """What an adjective, or a noun that it hangs on by "of", says: "his upcoming trip", "the postponement of the visit"."""
    if trigger.pos not in {"NOUN", "PROPN"}:
        return None
    above = tree.tokens[trigger.head]
    noun = tree.tokens[above.head] if above.text.casefold() == "of" else above
    if noun.lemma.casefold() in _PUTTING_OFF:
        return Factuality.CANCELLED
    adjectives = {t.text.casefold() for t in tree.children(trigger.index, "amod")}
    return Factuality.PLANNED if adjectives & _COMING else None


def _only_striven_for(tree: Tree, trigger: Token) -> bool:
    """Whether a verb only says what is striven for: "efforts to finalize a deal", "an announcement to begin negotiating"."""
    above = tree.tokens[trigger.head]
    return trigger.tag == "VB" and trigger.dep in {"acl", "relcl"} and above.lemma.casefold() in _STRIVING


def _governed(tree: Tree, token: Token, above: Token, words: ContactWords) -> Factuality | None:
    """What the next word up says of a word below it."""
    lemma = above.lemma.casefold()
    clause = token.dep in {"xcomp", "ccomp", "acl", "advcl", "oprd", "acomp"}
    if token.dep in {"nsubj", "relcl", "advcl"} and not (token.dep == "nsubj" and above.pos in {"VERB", "AUX"}):
        return None
    if (
        lemma in {"unable", "able"}
        and clause
        and (lemma == "unable" or tree.has(tree.tokens[above.head].index, "neg") or tree.has(above.index, "neg"))
    ):
        return Factuality.CANCELLED
    if (said := _phrasal(tree, token, above) or _meant(tree, token, above)) is not None:
        return said
    if lemma in words.cancel and token.dep in {"dobj", "nsubjpass", "xcomp", "pobj", "conj", "nsubj"}:
        return Factuality.CANCELLED
    if lemma in _PROPOSING and token.dep == "dobj" and token.lemma.casefold() in _TALKS:
        return Factuality.CALLED_FOR
    if lemma in words.deny and (clause or token.dep == "dobj"):
        return Factuality.DENIED
    if lemma in words.call_for and token.dep != "nsubj" and not _is_setting(token) and not _names_contact(above, token):
        return Factuality.CALLED_FOR
    if _planned(tree, token, lemma, words, clause=clause):
        return _refused(tree, above, words) or Factuality.PLANNED
    if above.pos in {"VERB", "AUX"} and (clause or token.dep in {"dobj", "nsubj", "nsubjpass", "pobj", "prep", "attr"}):
        own = _own(tree, above)
        return None if own is Factuality.DENIED and (_is_setting(token) or _fruitless(tree, token, above)) else own
    return None


def _meant(tree: Tree, token: Token, above: Token) -> Factuality | None:
    """What is meant to be and has not been: "is going to meet", "stands ready to meet", "accepted a meeting in principle"."""
    lemma, negated = above.lemma.casefold(), tree.has(above.index, "neg")
    to = token.tag in {"VB", "VBG"} and any(t.text.casefold() == "to" for t in tree.children(token.index, "aux"))
    if to and above.text.casefold() in {"going", "headed", "heading"}:
        return Factuality.CANCELLED if negated else Factuality.PLANNED
    if above.text.casefold() in _READY and (to or (token.dep == "prep" and token.text.casefold() == "to")):
        return Factuality.DENIED if negated or tree.has(above.head, "neg") else Factuality.CONDITIONAL
    accepted = lemma == "accept" and token.dep == "dobj" and token.lemma.casefold() in _TALKS and not negated
    return Factuality.PLANNED if accepted else None


def is_progressive(tree: Tree, verb: Token) -> bool:
    """Whether a verb is told as going on: "is meeting", "are travelling"."""
    return verb.tag == "VBG" and any(t.text.casefold() in _PROGRESSIVE for t in tree.children(verb.index, "aux"))


def _phrasal(tree: Tree, token: Token, above: Token) -> Factuality | None:
    """What verbs say of a word below them with a particle or an infinitive: "called off", "turned down", "is to be"."""
    lemma, particles = above.lemma.casefold(), {t.text.casefold() for t in tree.children(above.index, "prt")}
    if lemma == "fail" and token.dep == "xcomp":
        return Factuality.DENIED
    if "off" in particles and lemma in {"call", "put"} and token.dep in {"dobj", "nsubjpass"}:
        return Factuality.CANCELLED
    if lemma in {"pull", "back"} and ("out" in particles or token.text.casefold() == "out") and token.dep == "prep":
        return Factuality.CANCELLED  # "pulled out of the meeting with X"
    if token.dep == "dobj" and _turns_down(tree, above):
        return Factuality.DENIED
    to_be = (
        lemma == "be" and token.dep == "nsubj" and any(tree.has(t.index, "auxpass") for t in tree.children(above.index, "xcomp"))
    )
    return Factuality.PLANNED if to_be else None


def _refused(tree: Tree, plan: Token, words: ContactWords) -> Factuality | None:
    """What became of a plan that a noun names: "declined an invitation to visit", "cancelled the plan to meet"."""
    if plan.pos != "NOUN" or plan.dep not in {"dobj", "nsubjpass"}:
        return None
    lemma = tree.tokens[plan.head].lemma.casefold()
    if lemma in words.cancel:
        return Factuality.CANCELLED
    turned_down = _turns_down(tree, tree.tokens[plan.head])
    return Factuality.DENIED if lemma in words.deny or turned_down else None


def _turns_down(tree: Tree, verb: Token) -> bool:
    return verb.lemma == "turn" and any(t.text.casefold() == "down" for t in tree.children(verb.index, "prt"))


def _planned(tree: Tree, token: Token, lemma: str, words: ContactWords, *, clause: bool) -> bool:
    """Whether a word of planning or promising governs a token: "plans to", "committed to", "look forward to"."""
    if lemma in words.plan and (clause or token.dep in {"nsubjpass", "pobj"}) and token.tag in {"VB", "VBN", "NN", "NNS"}:
        infinitive = token.tag not in {"VB", "VBN"} or any(t.text.casefold() == "to" for t in tree.children(token.index, "aux"))
        if infinitive and not (lemma == "agree" and token.dep == "pobj"):
            return True
    if lemma in {"commit", "pledge", "vow", "promise"} and token.dep in {"prep", "xcomp"} and not _is_setting(token):
        return True
    return lemma == "look" and token.dep == "prep" and token.text.casefold() == "to"


def _fruitless(tree: Tree, token: Token, verb: Token) -> bool:
    """Whether a negation denies what a contact brought, not that it was: "the meeting did not produce a deal"."""
    return token.dep == "nsubj" and verb.lemma != "take" and tree.has(verb.index, "dobj", "ccomp", "xcomp")


def _is_setting(token: Token) -> bool:
    """Whether a phrase only says on what occasion: "in a call with X, Y did not mention the plan"."""
    return token.dep == "prep" and token.text.casefold() in {"in", "during", "at", "after", "following"}


def _names_contact(above: Token, token: Token) -> bool:
    """Such as "A call with X" is a contact and no appeal; "call for talks" is an appeal."""
    return (
        above.lemma == "call"
        and above.pos == "NOUN"
        and token.dep == "prep"
        and token.text.casefold() in {"with", "to", "between"}
    )
