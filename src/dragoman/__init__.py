"""Dragoman reads documents and keeps the mediator's record.

>>> import dragoman
>>> coder = dragoman.load()
>>> coding = coder.code_text("Turkish Foreign Minister Hakan Fidan met Qatari Prime Minister Mohammed bin Abdulrahman Al Thani "
...                          "in Doha on Monday.", published="2024-05-08")
>>> [(claim.type.value, claim.place.name, str(claim.when.start)) for claim in coding.claims]
[('meeting', 'Doha', '2024-05-06')]
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.app.api import LoadedCoder

__version__ = "0.1.0"


def load(model: str | None = None) -> "LoadedCoder":
    """Load a coder that is ready to use: the rules with the configured parser model, or with `model`.

    `coder.code(document)` gives the `Coding` of a `dragoman.core.text.Document`, `coder.code_text(text, published=…)` that of a
    bare text. Loading takes a few seconds. Raises ConfigError when the model is not installed.
    """
    from dragoman.app.api import load as load_coder  # noqa: PLC0415  `import dragoman` alone stays instant

    return load_coder(model)
