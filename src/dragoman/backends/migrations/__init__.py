"""Schema changes of the store, in order, run by Alembic when a store is opened."""
