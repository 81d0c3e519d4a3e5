"""Feeds carried in by a file on the command line, and out of a channel into another by its export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.walks.four_doors import opened
from watchers.feeds.opml import read_opml

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

OPML = """<opml version="2.0"><body>
<outline text="coast"><outline type="rss" text="Coast" xmlUrl="{coast}"/></outline>
<outline type="rss" text="Gone" xmlUrl="{gone}"/></body></opml>"""


def exported(folder: Path) -> str:
    (file,) = folder.glob("vedette-sources-*.opml")
    return file.read_text(encoding="utf-8")


async def test_a_file_is_imported_on_the_command_line_and_its_export_brings_the_same_to_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with opened(tmp_path) as doors:
        gone, coast = doors.feed.replace("/feed", "/gone"), doors.feed.replace("/feed", "/coast")
        (tmp_path / "mine.opml").write_text(OPML.format(coast=coast, gone=gone), encoding="utf-8")
        dry = await doors.shell("source import mine.opml")
        assert "Coast (coast)" in dry.text
        assert gone in dry.text
        assert "404" in dry.text
        assert "source import plan-1 confirm:yes" in dry.text
        assert "added 1 source" in (await doors.shell("source import plan-1 confirm:yes")).text
        await doors.shell("source export")
        text = exported(tmp_path)
        outlines = read_opml(text.encode())
        assert {(one.url, one.tags) for one in outlines} >= {(coast, ("coast",))}
        await doors.page("source remove s1")
        pasted = text.replace('"', '\\"')
        told = await doors.page(f'source import text:"{pasted}" confirm:yes')
        assert "added" in told.text
        links = {link.url: link.tags for link in await doors.walk.app.store.channels.feeds("preview:desk")}
        assert links == {one.url: one.tags for one in outlines}
