"""Each row of our own data has a source and a date, and agrees with the gazetteer."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib import resources

import pytest

from watchers.errors import KnowledgeError
from watchers.gazetteer.load import load
from watchers.stories.reference import read_makers, shipped_makers


def test_every_row_agrees_with_the_gazetteer_and_has_a_page_and_a_day() -> None:
    known, makers = load(), shipped_makers()
    assert len(makers.platforms) >= 16
    for key, firm in makers.firms.items():
        assert set(firm.names) <= {alias.text for alias in known.entity(key).aliases}, key
    for key, platform in makers.platforms.items():
        entity = known.entity(key)
        assert entity.maker == platform.maker, key
        assert set(platform.names) <= {alias.text for alias in entity.aliases}, key
        assert platform.source.startswith("http")
        assert platform.publisher
        assert date(2026, 1, 1) < platform.seen


ROW = (
    '[makers."org:a"]\nname="A"\nnames=["A"]\n[platforms."pla:p"]\nnames=["P"]\nmaker="org:a"\n'
    'source="https://press.example/p"\npublisher="Press"\nseen=2026-01-02\n'
)


@pytest.mark.parametrize(
    ("without", "put"),
    [
        pytest.param('source="https://press.example/p"\n', "", id="no page"),
        pytest.param('source="https://press.example/p"\n', 'source="the press"\n', id="no address"),
        pytest.param('publisher="Press"\n', "", id="no publisher"),
        pytest.param("seen=2026-01-02\n", "", id="no day"),
        pytest.param("seen=2026-01-02\n", 'seen="lately"\n', id="no date"),
        pytest.param('maker="org:a"', 'maker="org:b"', id="a firm that is not there"),
        pytest.param('names=["P"]', "names=[]", id="no name"),
        pytest.param("[platforms", "[platforms[", id="not TOML"),
    ],
)
def test_a_row_without_source_or_date_is_refused(without: str, put: str) -> None:
    assert "pla:p" in read_makers(ROW).platforms
    assert without in ROW
    with pytest.raises(KnowledgeError, match="reference"):
        read_makers(ROW.replace(without, put))


def test_each_term_of_office_names_its_source_and_each_file_of_names_what_it_holds() -> None:
    folder = resources.files("watchers.gazetteer")
    people = tomllib.loads(folder.joinpath("people.toml").read_text("utf-8"))
    terms = [term for row in people.values() for term in row.get("offices", ())]
    assert len(terms) > 100
    assert all(term["source"].strip() for term in terms)
    undated = [term for term in terms if not (term.get("from") or term.get("to"))]
    assert len(undated) <= 3, "a term without a date is held against nothing, and no new one comes in"
    for path in folder.iterdir():
        if path.name.endswith(".toml"):
            assert path.read_text("utf-8").startswith("# "), path.name
