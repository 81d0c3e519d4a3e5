"""While many entries wait, news goes first, changes take hold at the next batch, and archives stay whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.contracts.store.store_builders import make_entry
from tests.watchers.test_pipeline_corrections import MAIN, desk, worth
from watchers.lens_asked import closeness_of, read_batch
from watchers.types import Watch

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from watchers.lens_spec import LensSpec


async def test_a_rule_made_while_entries_wait_is_heeded_from_the_next_batch_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("watchers.pipeline.TOGETHER", 1)
    async with desk(tmp_path) as one:
        entries = await one.store.entries.add(
            [make_entry(name, title=f"The {name} of the corvettes") for name in ("launch", "repair")]
        )
        spec = one.watcher._spec
        assert spec is not None
        changed: list[LensSpec] = [spec]

        async def ready() -> None:
            await one.watcher.look_through(changed[-1])

        async def recorded() -> None:
            rule = Watch(number=9, channel=MAIN, name="corvettes", expression="corvettes")
            changed.append(replace(spec, watches=(*spec.watches, rule)))

        await one.watcher.read_unread(ready=ready, recorded=recorded)
        found = [await one.store.find.why(entry.number) for entry in entries]
        assert [len(why.report.matches) for why in found if why and why.report] == [0, 1]


async def test_an_archive_too_long_for_the_rest_of_a_batch_tells_no_more_than_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("watchers.pipeline.TOGETHER", 5)
    async with desk(tmp_path) as one:
        monkeypatch.setattr(one.watcher, "_first", 1)
        coast = await one.store.feeds.add("https://coast.example/feed", name="C", every=timedelta(minutes=15))
        at = one.clock.now()
        waiting = [
            make_entry(f"{feed}-{i}", feed=feed, title=f"Yard {i} of {feed} delivers frigates", seen=at)
            for feed in (1, coast.number)
            for i in range(3)
        ]
        old = [replace(entry, published=at, archive=True) for entry in waiting]
        await one.store.entries.add(old)
        assert len(await one.watcher.read_unread()) == 6
        loud = [one.update.report.entry.feed for one in await one.store.announcements.unannounced()]
        assert Counter(loud) == {1: 1, coast.number: 1}


async def test_stories_are_held_against_each_other_anew_when_a_missing_model_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(tmp_path) as one:
        usual, faults = one.watcher._readers.run, ["it does not answer", ""]

        async def run(function: object, spec: LensSpec, *args: object, timeout: float) -> object:  # noqa: ASYNC109 - its own
            given = (replace(spec, embedder="none"), *args)
            found: Any = await usual(function, *given, timeout=timeout)  # type: ignore[arg-type]
            if function is closeness_of:
                return found[0], faults.pop(0)
            assert function is read_batch
            return tuple(replace(r, relevance=replace(r.relevance, model="openai:small")) for r in found)

        monkeypatch.setattr(one.watcher._readers, "run", run)
        assert one.watcher._spec is not None
        spec = replace(one.watcher._spec, embedder="openai:small http://127.0.0.1:9/v1")
        await one.watcher.look_through(spec)
        first = one.watcher._placing
        assert (one.watcher.model_fault, faults) == ("it does not answer", [""])
        await one.watcher.look_through(spec)
        assert one.watcher._placing is first
        await one.read(worth("5.5"))
        await one.watcher.look_through(spec)
        assert (one.watcher.model_fault, faults) == ("", [])
        assert one.watcher._placing is not first
