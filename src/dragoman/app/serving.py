"""Whether the desk may be served where it is asked to be."""

from ipaddress import ip_address

from dragoman.app.config import Config
from dragoman.app.wiring import opened_store
from dragoman.core.errors import ConfigError


def has_accounts(config: Config) -> bool:
    """Whether the store has accounts, so that whoever comes must log in."""
    with opened_store(config, must_exist=True) as store:
        return next(iter(store.access.accounts()), None) is not None


def is_own(host: str) -> bool:
    """Whether an address is this machine's own."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def check_address(host: str, *, guarded: bool) -> None:
    """Refuse every address but this machine's own where there are no accounts; ConfigError says why."""
    if not guarded and not is_own(host):
        raise ConfigError(
            f"the store has no accounts, so the desk is served to this machine alone, not at {host!r}; "
            "add one with `dragoman accounts add NAME --role admin`, or use 127.0.0.1 and an SSH tunnel"
        )
