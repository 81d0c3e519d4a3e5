"""Known people, organisations, platforms, programmes, places and ideas, named in three languages."""
