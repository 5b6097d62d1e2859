"""What is said of a model: the card that lies beside its weights."""

import msgspec


class ModelCard(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a model is, as its folder's `card.toml` says it; the weights are used only if they are the ones it describes."""

    name: str
    version: str
    task: str
    """What it decides, in a sentence."""
    labels: tuple[str, ...]
    """In the order of the graph's output."""
    weights_sha256: str = ""
    """Empty only where the files are still to be made."""
    tokenizer_sha256: str = ""
    max_tokens: int = 128
    """Longer texts are cut here."""
    base: str
    """The pretrained encoder and its licence."""
    data: str
    """What it was trained on and what not."""
    licence: str
    """What is known, and what is not settled, about the right to pass it on."""
    figures: dict[str, float]
    """Measured scores, 0 to 1."""
    measured: str
    """How the figures were measured."""
    limits: str
    """What it should not be relied on for."""

    def toml(self) -> str:
        """The card as its file has it."""
        values = msgspec.to_builtins(self)
        figures = values.pop("figures")
        lines = [f"{name} = {msgspec.json.encode(value).decode()}" for name, value in values.items()]
        return "\n".join([*lines, "", "[figures]", *(f"{name} = {value}" for name, value in figures.items()), ""])
