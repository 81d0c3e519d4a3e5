"""Why an article that named a watched word was left out of a digest, in the languages the bot speaks."""

from __future__ import annotations

from typing import Final

PHRASES: Final[dict[str, tuple[str, str, str]]] = {
    "left_out_names": (
        "names {words}, but its relevance is {score}{why}",
        "{words} geçiyor, ama ilgililiği {score}{why}",
        "「{words}」を含むが関連度は{score}{why}",
    ),
    "left_out_rule": (
        "meets a rule, but its relevance is {score}{why}",
        "bir kurala uyuyor, ama ilgililiği {score}{why}",
        "ルールに一致したが関連度は{score}{why}",
    ),
    "left_out_why": (": {reason}", ": {reason}", "：{reason}"),
    # what speaks most against it; in English the reason's own words are said
    "against.base": (
        "most news is about other things",
        "haberlerin çoğu başka konularda",
        "ニュースの大半は別の話題",
    ),
    "against.typical": ("unlike the exemplars", "örneklere benzemiyor", "見本記事に似ていない"),
    "against.margin": (
        "no closer to the exemplars than to general news",
        "örneklere genel haberlerden daha yakın değil",
        "見本記事より一般ニュースに近い",
    ),
    "against.margin_defence": (
        "no closer to the exemplars than to other defence news",
        "örneklere öteki savunma haberlerinden daha yakın değil",
        "見本記事より他の防衛ニュースに近い",
    ),
    "against.concept": (
        "shares no names or ideas with the exemplars",
        "örneklerle ortak ad ya da konu yok",
        "見本記事と共通する名称や話題がない",
    ),
    "against.named": (
        "names none of the exemplars' people or systems",
        "örneklerdeki kişi ve sistemlerin hiçbiri geçmiyor",
        "見本記事の人物や装備への言及がない",
    ),
    "against.abroad": (
        "no system or maker of theirs abroad",
        "onların yurt dışındaki sistemi ya da üreticisi yok",
        "関係国の装備や企業の国外での動きではない",
    ),
    "against.place": (
        "not about the exemplars' countries",
        "örneklerdeki ülkelerle ilgili değil",
        "見本記事の国々に関するものではない",
    ),
    "against.sides": (
        "does not bring the exemplars' countries together",
        "örneklerdeki ülkeleri bir araya getirmiyor",
        "見本記事の国々の間の話ではない",
    ),
    "against.who_subject": (
        "nobody of theirs with their kind of system",
        "onların tür sistemleriyle ilgili tanıdık kimse yok",
        "関係者が同種の装備に関わる話ではない",
    ),
    "against.whole": (
        "not the exemplars' countries in their matter",
        "örneklerdeki ülkeler aynı konuda bir arada değil",
        "見本記事の国々の同じ話題ではない",
    ),
    "against.lone": (
        "little of what the exemplars are about",
        "örneklerin konusundan pek az şey var",
        "見本記事の内容との重なりが少ない",
    ),
    "against.elsewhere": (
        "about defence matters that the exemplars never touch",
        "örneklerin hiç değinmediği savunma konularıyla ilgili",
        "見本記事が扱わない防衛の話題",
    ),
    "against.foreign": (
        "about a system of another country and kind",
        "başka ülkenin başka tür bir sistemiyle ilgili",
        "別の国の別種の装備に関するもの",
    ),
    "against.other": (
        "words of sport, culture, consumer or court pages",
        "spor, kültür, tüketici ya da mahkeme sayfalarının sözleri",
        "スポーツ・文化・消費・裁判面の言葉が多い",
    ),
    "against.civil": ("about civil matters", "sivil konularla ilgili", "民生の話題"),
    "against.stuffed": (
        "a list of watch words rather than sentences",
        "cümlelerden çok izlenen kelimelerin bir listesi",
        "文章というより監視語の羅列",
    ),
    "against.bent": (
        "leans away from the exemplars' kind of doings",
        "örneklerdeki tür işlerden uzak",
        "見本記事のような動きとは異なる",
    ),
    "against.done": (
        "tells of no doings like the exemplars'",
        "örneklerdekine benzer bir işten söz etmiyor",
        "見本記事のような動きを伝えていない",
    ),
    "against.undone": (
        "tells of doings foreign to the exemplars alone",
        "yalnızca örneklere yabancı işlerden söz ediyor",
        "見本記事と無縁の動きだけを伝える",
    ),
    "against.gate": (
        "names nothing of the exemplars itself",
        "örneklerden hiçbir şeyin adı geçmiyor",
        "見本記事の名称が本文に出てこない",
    ),
    "against.promotion": ("promotional", "tanıtım amaçlı", "宣伝色が強い"),
    "against.votes": (
        "this channel's votes",
        "bu kanalın oyları",
        "このチャンネルの投票",
    ),
}
