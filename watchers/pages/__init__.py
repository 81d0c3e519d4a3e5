"""Articles' own pages: which are wanted, whether they may be read, their text, and what became of it."""
