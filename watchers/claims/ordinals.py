"""Which piece of a series a sentence speaks of: the first ship, ikinci gemi, 3番艦."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re

from watchers.text import fold

_WORDS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "last": 99, "final": 99, "ilk": 1, "birinci": 1,
    "ikinci": 2, "ucuncu": 3, "dorduncu": 4, "besinci": 5, "altinci": 6, "son": 99, "lead": 1, "初": 1, "一": 1, "二": 2, "三": 3, "四": 4,
    "五": 5, "六": 6, "最終": 99, "remaining": 98, "kalan": 98, "残": 98,
}  # fmt: skip
# The thing counted must follow: "first quarter", "first time" and "second half" number no piece.
_THING = r"(?:\w+ ){0,3}?(?:ship|boat|vessel|frigate|corvette|destroyer|submarine|aircraft|jet|plane|helicopter|tank|batter|vehicle|unit|batch|drone|satellite|system|squadron|hull|radar|howitzer|gun|phase|lot|tranche|of the|of class|airframe|prototype|fighter|trainer|carrier|minehunter|opv|set|missile|shipment|deliver|ferry|tanker|engine|simulator|plant|regiment|launcher)"
_THING_TR = r"(?:\w+ ){0,3}?(?:gemi|bot|firkateyn|korvet|muhrip|denizalti|uca|jet|helikopter|tank|batarya|arac|parti|iha|siha|uydu|sistem|filo|radar|obus|faz|prototip|teslim|kafile|fuze|motor|fabrika|alay|lot|paket|ornek)"
_NTH = (
    re.compile(rf"\b(?P<w>first|second|third|fourth|fifth|sixth|last|final|lead|remaining) {_THING}"),
    re.compile(rf"\b(?P<n>\d{{1,2}})(?:st|nd|rd|th) {_THING}"),
    re.compile(rf"(?<!\w)(?P<w>ilk|birinci|ikinci|ucuncu|dorduncu|besinci|altinci|son|kalan) {_THING_TR}"),
    re.compile(rf"(?<![\w.,])(?P<n>\d{{1,2}})(?:\.|'(?:inci|nci|uncu)) {_THING_TR}"),
    re.compile(r"(?P<n>\d{1,2})(?:番艦|番機|号機|号艦|隻目|機目|両目|基目|番目の)|第(?P<m>\d{1,2})(?:次|弾|陣|期|ロット)"),
    re.compile(r"\b(?P<w>first|last) of (?:the )?(?:\w+ )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve)\b"),
    re.compile(r"(?<!\w)(?P<all>all (?:of the |the )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|of)\b|entire (?:fleet|order)|whole (?:fleet|order)|tumu\w*|tamami\w*|hepsi\w*)|(?P<alle>全\d|すべて|全て)"),
    re.compile(r"[dt][ae]n (?P<w>ilk|son)[ıi]"),
    re.compile(r"(?P<w>初|最終|残)(?:号機|号艦|番艦|回(?:納入|分)|号)|(?P<x>一|二|三|四|五)番艦"),
)  # fmt: skip


def ordinals(sentence: str) -> tuple[str, ...]:
    """Return the pieces that a sentence names, as "nth:2"; the last of a series is "nth:99"."""
    flat = fold(sentence)
    found: list[str] = []
    for pattern in _NTH:
        for match in pattern.finditer(flat):
            groups = match.groupdict()
            if groups.get("all") or groups.get("alle"):
                found.append("nth:100")
                continue
            digits = groups.get("n") or groups.get("m")
            word = groups.get("w") or groups.get("x") or ""
            found.append(f"nth:{int(digits) if digits else _WORDS[word]}")
    return tuple(dict.fromkeys(found))
