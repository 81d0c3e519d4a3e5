"""A reader that had to begin without its model asks for it again."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np

from tests.contracts.store.store_builders import make_entry
from watchers import lens
from watchers.errors import KnowledgeError
from watchers.lens_spec import LensSpec
from watchers.types import Beat, Exemplar

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest
    from numpy.typing import NDArray

    from watchers.relevance.embedder import Embedder

ORDER = Exemplar(
    key="order", title="Norway orders frigates", text="Norway orders frigates from the yard.", lang="en"
)
DRILL = Exemplar(
    key="drill", title="Navy begins an exercise", text="The navy begins a yearly exercise.", lang="en"
)


class Small:
    """A model of a few dimensions."""

    id = "small"
    dim = 4

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.array([[len(text), text.count("a"), text.count("e"), 1] for text in texts], np.float32)
        made: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return made


def test_a_model_that_could_not_be_had_is_asked_for_again_after_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers: list[Embedder | None] = [None, Small()]
    now = [1000.0]

    def load(_name: str) -> Embedder:
        found = answers.pop(0)
        if found is None:
            raise KnowledgeError("It does not answer.")
        return found

    monkeypatch.setattr(lens, "load_embedder", load)
    monkeypatch.setattr(lens, "time", SimpleNamespace(monotonic=lambda: now[0]))
    spec = LensSpec(
        exemplars=(ORDER,),
        beats=(Beat(key="own", exemplars=(ORDER, DRILL)),),
        embedder="openai:small http://127.0.0.1:9/v1",
    )
    assert lens.closeness_of(spec)[1] == "It does not answer."
    now[0] += lens.WITHOUT_FOR - 1
    assert lens.closeness_of(spec)[1] == "It does not answer."
    now[0] += 1
    assert lens.closeness_of(spec)[1] == ""
    (report,) = lens.read_batch(spec, (make_entry("brig"),))
    assert (report.relevance.model, report.views[0].relevance.model) == ("small", "small")
    now[0] += lens.WITHOUT_FOR
    assert lens.closeness_of(spec)[1] == ""
    assert answers == []
