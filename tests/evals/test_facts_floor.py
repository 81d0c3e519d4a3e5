"""How well facts are read: the two labelled sets of this project, and the founding articles row by row."""

# A row of a table is one line, however long.
# ruff: noqa: E501

import json
import os
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bot.scoring import score
from bot.scoring.measures import Figures, Row
from watchers.facts.extract import extract
from watchers.gazetteer.find import Finder
from watchers.gazetteer.load import load
from watchers.languages import detect

HERE = Path(__file__).parent
SEEDS = Path(os.environ.get("VEDETTE_SHARED", HERE.parents[2] / "shared")) / "seeds"
PUBLISHED = "2025-08-21"
# The rows of the product text's tables of facts, by row: what each is as a typed fact, or a claim when the
# thirteen types have no place for it. A quotation's words are taken from the article itself.
CLAIM: tuple[tuple[str, str], ...] = ()
SECOND = {
    "B-01": (("person_role", "Gen Nakatani"),),
    "B-02": (("location", "Türkiye"),),
    "B-03": CLAIM,
    "B-04": (
        ("meeting", "met with"),
        ("person_role", "Yaşar Güler"),
        ("location", "Ankara"),
        ("date", "2025-08-19"),
    ),
    "B-05": CLAIM,
    "B-06": CLAIM,
    "B-07 and B-08": (("agreement", "agreeing to deepen"),),
    "B-09": (("quote", "1"),),
    "B-10": (("meeting", "visited"), ("party", "Turkish Aerospace Industries")),
    "B-11": (("party", "Baykar"), ("date", "2025-08-20")),
    "B-12": (("person_role", "Selçuk Bayraktar"),),
    "B-13": (("person_role", "Haluk Bayraktar"),),
    "B-14": (("location", "Istanbul"),),
    "B-15": (("person_role", "Haluk Görgün"),),
    "B-16": (("quote", "2"),),
    "B-17": (
        ("money", "200000000000 JPY"),
        ("money", "1400000000 USD"),
        ("date", "FY2026"),
        ("status", "planned"),
    ),
    "B-18": CLAIM,
    "B-19": (("money", "8800000000000 JPY"),),
    "B-20": (("delivery_deadline", "2027"), ("status", "planned")),
    "B-21": (("status", "considering"), ("party", "United States"), ("party", "Australia")),
    "B-22": CLAIM,
    "B-23": CLAIM,
}
FIRST = {
    "A-01": (("person_role", "Gen Nakatani"), ("location", "Türkiye")),
    "A-02": CLAIM,
    "A-03": (("party", "Turkish Aerospace Industries"),),
    "A-04": (("party", "Baykar"),),
    "A-05": (("location", "Istanbul"),),
    "A-06": (("status", "not_signed"),),
    "A-07": CLAIM,
    "A-08": CLAIM,
    "A-09": (("platform", "Bayraktar TB2"),),
    "A-10": (("platform", "Aksungur"),),
    "A-11": (("platform", "Bayraktar TB3"),),
    "A-12": (("platform", "Hürjet"),),
    "A-13": CLAIM,
    "A-14": (("percentage", "80"),),
    "A-15": (("money", "5500000000 USD"), ("date", "2024")),
    "A-16": (("quantity", "170"),),
    "A-17": (("person_role", "Ali Burç"),),
    "A-18": (("quote", "1"),),
}
# Names that a reader may or may not call a party or place of the affair; extracting them is not punished.
EITHER = ("Tokyo", "Ankara", "Japan", "Türkiye", "Asia", "Europe", "Istanbul", "Japan Self-Defense Forces")
# Praise, reading of intentions and forecasts: the tables' lists of what is no fact.
NO_FACT = re.compile(
    r"powerhouse|milestone|strategic era|underscores|captivated|essential|signals|elevate|reshape",
    re.IGNORECASE,
)


@cache
def finder() -> Finder:
    return Finder(load())


def read(name: str, text: str, published: str) -> Row:
    day = date.fromisoformat(published)
    found = extract(text, lang=detect(text), published=day, finder=finder())
    return {
        "id": name,
        "facts": [{"type": f.type, "value": str(f.value), "mention": f.mention} for f in found],
    }


def figure(figures: Figures, group: str, name: str) -> float:
    of_group = figures[group]
    assert isinstance(of_group, dict)
    return float(str(of_group[name]))


# The first set was written beside the grammar. The second was labelled before the engine ran on it: precision .905,
# recall .864, F1 .884 unseen; what generalised was then mended, so that its floor guards against falling back.
@pytest.mark.parametrize(("name", "floor"), [("facts.jsonl", 0.97), ("facts-second.jsonl", 0.96)])
def test_facts_stay_above_their_floor(name: str, floor: float) -> None:
    gold: list[Row] = [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]
    figures = score("facts", gold, [read(str(g["id"]), str(g["text"]), str(g["published"])) for g in gold])
    assert figure(figures, "micro", "p") >= floor
    assert figure(figures, "micro", "r") >= floor
    for lang in ("en", "tr", "ja"):
        assert figure(figures, f"lang:{lang}", "f1") >= floor - 0.02
    assert figures["traps"] == []


@pytest.mark.parametrize("name", ["facts.jsonl", "facts-second.jsonl"])
def test_every_mention_of_the_labels_stands_in_its_text(name: str) -> None:
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        for label in (*item["facts"], *(trap for trap in item["must_not"] if "mention" in trap)):
            assert label["mention"] in item["text"], item["id"]


@pytest.mark.shared
@pytest.mark.skipif(not SEEDS.is_dir(), reason="the founding articles are not here")
@pytest.mark.parametrize(("prefix", "table"), [("000", FIRST), ("002", SECOND)], ids=["first", "second"])
def test_a_founding_article_gives_the_facts_of_its_table(
    prefix: str, table: dict[str, tuple[tuple[str, str], ...]]
) -> None:
    text = next(SEEDS.glob(f"{prefix}_*.txt")).read_text(encoding="utf-8")
    said = re.findall(r"“([^”]+)”", text)
    wanted: list[Row] = []
    for kind, value in dict.fromkeys(fact for row in table.values() for fact in row):
        words = said[int(value) - 1] if kind == "quote" else value
        wanted.append({"type": kind, "value": words, "mention": words})
    wanted += [
        {"type": kind, "value": name, "mention": name, "optional": True}
        for kind in ("party", "location")
        for name in EITHER
    ]
    wanted.append({"type": "meeting", "value": "talks", "mention": "held talks", "optional": True})
    wanted.append({"type": "date", "value": "2025-08", "mention": "this week", "optional": True})
    wanted.append({"type": "status", "value": "planned", "mention": "plans", "optional": True})
    found = read("seed", text, PUBLISHED)
    gold: Row = {"id": "seed", "lang": "en", "text": text, "facts": wanted, "must_not": []}
    figures = score("facts", [gold], [found])
    assert figure(figures, "micro", "p") >= 0.85, figures
    assert figure(figures, "micro", "r") >= 0.75, figures
    facts = found["facts"]
    assert isinstance(facts, list)
    for fact in facts:
        assert isinstance(fact, dict)
        assert fact["type"] == "quote" or not NO_FACT.search(str(fact["mention"])), fact
