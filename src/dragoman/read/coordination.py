"""The actors that a coordination stands for: "Omani and Qatari envoys" are Omani envoys and Qatari envoys."""

from collections.abc import Iterator

from dragoman.core.parse import Parse, Token
from dragoman.core.text import Span
from dragoman.read.tree import Tree

_BEFORE = frozenset({"amod", "compound", "nmod", "poss", "nummod"})
"""Labels of what stands before a noun and belongs to the name of who is meant; articles do not."""


def coordinated(parse: Parse, text: str, phrase: Span) -> tuple[str, ...]:
    """The actors of the coordination that a phrase is (part of), as the text words them, each with its own part alone.

    A phrase that is no part of one stands for itself. The phrase's head is taken from the parse, so that a part of a name
    finds the whole name.
    """
    head = _head(parse, phrase)
    if head is None:
        return (phrase.of(text),)
    tree = Tree(parse)
    while head.dep == "conj":
        head = parse.tokens[head.head]
    return tuple(dict.fromkeys(name for noun in _chain(tree, head) for name in _names(tree, noun)))


def _head(parse: Parse, phrase: Span) -> Token | None:
    inside = [t for t in parse.tokens if phrase.start <= t.start and t.end <= phrase.end]
    indices = {t.index for t in inside}
    # The last one: "Qatari envoys" out of "Omani and Qatari envoys" holds an adjective whose head is outside, too.
    return next((t for t in reversed(inside) if t.head not in indices or t.head == t.index), None)


def _chain(tree: Tree, head: Token) -> Iterator[Token]:
    yield head
    for other in tree.children(head.index, "conj"):
        yield from _chain(tree, other)


def _names(tree: Tree, noun: Token) -> Iterator[str]:
    """One name a noun, or one for each of the adjectives or names that share it."""
    before = [t for t in tree.children(noun.index, *_BEFORE) if t.index < noun.index]
    shared = next((t for t in before if tree.has(t.index, "conj")), None)
    if shared is None:
        yield _words(tree, [i for t in before for i in tree.subtree(t.index)], noun)
        return
    rest = [i for t in before if t is not shared for i in tree.subtree(t.index)]
    for one in _chain(tree, shared):
        own = tree.subtree(one.index, without=("conj", "cc", "punct"))
        yield _words(tree, [*own, *rest], noun)


def _words(tree: Tree, before: list[int], noun: Token) -> str:
    """Words in text order, without the article in front, with the spaces of the text."""
    indices = sorted({*before, noun.index})
    while len(indices) > 1 and tree.tokens[indices[0]].dep == "det":
        indices = indices[1:]
    parts = []
    for at, index in enumerate(indices):
        token = tree.tokens[index]
        glued = at and tree.tokens[indices[at - 1]].end == token.start
        parts.append(token.text if glued or not at else f" {token.text}")
    return "".join(parts)
