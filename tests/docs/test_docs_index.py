"""The index of the documentation leads to every page, and the lines of every page are looked at."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.test_docs import PAGES

ROOT = Path(__file__).parents[2]
DOCS = sorted(path.name for path in (ROOT / "docs").glob("*.md") if path.name != "README.md")


def test_the_index_leads_to_every_page_and_to_no_other() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    assert sorted(set(re.findall(r"\]\(([\w-]+\.md)\)", index))) == DOCS


def test_every_page_with_a_command_block_is_among_those_that_are_looked_at() -> None:
    pages = ["README.md", *(f"docs/{name}" for name in DOCS)]
    block = re.compile(r"^ *```(?:sh|toml)", re.MULTILINE)
    found = [page for page in pages if block.search((ROOT / page).read_text(encoding="utf-8"))]
    assert [page for page in found if page not in PAGES] == []


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", *(f"docs/{name}" for name in DOCS)])
def test_every_path_that_a_page_names_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    base = ROOT / "tests" if page == "docs/features.md" else ROOT  # whose paths begin there, as it says
    paths = re.findall(r"`((?:bot|watchers|tests|deploy|docs)/[\w./-]+)[`:]", text)
    assert [path for path in paths if not (base / path).exists() and not (ROOT / path).exists()] == []


def anchors(path: Path) -> set[str]:
    """Return what a page's headings are called in links."""
    heads = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", *(f"docs/{n}" for n in DOCS)]
)
def test_every_link_leads_to_a_page_and_a_heading_that_are_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", text):
        file, _, anchor = target.partition("#")
        path = (ROOT / page).parent / file if file else ROOT / page
        assert path.exists(), f"{page}: {target}"
        assert not anchor or anchor in anchors(path), f"{page}: {target}"
