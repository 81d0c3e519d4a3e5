"""Claims of reports as values of their own, verdicts over pairs of them, and promises with their due days."""
