# ruff: noqa: D301  click needs the backspace character to keep lines apart
"""The verb that opens the desk in a browser: serve."""

from pathlib import Path

import click

from dragoman.app.desk import Desk
from dragoman.app.serving import check_address, has_accounts, is_own
from dragoman.cli.output import line


@click.command()
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen at; another than this machine's own needs accounts."
)
@click.option("--port", type=click.IntRange(1, 65535), default=8765, show_default=True, help="Port to listen at.")
@click.option("--certificate", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="Certificate for HTTPS (PEM).")
@click.option("--key", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="Its private key (PEM).")
@click.pass_context
def serve(context: click.Context, /, host: str, port: int, certificate: Path | None, key: Path | None) -> None:
    """Open the desk in a browser: today, dossiers, events, actors, channels, sources.

    Pages are made on this machine from the store and load nothing from elsewhere. Without accounts the desk is open to this
    machine alone; with `dragoman accounts add` everybody logs in. Stop with Ctrl-C.

    \b
    Example:
      dragoman --store desk.db serve
    """
    import uvicorn  # noqa: PLC0415  half a second that no other verb needs

    from dragoman.web.application import create_application  # noqa: PLC0415

    config = context.obj.config(web__https=True if certificate else None)
    check_address(host, guarded=has_accounts(config))
    desk = Desk(config)
    application = create_application(desk, port=port)
    desk.begin()
    scheme = "https" if certificate else "http"
    line(f"the desk is open at {scheme}://{host}:{port}/ (Ctrl-C closes it)")
    line("the record is being read; one of 100,000 events takes some minutes, and pages say so until then", stderr=True)
    if not is_own(host) and not config.web.https:
        line(
            "passwords and pages cross the network unencrypted: give --certificate and --key, or set web.https behind a proxy",
            stderr=True,
        )
    uvicorn.run(
        application,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )


COMMANDS = (serve,)
