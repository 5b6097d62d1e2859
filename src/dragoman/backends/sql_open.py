"""Opens a database for the store: safe settings, and the schema brought up to date in one transaction."""

import sqlite3
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from dragoman.backends.sql_errors import explained
from dragoman.backends.sql_schema import HEAD, VERSION_TABLE
from dragoman.core.errors import MissingExtra, StoreError

WRITING = "dragoman_writing"
"""Execution option of connections that will write."""

MIGRATIONS = Path(__file__).parent / "migrations"

# Any constant will do, as long as nothing else in the database uses it.
_MIGRATION_LOCK = 0x0D7A60


def open_engine(where: str | Path, *, busy_seconds: float = 30.0) -> tuple[Engine, str]:
    """Open or create the database and upgrade its schema; return it with its name for messages (without password).

    `where` is a path or a URL (`sqlite:///…`, `postgresql://…`). `busy_seconds` is how long to wait for another writer.
    """
    url = _url(where)
    name = url.database or "" if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)
    engine = _sqlite(url, name, busy_seconds) if url.get_backend_name() == "sqlite" else _postgres(url)
    try:
        with explained(name):
            _upgrade(engine, name)
    except BaseException:
        engine.dispose()
        raise
    return engine, name


def close_engine(engine: Engine) -> None:
    """Close all connections; on SQLite first let the planner learn what the tables have become, as its manual advises."""
    if engine.dialect.name == "sqlite":
        with suppress(DBAPIError), engine.connect() as connection:  # a store that is full or locked just keeps its old figures
            connection.exec_driver_sql("PRAGMA analysis_limit=1000")
            connection.exec_driver_sql("PRAGMA optimize")
            connection.commit()
    engine.dispose()


def writing(engine: Engine) -> Engine:
    """The same engine for transactions that write: on SQLite they take the write lock at once and so never deadlock."""
    return engine.execution_options(**{WRITING: True})


def _url(where: str | Path) -> URL:
    if isinstance(where, Path) or "://" not in where:
        return URL.create("sqlite", database=str(Path(where).expanduser()))
    try:
        url = make_url(where)
        backend = url.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise StoreError(f"{where.partition('://')[0]}://… is not an address of a store: {error}") from error
    if backend == "postgresql" or url.drivername == "postgres":
        return url.set(drivername="postgresql+psycopg")
    if backend != "sqlite" or not url.database:
        raise StoreError(f"{url.drivername} is not a store; give a file path, sqlite:///PATH or postgresql://USER@HOST/NAME")
    return url


def _sqlite(url: URL, name: str, busy_seconds: float) -> Engine:
    try:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"the folder of the store {name} cannot be made: {error.strerror}; give another path") from error
    if Path(name).is_dir():
        raise StoreError(f"the store {name} is a folder; give the path of a file in it")
    engine = create_engine(url, connect_args={"timeout": busy_seconds})
    event.listen(engine, "connect", partial(_set_up_sqlite, busy_seconds=busy_seconds))
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _record: object, *, busy_seconds: float) -> None:
    # The driver would otherwise begin transactions by itself, and not before DDL: migrations would not be atomic.
    connection.isolation_level = None
    _keep_a_log(connection, busy_seconds)
    # FULL: what is reported as done survives a power cut too, at the price of one sync per batch.
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _keep_a_log(connection: sqlite3.Connection, busy_seconds: float) -> None:
    """Write ahead to a log. Of two that make one new database do so at once SQLite refuses one without waiting, so we wait."""
    if connection.execute("PRAGMA journal_mode").fetchone() == ("wal",):
        return
    from tenacity import Retrying, retry_if_exception, stop_after_delay, wait_random  # noqa: PLC0415  new databases only

    for attempt in Retrying(
        retry=retry_if_exception(_is_busy), stop=stop_after_delay(busy_seconds), wait=wait_random(0.01, 0.1), reraise=True
    ):
        with attempt:
            connection.execute("PRAGMA journal_mode=WAL")


def _is_busy(error: BaseException) -> bool:
    return isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode == sqlite3.SQLITE_BUSY


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _postgres(url: URL) -> Engine:
    try:
        return create_engine(url, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise MissingExtra("PostgreSQL needs its driver: install dragoman[postgres]") from error


def _upgrade(engine: Engine, name: str) -> None:
    with engine.connect() as connection:
        version = _version(connection, name)
    if version == HEAD:
        return
    with writing(engine).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
        _migrate(connection, name)


def _version(connection: Connection, name: str) -> str | None:
    """The schema's revision, None for an empty database."""
    tables = set(inspect(connection).get_table_names())
    if VERSION_TABLE in tables:
        return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608 - a constant
    if tables and connection.dialect.name == "sqlite":
        raise StoreError(f"{name} is a database of something else (tables {', '.join(sorted(tables)[:3])} …); give another path")
    return None


def _migrate(connection: Connection, name: str) -> None:
    """Run what is missing; a process that waited for another's upgrade finds nothing to do."""
    # Imported here: most openings find the schema as it should be.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    attributes: dict[str, Any] = {"connection": connection}
    config = Config(attributes=attributes)
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    version = _version(connection, name)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        raise StoreError(
            f"the store {name} has schema {version}, newer than this Dragoman knows ({HEAD}); "
            "update Dragoman or give another store"
        )
    command.upgrade(config, "head")
