"""Reports into stories: what is one event, what agrees and differs in it, and who is independent of whom."""
