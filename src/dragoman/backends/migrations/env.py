"""Runs migrations on the connection that the store opened, inside its transaction."""

from alembic import context

from dragoman.backends.sql_schema import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
context.run_migrations()
