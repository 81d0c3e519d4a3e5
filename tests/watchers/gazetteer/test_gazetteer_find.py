"""The finder: variants, look-alikes, offsets, and every name of the data files."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cpu import least_cpu
from tests.known_names import shipped
from watchers.gazetteer.load import load
from watchers.text import fold

if TYPE_CHECKING:
    from watchers.gazetteer.entities import Alias, Entity

GAZETTEER = load()
FINDER = shipped()

# Of processor time: .25 at most when measured; the square of 50 000 words takes minutes.
SECONDS_FOR_A_HOSTILE_PAGE = 3.0


def ids(text: str, lang: str) -> set[str]:
    return {mention.entity for mention in FINDER.find(text, lang)}


NAMED = {
    "turkish genitive after an apostrophe": ("TUSAŞ'ın yeni tesisi açıldı", "tr", "org:tusas", "TUSAŞ"),
    "turkish genitive without one": ("Baykarın ihracatı arttı", "tr", "org:baykar", "Baykar"),
    "plural of an acronym": ("İHA'lar sınırda uçtu", "tr", "con:uav", "İHA"),
    "plural and case of a loan word": ("Ordu dronları teslim aldı", "tr", "con:uav", "dron"),
    "softened stem": ("Uçak gemisini ve denizaltıyı gördü", "tr", "con:submarine", "denizaltı"),
    "typographic apostrophe": ("Ankara’da görüştüler", "tr", "loc:ankara", "Ankara"),
    "capitals with dotted and dotless i": ("TÜRKİYE VE İNGİLTERE ANLAŞTI", "tr", "loc:GB", "İNGİLTERE"),
    "no diacritics": ("Turkish defence minister Yasar Guler spoke", "en", "per:yasar-guler", "Yasar Guler"),
    "hyphenated compound": ("a Baykar-built aircraft", "en", "org:baykar", "Baykar"),
    "english possessive": ("Baykar's chairman", "en", "org:baykar", "Baykar"),
    "english plural belongs to the name": ("three frigates sailed", "en", "con:frigate", "frigates"),
    "hyphen left out": ("the F16 fleet", "en", "pla:f-16", "F16"),
    "non-breaking hyphen": ("the F‑16 fleet", "en", "pla:f-16", "F‑16"),
    "platform of the longer name": ("Bayraktar TB3 uçtu", "tr", "pla:bayraktar-tb3", "Bayraktar TB3"),
    "firm, not country": ("Turkish Aerospace delivered it", "en", "org:tusas", "Turkish Aerospace"),
    "latin name amid japanese": ("日本がTB2の無人機を検討", "ja", "pla:bayraktar-tb2", "TB2"),
    "katakana firm": ("バイカルの工場を視察した", "ja", "org:baykar", "バイカル"),
    "kanji office": ("中谷防衛相が会談した", "ja", "per:gen-nakatani", "中谷防衛相"),
    "katakana compound": ("ドローンメーカーを防衛省が訪問", "ja", "con:uav", "ドローン"),
    "country of a people": ("the Norwegian frigate", "en", "loc:NO", "Norwegian"),
    "japanese sea, not japan": ("日本海で演習", "ja", "loc:sea-of-japan", "日本海"),
    "minister by surname": ("Nakatani told his counterpart", "en", "per:gen-nakatani", "Nakatani"),
    "fighter, not storm": ("A Typhoon squadron joined the air force", "en", "pla:eurofighter", "Typhoon"),
    "plural of an exact name": ("RAF Typhoons scrambled", "en", "pla:eurofighter", "Typhoons"),
    "tank, not animal": ("The Leopard, a battle tank, reached the brigade", "en", "pla:leopard-2", "Leopard"),
    "plan, not shield": ("Japan funds SHIELD coastal drones", "en", "prg:shield", "SHIELD"),
    "agency at a dateline": ("ANKARA (İHA) - Belediye karar aldı", "tr", "org:iha-agency", "(İHA)"),
    "aircraft in brackets": ("insansız hava aracı (İHA) alındı", "tr", "con:uav", "İHA"),
    "us in capitals": ("the US voted", "en", "loc:US", "US"),
    "emirates in turkish": ("BAE savunma bakanı geldi", "tr", "loc:AE", "BAE"),
    "union in turkish": ("AB'nin kararı açıklandı", "tr", "org:eu", "AB"),
    "country in a line of capitals": ("CHINA LAUNCHES A CARRIER", "en", "loc:CN", "CHINA"),
    "acronym that is no word in capitals": ("ABD'DEN YENİ AÇIKLAMA GELDİ", "tr", "loc:US", "ABD"),
    "a capital line among others": ("TELL US MORE\nThe US voted", "en", "loc:US", "US"),
    "drone bought": ("Akıncı alımı onaylandı", "tr", "pla:akinci", "Akıncı"),
    "drone exported, in japanese": ("アキンジを輸出へ", "ja", "pla:akinci", "アキンジ"),
    "two countries": ("日比防衛相会談が開かれた", "ja", "loc:PH", "日比"),
    "china and japan": ("日中首脳が会談した", "ja", "loc:CN", "日中"),
    "code with a space": ("F 16 uçakları indi", "tr", "pla:f-16", "F 16"),
    "surname with the firm": (
        "Bayraktar, Baykar'ın hedefini anlattı",
        "tr",
        "per:selcuk-bayraktar",
        "Bayraktar",
    ),
    "surname with the office": ("Scholz, the chancellor, agreed", "en", "per:olaf-scholz", "Scholz"),
    "capital with its diacritic": ("Şam yönetimi açıkladı", "tr", "loc:damascus", "Şam"),
    "elision, no suffix": ("les chefs de l'OTAN", "fr", "org:nato", "OTAN"),
}


@pytest.mark.parametrize(("text", "lang", "entity", "words"), NAMED.values(), ids=NAMED.keys())
def test_a_variant_of_a_name_is_found_with_its_words(text: str, lang: str, entity: str, words: str) -> None:
    assert (entity, words) in {(mention.entity, mention.mention) for mention in FINDER.find(text, lang)}


LOOK_ALIKES = {
    "boxer": ("Nakatani keeps his bantamweight title by knockout", "en", "per:gen-nakatani"),
    "boxer in japanese": ("中谷が王座を防衛、世界戦で判定勝ち", "ja", "per:gen-nakatani"),
    "title defence": ("中谷が王座を防衛、世界戦で判定勝ち", "ja", "con:defence"),
    "longer kanji name": ("田中谷村の祭り、大臣が訪問", "ja", "per:gen-nakatani"),
    "footballer": ("Arda Güler Real Madrid forması ile gol attı", "tr", "per:yasar-guler"),
    "football defence": ("Takımın savunma hattında stoper sorunu", "tr", "con:defence"),
    "court": ("Sanık mahkemede savunma yaptı", "tr", "con:defence"),
    "city inside no drone": ("アンカラで無人機の会議", "ja", "pla:anka"),
    "phoenix": ("Anka, küllerinden doğan kuşun romanı", "tr", "pla:anka"),
    "folk song": ("Kızılelma türküsü bu konserde", "tr", "pla:kizilelma"),
    "musician": ("Akıncı beşlisi konser verecek", "tr", "pla:akinci"),
    "tai chi": ("TAI CHI FOR BEGINNERS", "en", "org:tusas"),
    "tuberculosis trial": ("TB2 patients relapse less in tuberculosis trial", "en", "pla:bayraktar-tb2"),
    "synthesiser": ("The Behringer TB-3 synth and its bass line", "en", "pla:bayraktar-tb3"),
    "shirt sponsor": ("Football club shows new kit with sponsor Baykar", "en", "org:baykar"),
    "comic": ("Agents of SHIELD ranked by Marvel fans", "en", "prg:shield"),
    "ordinary shield": ("a shield against Japanese drones", "en", "prg:shield"),
    "light show": ("A drone show lit the bay with fireworks", "en", "con:uav"),
    "farm drone": ("農家が農薬散布にドローン", "ja", "con:uav"),
    "delivery drone": ("Drones bring parcels for Walmart", "en", "con:uav"),
    "storm": ("Typhoon nears landfall as aircraft are grounded by the storm", "en", "pla:eurofighter"),
    "big cat": ("Leopard cubs born at zoo", "en", "pla:leopard-2"),
    "american football": ("Patriots sign quarterback before Super Bowl", "en", "pla:patriot"),
    "mountains": ("Altay dağlarında tatil", "tr", "pla:altay"),
    "bird on the table": ("Roast Turkey with miso, the recipe", "en", "loc:TR"),
    "small us": ("tell us more", "en", "loc:US"),
    "maize": ("Çiftçiler Mısır hasadı yaptı", "tr", "loc:EG"),
    "region of japan": ("中国地方で大雨", "ja", "loc:CN"),
    "ocean of two": ("インド太平洋の安定", "ja", "loc:IN"),
    "longer katakana": ("インドネシアの島", "ja", "loc:IN"),
    "longer latin word": ("Ankaragücü Antarctica ankarapark", "en", "loc:ankara"),
    "animal of two words": ("A guinea pig named Guinea", "en", "loc:GN"),
    "company of sweden": ("Bofors Marine AB reported a profit", "en", "org:eu"),
    "british firm, not emirates": ("BAE won the order", "en", "loc:AE"),
    "share price against the day before": ("株価は前日比3%高", "ja", "loc:PH"),
    "park in tokyo": ("日比谷公園で会談", "ja", "loc:PH"),
    "all day long": ("一日中、会談が続いた", "ja", "loc:CN"),
    "us in a headline of capitals": ("TELL US ABOUT YOUR HOLIDAY", "en", "loc:US"),
    "small headline of capitals": ("TELL US", "en", "loc:US"),
    "shield in a headline of capitals": ("A SHIELD FOR JAPAN AGAINST DRONES", "en", "prg:shield"),
    "turkish suffix in capitals": ("ZERRİN'UN ADINI DUYUNCA", "tr", "org:un"),
    "wish for drones": (
        "The plan promises drone dominance at sea, the Pentagon says",
        "en",
        "prg:replicator",
    ),
    "bakery of a namesake": ("Bayraktar's Istanbul bakery wins a prize", "en", "per:selcuk-bayraktar"),
    "minister of energy": ("Bakan Bayraktar: Petrol üretimi arttı", "tr", "per:selcuk-bayraktar"),
    "footballer with a chancellor's name": ("Scholz signs for the club", "en", "per:olaf-scholz"),
    "stock index": ("Standard & Poor's 500 rose", "en", "pla:s-500"),
    "age at the beginning": ("A 29-year-old man was found", "en", "pla:a-29"),
    "first name": ("Sam Ryder surprises shoppers", "en", "loc:damascus"),
    "turkish word for island": ("Man Adası belgeleri, BAE'de saklandı", "tr", "org:edge-group"),
    "judo class": ("女子48キロ級で優勝した選手", "ja", "pla:kilo-class"),
    "aperture": ("シャッタースピードと絞りはF16にする", "ja", "pla:f-16"),
    "trader": ("デイトレーダーの一日", "ja", "con:radar"),
    "army of the empire": ("帝国軍が登場する映画", "ja", "con:military"),
    "web server": ("Apache web server patch; helicopter parents online", "en", "pla:ah-64"),
}


def test_an_invented_name_is_nothing_known() -> None:
    assert not FINDER.find("Yeşilkonak, Tarsis ve Umbralık tanıtıldı", "tr")
    assert not FINDER.find("Tarsis by Yeşilkonak and Corvane Dynamics", "en")


@pytest.mark.parametrize(("text", "lang", "entity"), LOOK_ALIKES.values(), ids=LOOK_ALIKES.keys())
def test_a_look_alike_is_not_taken_for_the_entity(text: str, lang: str, entity: str) -> None:
    assert entity not in ids(text, lang)


def satisfied(entity: Entity, alias: Alias) -> str:
    """Return a text in which the alias stands with all that speaks for it."""
    words: list[str] = []
    for word in (*entity.needs, *entity.unless) if alias.weak else ():
        found = GAZETTEER.cues[word[1:]] if word.startswith("@") else (word,)
        words.extend(GAZETTEER.entity(w).name if w in GAZETTEER.entities else w.rstrip("*") for w in found)
    return f"{alias.text.rstrip('*')}, so called. " + ". ".join(words)


@pytest.mark.long
@pytest.mark.parametrize("kind", ["per", "org", "pla", "prg", "loc", "con"])
def test_every_alias_finds_an_entity_that_bears_it(kind: str) -> None:
    lost = []
    for entity in GAZETTEER.entities.values():
        for alias in entity.aliases if entity.kind == kind else ():
            stem = alias.text.rstrip("*")
            first = next(iter(FINDER.find(satisfied(entity, alias), alias.lang if alias.own else "en")), None)
            bearers = {entity.id, *BEARERS.get(fold(stem).replace("-", ""), ())}
            if first is None or first.start or first.entity not in bearers:
                lost.append((entity.id, alias.text, first and (first.mention, first.entity)))
    assert lost == []


BEARERS: dict[str, set[str]] = {}
for _entity in GAZETTEER.entities.values():
    for _alias in _entity.aliases:
        BEARERS.setdefault(fold(_alias.text.rstrip("*")).replace("-", ""), set()).add(_entity.id)

LETTERS = st.text(
    st.sampled_from("aıiİIüÜşŞ'’- .\n0269TBKaykrndoeアンカラーバイルドロ中谷防衛相が日本\u0301\u0327ﾊﾞﬁ"),
    max_size=80,
)
NAMES = st.sampled_from(
    ["Baykar", "TUSAŞ'ın", "Türkiye", "アンカラ", "防衛省", "F-16", "İHA'lar", "drones", "中谷防衛相"]
)
TEXTS = st.lists(st.one_of(LETTERS, NAMES), max_size=6).map(" ".join)


@given(TEXTS, st.sampled_from(["en", "tr", "ja", "de"]))
@settings(max_examples=150, deadline=None)
def test_offsets_are_exact_ordered_and_apart(text: str, lang: str) -> None:
    end = 0
    for mention in FINDER.find(text, lang):
        assert text[mention.start : mention.end] == mention.mention
        assert end <= mention.start < mention.end
        end = mention.end


@pytest.mark.parametrize("lang", ["en", "tr"])
@pytest.mark.parametrize("name", ["Aselsan", "Türkiye", "Bayraktar TB2", "Görgün, savunma sanayii", "Norveç"])
def test_decomposed_and_shouted_names_are_the_same_names(name: str, lang: str) -> None:
    plain = [mention.entity for mention in FINDER.find(name, lang)]
    assert plain
    assert [m.entity for m in FINDER.find(unicodedata.normalize("NFD", name), lang)] == plain
    assert [m.entity for m in FINDER.find(name.upper(), lang)] == plain


def test_a_decomposed_mention_keeps_its_last_mark() -> None:
    text = unicodedata.normalize("NFD", "TUSAŞ açıkladı")
    assert FINDER.find(text, "tr")[0].mention == unicodedata.normalize("NFD", "TUSAŞ")


@pytest.mark.parametrize(
    "text",
    [
        "a" * 200_000,
        "TB2 " * 50_000,
        "ドローン" * 50_000,
        "drone " * 40_000,
        "a" + "\u0301" * 90_000,
        "\u202e" * 90_000,
    ],
    ids=["one letter", "platforms", "katakana", "words", "marks", "direction signs"],
)
def test_hostile_text_is_bounded(text: str) -> None:
    cost = least_cpu(lambda: FINDER.find(text, "tr"), under=SECONDS_FOR_A_HOSTILE_PAGE)
    assert cost < SECONDS_FOR_A_HOSTILE_PAGE
