"""Alerts posted to a web address, signed as the Standard Webhooks specification 1.0 says (https://www.standardwebhooks.com)."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime
from importlib.metadata import version

import httpx

from dragoman.backends.public_network import PrivateAddressError, polite_transport
from dragoman.core.errors import ConfigError, DeliveryError
from dragoman.core.watching import Alert

SECRET_PREFIX = "whsec_"  # noqa: S105  what the specification puts before a secret
_LEAST_SECRET = 24
"""Bytes of a secret, as the specification asks."""
_SECONDS = 30.0
_WORTH_RETRYING = frozenset({408, 425, 429})


def read_secret(written: str) -> bytes:
    """The bytes of a secret written as whsec_ and base64; ConfigError where it is none or too short."""
    try:
        secret = base64.b64decode(written.removeprefix(SECRET_PREFIX), validate=True)
    except binascii.Error as error:
        raise ConfigError(f"a webhook's secret is {SECRET_PREFIX} and base64: {error}") from error
    if len(secret) < _LEAST_SECRET:
        raise ConfigError(f"a webhook's secret has at least {_LEAST_SECRET} bytes; make one with `openssl rand -base64 32`")
    return secret


def signature(secret: bytes, key: str, timestamp: int, body: bytes) -> str:
    """HMAC-SHA256 over id, timestamp and body, as the header webhook-signature carries it."""
    signed = f"{key}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()


class WebhookChannel:
    """Posts one alert per request; every attempt for an alert carries the same webhook-id, by which receivers drop repetitions.

    Redirects are not followed, and addresses that are not public are refused unless `allow_private`.
    """

    def __init__(self, url: str, secret: bytes, *, now: Callable[[], datetime], allow_private: bool = False) -> None:
        self._url = url
        self._secret = secret
        self._now = now
        self._client = httpx.Client(
            transport=polite_transport(allow_private=allow_private, total_seconds=_SECONDS),
            headers={"User-Agent": f"dragoman/{version('dragoman')}", "Content-Type": "application/json"},
            timeout=_SECONDS,
            follow_redirects=False,
            trust_env=False,
        )

    def send(self, alert: Alert) -> None:
        """Post one alert; DeliveryError says whether it is worth another try."""
        timestamp = int(self._now().timestamp())
        headers = {
            "webhook-id": alert.key,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signature(self._secret, alert.key, timestamp, alert.body),
        }
        try:
            with self._client.stream("POST", self._url, content=alert.body, headers=headers) as response:
                status = response.status_code  # what the answer says beyond that is not read
        except PrivateAddressError as error:
            raise DeliveryError(
                f"the webhook {self._url} is not on the public network ({error}); set allow_private to post there", passing=False
            ) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise DeliveryError(f"the webhook {self._url} cannot be reached: {error}") from error
        if not 200 <= status < 300:
            passing = status >= 500 or status in _WORTH_RETRYING
            raise DeliveryError(f"the webhook {self._url} answered with HTTP status {status}", passing=passing)

    def close(self) -> None:
        """Close open connections."""
        self._client.close()
