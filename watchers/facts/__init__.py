"""Typed statements read from a text: amounts, dates, parties, machines, people, and what became of a deal."""
