"""The image's bill of materials names what the lock names, whole, and tells what was installed otherwise."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements" / "postgres.lock"
# A package as the lock begins it, its version, and all until the next one.
PACKAGE = re.compile(r"^([A-Za-z0-9._-]+)(?:\[.*?\])?==([^\s;]+)(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
HASH = re.compile(r"sha256:([0-9a-f]{64})")


def written(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / ".ci" / "sbom.py", *arguments], capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def bill() -> dict[str, object]:
    done = written(LOCK)
    assert done.returncode == 0, done.stderr
    read: dict[str, object] = json.loads(done.stdout)
    return read


def components(bill: dict[str, object]) -> list[dict[str, object]]:
    found = bill["components"]
    assert isinstance(found, list)
    return found


def test_every_locked_package_is_in_it_with_version_address_and_hashes(bill: dict[str, object]) -> None:
    locked = [
        (name.lower(), version, sorted(HASH.findall(rest)))
        for name, version, rest in PACKAGE.findall(LOCK.read_text(encoding="utf-8"))
    ]
    assert len(locked) > 70
    told = [
        (one["name"], one["version"], sorted(each["content"] for each in one["hashes"]))  # type: ignore[attr-defined]
        for one in components(bill)
    ]
    assert told == locked
    for one in components(bill):
        assert one["purl"] == one["bom-ref"] == f"pkg:pypi/{one['name']}@{one['version']}"
        assert one["hashes"]


def test_what_is_installed_has_a_licence(bill: dict[str, object]) -> None:
    without = [one["name"] for one in components(bill) if "licenses" not in one and "properties" not in one]
    assert not without
    named = {one["name"]: json.dumps(one.get("licenses")) for one in components(bill)}
    assert "Apache" in named["aiohttp"]
    assert "LGPL" in named["psycopg"] or "Lesser" in named["psycopg"]
    assert all(len(said) < 400 for said in named.values())


def test_it_says_what_it_is_and_what_it_is_of(bill: dict[str, object]) -> None:
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", str(bill["serialNumber"]))
    about = bill["metadata"]
    assert isinstance(about, dict)
    assert about["component"]["name"] == "vedette"
    refs = [one["bom-ref"] for one in components(bill)]
    assert len(set(refs)) == len(refs)
    assert bill["dependencies"] == [{"ref": about["component"]["bom-ref"], "dependsOn": refs}]


def test_the_same_lock_gives_the_same_bill(bill: dict[str, object]) -> None:
    assert json.loads(written(LOCK).stdout) == bill


def test_a_package_beside_the_lock_is_told(tmp_path: Path) -> None:
    for name, version in (("aiohttp", "0.1"), ("stowaway", "1.0")):
        folder = tmp_path / f"{name}-{version}.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    done = written(LOCK, "--packages", tmp_path, "--exact")
    assert done.returncode == 1
    told = done.stderr.splitlines()
    assert "sbom: stowaway is not in the lock" in told
    assert any(re.fullmatch(r"sbom: aiohttp is 0\.1, not 3\.[\d.]+", line) for line in told)
    assert "sbom: alembic is missing" in told
    assert not any("colorama" in line for line in told)  # of another system
