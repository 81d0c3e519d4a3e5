"""What a channel is told, and when: from stories to the outbox."""
