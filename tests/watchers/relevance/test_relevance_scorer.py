"""The scorer: what it gives, that it gives it twice, and that nothing makes it stumble."""

from __future__ import annotations

import math
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cpu import cpu_spent
from tests.watchers.relevance.judging import FINDER, GAZETTEER, entry
from watchers.errors import KnowledgeError
from watchers.relevance.background import Line, load_background
from watchers.relevance.exemplars import SHIPPED, exemplar, load_exemplars
from watchers.relevance.scorer import fit, fit_on, sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tests.watchers.relevance.judging import Judge, Workshop

ROOM = Path(__file__).parents[3] / "watchers" / "relevance"
VISIT = entry(
    "Tokyo's defence minister tours Baykar", "Gen Nakatani asked in Istanbul what the Bayraktar TB3 costs."
)
TOPIC_WORDS = re.compile(
    r"japan|nippon|turk|türk|ankara|istanbul|tokyo|baykar|tusa[sş]|nakatani|bayraktar|drone|\buav|unmanned|poland",
    re.IGNORECASE,
)


class Hashing:
    """An embedder without weights: words hashed to signs, so that tests of the mechanics need no model."""

    id = "hashing@1"
    dim = 64

    def __init__(self) -> None:
        self.calls = 0

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.calls += 1
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.lower().split():
                row[sum(word.encode()) % self.dim] += 1.0
            row[0] += 0.01
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


@pytest.mark.parametrize("path", sorted(ROOM.glob("*.py")), ids=lambda path: path.name)
def test_no_topic_word_stands_in_the_code(path: Path) -> None:
    assert TOPIC_WORDS.findall(path.read_text(encoding="utf-8")) == []


def test_the_founding_visit_scores_high_and_says_why(judge: Judge) -> None:
    found = judge([VISIT])[0]
    assert found.score > 0.9
    assert {"Baykar", "Gen Nakatani"} <= set(found.evidence)
    assert len(found.nearest) == 3
    assert found.nearest[0].similarity >= found.nearest[2].similarity
    assert found.model.startswith("use-m3@")


def test_without_a_model_there_is_no_vector_and_no_neighbour(plain_judge: Judge) -> None:
    mentions = [FINDER.find(VISIT.text, "en")]
    ((found, vector),) = plain_judge.scorer.score([VISIT], mentions)
    assert (vector, found.nearest, found.model) == (None, (), "none")
    assert found.score > 0.8


@pytest.mark.parametrize("dense", [True, False], ids=["with the model", "without"])
def test_the_reasons_add_up_to_the_score(workshop: Workshop, dense: bool) -> None:  # noqa: FBT001 - a test's column
    for found in workshop.judge(dense=dense)([VISIT, entry("Boxer keeps his title"), entry("")]):
        logit = math.log(found.score / (1 - found.score))
        assert sum(reason.contribution for reason in found.reasons) == pytest.approx(logit, abs=1e-6)


def test_a_title_alone_is_enough(judge: Judge) -> None:
    relevant, boxer = judge(
        [entry("Japan weighs purchase of Turkish combat drones"), entry("Nakatani wins by knockout")]
    )
    assert relevant.score > 0.7
    assert boxer.score < 0.3


@pytest.mark.parametrize(
    ("title", "lang"),
    [
        ("Japan erwägt den Kauf türkischer Drohnen von Baykar", "de"),
        ("일본, 튀르키예 바이카르 드론 구매 검토", "ko"),
        ("Japon verteidigt", "und"),
    ],
)
def test_an_unknown_language_is_seen_against_the_whole_bank(judge: Judge, title: str, lang: str) -> None:
    assert 0 < judge([entry(title, lang=lang)])[0].score < 1


def test_an_entry_scores_the_same_alone_and_in_a_batch_and_after_a_second_fit(
    workshop: Workshop, judge: Judge
) -> None:
    others = [entry(f"Council meets for the {n}th time") for n in range(7)]
    alone, together = judge([VISIT])[0], judge([*others, VISIT])[-1]
    again = workshop.judge()
    assert together.score == pytest.approx(alone.score, abs=1e-6)
    assert again([VISIT])[0] == alone
    assert again.scorer.id == judge.scorer.id


def test_removing_an_exemplar_restores_every_earlier_score(workshop: Workshop, judge: Judge) -> None:
    base = load_exemplars(SHIPPED)
    extra = exemplar("Minehunters sail", "Two minehunters left port for the gulf. Insurers raise premiums.")
    changed = fit_on(workshop.with_model, [*base, extra])
    assert changed.id != judge.scorer.id
    restored = fit_on(workshop.with_model, base)
    mentions = [FINDER.find(VISIT.text, "en")]
    assert restored.score([VISIT], mentions)[0][0] == judge([VISIT])[0]
    assert changed.score([VISIT], mentions)[0][0].score != judge([VISIT])[0].score


def test_a_bad_exemplar_lowers_what_is_like_it(workshop: Workshop, judge: Judge) -> None:
    unwanted = entry(
        "Turkish drone maker opens assembly hall", "Baykar says the hall will employ 300 people."
    )
    bad = exemplar(
        "Turkish drone maker opens hall", "Baykar opens an assembly hall for 300 people.", good=False
    )
    changed = fit_on(workshop.with_model, [*load_exemplars(SHIPPED), bad])
    after = changed.score([unwanted], [FINDER.find(unwanted.text, "en")])[0][0]
    assert after.score < judge([unwanted])[0].score


def test_one_article_is_enough_for_a_judge(workshop: Workshop) -> None:
    scorer = fit_on(workshop.with_model, load_exemplars(SHIPPED)[:1])
    found = scorer.score([VISIT], [FINDER.find(VISIT.text, "en")])[0][0]
    assert found.score > 0.7


def test_a_lone_surrogate_in_an_exemplar_does_not_stop_the_fit(workshop: Workshop) -> None:
    broken = exemplar("Two yards \ud800 bid", "Both want the \udfff frigate order. The navy chooses in May.")
    assert fit_on(workshop.without, [broken]).id != fit_on(workshop.without, load_exemplars(SHIPPED)).id


def test_no_good_exemplar_is_an_error_with_a_sentence(workshop: Workshop) -> None:
    with pytest.raises(KnowledgeError, match="at least one good exemplar"):
        fit_on(workshop.without, [])


def test_the_cache_saves_the_model_its_work_and_a_damaged_file_does_not_matter(tmp_path: Path) -> None:
    lines = load_background()[:40]
    exemplars = load_exemplars(SHIPPED)
    scores = []
    calls = []
    for turn in range(3):
        model = Hashing()
        scorer = fit(
            exemplars, embedder=model, finder=FINDER, gazetteer=GAZETTEER, background=lines, cache=tmp_path
        )
        calls.append(model.calls)
        scores.append(scorer.score([VISIT], [FINDER.find(VISIT.text, "en")])[0][0].score)
        if turn == 1:
            for path in tmp_path.glob("*.vectors"):
                path.write_bytes(b"PK\x03\x04 cut short")
    assert calls[1] == 0
    assert calls[0] == calls[2] > 0
    assert scores[0] == scores[1] == scores[2]


HOSTILE = {
    "empty": "",
    "one letter 200,000 times": "a" * 200_000,
    "digits": "0123456789" * 20_000,
    "nulls": "\x00" * 5_000,
    "a lone surrogate": "\ud800 drones",
    "right to left": "\u202e" + "Baykar " * 3_000,
    "emoji": "🚀" * 5_000,
    "every watched name, often": "Baykar TB2 Japan Türkiye drone procurement " * 3_000,
    "kanji without end": "無人機調達防衛" * 10_000,
    "combining marks": "e" + "\u0301" * 50_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_gets_a_finite_score_in_bounded_time(judge: Judge, text: str) -> None:
    hostile = entry("x", lang="en")
    hostile = type(hostile)(**{name: getattr(hostile, name) for name in hostile.__slots__} | {"title": text})
    mentions = () if "\ud800" in text else FINDER.find(text, "en")
    with cpu_spent(time.process_time) as spent:  # once: texts are remembered; the model has threads
        ((found, vector),) = judge.scorer.score([hostile], [mentions])
    assert spent.seconds < SECONDS_A_TEXT
    assert 0 <= found.score <= 1
    assert vector is not None
    assert bool(np.isfinite(vector).all())


# Of processor time, all threads together: .06 to .16 for the worst of them when measured; what grows with the
# square of 200 000 letters takes minutes.
SECONDS_A_TEXT = 2.0


@given(st.text(max_size=300), st.sampled_from(["en", "tr", "ja", "de", "und", ""]))
@settings(max_examples=60, deadline=None)
def test_any_text_gets_a_probability(plain_judge: Judge, text: str, lang: str) -> None:
    any_entry = entry("x", lang=lang)
    any_entry = type(any_entry)(
        **{name: getattr(any_entry, name) for name in any_entry.__slots__} | {"title": text}
    )
    found, _ = plain_judge.scorer.score([any_entry], [FINDER.find(text, lang)])[0]
    assert 0 < found.score < 1


def test_an_empty_batch_gives_nothing(judge: Judge) -> None:
    assert judge.scorer.score([], []) == ()


def test_an_article_is_cut_into_sentences_in_both_scripts() -> None:
    assert sentences("One. Two!\nThree") == ("One.", "Two!", "Three")
    assert sentences("無人機を調達。協議を始めた。") == ("無人機を調達。", "協議を始めた。")


def test_a_bank_in_one_language_still_judges_the_others() -> None:
    lines = [Line(text=t, lang="en", kind=k) for t, k in ONE_LANGUAGE]
    scorer = fit(
        load_exemplars(SHIPPED), embedder=Hashing(), finder=FINDER, gazetteer=GAZETTEER, background=lines
    )
    turkish = entry("Japonya Baykar'ın İHA'larını inceliyor", lang="tr")
    assert 0 < scorer.score([turkish], [FINDER.find(turkish.text, "tr")])[0][0].score < 1


ONE_LANGUAGE: list[tuple[str, Literal["general", "lookalike", "defence"]]] = [
    ("Central bank holds rates", "general"),
    ("Storm closes port", "general"),
    ("Boxer keeps belt", "lookalike"),
    ("Frigate enters service", "defence"),
]
