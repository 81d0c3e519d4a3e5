"""Work that is due, and who does it: this process, or any of several over a queue."""
