"""Whose own word a voice or a source is: "Turkish diplomatic sources" are Turkey's, "whitehouse.gov" is the United States'."""

from collections.abc import Mapping

from dragoman.core.actors import Actor
from dragoman.core.claims import Voice
from dragoman.core.vocab import VoiceKind
from dragoman.knowledge.entries import NameForm
from dragoman.knowledge.gazetteer import Gazetteer
from dragoman.knowledge.official_sites import official_actor

_PRESS = frozenset({VoiceKind.OUTLET, VoiceKind.AGENCY, VoiceKind.BROADCASTER})
_OWN_HOUSE = frozenset({NameForm.SEAT, NameForm.BODY})
"""Forms by which a publisher is a government's own: "Jordan Mirror" is a newspaper, "Foreign Ministry of Jordan" is not."""


class Owners:
    """Looks up the actor that a voice speaks for; `stated` maps sources to codes, as the desk's settings give them."""

    def __init__(self, gazetteer: Gazetteer, stated: Mapping[str, str] | None = None) -> None:
        self._gazetteer = gazetteer
        self._stated = dict(stated or {})

    def __call__(self, voice: Voice) -> Actor | None:
        """The actor whose word it is; None for the press, analysts and monitors, and where the words name nobody."""
        code = self._stated.get(voice.name) or official_actor(voice.name)
        if code is not None:
            entry = self._gazetteer.actor(code)
            return entry.actor if entry else None
        if voice.kind in {VoiceKind.ANALYST, VoiceKind.MONITOR, VoiceKind.WITNESS}:
            return None
        if voice.actor is not None:
            return voice.actor
        words = voice.name.replace(",", " ").split()
        for match in self._gazetteer.scan(words):
            fits = match.form in _OWN_HOUSE if voice.kind in _PRESS else match.form is not NameForm.PERSON
            if fits and match.actors:
                return match.actors[0].actor
        return None
