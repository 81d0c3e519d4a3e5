"""Write the image's software bill of materials: CycloneDX 1.6, from the lock and the packages' own metadata.

python .ci/sbom.py requirements/postgres.lock [--packages FOLDER] [--exact] >sbom.cdx.json

FOLDER is a site-packages to read licences from, this Python's own unless it is named. With --exact it must
hold what the lock names for this platform, in those versions, and nothing else. Needs nothing but Python.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
import uuid
from dataclasses import dataclass, field
from importlib.metadata import Distribution, distributions
from pathlib import Path

OURS = "vedette"
PROJECT = Path(__file__).parents[1] / "pyproject.toml"
PINNED = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?==(?P<version>[^\s;\\]+)(?:\s*;\s*(?P<marker>[^\\]+))?"
)
HASHED = re.compile(r"--hash=sha256:([0-9a-f]{64})")
UNKNOWN = {"", "unknown"}
SHORT = 80  # characters; longer ones are a licence's whole text
SPDX = re.compile(r"^[A-Za-z0-9.+() -]+$")
OPERATORS = re.compile(r" (AND|OR|WITH) ")


@dataclass
class Locked:
    """A package as the lock names it."""

    name: str
    version: str
    marker: str
    hashes: list[str] = field(default_factory=list)


def read(lock: str) -> list[Locked]:
    """Return what a lock names, in its order."""
    found: list[Locked] = []
    for line in lock.splitlines():
        if pinned := PINNED.match(line):
            name = canonical(pinned["name"])
            found.append(Locked(name, pinned["version"], (pinned["marker"] or "").strip()))
        elif found:
            found[-1].hashes += HASHED.findall(line)
    return found


def canonical(name: str) -> str:
    """Return a name as PyPI compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def bill(locked: list[Locked], installed: dict[str, Distribution], *, version: str) -> dict[str, object]:
    """Return the bill. The same lock and metadata give the same bytes."""
    components = [component(one, installed.get(one.name)) for one in locked]
    root = f"pkg:pypi/{OURS}@{version}"
    seen = json.dumps(components, sort_keys=True)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, root + seen)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": OURS,
                "version": version,
                "purl": root,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": components,
        "dependencies": [{"ref": root, "dependsOn": [purl(one) for one in locked]}],
    }


def component(one: Locked, there: Distribution | None) -> dict[str, object]:
    """Return a package; the hashes are those of all its files that the lock allows."""
    found: dict[str, object] = {
        "type": "library",
        "bom-ref": purl(one),
        "name": one.name,
        "version": one.version,
        "purl": purl(one),
        "hashes": [{"alg": "SHA-256", "content": content} for content in one.hashes],
    }
    if there is not None and there.version == one.version and (licences := licences_of(there)):
        found["licenses"] = licences
    if one.marker:
        found["properties"] = [{"name": "lock:marker", "value": one.marker}]
    return found


def purl(one: Locked) -> str:
    """Return a package's address."""
    return f"pkg:pypi/{one.name}@{one.version}"


def licences_of(there: Distribution) -> list[dict[str, object]]:
    """Return what its metadata says: an SPDX expression, else classifiers, else a short licence field."""
    about = there.metadata
    expression = first(about.get_all("License-Expression"))
    if expression and SPDX.match(expression):
        if OPERATORS.search(expression):
            return [{"expression": expression}]
        return [{"license": {"id": expression}}]
    classified = [
        line.rpartition(" :: ")[2]
        for line in about.get_all("Classifier") or []
        if line.startswith("License ::") and line != "License :: OSI Approved"
    ]
    said = first(about.get_all("License"))
    if not classified and said.lower() not in UNKNOWN and len(said) <= SHORT and "\n" not in said:
        classified = [said]
    return [{"license": {"name": name}} for name in dict.fromkeys(classified)]


def first(values: list[str] | None) -> str:
    """Return the first of a field's values, empty if it has none."""
    return values[0].strip() if values else ""


def differences(locked: list[Locked], installed: dict[str, Distribution]) -> list[str]:
    """Return what is installed otherwise than the lock says; what a marker leaves out may be missing."""
    allowed: dict[str, list[Locked]] = {}
    for one in locked:
        allowed.setdefault(one.name, []).append(one)
    found = [f"{name} is not in the lock" for name in installed if name not in allowed and name != OURS]
    for name, ones in allowed.items():
        there = installed.get(name)
        versions = [one.version for one in ones]
        if there is None and not any(one.marker for one in ones):
            found.append(f"{name} is missing")
        elif there is not None and there.version not in versions:
            found.append(f"{name} is {there.version}, not {' or '.join(versions)}")
    return found


def main() -> int:
    """Write the bill to standard output; 1 if what is installed differs from the lock and that was asked."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("lock", type=Path)
    options.add_argument("--packages", type=Path)
    options.add_argument("--exact", action="store_true")
    options.add_argument("--version", default="")
    given = options.parse_args()
    locked = read(given.lock.read_text(encoding="utf-8"))
    there = distributions(path=[str(given.packages)]) if given.packages else distributions()
    installed = {canonical(one.metadata["Name"]): one for one in there}
    faults = differences(locked, installed) if given.exact else []
    for fault in faults:
        print(f"sbom: {fault}", file=sys.stderr)
    version = given.version or tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"]
    print(json.dumps(bill(locked, installed, version=version), indent=1))
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
