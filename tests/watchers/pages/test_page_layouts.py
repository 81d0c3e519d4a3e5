"""Pages as sites build them, in three languages: the article comes out whole, and nothing from around it."""

from __future__ import annotations

import random

import pytest

from tests.cpu import growth
from watchers.pages.agreement import agrees
from watchers.pages.extract import Page, extract

SENTENCES = {
    "en": (
        "Norway signs contract for four frigates",
        "The ministry signed a contract worth 5.5 billion euros for four frigates on Monday.",
        "Harbour Yards builds the ships in its northern docks.",
        "The first hull is due in 2029, officials said.",
        "Unions welcomed the order, which keeps the yard busy for a decade.",
    ),
    "tr": (
        "Bakanlık dört fırkateyn için sözleşme imzaladı",
        "Bakanlık, dört fırkateyn için 5,5 milyar avroluk sözleşme imzaladı.",
        "Gemiler kuzeydeki tersanede inşa edilecek.",
        "İlk geminin 2029'da teslim edilmesi bekleniyor.",
        "Sendikalar siparişi memnuniyetle karşıladı.",
    ),
    "ja": (
        "防衛省、新型護衛艦四隻を発注",
        "防衛省は新型護衛艦四隻を国内の造船所に発注したと発表した。",
        "契約額は五千億円で、初号艦は二〇二九年に引き渡される。",
        "造船所は北部のドックで建造を進める。",
        "政府は今後十年の装備計画を見直す方針だ。",
    ),
}
MENU = "<ul>" + "".join(f'<li><a href="/s{i}">Section {i} of the site</a></li>' for i in range(80)) + "</ul>"
ASIDE = "".join(
    f'<div class="teaser"><h3><a href="/n{i}">Other story number {i}</a></h3><p>Short text {i}.</p></div>'
    for i in range(40)
)
SCRIPT = "<script>" + "var x=function(a){return a+1};" * 2000 + "</script>"
LAYOUTS = {
    "an article element": "<article><h1>{title}</h1>{text}</article>",
    "divisions alone": '<div><div><h1>{title}</h1><div class="article-body">{text}</div></div></div>',
    "breaks for paragraphs": '<div id="story"><h1>{title}</h1><div class="text">{breaks}</div></div>',
    "a running report": "<main><h1>{title}</h1><section><h2>10:00</h2>{text}</section></main>",
    "adverts between": '<article><h1>{title}</h1>{text}<div class="ad">Advertisement</div>{text}</article>',
}


def page(lang: str, layout: str, paragraphs: int = 6) -> bytes:
    """Return a page of 130 KB and more with the article in a layout."""
    title, *sentences = SENTENCES[lang]
    chance = random.Random(layout)
    told = [" ".join([*sentences[:2], *chance.choices(sentences, k=2)]) for _ in range(paragraphs)]
    inside = LAYOUTS[layout].format(
        title=title, text="".join(f"<p>{p}</p>" for p in told), breaks="<br><br>".join(told)
    )
    return (
        f'<!doctype html><html lang="{lang}"><head><title>{title}</title>{SCRIPT}</head>'
        f"<body><nav>{MENU}</nav>{inside}<aside>{ASIDE}</aside>"
        f"<footer>Imprint and contact</footer>{SCRIPT}</body></html>"
    ).encode()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("lang", SENTENCES)
def test_an_article_comes_out_of_its_page_and_nothing_else_does(lang: str, layout: str) -> None:
    title, *sentences = SENTENCES[lang]
    told = extract(Page(url="https://harbour.example/a", body=page(lang, layout)))
    assert agrees(title, told.text)
    assert all(sentence in told.text for sentence in sentences[:2])
    assert not any(word in told.text for word in ("Other story", "Section 7", "Imprint", "function"))
    assert told.lang == lang


# How many times the processor time of a page one with twenty times the article may take: 7 to 16 when
# measured, as what stands around the article stays the same; what grows with the square takes more than 170.
MOST_GROWTH = 80


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("lang", SENTENCES)
def test_a_page_costs_no_more_than_its_length_accounts_for(lang: str, layout: str) -> None:
    def extracted(body: bytes) -> None:
        assert extract(Page(url="https://harbour.example/a", body=body)).text

    extracted(page(lang, layout))  # loads what extracts
    small, large = (page(lang, layout, paragraphs) for paragraphs in (60, 1_200))
    assert growth(extracted, small, large, under=MOST_GROWTH) < MOST_GROWTH
