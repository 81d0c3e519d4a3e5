"""From addresses to entries: which feeds are due, may we open them, what do they say."""
