"""Run the program as people start it, a process of its own beside the test, and ask it to stop at the end."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

ROOT: Final = Path(__file__).parents[1]
LOG_SHOWN: Final = 4_000  # characters of its log, where something fails
STOPPED_WITHIN: Final = 30.0  # seconds; then it is killed


@asynccontextmanager
async def running(config: Path, secrets: Mapping[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run `vedette run`; its log goes beside the configuration, its exit status is there at the end."""
    journal = config.parent / "bot.log"
    with journal.open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run", "-c", str(config)),
            stdout=log,
            stderr=log,
            env={**os.environ, "PYTHONPATH": str(ROOT), **secrets},
        )
    try:
        yield process
    except Exception as error:
        error.add_note(f"The bot said: {journal.read_text(encoding='utf-8')[-LOG_SHOWN:]}")
        raise
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(STOPPED_WITHIN):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
