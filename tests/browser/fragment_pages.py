"""Forty invented articles, each some windows high with its sentence far down."""

from __future__ import annotations

from typing import Final

from tests.browser.fragment_sentences import PAGES

_FILLER: Final = {
    "en": (
        "The harbour was quiet on the morning of the announcement, and the few who came stood in the rain.",
        "People who have followed the matter for years expected a longer wait and a shorter list of guests.",
        "A band played, children waved paper flags, and the speeches ended before the coffee had gone cold.",
    ),
    "tr": (
        "Açıklamanın yapıldığı sabah liman sakindi; gelen birkaç kişi yağmurun altında bekledi.",
        "Konuyu yıllardır izleyenler daha uzun bir bekleyiş ve daha kısa bir konuk listesi bekliyordu.",
        "Bando çaldı, çocuklar kâğıt bayraklar salladı, konuşmalar çaylar soğumadan bitti.",
    ),
    "ja": (
        "発表の朝、港は静かで、集まったわずかな人々は雨の中に立っていた。",
        "長年この件を見てきた人たちは、もっと長く待たされると思っていたらしい。",
        "楽隊が演奏し、子どもたちが紙の旗を振り、あいさつは短く終わった。",
    ),
}
_WRAPS: Final = (
    "<p>{}</p>",
    "<div class='body'><p>{}</p></div>",
    "<ul><li>{}</li></ul>",
    "<blockquote><p>{}</p></blockquote>",
    "<table><tr><td>{}</td></tr></table>",
)


def page_html(number: int) -> str:
    """Return an article of some three windows' height; the sentence stands in the last third."""
    page = PAGES[number]
    lines = _FILLER[page.lang]
    filler = [f"<p>{lines[n % 3]} {lines[(n + 1) % 3]}</p>" for n in range(30)]
    other = {"ja": "それは別の話だ。", "tr": "Bu başka bir konu.", "en": "That is another matter."}[page.lang]
    target = _WRAPS[number % len(_WRAPS)].format(
        f"{lines[0]} <span class='target'>{page.html}</span> {other}"
    )
    before = f"<p class='lead'>{page.before}</p>" if page.before else ""
    return (
        f"<!doctype html><html lang='{page.lang}'><meta charset='utf-8'><title>Article {number}</title>"
        "<style>body { max-width: 680px; margin: 40px auto; font: 18px/1.6 sans-serif }"
        "::target-text { background: #ff00c8; color: #000 }</style>"
        f"<h1>{lines[1]}</h1>{before}{''.join(filler[:22])}{target}{''.join(filler[22:])}</html>"
    )
