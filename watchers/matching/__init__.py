"""The watch language, and watches against an entry."""
