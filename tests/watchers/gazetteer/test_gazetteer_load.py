"""The data files load whole, and a wrong entry is told by file and name."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from watchers.errors import KnowledgeError
from watchers.gazetteer.find import Finder
from watchers.gazetteer.load import load

if TYPE_CHECKING:
    from pathlib import Path

WRONG = {
    "no toml": ("this is not", "cannot be read as TOML"),
    "bad id": ('["firm:x"]\nname = "X"', "an id is a kind"),
    "no name": ('["org:x"]\ncountry = "TR"', "every entry has a name"),
    "unknown key": ('["org:x"]\nname = "X"\nalias = ["y"]', "unknown key 'alias'"),
    "alias not a list": ('["org:x"]\nname = "X"\naliases = { en = "y" }', "expected a list of words"),
    "empty alias": ('["org:x"]\nname = "X"\naliases = { en = ["*"] }', "expected a list of words"),
    "exact names nothing": ('["org:x"]\nname = "X"\nexact = ["Y"]', "exact names 'Y'"),
    "weak without a rule": ('["org:x"]\nname = "X"\nweak = ["X"]', "there is neither"),
    "unknown group": ('["org:x"]\nname = "X"\nneeds = ["@nothing"]', "@nothing, which no file holds"),
    "unknown maker": ('["pla:x"]\nname = "X"\nmaker = "org:nobody"', "org:nobody, which no file holds"),
    "unknown country": ('["org:x"]\nname = "X"\ncountry = "QQ"', "loc:QQ, which no file holds"),
    "unknown class": ('["pla:x"]\nname = "X"\nclass = "zeppelin"', "class 'zeppelin' is none of"),
    "concept without a field": ('["con:x"]\nname = "X"', "a concept's field is one of"),
    "office without a source": (
        '["per:x"]\nname = "X"\noffices = [{ role = "a", of = "b" }]',
        "an office has role",
    ),
    "office ending before it began": (
        '["per:x"]\nname = "X"\noffices = [{role="a", of="b", from="2025", to="2024", source="c"}]',
        "in order",
    ),
    "value outside entries": ('name = "X"', "stands outside every entry"),
}


@pytest.mark.parametrize(("content", "says"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_entry_is_told_by_file_and_fault(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load(path)
    assert "mine.toml" in str(caught.value)
    assert says in str(caught.value)


def test_a_missing_file_of_ones_own_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="neither a file nor a folder"):
        load(tmp_path / "absent.toml")


def test_own_entries_add_to_known_ones_and_bring_new_ones(tmp_path: Path) -> None:
    (tmp_path / "more.toml").write_text(
        '["org:baykar"]\naliases = { en = ["Example Drone Works"] }\n\n'
        '["org:umbra-yards"]\nname = "Umbra Yards"\ncountry = "TR"\n\n'
        '["pla:altay"]\nreplace = true\nname = "Altay of ours"\n',
        encoding="utf-8",
    )
    gazetteer = load(tmp_path)
    found = {m.entity for m in Finder(gazetteer).find("Baykar, Example Drone Works and Umbra Yards", "en")}
    assert found == {"org:baykar", "org:umbra-yards"}
    assert "ja" in {alias.lang for alias in gazetteer.entity("org:baykar").aliases}
    assert [alias.text for alias in gazetteer.entity("pla:altay").aliases] == ["Altay of ours"]


def test_the_same_path_is_read_once() -> None:
    assert load() is load()


def test_the_data_covers_what_news_is_about() -> None:
    gazetteer = load()
    sizes = {kind: len(gazetteer.of_kind(kind)) for kind in ("per", "org", "pla", "prg", "loc", "con")}
    assert all(sizes[kind] >= least for kind, least in COVERAGE.items()), sizes


COVERAGE = {"per": 60, "org": 150, "pla": 220, "prg": 20, "loc": 270, "con": 70}


def test_every_country_has_a_name_in_three_languages() -> None:
    poor = [e.id for e in load().of_kind("loc") if e.id == f"loc:{e.country}" and not e.called("ja")]
    assert poor == []


@pytest.mark.parametrize(
    ("person", "day", "role"),
    [
        ("per:minoru-kihara", date(2024, 9, 30), "Minister of Defense"),
        ("per:gen-nakatani", date(2024, 10, 1), "Minister of Defense"),
        ("per:gen-nakatani", date(2025, 8, 19), "Minister of Defense"),
        ("per:shinjiro-koizumi", date(2025, 10, 21), "Minister of Defense"),
        ("per:yasar-guler", date(2023, 6, 30), "Minister of National Defence"),
    ],
)
def test_an_office_is_held_from_its_first_day(person: str, day: date, role: str) -> None:
    assert role in {office.role for office in load().entity(person).offices_on(day)}


def test_an_office_is_given_up_on_the_day_of_the_handover() -> None:
    assert load().entity("per:gen-nakatani").offices_on(date(2025, 10, 21)) == ()


NO_ONE_COUNTRY = """
org:nato org:nspa org:eu org:european-commission org:european-parliament org:european-council org:eda
org:occar org:un org:unsc org:iaea org:osce org:asean org:gcc org:ots org:aukus org:quad
org:g7 org:icao org:pkk org:ypg
"""


def test_every_organisation_has_a_country_but_those_of_many() -> None:
    assert {e.id for e in load().of_kind("org") if not e.country} == set(NO_ONE_COUNTRY.split())


def test_every_platform_has_a_class_and_a_maker_or_a_country() -> None:
    platforms = load().of_kind("pla")
    assert [e.id for e in platforms if not e.platform_class] == []
    assert [e.id for e in platforms if not (e.maker or e.country)] == []
