"""Tell people: what to say, when, and in which channel. Finding and understanding news is `watchers`."""
