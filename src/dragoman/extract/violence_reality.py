"""Whether a text tells an act as real: not threatened, planned, wished, denied or a figure of speech."""

from dragoman.core.parse import Token
from dragoman.knowledge.violence import ViolenceLexicon
from dragoman.read.tree import Tree

_OPEN_MODALS = frozenset({"would", "could", "may", "might", "should", "must", "can", "will", "shall", "'ll"})
_CONDITIONALS = frozenset({"would", "could", "might", "may", "can"})
_ENDS = frozenset({"stop", "halt", "end", "cease"})
_GOES_ON = frozenset({"continue", "begin", "start", "keep", "proceed", "resume", "go"})
_CLIMB = 5
"""How many words up the tree a governor still decides whether the act is real."""


class Reality:
    """Judges the words around an act."""

    def __init__(self, tree: Tree, lexicon: ViolenceLexicon) -> None:
        self._tree = tree
        self._lexicon = lexicon

    def told(self, token: Token) -> bool:
        """Whether the act of a verb or noun is told as having happened or going on."""
        if self._beside(token) or self._unreal_clause(token) or self._general(token):
            return False
        inside = token
        for steps, above in enumerate(self._tree.ancestors(token.index)):
            described = inside.dep == "acl" and inside.tag == "VBN"  # "to free the hostages held by X"
            if steps >= _CLIMB or described or (inside.dep in {"conj", "advcl", "relcl"} and inside.pos == "VERB"):
                break
            if above.lemma.casefold() in self._lexicon.governors and inside.dep not in {"nsubj", "nsubjpass", "relcl"}:
                return False
            if above.pos in {"VERB", "AUX"} and inside.dep not in {"ccomp"} and self._blocks(above, inside):
                return False
            inside = above
        return True

    def _general(self, noun: Token) -> bool:
        """Whether acts are only spoken of in general: "Attacks on aid workers are unacceptable"."""
        verb = self._tree.tokens[noun.head]
        says = noun.tag == "NNS" and noun.dep == "nsubj" and verb.lemma == "be" and verb.tag in {"VBP", "VBZ"}
        return says and not self._tree.has(noun.index, "det", "poss") and self._tree.has(verb.index, "acomp", "attr")

    def _beside(self, token: Token) -> bool:
        words = {t.text.casefold() for t in self._tree.children(token.index, "det", "amod", "compound", "nmod", "neg", "advmod")}
        return bool(words & (self._lexicon.beside | self._lexicon.figurative))

    def _blocks(self, above: Token, inside: Token) -> bool:
        """A modal or negation over the clause; the subject of such a clause stays real ("the attacks must end")."""
        if inside.dep in {"nsubj", "nsubjpass"}:
            return bool({t.text.casefold() for t in self._tree.children(above.index, "aux")} & _CONDITIONALS)
        if above.lemma.casefold() in _ENDS:
            return not self._owned(inside)
        return self._unreal_clause(above)

    def _owned(self, noun: Token) -> bool:
        """Whether a noun says whose act it is: "halt Israel's attack" tells of one going on, "cease fighting" of none."""
        return noun.pos == "NOUN" and self._tree.has(noun.index, "poss", "amod", "prep", "relcl", "acl")

    def _unreal_clause(self, verb: Token) -> bool:
        if verb.pos not in {"VERB", "AUX"}:
            return False
        words = {t.text.casefold() for t in self._tree.children(verb.index, "aux", "mark", "neg")}
        if words & _OPEN_MODALS or words & {"if", "unless", "whether", "not", "n't", "never"}:
            return True
        return "to" in words and self._tree.tokens[verb.head].lemma.casefold() not in _GOES_ON
