"""Where the desk may be served."""

import pytest

from dragoman.app.serving import check_address
from dragoman.core.errors import ConfigError


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.8.8.8"])
def test_this_machine(host: str) -> None:
    check_address(host, guarded=False)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", ""])
def test_anywhere_else_is_refused(host: str) -> None:
    with pytest.raises(ConfigError, match="this machine alone"):
        check_address(host, guarded=False)
