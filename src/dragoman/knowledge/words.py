"""Word lists in code: a string of words as a set."""


def word_set(words: str) -> frozenset[str]:
    """The words of a string, separated by white space."""
    return frozenset(words.split())
