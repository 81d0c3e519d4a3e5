"""Dates of a decision, a signature and a hand-over in one story: only those of one kind can differ."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.watchers.facts.conftest import FewNames
from tests.watchers.stories.story_builders import make_report
from watchers.facts.extract import extract
from watchers.stories.claims import disagreements
from watchers.stories.dated import dated

if TYPE_CHECKING:
    from watchers.types import Fact, Report

OF = {
    "a decision": ("en", "The ministry will decide by March 2027.", "decision"),
    "what it is on": ("en", "A decision on deliveries is expected by March 2027.", "decision"),
    "a choice": ("en", "Norway is to choose the yard in 2027.", "decision"),
    "a signature": ("en", "They hope to sign the contract by 2027.", "signing"),
    "a hand-over": ("en", "The ships will be delivered by 2029.", ""),
    "a hand-over decided on": ("en", "It will decide to have the ships delivered by 2029.", ""),
    "a signature for deliveries": ("en", "It is to sign a contract for deliveries by 2029.", ""),
    "a Turkish decision": ("tr", "Karar 2027 sonuna kadar verilecek.", "decision"),
    "a Turkish decision, told later": ("tr", "Bakanlık 2027'ye kadar karar verecek.", "decision"),
    "a Turkish signature": ("tr", "Sözleşme 2027'de imzalanacak.", "signing"),
    "a Turkish hand-over": ("tr", "Gemiler 2029'a kadar teslim edilecek.", ""),
    "a Japanese decision": ("ja", "政府は2027年までに機種を決定する。", "decision"),
    "a Japanese signature": ("ja", "2027年に契約に署名する予定だ。", "signing"),
    "a Japanese hand-over": ("ja", "2029年までに納入する。", ""),
}


def dates(lang: str, text: str) -> list[Fact]:
    facts = extract(text, lang=lang, published=date(2026, 3, 11), finder=FewNames())
    return [fact for fact in facts if fact.type in {"date", "delivery_deadline"}]


def report(key: str, text: str) -> Report:
    return make_report(text, facts=tuple(dates("en", text)), key=key)


@pytest.mark.parametrize(("lang", "text", "kind"), OF.values(), ids=OF.keys())
def test_a_date_is_of_what_its_sentence_says(lang: str, text: str, kind: str) -> None:
    (fact,) = dates(lang, text)
    assert dated(fact, lang) == kind


@pytest.mark.parametrize(
    ("left", "right", "about"),
    [
        pytest.param(OF["a decision"], OF["a hand-over"], [], id="a decision and a hand-over"),
        pytest.param(OF["a decision"], OF["a signature"], [], id="a decision and a signature"),
        pytest.param(
            OF["a decision"], ("en", "It will decide by 2028.", ""), ["decision date"], id="two decisions"
        ),
        pytest.param(
            OF["a hand-over"], ("en", "They will be delivered by 2031.", ""), ["end date"], id="hand-overs"
        ),
    ],
)
def test_only_dates_of_one_kind_differ(
    left: tuple[str, str, str], right: tuple[str, str, str], about: list[str]
) -> None:
    reports = [report("a", left[1]), report("b", right[1])]
    assert [found.about for found in disagreements(reports)] == about
