"""From the outbox to the channels: nothing lost, nothing doubled."""
