"""Keep what the tests send to Slack and Discord, and let the payload checker judge it when the run ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

SHARED: Final = Path(os.environ.get("VEDETTE_SHARED", Path(__file__).parents[2] / "shared"))
TOOL: Final = SHARED / "tools" / "check_payloads.py"
SPECS: Final = SHARED / "specs"
VARIABLES: Final = {"slack": "VEDETTE_SLACK_RECORD", "discord": "DISCORD_DOUBLE_LOG"}
HANDED: Final = "wire_records"  # under which xdist's controller tells its workers the folder
MARK: Final = "unrecorded"
MARK_SAYS: Final = f"{MARK}: sends what is wrong on purpose, or one thing a thousand times; is not judged"
PINGED: Final = ("U0123", "S0456")  # whom the sample messages of Slack ping, as an operator may ask for
WITHIN: Final = 300.0  # seconds that judging a file may take
MOST_SHOWN: Final = 40  # findings that the summary repeats

_FINDING = re.compile(r"(?P<file>.+?):(?P<line>\d+) (?P<what>.+)")
_TOTAL = re.compile(r"^(\d+) payloads, (\d+) errors", re.MULTILINE)


class Node(Protocol):
    """A worker of xdist, before it starts."""

    workerinput: dict[str, object]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checker says of some records: how many payloads, and what is wrong with which test's."""

    payloads: int
    findings: tuple[str, ...]
    said: str = ""  # on standard error besides


@dataclass(slots=True)
class Records:
    """A plugin for pytest: every process writes files of its own, and the first one has them judged.

    `paths` are this process's files by platform; `folder` is None where the operator named other files, and
    then nobody judges them.
    """

    paths: Mapping[str, Path]
    folder: Path | None
    verdict: Verdict | None = field(default=None)

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Node) -> None:
        """Tell a worker where the records are."""
        node.workerinput[HANDED] = str(self.folder) if self.folder else ""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Let the doubles write, unless the test is marked; sign what they wrote with the test's name."""
        recorded = item.get_closest_marker(MARK) is None
        with pytest.MonkeyPatch.context() as patch:
            for platform, variable in VARIABLES.items():
                if recorded and platform in self.paths:
                    patch.setenv(variable, str(self.paths[platform]))
                else:
                    patch.delenv(variable, raising=False)
            before = self._sizes()
            done = yield
        for path, size in self._sizes().items():
            if size > before[path]:
                with path.open("a", encoding="utf-8") as record:
                    record.write(f"{json.dumps({'test': item.nodeid})}\n")
        return done

    def _sizes(self) -> dict[Path, int]:
        return {path: path.stat().st_size if path.exists() else 0 for path in self.paths.values()}

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Judge everything once all workers are done; a finding fails the run."""
        if self.folder is None or hasattr(session.config, "workerinput"):
            return
        written = sorted(path for path in self.folder.glob("*.jsonl") if path.stat().st_size)
        if written and TOOL.exists():
            self.verdict = judged(written)
            if self.verdict.findings and session.exitstatus == pytest.ExitCode.OK:
                session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_unconfigure(self, config: pytest.Config) -> None:
        """Throw the records away, unless something is wrong with them."""
        faulty = self.verdict is not None and self.verdict.findings
        if self.folder is not None and not faulty and not hasattr(config, "workerinput"):
            shutil.rmtree(self.folder, ignore_errors=True)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say how many payloads were judged, and what is wrong with which."""
        if self.verdict is None:
            return
        found = self.verdict.findings
        terminalreporter.section("payloads on the wire", sep="-", red=bool(found), green=not found)
        for finding in found[:MOST_SHOWN]:
            terminalreporter.line(finding, red=True)
        terminalreporter.line(
            f"{self.verdict.payloads} payloads to Slack and Discord, {len(found)} errors "
            f"(check_payloads.py --strict --spec){self.verdict.said}"
        )
        if found:
            terminalreporter.line(f"The records are in {self.folder}")


def judged(files: Sequence[Path]) -> Verdict:
    """Run the checker over the files, side by side, and return what it says of all."""
    allowed = [f"--allow-mention={one}" for one in PINGED]
    running = [
        (
            file,
            subprocess.Popen(
                [sys.executable, str(TOOL), "--strict", "--spec", str(SPECS), *allowed, str(file)],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            ),
        )
        for file in files
    ]
    payloads, findings, said = 0, list[str](), dict[str, None]()
    for file, process in running:
        out, err = process.communicate(timeout=WITHIN)
        total = _TOTAL.search(err)
        if total is None:
            findings.append(f"{file.name}: the checker failed: {err.strip()[-500:]}")
            continue
        payloads += int(total[1])
        named = _named(file, out)
        findings += named or ([f"{file.name}: {total[0]}"] if int(total[2]) else [])
        said.update(dict.fromkeys(line for line in err.splitlines() if not _TOTAL.match(line)))
    return Verdict(payloads, tuple(findings), "".join(f"; {line}" for line in said))


def _named(file: Path, out: str) -> list[str]:
    """Return the findings with the test's name in place of file and line."""
    found = [match for line in out.splitlines() if (match := _FINDING.match(line))]
    if not found:
        return []
    lines = file.read_text(encoding="utf-8").split("\n")
    return [
        f"{_test(lines, int(match['line']))}: {match['what']} ({file.name}:{match['line']})"
        for match in found
    ]


def _test(lines: Sequence[str], number: int) -> str:
    """Return the test that the first signature after a line names."""
    for line in lines[number:]:
        if line.startswith('{"test": '):
            return str(json.loads(line)["test"])
    return "?"


def records_of(config: pytest.Config) -> Records:
    """Return the plugin for this process: the only one, xdist's controller, or one of its workers."""
    named = {name: Path(os.environ[key]) for name, key in VARIABLES.items() if os.environ.get(key)}
    worker: Mapping[str, str] = getattr(config, "workerinput", {})
    if named or (worker and not worker.get(HANDED)):
        return Records(paths=named, folder=None)
    folder = Path(worker[HANDED]) if worker else Path(tempfile.mkdtemp(prefix="wire-records-"))
    who = worker.get("workerid", "main")
    return Records(paths={name: folder / f"{name}-{who}.jsonl" for name in VARIABLES}, folder=folder)
