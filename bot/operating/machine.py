"""Judge the machine: its Python, SQLite, disk, clock and time zones. Figures come in, findings go out."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from bot.operating.findings import failure, warning, well

if TYPE_CHECKING:
    from datetime import datetime

    from bot.operating.findings import Finding

PYTHON_FROM, PYTHON_BELOW = (3, 11), (3, 14)  # pyproject.toml, requires-python
SQLITE_FROM: Final = (3, 35, 0)  # the first that knows RETURNING, by which the outbox leases its messages
LEAST_DISK: Final = 32 * 1024**2  # bytes; the write-ahead log alone takes 4 MiB before SQLite folds it in
LITTLE_DISK: Final = 256 * 1024**2  # bytes, or once more the database's size: room for one copy of it
SKEW_SEEN: Final = 30.0  # seconds; below that it is the network's time and the header's whole seconds
SKEW_TOO_FAR: Final = 300.0  # seconds; Slack's signatures are good for as long, and so are refused beyond it
LEAST_ZONES: Final = 300  # IANA's list has some 600 names; a machine without the data knows none or a few


def python(version: tuple[int, int, int]) -> Finding:
    """Judge the interpreter's version."""
    said = ".".join(map(str, version))
    if PYTHON_FROM <= version[:2] < PYTHON_BELOW:
        return well("python", said)
    return failure("python", f"{said} is not supported", "install Python 3.11, 3.12 or 3.13")


def sqlite(version: str, *, fts5: bool) -> Finding:
    """Judge SQLite as Python was built with it."""
    numbers = tuple(int(part) for part in version.split("."))
    if numbers < SQLITE_FROM:
        return failure(
            "sqlite",
            f"{version} is too old",
            "use a Python built with SQLite 3.35 or later, such as the container image's",
        )
    if not fts5:
        return failure(
            "sqlite",
            f"{version} lacks full-text search (FTS5)",
            "use a Python whose SQLite has FTS5, such as Debian's or the container image's",
        )
    return well("sqlite", f"{version} with full-text search")


def disk(free: int, *, folder: str, database: int) -> Finding:
    """Judge the free bytes beside a database of that size."""
    said = f"{_size(free)} free in {folder}"
    cure = f"make room, or move the database with [database] path; it has {_size(database)} now"
    if free < LEAST_DISK:
        return failure("disk", said, cure)
    if free < max(LITTLE_DISK, database):
        return warning("disk", said, cure)
    return well("disk", said)


def zones(count: int) -> Finding:
    """Judge how many time zones are known."""
    if count >= LEAST_ZONES:
        return well("time zones", f"{count} known")
    return failure(
        "time zones",
        f"only {count} known, so clock times cannot be told",
        "install the Python package tzdata, or the system's of the same name",
    )


def ahead(date: str, *, now: datetime) -> float | None:
    """Return the seconds that our clock is ahead of a Date header; None for a header that tells none."""
    try:
        told = parsedate_to_datetime(date)
    except (ValueError, OverflowError):  # the latter for a year of twenty digits
        return None
    return (now - told).total_seconds() if told.tzinfo is not None else None


def clock(skew: float | None, *, told_by: str) -> Finding:
    """Judge the seconds that our clock is ahead; None: nobody told the time."""
    cure = "let the machine set its clock from the network: timedatectl set-ntp true, or the host's settings"
    if skew is None:
        return warning("clock", "not compared, as nothing that was asked told the time", cure)
    if abs(skew) < SKEW_SEEN:
        return well("clock", f"agrees with {told_by}'s")
    said = f"{abs(skew):.0f} s {'ahead of' if skew > 0 else 'behind'} {told_by}'s"
    return failure("clock", said, cure) if abs(skew) >= SKEW_TOO_FAR else warning("clock", said, cure)


def _size(number: int) -> str:
    """Return bytes as people say them."""
    for unit, scale in (("GiB", 1024**3), ("MiB", 1024**2)):
        if number >= scale:
            return f"{number / scale:.1f} {unit}"
    return f"{number // 1024} KiB"
