"""How well facts are read: labelled sets, the founding articles row by row, headlines in other languages."""

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
from watchers.languages import READ_LANGUAGES, detect

HERE = Path(__file__).parent
SEEDS = Path(os.environ.get("VEDETTE_SHARED", HERE.parents[2] / "shared")) / "seeds"
PUBLISHED = "2025-08-21"
# Names that a reader may or may not call a party or place of the affair; extracting them is not punished.
EITHER = ("Tokyo", "Ankara", "Japan", "Türkiye", "Istanbul", "Japan Self-Defense Forces")


@cache
def finder() -> Finder:
    return Finder(load())


def read(name: str, text: str, published: str) -> Row:
    day = date.fromisoformat(published)
    found = extract(text, lang=detect(text), published=day, finder=finder())
    return {
        "id": name,
        "facts": [
            {
                "type": f.type,
                "value": str(f.value),
                "mention": f.mention,
                "start": f.start,
                "end": f.end,
                "said_by": f.said_by,
                "hedge": f.hedge,
            }
            for f in found
        ],
    }


def of(row: Row, key: str) -> list[Row]:
    found = row[key]
    assert isinstance(found, list)
    return [item for item in found if isinstance(item, dict)]


def figure(figures: Figures, group: str, name: str) -> float:
    of_group = figures[group]
    assert isinstance(of_group, dict)
    return float(str(of_group[name]))


# The first set was written beside the grammar. The second was labelled before the engine ran on it: precision
# .905, recall .864, F1 .884 unseen; the third, heavy in attribution, gave F1 .938 and the right speaker for
# .522 (.261 shown as plain) with the grammar of its time. What generalised was then mended, so that a floor
# guards against falling back.
SETS = [("facts.jsonl", 0.97), ("facts-second.jsonl", 0.97), ("facts-third.jsonl", 0.97)]
SAID_BY_FLOOR = 0.93
NUMERIC = ("money", "quantity", "percentage", "date", "delivery_deadline")


def load_rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("name", "floor"), SETS)
def test_facts_stay_above_their_floor(name: str, floor: float) -> None:
    gold = load_rows(name)
    figures = score("facts", gold, [read(str(g["id"]), str(g["text"]), str(g["published"])) for g in gold])
    assert figure(figures, "micro", "p") >= floor
    assert figure(figures, "micro", "r") >= floor
    for lang in ("en", "tr", "ja"):
        assert figure(figures, f"lang:{lang}", "f1") >= floor - 0.02
    assert figure(figures, "said_by", "right") >= SAID_BY_FLOOR
    assert figure(figures, "hedge", "right") >= SAID_BY_FLOOR
    assert figure(figures, "attributed_shown_plain", "shown") == 0
    assert figures["traps"] == []


# By another hand. At first sight, unread: F1 .866, status .643, the right speaker for .713 with every right
# reading counted, .178 shown as plain. Half of it was then mended; the other half, still unread, rose from
# .652 to .752 in status, from .720 to .750 in speakers, and .141 stayed plain. Then it was read as well.
def test_the_fourth_set_stays_above_its_floor() -> None:
    gold = load_rows("facts-fourth.jsonl")
    figures = score("facts", gold, [read(str(g["id"]), str(g["text"]), str(g["published"])) for g in gold])
    assert figure(figures, "micro", "p") >= 0.94
    assert figure(figures, "micro", "r") >= 0.86
    assert figure(figures, "type:status", "f1") >= 0.9
    assert figure(figures, "said_by", "right") >= 0.94
    assert figure(figures, "attributed_shown_plain", "share") <= 0.04
    assert figures["traps"] == []


# Labelled before anything was read of it and cut in half by lot: A rose from F1 .850 to .978 while it was
# read, B, of which only totals were looked at, from .915 to .947. The hand that wrote it also mended.
def test_the_sixth_set_stays_above_its_floor() -> None:
    gold = load_rows("facts-sixth.jsonl")
    figures = score("facts", gold, [read(str(g["id"]), str(g["text"]), str(g["published"])) for g in gold])
    assert figure(figures, "micro", "p") >= 0.97
    assert figure(figures, "micro", "r") >= 0.92
    assert figure(figures, "type:party", "r") >= 0.91
    assert figure(figures, "type:status", "f1") >= 0.95
    assert figures["traps"] == []


def test_a_reading_of_the_speaker_that_is_as_right_counts() -> None:
    fact: Row = {
        "type": "money",
        "value": "5 EUR",
        "mention": "5 euros",
        "said_by": "the firm",
        "hedge": "stated",
    }
    gold: Row = {"id": "a", "lang": "en", "text": "5 euros", "facts": [fact], "must_not": []}
    said: Row = {"id": "a", "facts": [{**fact, "said_by": "Ostvik"}]}
    assert figure(score("facts", [gold], [said]), "said_by", "right") == 0
    also: Row = {**gold, "facts": [{**fact, "said_by_also": ["Ostvik"]}]}
    assert figure(score("facts", [also], [said]), "said_by", "right") == 1


@pytest.mark.parametrize("name", [*(name for name, _ in SETS), "facts-fourth.jsonl", "facts-sixth.jsonl"])
def test_every_mention_of_the_labels_stands_in_its_text(name: str) -> None:
    for item in load_rows(name):
        for label in (*of(item, "facts"), *(trap for trap in of(item, "must_not") if "mention" in trap)):
            assert str(label["mention"]) in str(item["text"]), item["id"]


# The rows of the product text's tables of facts: a typed fact, a claim, or a passage that is no fact. Values
# and short anchors only; the articles are never copied here.
@pytest.mark.shared
@pytest.mark.skipif(not SEEDS.is_dir(), reason="the founding articles are not here")
@pytest.mark.parametrize(("article", "prefix"), [("A", "000"), ("B", "002")], ids=["first", "second"])
def test_a_founding_article_gives_the_facts_of_its_table(article: str, prefix: str) -> None:
    text = next(SEEDS.glob(f"{prefix}_*.txt")).read_text(encoding="utf-8")
    rows = [row for row in load_rows("founding-gold.jsonl") if row["article"] == article]
    assert all(str(row["mention"]) in text for row in rows)
    wanted: list[Row] = [whole(row, text) for row in rows if row["type"] not in ("claim", "not_fact")]
    wanted += [
        {"type": kind, "value": name, "mention": name, "optional": True}
        for kind in ("party", "location")
        for name in EITHER
    ]
    found = read("seed", text, PUBLISHED)
    gold: Row = {"id": "seed", "lang": "en", "text": text, "facts": wanted, "must_not": []}
    figures = score("facts", [gold], [found])
    assert figure(figures, "micro", "p") >= 0.85, figures
    assert figure(figures, "micro", "r") >= 0.75, figures
    assert figure(figures, "said_by", "right") >= 0.8 if "said_by" in figures else article == "A"
    for fact in of(found, "facts"):
        for row in rows:
            if row["type"] == "not_fact" and fact["type"] != "quote":
                assert not lies_in(fact, text, str(row["mention"])), (fact, row)


def whole(row: Row, text: str) -> Row:
    """Return a row as gold; a quotation is told by some of its words, and is meant whole."""
    if not row.get("whole_quotation"):
        return row
    said = next(said for said in re.findall(r"“([^”]+)”", text) if str(row["mention"]) in said)
    return {**row, "value": said, "mention": said}


def lies_in(fact: Row, text: str, passage: str) -> bool:
    at = text.index(passage)
    return int(str(fact["start"])) < at + len(passage) and at < int(str(fact["end"]))


def test_every_row_of_the_founding_tables_is_there() -> None:
    rows = {str(row["row"]) for row in load_rows("founding-gold.jsonl") if "row" in row}
    assert rows == {f"A-{n:02d}" for n in range(1, 19)} | {f"B-{n:02d}" for n in range(1, 24)}


# Written by another hand, in ten languages; read through the product's own way to tell a language. Two
# Indonesian headlines were taken for English at first sight: .993 were right.
def test_headlines_in_other_languages_give_no_figures() -> None:
    rows = load_rows("headlines-other-languages.jsonl")
    told = [detect(str(row["title"])) for row in rows]
    assert sum(lang not in READ_LANGUAGES for lang in told) >= 0.98 * len(rows)
    for row in rows:
        facts = of(read(str(row["id"]), str(row["title"]), PUBLISHED), "facts")
        assert [fact["mention"] for fact in facts if fact["type"] in NUMERIC] == [], row["title"]
