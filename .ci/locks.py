"""Tell whether the locks satisfy pyproject.toml, without an index: names, ranges, hashes, no address."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)(?P<rest>[^\n]*(?:\n[ ]{4}--hash=[^\n]+)*)",
    re.MULTILINE,
)


def pins(lock: Path) -> dict[str, list[tuple[str, int]]]:
    """Return each package's pinned versions with the number of their hashes."""
    found: dict[str, list[tuple[str, int]]] = {}
    for pin in PIN.finditer(lock.read_text(encoding="utf-8")):
        name = canonicalize_name(pin["name"])
        found.setdefault(name, []).append((pin["version"], pin["rest"].count("--hash=")))
    return found


def faults(lock: Path, wanted: list[str]) -> list[str]:
    """Return what is wrong with one lock, a sentence each."""
    have = pins(lock)
    told = []
    for line in wanted:
        need = Requirement(line)
        versions = have.get(canonicalize_name(need.name), [])
        if not versions:
            told.append(f"{lock.name}: {need.name} is missing")
        told += [
            f"{lock.name}: {need.name} {version} is outside {need.specifier}"
            for version, _ in versions
            if not need.specifier.contains(version)
        ]
    told += [f"{lock.name}: {name} {v} has no hash" for name, all_ in have.items() for v, n in all_ if not n]
    if "://" in lock.read_text(encoding="utf-8"):
        told.append(f"{lock.name}: it names an address")
    return told


def main() -> int:
    """Print every fault and return how many there are, at most 1."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime = project["project"]["dependencies"]
    build = (ROOT / "requirements/build.in").read_text(encoding="utf-8").split()
    folder = ROOT / "requirements"
    told = faults(folder / "runtime.lock", runtime)
    postgres = runtime + project["project"]["optional-dependencies"]["postgres"]
    told += faults(folder / "postgres.lock", postgres)
    told += faults(folder / "dev.lock", postgres + project["dependency-groups"]["dev"])
    told += faults(folder / "build.lock", build)
    shared = pins(folder / "runtime.lock")
    told += [
        f"{wider}: {name} differs from runtime.lock"
        for wider in ("postgres.lock", "dev.lock")
        for name, versions in shared.items()
        if [v for v, _ in versions] != [v for v, _ in pins(folder / wider).get(name, [])]
    ]
    print("\n".join(told) or "locks: up to date")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
