"""Run the revisions on the connection and in the transaction that the store hands over."""

from alembic import context

from watchers.store.columns import metadata
from watchers.store.engines.sorting import sort_by_letters

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
    sort_by_letters(connection)
