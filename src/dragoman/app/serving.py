"""Whether the desk may be served where it is asked to be."""

from ipaddress import ip_address

from dragoman.core.errors import ConfigError


def check_address(host: str) -> None:
    """Refuse every address but this machine's own; ConfigError says why."""
    if host == "localhost":
        return
    try:
        own = ip_address(host).is_loopback
    except ValueError:
        own = False
    if not own:
        raise ConfigError(
            f"the desk has no accounts yet, so it is served to this machine alone, not at {host!r}; "
            "use 127.0.0.1 and reach it from elsewhere through an SSH tunnel"
        )
