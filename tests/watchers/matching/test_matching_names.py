"""`entity:` against entries: a name stands for all names, in three languages, and for no look-alike."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from watchers.errors import ExpressionError
from watchers.gazetteer.load import load
from watchers.lens import build, read
from watchers.lens_spec import LensSpec
from watchers.matching.expression import Named, Near, Word
from watchers.matching.grammar import parse_expression
from watchers.matching.known import Known, known_at
from watchers.matching.match import compile_watches, match
from watchers.types import Entry, Exemplar, Watch

if TYPE_CHECKING:
    from pathlib import Path

OWN = """
["org:kestrel-works"]
name = "Kestrel Works"
aliases = { tr = ["Kerkenez Atölyesi"], ja = ["ケストレル工房"] }
country = "NL"
"""


@pytest.fixture(scope="module")
def known() -> Known:
    return Known(load())


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("own") / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


def entry(title: str, summary: str = "", body: str = "", *, lang: str = "en") -> Entry:
    return Entry(
        key="0" * 16,
        feed=1,
        guid="",
        link="https://news.gulfherald.example/1",
        title=title,
        summary=summary,
        body=body,
        lang=lang,
        outlet="Gulf Herald",
        published=None,
        seen=datetime(2025, 8, 19, tzinfo=UTC),
    )


def watch(expression: str, number: int = 1) -> Watch:
    return Watch(number=number, channel="c", name="", expression=expression, kind="rule")


def found(expression: str, of: Entry, known: Known) -> list[str] | None:
    """Return the words that hit, None without a match."""
    matches = match(of, compile_watches([watch(expression)], known))
    return [getattr(of, h.scope)[h.start : h.end] for h in matches[0].hits] if matches else None


HITS = [
    pytest.param("entity:TUSAŞ", "Turkish Aerospace wins a deal", "en", ["Turkish Aerospace"], id="English"),
    pytest.param("entity:TUSAŞ", "TUSAŞ'ın yeni tesisi açıldı", "tr", ["TUSAŞ"], id="Turkish with a suffix"),
    pytest.param("entity:tusas", "トルコ航空宇宙産業が発表", "ja", ["トルコ航空宇宙産業"], id="Japanese"),
    pytest.param(
        'entity:"Gen Nakatani"', "中谷防衛相がトルコを訪問", "ja", ["中谷防衛相"], id="a Japanese person"
    ),
    pytest.param(
        'entity:"Gen Nakatani"',
        "Defence minister Nakatani visits Ankara",
        "en",
        ["Nakatani"],
        id="the family name among defence words",
    ),
    pytest.param('entity:"Gen Nakatani"', "Boxer Nakatani defends his title", "en", None, id="the boxer"),
    pytest.param("entity:TUSAŞ", "Tai chi in the park", "en", None, id="an exercise"),
    pytest.param("entity:Baykar", "バイカル社の無人機", "ja", ["バイカル社"], id="a firm in Katakana"),
    pytest.param("entity:TB2", "The TB-2 drone", "en", ["TB-2"], id="a platform with a hyphen"),
    pytest.param("entity:TB-2", "Bayraktar TB2 drones", "en", ["Bayraktar TB2"], id="and without"),
    pytest.param("entity:GCAP", "The GCAP jet", "en", ["GCAP"], id="a programme"),
    pytest.param("entity:Japonya", "Japan and Italy meet", "en", ["Japan"], id="a place"),
    pytest.param("entity:org:baykar", "Baykar builds", "en", ["Baykar"], id="an id"),
    pytest.param("title:entity:Baykar", "Baykar builds", "en", ["Baykar"], id="in the title"),
    pytest.param(
        "entity:Baykar NEAR/3 plant", "Baykar opens a plant", "en", ["Baykar", "plant"], id="near a word"
    ),
    pytest.param("entity:Baykar NEAR/2 plant", "Baykar opens a big new plant", "en", None, id="not near"),
    pytest.param(
        "entity:Baykar NEAR/3 about:export",
        "Exports by Baykar",
        "en",
        ["Exports", "Baykar"],
        id="near an idea",
    ),
    pytest.param("Baykar -entity:Japan", "Baykar in 日本", "en", None, id="left out under another name"),
]


@pytest.mark.parametrize(("expression", "title", "lang", "words"), HITS)
def test_a_name_stands_for_all_names_of_its_bearer(
    expression: str, title: str, lang: str, words: list[str] | None, known: Known
) -> None:
    assert found(expression, entry(title, lang=lang), known) == words


def test_names_are_found_in_every_field_and_judged_by_all_of_the_text(known: Known) -> None:
    article = entry(
        "Nakatani in Ankara", "Talks", "The defence minister of Japan saw İHA'lar by Baykar’ın", lang="tr"
    )
    assert found('entity:"Gen Nakatani" entity:Baykar', article, known) == ["Nakatani", "Baykar"]
    assert found("title:entity:Baykar", article, known) is None


def test_a_decomposed_name_is_the_same_name(known: Known) -> None:
    assert found("entity:TUSAŞ", entry("Yeni  TUSAS\u0327  tesisi", lang="tr"), known) == ["TUSAS\u0327"]


FAULTS = [
    pytest.param("x1 entity:Baykr", 10, "near it are Baykar", "Try: x1 entity:Baykar", id="a slip"),
    pytest.param('entity:"Gen Nakatany"', 7, "Gen Nakatani", 'entity:"Gen Nakatani"', id="in a phrase"),
    pytest.param(
        "entity:Baykar entity:zzqxv", 21, "quote them", 'Try: entity:Baykar "zzqxv"', id="the second"
    ),
    pytest.param("entity:BAE", 7, "say which", 'entity:"United Arab Emirates"', id="of two bearers"),
    pytest.param("entity:drone", 7, "no name but an idea", "Try: about:drone", id="an idea"),
    pytest.param("entity:", 7, "takes a name", "Try: entity:Baykar", id="nothing"),
    pytest.param("entity:(Gen Nakatani)", 7, "takes a name", 'Try: entity:"Gen Nakatani"', id="in brackets"),
    pytest.param("entity:Bay*", 10, "end of a word", "Try: ", id="a prefix"),
    pytest.param(
        "person:Nakatani", 0, 'no scope "person:"', "Try: entity:Nakatani", id="another word for it"
    ),
    pytest.param("entitiy:Baykar", 0, 'no scope "entitiy:"', "Try: entity:Baykar", id="a slip in the scope"),
]


@pytest.mark.parametrize(("text", "position", "says", "proposes"), FAULTS)
def test_an_unknown_name_is_an_error_that_proposes_one(
    text: str, position: int, says: str, proposes: str, known: Known
) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_expression(text, known)
    message = str(caught.value)
    assert (caught.value.position, says in message, proposes in message) == (position, True, True), message
    parse_expression(message.partition("Try: ")[2], known)


def test_names_are_written_back_as_they_were_typed() -> None:
    assert str(parse_expression('entity:"TUSAŞ"')) == "entity:TUSAŞ"
    assert str(parse_expression("ENTITY:「中谷 元」")) == 'entity:"中谷 元"'
    assert str(parse_expression('entity:"or"')) == 'entity:"or"'
    near = parse_expression('entity:"Gen Nakatani" NEAR/5 drone')
    assert near == Near((Named("Gen Nakatani"),), (Word("drone"),), 5)
    assert parse_expression(str(near)) == near


def test_own_entries_are_known_and_found(own: Path) -> None:
    known = known_at(str(own))
    assert found("entity:Kestrel-Works", entry("ケストレル工房が発表", lang="ja"), known) == [
        "ケストレル工房"
    ]
    with pytest.raises(ExpressionError):
        parse_expression('entity:"Kestrel Works"', known_at())


def test_a_watch_that_names_nobody_is_left_out_and_told_of() -> None:
    told: list[tuple[int, str]] = []
    watchlist = compile_watches(
        [watch('entity:"Kestrel Works"', 1), watch("navy", 2)],
        unreadable=lambda one, error: told.append((one.number, str(error))),
    )
    assert [m.watch for m in match(entry("The navy"), watchlist)] == [2]
    assert [number for number, _ in told] == [1]
    assert "Kestrel Works" in told[0][1]
    with pytest.raises(ExpressionError):
        compile_watches([watch('entity:"Kestrel Works"')])


def test_a_lens_knows_the_entries_of_its_own_file(own: Path) -> None:
    spec = LensSpec(
        exemplars=(
            Exemplar(
                key="k",
                title="Gliders",
                lang="en",
                text="Gliders. Kestrel Works sells gliders. They fly far.",
            ),
        ),
        watches=(watch('entity:"Kerkenez Atölyesi"', 5), watch("entity:Nobodyatall", 6)),
        embedder="none",
        gazetteer=str(own),
    )
    reports = read([entry("Kestrel Works sells a glider")], build(spec))
    assert [m.watch for m in reports[0].matches] == [5]
