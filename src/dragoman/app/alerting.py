"""New events to alerts in the outbox, each once per rule and event."""

from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec.structs import replace

from dragoman.analysis.alerts import AlertRule, occasions
from dragoman.app.config import Config
from dragoman.app.resolving import Material, gather
from dragoman.app.viewing import visible
from dragoman.app.watch_plan import fingerprint
from dragoman.core.ids import ClaimId
from dragoman.core.ports import Coder, Store
from dragoman.core.records import Event
from dragoman.core.watching import Alert, WatchLog
from dragoman.report.alerts import alert_of


class Alerting:
    """The rules of a desk over its record; `now` is the wall clock."""

    def __init__(self, rules: Sequence[AlertRule], config: Config, log: WatchLog, now: Callable[[], datetime]) -> None:
        self._rules = rules
        # Whoever gets an alert may have no rights: restricted material is left out whatever this process may see.
        self._config = replace(config, output=replace(config.output, restricted=False))
        self._log = log
        self._now = now

    def begin(self, store: Store, coder: Coder) -> None:
        """Let new and changed rules take what the record holds already for old: only what comes later is news."""
        marks = {rule.id: fingerprint(rule, coder.name, coder.model) for rule in self._rules}
        fresh = [rule for rule in self._rules if not self._log.knows(rule.id, marks[rule.id])]
        if not fresh:
            return
        material = self._material(store)
        for rule in fresh:
            covered = {(change, claim) for event, change in self._spoken(rule, material) for claim in event.claims}
            self._log.cover(rule.id, marks[rule.id], covered)

    def raise_new(self, store: Store) -> list[Alert]:
        """Put an alert for every event that a rule has not spoken of into the outbox; return these."""
        if not self._rules:
            return []
        material = self._material(store)
        return [alert for rule in self._rules for alert in self._raise(rule, material)]

    def may_go(self, store: Store) -> Callable[[Alert], bool]:
        """Whether an alert that was raised may still leave: nothing it rests on was restricted since."""
        holdings = visible(store, self._config)
        return lambda alert: all(holdings.claim(claim) is not None for claim in alert.claims)

    def _raise(self, rule: AlertRule, material: Material) -> list[Alert]:
        covered = self._log.covered(rule.id)
        news: list[Alert] = []
        followed: set[tuple[str, ClaimId]] = set()
        for event, change in self._spoken(rule, material):
            own = {(change, claim) for claim in event.claims}
            if covered.isdisjoint(own):
                news.append(alert_of(event, rule.id, change, material.claims, material.library, self._now()))
            elif not own <= covered:
                followed |= own - covered  # more reports of an event that had its alert
        if followed:
            self._log.cover(rule.id, None, followed)
        self._log.raise_alerts([(alert, rule.to) for alert in news])
        return news

    def _spoken(self, rule: AlertRule, material: Material) -> list[tuple[Event, str]]:
        today = self._now().date()
        return [(event, change) for event in material.record.events for change in occasions(rule, event, today)]

    def _material(self, store: Store) -> Material:
        return gather(visible(store, self._config), self._config)
