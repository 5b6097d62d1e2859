"""The event types of PLOVER and the quads they fall into; member docstrings are the codebook.

PLOVER manual, draft 2.0 (Open Event Data Alliance, 2021): 16 types, our wording. Intensities, modes and the crosswalk from CAMEO
are tables in `dragoman.knowledge`.
"""

from enum import StrEnum


class Quad(StrEnum):
    """Verbal or material, cooperation or conflict."""

    VERBAL_COOPERATION = "verbal_cooperation"
    MATERIAL_COOPERATION = "material_cooperation"
    VERBAL_CONFLICT = "verbal_conflict"
    MATERIAL_CONFLICT = "material_conflict"

    @property
    def number(self) -> int:
        """1 to 4, as event data write it."""
        return tuple(Quad).index(self) + 1

    @property
    def conflict(self) -> bool:
        """Whether event data count it as conflict; see `Root.hostile` before calling it hostile."""
        return self in {Quad.VERBAL_CONFLICT, Quad.MATERIAL_CONFLICT}


class Root(StrEnum):
    """What a source did to a target."""

    AGREE = "AGREE"
    """Offers, promises or consents to cooperate; future meetings, invitations, promises to sign."""
    CONSULT = "CONSULT"
    """Meets, visits, calls, holds talks."""
    SUPPORT = "SUPPORT"
    """Backs in words: praise, recognition, solidarity; signs or ratifies."""
    CONCEDE = "CONCEDE"
    """Gives way in words: announces a release, truce or easing not in force yet, apologises, pardons, drops a demand."""
    COOPERATE = "COOPERATE"
    """Exchanges in kind: trade, joint drills, extradition, shared intelligence."""
    AID = "AID"
    """Gives one-sided material help, also asylum, peacekeepers, rescue."""
    RETREAT = "RETREAT"
    """Gives way in deed: withdraws, releases, disarms, ceases fire, lets in, resigns."""
    REQUEST = "REQUEST"
    """Asks, appeals, demands, orders. Event data file it under verbal conflict; a mediator's request is no hostility."""
    ACCUSE = "ACCUSE"
    """Criticises, alleges, sues, investigates."""
    REJECT = "REJECT"
    """Refuses, vetoes, cancels a meeting, breaks a promise."""
    THREATEN = "THREATEN"
    """Warns of harm or penalties, sets an ultimatum."""
    PROTEST = "PROTEST"
    """Civilians demonstrate, strike, boycott, riot."""
    SANCTION = "SANCTION"
    """Cuts relations or help, halts talks or mediation, expels."""
    MOBILIZE = "MOBILIZE"
    """Shows or gathers force short of using it."""
    COERCE = "COERCE"
    """Represses short of violence: seizes, arrests, bans, restricts, deports."""
    ASSAULT = "ASSAULT"
    """Uses physical violence."""

    @property
    def quad(self) -> Quad:
        """The quad of the type; SANCTION is material conflict (the manual's section, against its quad table)."""
        return _QUADS[self]

    @property
    def hostile(self) -> bool:
        """Whether it counts as hostile in tone and tension: conflict, but never a request, demand or appeal."""
        return self.quad.conflict and self is not Root.REQUEST


_QUADS = {
    root: quad
    for quad, roots in {
        Quad.VERBAL_COOPERATION: (Root.AGREE, Root.CONSULT, Root.SUPPORT, Root.CONCEDE),
        Quad.MATERIAL_COOPERATION: (Root.COOPERATE, Root.AID, Root.RETREAT),
        Quad.VERBAL_CONFLICT: (Root.REQUEST, Root.ACCUSE, Root.REJECT, Root.THREATEN),
        Quad.MATERIAL_CONFLICT: (Root.PROTEST, Root.SANCTION, Root.MOBILIZE, Root.COERCE, Root.ASSAULT),
    }.items()
    for root in roots
}
