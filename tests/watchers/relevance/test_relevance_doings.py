"""What is done with arms: words by class, the lean of vectors, and names that deals make clear."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchers.errors import KnowledgeError
from watchers.relevance.bank import read_texts
from watchers.relevance.bent import TOWARDS, fit_bent
from watchers.relevance.doings import CLASSES, DoingFinder, load_lexicon, speaking
from watchers.relevance.kinship import FOLLOWS
from watchers.relevance.model import WEIGHTS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.watchers.relevance.judging import Workshop

LEXICON = load_lexicon()
FINDER = DoingFinder(LEXICON)
AGAINST = {"lone", "elsewhere", "foreign", "other", "civil", "stuffed", "undone"}


@pytest.mark.parametrize(
    ("text", "lang", "classes"),
    [
        ("Oslo picks a French howitzer", "en", {"deal"}),
        ("Ministers weigh a second yard for corvettes", "en", {"weigh", "make"}),
        ("Shelling kills four near the port", "en", {"use"}),
        ("Peru, Brezilya ile sözleşmeyi imzaladı", "tr", {"deal"}),
        ("Uçak düştü, iki ölü", "tr", {"use"}),
        ("小銃の後継を検討", "ja", {"deal", "weigh"}),
        ("新兵の給与を改定", "ja", {"staff"}),
        ("Bidders and their orderlies", "en", {"deal"}),
        ("Oslo picks a French howitzer", "de", set()),
        ("", "en", set()),
    ],
)
def test_words_tell_what_is_done(text: str, lang: str, classes: set[str]) -> None:
    assert set(FINDER.find(text, lang)) == classes


@pytest.mark.long
@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=80))
def test_any_text_has_known_doings_and_counts_each_word_once(text: str) -> None:
    for lang in LEXICON.words:
        once, twice = FINDER.find(text, lang), FINDER.find(f"{text} {text}", lang)
        assert set(once) <= set(CLASSES)
        assert all(0 < once[name] <= twice.get(name, 0) for name in once)


def test_a_class_that_texts_tell_of_more_than_usual_speaks_for_them() -> None:
    deals, drills = [{"deal": 1}] * 10, [{"use": 2}] * 10
    found = speaking(deals, [*drills, *drills, {"deal": 1}])
    assert found["deal"] == 1.0
    assert found["use"] == -1.0
    assert found["meet"] > -0.5
    assert speaking([], drills) == {}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("words = [", "cannot be read"),
        ("[phrases]\ndeal = ['buys']", "tables words and samples"),
        ("[words]\nbargain = ['buys']", "words.bargain"),
        ("[samples]\ndeal = 'one text'", "samples.deal"),
        ("[words]\ndeal = ['*']", "words.deal"),
    ],
    ids=["no TOML", "an unknown table", "an unknown class", "no list", "a word of nothing"],
)
def test_a_broken_file_of_doings_is_named_with_its_fault(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "en.toml").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=named) as raised:
        load_lexicon(tmp_path)
    assert "en.toml" in str(raised.value)


def test_every_language_has_samples_of_both_ends() -> None:
    for lang in LEXICON.words:
        ends = [name == TOWARDS for name, where, _ in LEXICON.samples if where == lang]
        assert sum(ends) >= 30
        assert len(ends) - sum(ends) >= 30


def test_the_two_ends_of_a_direction_are_about_one_and_minus_one() -> None:
    rows = np.eye(6, dtype=np.float32)
    bent = fit_bent(rows, [True, True, False, False, False, False])
    found = bent.of(rows)
    assert (found[:2] > 0.3).all()
    assert (found[2:] < 0).all()


@pytest.mark.parametrize(
    ("deal", "use", "lang"),
    [
        ("Ghana asks two yards for patrol boats", "Gunboats exchange fire off the cape", "en"),
        ("Gana devriye botu için iki tersaneden teklif istedi", "Açıkta hücumbotlar çatıştı", "tr"),
        ("ガーナ、巡視艇の提案を造船2社に要請", "沖合で哨戒艇が交戦", "ja"),
    ],
    ids=["English", "Turkish", "Japanese"],
)
def test_a_deal_leans_further_to_deals_than_a_fight(
    workshop: Workshop, deal: str, use: str, lang: str
) -> None:
    bank = workshop.with_model
    assert bank.bent is not None
    towards, away = bank.bent.of(read_texts(bank, [deal, use], [lang, lang]).vectors)
    assert towards > away + 0.3


def test_an_ambiguous_name_counts_half_in_a_deal_and_not_elsewhere(workshop: Workshop) -> None:
    texts = [
        "Arnavutluk Kargu için sözleşme imzaladı",
        "Kargu bugün güzel",
        "Futbolda Kargu ligi: gol yağmuru, sözleşme",
    ]
    read = read_texts(workshop.without, texts, ["tr"] * 3)
    worth = [terms.get("pla:kargu", 0.0) for terms in read.terms]
    assert worth == [FOLLOWS, 0.0, 0.0]
    assert read.terms[0]["org:stm"] < FOLLOWS


def test_no_weight_turns_the_meaning_of_its_feature_round() -> None:
    for name, weight in WEIGHTS.items():
        assert weight <= 0 if name in AGAINST else weight >= 0, name
