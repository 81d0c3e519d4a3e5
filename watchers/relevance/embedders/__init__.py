"""The models that make vectors of texts: the built-in one, and those a stranger plugs in."""
