"""The exceptions of Dragoman; a message says what, where and what to do.

DragomanError
├── InputError      an input that cannot be used at all
├── ConfigError     a setting that is wrong
├── StoreError      the store cannot be opened, read or written
├── FetchError      an address that cannot be fetched
├── DeliveryError   an alert that could not be sent
└── MissingExtra    a feature whose optional packages are not installed
"""


class DragomanError(Exception):
    """Root of all errors that Dragoman raises on purpose; `exit_code` is what the command line returns."""

    exit_code = 1


class NotReadyError(DragomanError):
    """What is asked for is being made and not there yet."""


class InputError(DragomanError):
    """An input that cannot be used at all."""

    exit_code = 2


class ConfigError(DragomanError):
    """A setting that is wrong."""

    exit_code = 3


class StoreError(DragomanError):
    """The store cannot be opened, read or written."""

    exit_code = 4


class FetchError(DragomanError):
    """An address that cannot be fetched; `code` is the problem code to report.

    `after` is how many seconds the server asked to wait, `passing` whether the same request may go well later.
    """

    exit_code = 5

    def __init__(self, message: str, code: str = "unreachable", *, after: float | None = None, passing: bool = False) -> None:
        super().__init__(message)
        self.code = code
        self.after = after
        self.passing = passing


class MissingExtra(DragomanError):
    """A feature whose optional packages are not installed."""

    exit_code = 6


class DeliveryError(DragomanError):
    """An alert that could not be sent; `passing` is whether the same alert may go out later."""

    exit_code = 5

    def __init__(self, message: str, *, passing: bool = True) -> None:
        super().__init__(message)
        self.passing = passing
