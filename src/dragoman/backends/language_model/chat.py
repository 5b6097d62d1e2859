"""Chat completions over an OpenAI-compatible API: one question, one answer, limits on time and size, waits where asked to."""

import ipaddress
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import httpx
import msgspec
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from dragoman.backends.http_fetcher import retry_after
from dragoman.backends.language_model.prompt import Message
from dragoman.core.errors import ConfigError, FetchError

_WORTH_RETRYING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_LOCAL = frozenset({"localhost"})
_SHOWN = 200
"""Characters of a server's complaint that a message quotes."""


class ChatLimits(msgspec.Struct, frozen=True, kw_only=True):
    """How much one question may take; times in seconds, sizes in bytes."""

    total_seconds: float = 120.0
    connect_seconds: float = 20.0
    size: int = 5_000_000
    attempts: int = 4
    longest_wait: float = 60.0
    """Longest pause that a Retry-After can ask for; more than that is an error."""


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What a model answered; `refusal` is its reason not to, `finish` why it stopped ("stop", "length" …)."""

    content: str | None = None
    refusal: str | None = None
    finish: str | None = None
    called_tools: bool = False


class _Said(msgspec.Struct, frozen=True):
    content: str | None = None
    refusal: str | None = None
    tool_calls: list[Any] | None = None


class _Choice(msgspec.Struct, frozen=True):
    message: _Said
    finish_reason: str | None = None


class _Completion(msgspec.Struct, frozen=True):
    choices: list[_Choice]


class _SchemaNotTaken(Exception):
    """The server does not know `response_format` of type json_schema."""


class _RetryableError(FetchError):
    """A failure that may pass; `after` is how many seconds the server asked to wait."""

    def __init__(self, message: str, code: str, after: float | None = None) -> None:
        super().__init__(message, code)
        self.after = after


class ChatClient:
    """Asks one model at one address; the key goes into the request's head and nowhere else.

    `address` is the API's base ("https://host/v1"). Redirects are not followed, proxies and credentials of the environment not
    used, and only a server on this machine may be asked without encryption. `sleep` is there for tests.
    """

    def __init__(
        self,
        address: str,
        model: str,
        *,
        key: str | None = None,
        temperature: float | None = 0.0,
        limits: ChatLimits | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._limits = limits or ChatLimits()
        self._url = f"{_checked_base(address)}/chat/completions"
        self._model = model
        self._temperature = temperature
        if key is not None and not (key.isascii() and key.isprintable() and " " not in key):
            raise ConfigError("the key in DRAGOMAN_LLM_KEY has characters that no key has, such as a line end; set it anew")
        self._key = key
        self._sleep = sleep
        self._takes_schema = True
        self._client = httpx.Client(
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout=httpx.Timeout(self._limits.total_seconds, connect=self._limits.connect_seconds),
            follow_redirects=False,
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close open connections."""
        self._client.close()

    def ask(self, messages: Sequence[Message], schema: dict[str, Any]) -> Reply:
        """Ask for an answer of a JSON schema; servers that do not know schemas are asked for a JSON object.

        Raises ConfigError where the server refuses the key, the address or the model, FetchError where it cannot be asked.
        """
        try:
            return self._retried(messages, schema)
        except _SchemaNotTaken:
            self._takes_schema = False
            return self._retried(messages, schema)

    def _retried(self, messages: Sequence[Message], schema: dict[str, Any]) -> Reply:
        retrying = Retrying(
            stop=stop_after_attempt(self._limits.attempts),
            wait=self._wait_before_retry,
            retry=retry_if_exception_type(_RetryableError),
            sleep=self._sleep,
            reraise=True,
        )
        return retrying(self._request, messages, schema)

    def _wait_before_retry(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.after if isinstance(error, _RetryableError) else None
        return (
            asked if asked is not None else float(wait_random_exponential(multiplier=1, max=self._limits.longest_wait / 2)(state))
        )

    def _request(self, messages: Sequence[Message], schema: dict[str, Any]) -> Reply:
        question: dict[str, Any] = {"model": self._model, "messages": messages, "response_format": self._format(schema)}
        if self._temperature is not None:
            question["temperature"] = self._temperature
        started = time.monotonic()
        try:
            with self._client.stream(
                "POST", self._url, content=msgspec.json.encode(question), headers={"Content-Type": "application/json"}
            ) as response:
                body = self._body(response, started)
                self._check_status(response, body)
        except httpx.TimeoutException as error:
            raise self._too_slow() from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _RetryableError(f"{self._url} cannot be reached: {error}; check llm.address", "unreachable") from error
        return _reply(self._url, body)

    def _format(self, schema: dict[str, Any]) -> dict[str, Any]:
        if not self._takes_schema:
            return {"type": "json_object"}
        return {"type": "json_schema", "json_schema": {"name": "coding", "strict": True, "schema": schema}}

    def _body(self, response: httpx.Response, started: float) -> bytes:
        chunks: list[bytes] = []
        size = 0
        for chunk in response.iter_bytes():
            size += len(chunk)
            if size > self._limits.size:
                raise FetchError(f"the answer of {self._url} is larger than {self._limits.size:,} bytes", "too-large")
            if time.monotonic() - started > self._limits.total_seconds:
                raise self._too_slow()
            chunks.append(chunk)
        return b"".join(chunks)

    def _too_slow(self) -> FetchError:
        message = f"{self._url} did not answer within {self._limits.total_seconds:g} s; try again later or raise llm.timeout"
        return _RetryableError(message, "timeout")

    def _check_status(self, response: httpx.Response, body: bytes) -> None:
        status = response.status_code
        if status == httpx.codes.OK:
            return
        if status in _WORTH_RETRYING:
            raise self._busy(status, retry_after(response.headers.get("retry-after")))
        complaint = self._complaint(body)
        if status in {400, 422} and self._takes_schema and ("response_format" in complaint or "json_schema" in complaint):
            raise _SchemaNotTaken(complaint)
        if status in {401, 403}:
            raise ConfigError(f"{self._url} refuses the key (HTTP status {status}); set DRAGOMAN_LLM_KEY to a valid one")
        raise ConfigError(
            f"{self._url} cannot answer for the model {self._model!r} (HTTP status {status}: {complaint or 'no reason given'}); "
            "check llm.address and llm.model"
        )

    def _busy(self, status: int, after: float | None) -> FetchError:
        if after is not None and after > self._limits.longest_wait:
            return FetchError(f"{self._url} asks to wait {after:.0f} s (HTTP status {status}); run the same command then", "busy")
        message = f"{self._url} answered with HTTP status {status}; run the same command later"
        return _RetryableError(message, "busy" if status == httpx.codes.TOO_MANY_REQUESTS else f"http-{status}", after)

    def _complaint(self, body: bytes) -> str:
        """The beginning of what the server says, in one line, without the key."""
        text = " ".join(body.decode("utf-8", "replace").split())
        return (text.replace(self._key, "***") if self._key else text)[:_SHOWN]


def _reply(url: str, body: bytes) -> Reply:
    try:
        completion = msgspec.json.decode(body, type=_Completion)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise FetchError(
            f"{url} does not answer as an OpenAI-compatible API does ({error}); check llm.address", "bad-json"
        ) from error
    if not completion.choices:
        return Reply(finish="no choice")
    choice = completion.choices[0]
    said = choice.message
    return Reply(content=said.content, refusal=said.refusal, finish=choice.finish_reason, called_tools=bool(said.tool_calls))


def _checked_base(address: str) -> str:
    """The address without a slash at its end; ConfigError unless it is https, or http on this very machine."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError as error:
        raise ConfigError(f"llm.address: {error}") from error
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ConfigError("llm.address carries more than a host and a path; a key belongs into DRAGOMAN_LLM_KEY")
    if not host or parts.scheme not in {"http", "https"}:
        raise ConfigError(f"llm.address = {address!r} is no address; write it as https://host/v1")
    if parts.scheme == "http" and not _is_this_machine(host):
        raise ConfigError(f"llm.address = {address!r} would send texts unencrypted; use https (http is for this machine alone)")
    return address.rstrip("/")


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in _LOCAL
