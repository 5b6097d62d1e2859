"""The language of a document: what its metadata says, else what py3langid hears in its words, offline."""

from functools import cache
from typing import Protocol, cast

SHORTEST = 20
"""Words below which the language is not judged."""

_SHORTEST_UNSPACED = 240
"""Characters that do in scripts without spaces."""

_SAMPLE = 4000
_CERTAIN = 0.9


class _Identifier(Protocol):
    def classify(self, instance: str) -> tuple[str, float]: ...


def find_language(text: str) -> str | None:
    """ISO 639-1 code of the text (639-3 where the language has none); None when it is too short or too mixed to tell.

    Model: py3langid's own (M. Lui and T. Baldwin, langid.py, ACL 2012), with probabilities normalised over its languages.
    """
    sample = " ".join(text[:_SAMPLE].split())
    if len(sample.split(maxsplit=SHORTEST)) < SHORTEST and len(sample) < _SHORTEST_UNSPACED:
        return None
    code, probability = _identifier().classify(sample)
    return _shortest_code(code) if probability >= _CERTAIN else None


def normal_language(name: str) -> str | None:
    """ISO 639 code of "en-US", "eng", "English"; None for anything else."""
    import pycountry  # noqa: PLC0415  its tables load on first use

    word = name.strip().replace("_", "-").casefold()
    code = word.split("-", maxsplit=1)[0]
    fields = {2: ("alpha_2",), 3: ("alpha_3", "bibliographic")}.get(len(code), ("name",))
    value = code if len(code) in {2, 3} else word
    found = (pycountry.languages.get(**{field: value}) for field in fields)
    language = next((each for each in found if each is not None), None)
    return None if language is None else str(getattr(language, "alpha_2", None) or language.alpha_3)


@cache
def _shortest_code(code: str) -> str | None:
    return code if len(code) == 2 else normal_language(code)


@cache
def _identifier() -> _Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  loading the model takes most of a second

    return cast("_Identifier", LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True))
