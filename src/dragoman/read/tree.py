"""The dependency tree of a parse, walked down: what a finder asks of a verb and its arguments."""

from collections.abc import Iterable, Iterator

from dragoman.core.parse import Parse, Token
from dragoman.core.text import Span

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
"""Dependency labels of subjects (spaCy's English scheme)."""

CLAUSES = frozenset({"ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "parataxis", "pcomp", "csubj"})
"""Labels under which a verb heads a clause of its own."""


_LOOSE = frozenset({",", ";", ":", "–", "—", "-"})


def _loose(token: Token) -> bool:
    return token.pos == "SPACE" or token.text in _LOOSE


class Tree:
    """Children, subtrees and subjects of one parse's tokens; cheap to build."""

    def __init__(self, parse: Parse) -> None:
        self.tokens = parse.tokens
        self._children = parse.children

    def children(self, index: int, *deps: str) -> Iterator[Token]:
        """Direct dependents in text order, of the given labels or of all."""
        for child in self._children.get(index, ()):
            if not deps or self.tokens[child].dep in deps:
                yield self.tokens[child]

    def subtree(self, index: int, *, without: Iterable[str] = ()) -> tuple[int, ...]:
        """Indices of a token and all below it in text order; branches whose top label is in `without` are left out."""
        out, todo, skip = [], [index], frozenset(without)
        while todo:
            current = todo.pop()
            out.append(current)
            todo.extend(c for c in self._children.get(current, ()) if self.tokens[c].dep not in skip)
        return tuple(sorted(out))

    def subject(self, verb: int) -> Token | None:
        """The subject of a verb: its own, else that of the verb it is coordinated with or complements."""
        seen: set[int] = set()
        while verb not in seen:
            seen.add(verb)
            own = next((t for t in self.children(verb) if t.dep in SUBJECTS), None)
            if own is not None:
                return own
            if self.tokens[verb].dep not in {"conj", "xcomp"}:
                return None
            verb = self.tokens[verb].head
        return None

    def has(self, index: int, *deps: str) -> bool:
        """Whether a token has a dependent of one of the labels."""
        return any(True for _ in self.children(index, *deps))

    def ancestors(self, index: int) -> Iterator[Token]:
        """The tokens above a token, nearest first."""
        seen = {index}
        while self.tokens[index].head not in seen:
            index = self.tokens[index].head
            seen.add(index)
            yield self.tokens[index]

    def speaker(self, verb: int) -> Token | None:
        """The head of the words that say who does what a verb says, found by climbing where the verb has no subject of its own.

        "Ruiz, who said ..." gives Ruiz; "He spoke, warning that ..." gives He; "a statement saying ..." gives statement;
        "Lind was quoted as saying ..." gives Lind; "was welcomed by Lind" gives Lind. None where the clause names nobody.
        """
        seen: set[int] = set()
        first = verb
        while verb not in seen:
            seen.add(verb)
            if verb == first and self.has(verb, "auxpass"):
                return self.agent(verb)
            subject = self.subject(verb)
            if subject is not None:
                return self._antecedent(subject)
            thanked = self.thanked(verb)
            if thanked is not None:
                return thanked
            head = self.tokens[self.tokens[verb].head]
            if self.tokens[verb].dep in {"acl", "relcl"} and head.pos in {"NOUN", "PROPN", "PRON"}:
                return head
            verb = head.index
        return None

    def thanked(self, verb: int) -> Token | None:
        """Who is thanked, praised or blamed for what a verb says: "Ruiz thanked Lind for hosting the talks" gives Lind."""
        prep = self.tokens[self.tokens[verb].head]
        if self.tokens[verb].dep != "pcomp" or prep.text.casefold() != "for" or self.tokens[prep.head].pos != "VERB":
            return None
        return next(self.children(prep.head, "dobj"), None)

    def agent(self, verb: int) -> Token | None:
        """Who acts in a passive clause: the noun behind its "by"."""
        by = next(self.children(verb, "agent"), None)
        return next(self.children(by.index, "pobj"), None) if by is not None else None

    def _antecedent(self, subject: Token) -> Token:
        if subject.tag not in {"WP", "WDT"}:
            return subject
        clause = next((t for t in self.ancestors(subject.index) if t.dep == "relcl"), None)
        return self.tokens[clause.head] if clause is not None else subject

    def span(self, indices: Iterable[int]) -> Span:
        """The stretch of text from the first to the last of some tokens; spaces and commas at the ends are left out.

        Where there is nothing else (parsers take a dash for a subject now and then), they stay.
        """
        tokens = [self.tokens[i] for i in sorted(indices)]
        kept = list(tokens)
        while kept and _loose(kept[-1]):
            kept.pop()
        while kept and (_loose(kept[0]) or kept[0].text == "."):
            kept.pop(0)
        if not (kept := kept or tokens):
            raise ValueError("a span needs at least one token")
        return Span(kept[0].start, kept[-1].end)
