"""The advisory locks that vedette takes on PostgreSQL: a number of ours, and one for each purpose."""

from __future__ import annotations

from typing import Final

OURS: Final = 0x76656465  # "vede": other programs on the same database lock other numbers
RUNS: Final = 1  # of the session: one process runs alone
MIGRATES: Final = 2  # of the transaction: one brings the tables up to date
WRITES: Final = 3  # of the transaction: those who decide on what they read take turns
