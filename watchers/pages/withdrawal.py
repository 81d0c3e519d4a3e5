"""Tell whether a page says that its article was withdrawn. Pure.

Phrases must be about the article: armies withdraw too, and a treaty is retracted.
"""

from __future__ import annotations

import re
from typing import Final

FIRST: Final = 600  # code points of the text that are looked at: a notice stands first or alone
_TITLES: Final = re.compile(
    r"\A[\s\[(【]{0,5}(?:"
    r"(?:retracted|retraction|withdrawn|story withdrawn|article withdrawn|removed)\s?[\]):：]|"
    r"(?:geri çekildi|geri çekilen haber|haber geri çekildi|yayından kaldırıldı)\s?[\]):：]|"
    r"(?:取り下げ|撤回|記事取り下げ|記事撤回|記事削除|削除済み)[】\])：:])",
    re.IGNORECASE,
)
_THINGS_EN: Final = r"(?:article|story|report|piece|item|post|page)"
_LINES: Final = re.compile(
    # English
    rf"\b(?:this|the|our) (?:earlier |original )?{_THINGS_EN} (?:has been|was|is being) "
    r"(?:withdrawn|retracted|taken down)\b|"
    rf"\b(?:we have|has) (?:withdrawn|retracted|taken down) (?:this|the|our|its) {_THINGS_EN}\b|"
    rf"\b(?:withdraws|retracts) (?:this|its) {_THINGS_EN}\b|"
    # Turkish
    r"\b(?:bu|söz konusu|ilgili) (?:haber|yazı|içerik|makale)(?:imiz)? (?:yayından kaldırıl|geri çekil)"
    r"(?:di|dı|miştir|mıştır)|"
    r"\b(?:bu )?(?:haberi|haberimizi|yazıyı|içeriği|makaleyi) (?:yayından kaldırdık|geri çek(?:tik|iyoruz))|"
    # Japanese
    r"(?:この|本|当該|同|上記の?)(?:記事|報道|原稿|配信)[はをが]{0,2}(?:、)?"
    r"(?:取り下げ(?:しま|いたしま|致しま|られ|ま)|(?:撤回|削除)(?:しま|いたしま|致しま|され))|"
    r"(?:この|本|当該|同)(?:記事|報道|原稿|配信)の(?:取り下げ|撤回|削除)",
    re.IGNORECASE,
)


def is_withdrawn(title: str, text: str) -> bool:
    """Tell whether a page's title, or the first lines of its text, say that it was withdrawn."""
    return _TITLES.search(title) is not None or _LINES.search(" ".join(text[:FIRST].split())) is not None
