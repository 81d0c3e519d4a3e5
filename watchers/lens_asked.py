"""What a reader process is asked about a lens; only it loads the lens's modules, half a second and memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchers.lens import Gist
    from watchers.lens_spec import LensSpec
    from watchers.stories.similarity import Closeness
    from watchers.types import Entry, Exemplar, Relevance, Report


def closeness_of(spec: LensSpec) -> tuple[Closeness, str]:
    """Do `watchers.lens.closeness_of`."""
    from watchers import lens  # noqa: PLC0415 - as the first line says

    return lens.closeness_of(spec)


def read_batch(spec: LensSpec, entries: tuple[Entry, ...]) -> tuple[Report, ...]:
    """Do `watchers.lens.read_batch`."""
    from watchers import lens  # noqa: PLC0415

    return lens.read_batch(spec, entries)


def read_facts(spec: LensSpec, entries: tuple[Entry, ...]) -> tuple[Gist, ...]:
    """Do `watchers.lens.read_facts`."""
    from watchers import lens  # noqa: PLC0415

    return lens.read_facts(spec, entries)


def judge_again(
    spec: LensSpec, exemplars: tuple[Exemplar, ...], reports: Sequence[Report]
) -> tuple[Relevance, ...]:
    """Do `watchers.lens.judge_again`."""
    from watchers import lens  # noqa: PLC0415

    return lens.judge_again(spec, exemplars, reports)
