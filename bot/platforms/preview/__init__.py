"""The platform that needs no token: a terminal and a local page that looks like a chat channel."""
