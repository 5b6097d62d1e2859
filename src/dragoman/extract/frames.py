"""What one word of contact tells: its type, its sides, how sure its mode is."""

import msgspec

from dragoman.core.vocab import EngagementType, Factuality, Role


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """One contact as one trigger word tells it; mention indices in order, the subject's side first.

    `hosts` are mention indices that the wording makes hosts; `unsure` says that the word leaves the mode open; `definite` that
    the words point back to a contact told before ("the meeting"); `separate` that the sides met the first one separately.
    """

    sentence: int
    trigger: int
    type: EngagementType
    factuality: Factuality
    first: tuple[int, ...]
    second: tuple[int, ...] = ()
    hosts: tuple[int, ...] = ()
    roles: tuple[tuple[int, Role], ...] = ()
    unsure: bool = False
    definite: bool = False
    separate: bool = False
    remote: bool = False
    nominal: bool = False
    again: bool = False
    bare: bool = False
    """Told in passing of sides, not of persons ("since their September meeting"): who sat in is open."""
    partial: bool = False
    """The sentence may name one side only; others may say who else took part ("the truce in Yemen")."""
    standing: bool = False
    """Told as one that exists: the day of what is told of it is not its own ("the truce collapsed on Friday")."""
    broken: bool = False
    """The words say that the agreement was broken or fell through."""
    rule: str
    score: float | None = None
    """The model's probability where a model found the contact."""

    @property
    def mentions(self) -> tuple[int, ...]:
        """Both sides, each mention once."""
        return tuple(dict.fromkeys((*self.first, *self.second)))
