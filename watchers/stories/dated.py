"""Tell what a date is of, where its sentence says so: a decision, a signature. Dates of two kinds never differ."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from watchers.types import Fact

NEAR: Final = 90  # code points before a date and behind it that are read

# Around a date, which stands at §. A hand-over between the deed and the date takes the date for itself: "decided to
# deliver them by 2029".
_LATER_EN = (
    r"\b(?:deliver|hand(?:ed|ing)?\sover|handover|arriv|receiv|in\sservice|enter|operational|complet|build)"
)
_LATER_TR = r"(?:tesli|envanter|hizmet|göreve|tamamla)"
_LATER_JA = r"(?:納入|引き渡|配備|就役|完成|運用)"
_KINDS: Final[dict[str, tuple[tuple[str, re.Pattern[str]], ...]]] = {
    "en": (
        (
            "decision",
            re.compile(
                rf"\b(?:decide|decides|deciding|choose|chooses|choosing|pick|select|selecting)\b(?:(?!{_LATER_EN})[^;§])*§"
                rf"|\b(?:decision|choice|selection)\b(?!\sto\b)[^;§]{{0,60}}\b(?:expected|due|planned|come|made|taken|announced|reached|in|by|before|until)\b(?:(?!{_LATER_EN})[^;§]){{0,20}}§",
                re.IGNORECASE,
            ),
        ),
        (
            "signing",
            re.compile(
                rf"\b(?:sign|signs|signing|signature|be\ssigned)\b(?:(?!{_LATER_EN})[^;§])*§", re.IGNORECASE
            ),
        ),
    ),
    "tr": (
        (
            "decision",
            re.compile(
                rf"§(?:(?!{_LATER_TR})[^.;]){{0,40}}?(?<!\w)(?:karar|seçecek|seçmey|seçmesi)"
                r"|(?<!\w)[Kk]arar\w*\s[^.;§]{0,20}§[^.;]{0,20}?(?:açıkla|veri|beklen|alın|çık|netleş)"
            ),
        ),
        ("signing", re.compile(rf"§(?:(?!{_LATER_TR})[^.;]){{0,40}}?(?<!\w)imza(?:la|ya|sı|\s)")),
    ),
    "ja": (
        (
            "decision",
            re.compile(
                rf"§(?:(?!{_LATER_JA})[^。、]){{0,25}}?(?:決定|判断|決め|選定|結論)|(?:決定|判断|選定|結論)[はを][^。、§]{{0,6}}§"
            ),
        ),
        ("signing", re.compile(rf"§(?:(?!{_LATER_JA})[^。、]){{0,25}}?(?:署名|調印|契約を結)")),
    ),
}


def dated(fact: Fact, lang: str) -> str:
    """Return what a date is of: "decision", "signing", or empty for a hand-over and what its words do not tell."""
    at = fact.start - fact.sentence_start
    before, after = fact.sentence[:at][-NEAR:], fact.sentence[at + len(fact.mention) :][:NEAR]
    lead = fact.mention if lang == "en" and not fact.mention[:1].isdigit() else ""  # "by 2027" in one
    around = f"{before}{lead.rstrip('0123456789')}§{after}"
    return next((kind for kind, pattern in _KINDS.get(lang, ()) if pattern.search(around)), "")
