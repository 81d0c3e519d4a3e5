"""Discord: the platform, its slash commands, its buttons and the door to its gateway."""
