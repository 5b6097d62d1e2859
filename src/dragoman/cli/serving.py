# ruff: noqa: D301  click needs the backspace character to keep lines apart
"""The verb that opens the desk in a browser: serve."""

import click

from dragoman.app.desk import Desk
from dragoman.app.serving import check_address
from dragoman.cli.output import line


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at; only this machine's own.")
@click.option("--port", type=click.IntRange(1, 65535), default=8765, show_default=True, help="Port to listen at.")
@click.pass_context
def serve(context: click.Context, /, host: str, port: int) -> None:
    """Open the desk in a browser: today, dossiers, events, actors, channels, sources.

    Pages are made on this machine from the store and load nothing from elsewhere. Stop with Ctrl-C.

    \b
    Example:
      dragoman --store desk.db serve
    """
    import uvicorn  # noqa: PLC0415  half a second that no other verb needs

    from dragoman.web.application import create_application  # noqa: PLC0415

    check_address(host)
    desk = Desk(context.obj.config())
    desk.snapshot()
    line(f"the desk is open at http://{host}:{port}/ (Ctrl-C closes it)")
    uvicorn.run(create_application(desk, port=port), host=host, port=port, log_level="warning", access_log=False)


COMMANDS = (serve,)
