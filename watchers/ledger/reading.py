"""Read the claims of entries in a worker process, which holds the lens with the known names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchers.types import fact_text

if TYPE_CHECKING:
    from watchers.lens_spec import LensSpec
    from watchers.types import Entry
    from watchers.types.claims import Claim


def claims_of(spec: LensSpec, entries: tuple[Entry, ...]) -> tuple[tuple[Claim, ...], ...]:
    """Return the claims of entries, in their order."""
    from watchers.claims.read import read_claims  # noqa: PLC0415 - only the worker needs the grammar
    from watchers.lens import finder_of  # noqa: PLC0415

    finder = finder_of(spec)
    return tuple(
        read_claims(fact_text(entry), entry.lang, entry.day, entry.outlet, finder) for entry in entries
    )
