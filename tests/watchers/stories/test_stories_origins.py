"""Who stands behind reports, however many feeds carry them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.watchers.stories.story_builders import make_report
from watchers.errors import KnowledgeError
from watchers.stories.origins import folded, origins
from watchers.stories.outlets import read_outlets, shipped_outlets

if TYPE_CHECKING:
    from watchers.types import Report

LONG = (
    "The two ministers met for an hour and a half and agreed to start talks between their agencies on drones."
)
OTHER = (
    "Officials of both sides will now prepare a first meeting, which is expected before the end of the year."
)


def names(*reports: Report) -> list[str]:
    return [origin.name for origin in origins(reports)]


def test_one_text_in_five_languages_from_one_publisher_is_one_origin() -> None:
    titles = {
        "en": "Ministers meet in Ankara",
        "no": "Ministrene møttes i Ankara",
        "ja": "両大臣がアンカラで会談",
        "fa": "دیدار وزیران در آنکارا",
        "id": "Para menteri bertemu di Ankara",
    }
    reports = [
        make_report(title, lang=lang, outlet="TRT Global", link=f"https://www.trt.global/{lang}/article/1")
        for lang, title in titles.items()
    ]
    assert len(origins(reports)) == 1


def test_an_agency_and_a_broadcaster_of_one_state_are_one_origin_that_names_both() -> None:
    reports = [
        make_report("Japan's minister in Ankara", outlet="TRT World"),
        make_report("Nakatani Ankara'da", lang="tr", outlet="TRT Haber"),
        make_report("Japan, Turkey to deepen ties", outlet="Reuters"),
        make_report("Güler ile Nakatani görüştü", lang="tr", outlet="Anadolu Ajansı"),
        make_report("防衛相がトルコ訪問", lang="ja", outlet="朝日新聞"),
    ]
    found = origins(reports)
    assert [origin.name for origin in found] == [
        "TRT + Anadolu Agency (Republic of Türkiye)",
        "Reuters",
        "朝日新聞",
    ]
    assert found[0].outlets == ("TRT World", "TRT Haber", "Anadolu Ajansı")


def test_two_papers_of_one_private_owner_with_two_publishers_stay_two_origins() -> None:
    reports = [make_report("One", outlet="Left Post"), make_report("Two", outlet="Right Post")]
    rows = "".join(
        f'[[outlet]]\nname="{name}"\npublisher="{name} Ltd"\nowner="One Family"\ntier="national"\n'
        'ownership="private"\nsource="https://press.example/owners"\nseen="2026-01-01"\n'
        for name in ("Left Post", "Right Post")
    )
    assert len(origins(reports, read_outlets(rows))) == 2
    assert len(origins(reports, read_outlets(rows.replace("private", "state")))) == 1


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        pytest.param("(AA) " + OTHER, "en", id="agency in brackets"),
        pytest.param("A deal is near, Anadolu reported. " + OTHER, "en", id="agency reported"),
        pytest.param("According to Anadolu Agency, a deal is near.", "en", id="according to"),
        pytest.param("ANKARA, AA — " + OTHER, "en", id="dateline"),
        pytest.param("AA'nın haberine göre taraflar anlaştı.", "tr", id="Turkish credit"),
        pytest.param("アナドル通信によると両国は合意した。", "ja", id="Japanese credit"),
    ],
)
def test_a_credited_agency_is_the_origin(text: str, lang: str) -> None:
    agency = make_report("Görüşme yapıldı", outlet="Anadolu Ajansı", lang="tr")
    carrier = make_report("", text, lang=lang, outlet="Tidewater Post")
    assert names(agency, carrier) == ["Anadolu Agency"]


def test_a_credit_to_a_newsroom_of_the_story_counts_though_no_file_knows_it() -> None:
    wire = make_report("Ministers meet", LONG, outlet="Amber Coast News")
    carrier = make_report("Talks held", "(Amber Coast) " + OTHER, outlet="Hillside Gazette")
    assert names(wire, carrier) == ["Amber Coast News"]


def test_an_uncredited_wire_copy_is_folded_into_its_first_report() -> None:
    wire = make_report("Ministers meet", LONG, outlet="Amber Coast News")
    copy = make_report("Ministers meet", LONG + " More soon.", outlet="Plains Courier")
    [origin] = origins([wire, copy])
    assert origin.outlets == ("Amber Coast News", "Plains Courier")


def test_a_ministry_that_is_cited_is_no_origin() -> None:
    one = make_report(
        "Ministers meet", "According to the Defence Ministry, talks went well.", outlet="One Post"
    )
    two = make_report(
        "A meeting", "The Defence Ministry said in a report that it was useful.", outlet="Two Post"
    )
    assert names(one, two) == ["One Post", "Two Post"]


def test_the_shipped_outlets_have_source_and_date_for_every_label() -> None:
    outlets = {outlet.name: outlet for outlet in shipped_outlets().by_name.values()}
    assert len(outlets) >= 35
    for outlet in outlets.values():
        assert outlet.source.startswith("https://")
        assert outlet.seen


def test_an_outlet_is_found_by_the_host_of_its_link() -> None:
    found = shipped_outlets().find("Kyodo English desk", "https://www.english.kyodonews.net/article/1")
    assert found is not None
    assert found.name == "Kyodo News"
    assert shipped_outlets().find("Nobody", "https://[broken/") is None


@pytest.mark.parametrize(
    "document",
    [
        pytest.param('[[outlet]]\nname = "X"', id="labels missing"),
        pytest.param("[[outlet]", id="not TOML"),
        pytest.param(
            '[[outlet]]\nname="X"\npublisher="X"\nowner="X"\ntier="odd"\nownership="state"\nsource="s"\nseen="d"',
            id="unknown tier",
        ),
    ],
)
def test_a_broken_outlets_file_is_refused(document: str) -> None:
    with pytest.raises(KnowledgeError, match="outlets"):
        read_outlets(document)


# One report in our own words, as a broadcaster with desks in five languages would put it.
FIVE = {
    "en": (
        "Yard in Ostmark lays down its first patrol ship",
        "The keel of the first of three patrol ships was laid on Monday. The navy wants it in two years.",
    ),
    "no": (
        "Verft i Ostmark strekker kjølen til sitt første patruljeskip",
        "Kjølen til det første av tre patruljeskip ble strukket mandag. Marinen vil ha det om to år.",
    ),
    "ja": (
        "オストマルクの造船所、最初の哨戒艦を起工",
        "3隻ある哨戒艦の1番艦が月曜日に起工された。海軍は2年後の就役を望んでいる。",
    ),
    "fa": (
        "کشتی‌سازی اوستمارک ساخت نخستین ناو گشتی را آغاز کرد",
        "تیر اصلی نخستین ناو از سه ناو گشتی روز دوشنبه نصب شد. نیروی دریایی آن را تا دو سال دیگر می‌خواهد.",
    ),
    "id": (
        "Galangan Ostmark meletakkan lunas kapal patroli pertamanya",
        "Lunas kapal pertama dari tiga kapal patroli diletakkan pada Senin. Angkatan laut menunggunya.",
    ),
}
DESKS = (
    '[[outlet]]\nname="{name}"\nhosts=["{host}"]\npublisher="Ostmark Broadcasting"\nowner="its listeners"\n'
    'tier="national"\nownership="public"\nsource="https://press.example/owners"\nseen="2026-01-01"\n'
)


@pytest.mark.parametrize(
    ("outlet", "link"),
    [
        pytest.param(
            "Ostmark World", "https://news.ostmark.example/{lang}/1", id="one name for all languages"
        ),
        pytest.param(
            "OBC {lang}", "https://www.ostmark.example/{lang}/1", id="a name each, known by its address"
        ),
        pytest.param("OBC {lang}", "https://{lang}.ostmark.example/1", id="a host each beneath one"),
    ],
)
def test_one_text_in_five_languages_told_whole_is_one_origin(outlet: str, link: str) -> None:
    known = read_outlets(DESKS.format(name="Ostmark World", host="ostmark.example"))
    reports = [
        make_report(*words, lang=lang, outlet=outlet.format(lang=lang), link=link.format(lang=lang), hours=n)
        for n, (lang, words) in enumerate(FIVE.items())
    ]
    for order in (reports, reports[::-1]):
        (one,) = folded(order, known)
        assert one.origin.name == "Ostmark Broadcasting"
        assert set(one.langs) == set(FIVE)
        assert {why for _, why in one.outlets} <= {"publisher"}
    other = make_report(
        "Keel laid in Ostmark", LONG, outlet="Plains Courier", link="https://plains.example/1"
    )
    assert len(origins([*reports, other], known)) == 2


def test_what_was_folded_is_named_with_its_reason() -> None:
    reports = [
        make_report("Ministers meet", LONG, outlet="TRT World"),
        make_report("Bakanlar görüştü", outlet="TRT Haber", lang="tr"),
        make_report("Görüşmeden kareler", outlet="Anadolu Ajansı", lang="tr"),
        make_report("Talks end with a plan", "(Reuters) " + OTHER, outlet="Tidewater Post"),
        make_report("Reuters on the talks", outlet="Reuters"),
        make_report("Ministers meet", LONG + " More soon.", outlet="Plains Courier"),
        make_report("両大臣が会談", outlet="北浜新聞", lang="ja"),
    ]
    assert [(one.origin.name, one.outlets, one.langs, one.label) for one in folded(reports)] == [
        (
            "TRT + Anadolu Agency (Republic of Türkiye)",
            (("TRT Haber", "publisher"), ("Anadolu Ajansı", "state"), ("Plains Courier", "copy")),
            ("en", "tr"),
            "",
        ),
        ("Reuters", (("Tidewater Post", "credit"),), ("en",), ""),
        ("北浜新聞", (), ("ja",), ""),
    ]


@pytest.mark.parametrize(
    ("tier", "ownership", "label"),
    [
        pytest.param("national", "state", "state", id="owned by a state"),
        pytest.param("official", "public", "official", id="an office's own site"),
        pytest.param("maker", "listed", "maker", id="a maker of arms"),
        pytest.param("agency", "listed", "", id="an agency"),
        pytest.param("trade", "private", "", id="trade press"),
    ],
)
def test_an_origin_has_the_label_that_a_reader_should_know(tier: str, ownership: str, label: str) -> None:
    row = DESKS.format(name="Ostmark World", host="ostmark.example")
    known = read_outlets(row.replace("national", tier).replace('"public"', f'"{ownership}"'))
    (one,) = folded([make_report("Keel laid", outlet="Ostmark World")], known)
    assert one.label == label


@pytest.mark.parametrize(
    ("was", "now"),
    [
        pytest.param('source="https://press.example/owners"\n', "", id="no source"),
        pytest.param('"https://press.example/owners"', '"the press"', id="a source without an address"),
        pytest.param('seen="2026-01-01"\n', "", id="no day"),
        pytest.param('"2026-01-01"', '"lately"', id="a day that is none"),
        pytest.param('"2026-01-01"', '"2026-01"', id="a month alone"),
        pytest.param('owner="its listeners"\n', "", id="no owner"),
    ],
)
def test_an_outlet_whose_labels_have_no_source_or_day_is_refused(was: str, now: str) -> None:
    row = DESKS.format(name="Ostmark World", host="ostmark.example")
    assert was in row
    with pytest.raises(KnowledgeError, match="Ostmark World"):
        read_outlets(row.replace(was, now))
