# ruff: noqa: D301  click needs the backspace character to keep lines apart
"""The `dragoman` command: global options, the verbs, and the one place where errors become messages and exit codes."""

import codecs
import errno
import io
import logging
import os
import sys
from pathlib import Path
from typing import Any

import click

from dragoman import __version__
from dragoman.app.config import Config, load_config
from dragoman.app.restricting import hand_on
from dragoman.cli import (
    access,
    analysing,
    asking,
    checking,
    exporting,
    laboratory,
    lakes,
    measuring,
    predicting,
    recording,
    repairing,
    reviewing,
    running,
    searching,
    serving,
    syncing,
    training,
    watching,
    weighing,
)
from dragoman.core.errors import DragomanError

_log = logging.getLogger("dragoman")

EXIT_CODES = """\b
Exit codes:
  0  all went well
  1  Dragoman could not do what was asked
  2  an input or the command line cannot be used
  3  a setting is wrong
  4  the store cannot be opened, read or written
  5  none of the addresses could be fetched
  6  a feature needs packages that are not installed
  7  finished, but some inputs had problems; they are listed
  130  stopped with Ctrl-C; what was reported as done is kept
"""


class Settings:
    """The options given before the verb, and the configuration made of them when a verb asks for it."""

    def __init__(self, file: Path | None, options: dict[str, Any], verbosity: int) -> None:
        self._file = file
        self._options = options
        self.verbosity = verbosity

    def config(self, **options: Any) -> Config:  # noqa: ANN401  settings of any type
        """The effective configuration; `options` are the verb's own, with "__" for "."."""
        given = self._options | {name.replace("__", "."): value for name, value in options.items()}
        return load_config(given, env=os.environ, folder=Path.cwd(), file=self._file)

    def screen(self, **options: Any) -> Config:  # noqa: ANN401  settings of any type
        """The configuration for what the store's owner looks at: restricted material is shown."""
        return self.config(output__restricted=True, **options)

    def written(self, what: str, *, restricted: bool | None, **options: Any) -> Config:  # noqa: ANN401  settings of any type
        """The configuration for what may be passed on: restricted material is left out, and said to be, unless asked for."""
        config = self.config(output__restricted=restricted, **options)
        left_out = hand_on(config, what)
        if left_out:
            documents = "restricted document is" if left_out == 1 else "restricted documents are"
            click.echo(f"{left_out} {documents} left out; --restricted puts what is restricted in", err=True)
        return config


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}, epilog=EXIT_CODES)
@click.version_option(__version__, prog_name="dragoman")
@click.option("--store", metavar="PATH|URL", help="SQLite file or PostgreSQL address. Default: dragoman.db in this folder.")
@click.option("--config", "file", type=click.Path(path_type=Path), help="Settings file instead of ./dragoman.toml.")
@click.option("-v", "--verbose", count=True, help="Say more; -vv shows the traceback of an error.")
@click.pass_context
def cli(context: click.Context, /, store: str | None, file: Path | None, verbose: int) -> None:
    """Read documents about diplomacy and keep the mediator's record.

    Who met or called whom, in which office and role, where and when, on which conflict, what was said, offered and
    reached, and according to whom. Every line leads to its sentence.

    \b
    First steps:
      dragoman run articles/                     read, code and store a folder
      dragoman brief --out brief.html            one page to read and forward
      dragoman contacts --actor Qatar --with Hamas
      dragoman show CLAIM                        one claim in its text
    """
    context.obj = Settings(file, {"store": store}, verbose)
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    # Only our own messages get more: the libraries' would bury them.
    _log.setLevel((logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)])


for group in (
    running,
    lakes,
    asking,
    searching,
    recording,
    analysing,
    exporting,
    laboratory,
    measuring,
    predicting,
    training,
    reviewing,
    syncing,
    serving,
    watching,
    weighing,
    repairing,
    access,
    checking,
):
    for command in group.COMMANDS:
        cli.add_command(command)


def main() -> None:
    """Run the command line and leave with its exit code."""
    # Parsing multiplies small matrices, which several threads slow down; --workers is how several cores are used.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _prepare_streams()
    sys.exit(run(sys.argv[1:]))


def _prepare_streams() -> None:
    """Make every text printable: in a locale of few letters files get UTF-8 and terminals question marks; closed ones swallow."""
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  until the process ends
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and codecs.lookup(stream.encoding).name != "utf-8":
            stream.reconfigure(errors="replace") if stream.isatty() else stream.reconfigure(encoding="utf-8")


def run(arguments: list[str]) -> int:
    """Run one command line; every expected failure is one clean message on standard error."""
    try:
        left = cli.main(args=arguments, prog_name="dragoman", standalone_mode=False)
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nStopped. What was reported as done is kept; the same command goes on from there.", err=True)
        return 130
    except (click.ClickException, DragomanError, OSError) as error:
        return _explained(error)
    except SystemExit:
        # click leaves by itself only when the reader of our output has left (`| head`): nothing went wrong.
        return 0
    return left if isinstance(left, int) else 0


def _explained(error: click.ClickException | DragomanError | OSError) -> int:
    if isinstance(error, click.ClickException):
        error.show()
        return error.exit_code
    if isinstance(error, DragomanError):
        return _failed(error, str(error), error.exit_code)
    return _failed(error, _os_message(error), 1)


def _failed(error: Exception, message: str, code: int) -> int:
    if os.environ.get("DRAGOMAN_DEBUG") or _log.isEnabledFor(logging.DEBUG):
        _log.error("%s", message, exc_info=error)
    else:
        click.echo(f"dragoman: {message}", err=True)
    return code


def _os_message(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename else ""
    remedies = {
        errno.ENOSPC: "free some space and run the same command again; what was reported as done is kept",
        errno.EFBIG: "raise the limit on the size of files (ulimit -f) and run the same command again",
        errno.EACCES: "choose a place that you may write to",
        errno.EROFS: "choose a place that you may write to",
        errno.ENOENT: "check the path",
        errno.EISDIR: "give a file, not a folder",
    }
    remedy = remedies.get(error.errno or 0, "check the disk and the path")
    return f"{where}{error.strerror or error}; {remedy}"


if __name__ == "__main__":
    main()
