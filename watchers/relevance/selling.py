"""The words that sell, in the three languages that are read, as patterns over folded text.

Folded text is lower case, without accents and with I, ı and İ as i. Every repetition has a bound.
"""

from __future__ import annotations

import re
from typing import Final

# Somebody is asked to buy, order, register or call.
_OFFERS: Final = (
    (
        r"(?<!will )(?<!to )\b(?:buy|order|shop|enrol|enroll|book|register|enquire|inquire|apply) "
        r"(?:it |yours )?(?:now|today)\b(?!-|,? the\b)"
    ),
    r"\b(?:buy|order) (?:\w+ ){0,3}(?:online|before (?:it|they|the stock))\b",
    r"\bfree (?:worldwide )?(?:shipping|delivery|samples?(?! return)|quote|consultation|e-?book|brochure)\b",
    r"\b(?:get|save|enjoy|take) (?:up to )?\d{1,2} ?(?:%|per ?cent|percent) (?:off|discount)\b",
    r"\A\W{0,3}(?:save|get) (?:up to )?[$€£]?\d{1,4} ?(?:%|per ?cent|percent)?\b",
    r"\b(?:use|with) (?:the )?(?:promo |discount |coupon )?code [a-z0-9]{4,12}\b(?<=\w)",
    (
        r"\b(?:coupon|discount code|promo code|cheap replica|best price guaranteed|limited[- ]time offer"
        r"|while stocks last)\b"
    ),
    (
        r"\b(?:request|download|get) (?:a|an|the|your|our) (?:free |full |complete |detailed )?"
        r"(?:sample|brochure|quote|demo|trial|sample (?:pdf|copy|pages)|white ?paper)\b"
    ),
    r"\bdownload (?:a )?(?:free )?(?:sample|pdf)",
    (
        r"\b(?:contact|call|e-?mail) (?:us|our (?:team|sales|experts|office|consultants|specialists))\b"
        r"(?! (?:state|military))"
    ),
    r"\b(?:book|schedule|request) a (?:free )?(?:demo|consultation|call|meeting with our)\b",
    r"\bvisit (?:us at|our (?:stand|booth|website|web site|online shop|showroom))\b",
    r"\b(?:early[- ]bird|seats are limited|places are limited|do ?n[o']t miss (?:out|this|your))\b",
    r"\bfor (?:pricing|a quote|bookings|sales enquiries|sales inquiries)[, ]",
    r"\bhemen (?:siparis|satin al|basvur|kayit ol|kaydol|arayin|inceleyin|alin)",
    r"\b(?:ucretsiz|bedava) (?:kargo|numune|deneme|teklif|danismanlik|e-?kitap|on gorusme)",
    r"\bindirim (?:kuponu|kodu|firsati)|%\s?\d{1,2}'?\w{0,3} (?:varan )?indirim",
    r"\b(?:ayni gun kargo|firsati kacirmayin|yerinizi ayirtin|stoklarla sinirli|siparis verin|teklif alin)",
    r"\b(?:bize ulasin|bizi arayin|bizimle iletisime gecin|iletisime geciniz|web sitemizi ziyaret edin)",
    r"\b(?:detayli bilgi|bilgi ve (?:kayit|siparis|randevu)) icin .{0,60}(?:arayin|ulasin|tiklayin|ziyaret)",
    r"\bkampanya(?:si|miz)? (?:burada|basladi!|devam ediyor)",
    r"送料無料|激安|お買い得|今すぐ(?:ご)?(?:注文|購入|登録|お?申し?込|応募|ダウンロード)|友だち追加",
    r"(?:お問い合わせ|お申し?込み|ご注文|ご相談|ご予約|ご購入)(?:は|を)(?:こちら|お待ち|お気軽|今すぐ)",
    r"お気軽に(?:お問い合わせ|ご相談)|資料請求|無料(?:サンプル|相談|会員登録|プレゼント|体験)|登録は無料",
    r"(?:期間|数量|先着)\d{0,4}(?:名様)?限定(?:価格|特典|割引|セール)|クーポン(?:コード|配布|進呈)|大特価",
)
# The text says of itself that it is paid for.
_PAID: Final = (
    (
        r"(?:\A\W{0,3}|\b(?:article|post|story|feature) (?:is|was) )sponsored by\b"
        r"|\b(?:sponsored (?:content|post|article|feature)|paid (?:content|post|promotion|advertisement)"
        r"|advertorial|branded content|partner content|advertisement feature|promotional feature)\b"
    ),
    r"\b(?:sponsorlu (?:icerik|haber|yazi)|reklam icerigidir|tanitim yazisi|bu bir (?:reklam|ilan)dir)",
    (
        r"[\[【(〔](?:pr|ad|広告|提供)[\]】)〕]|記事広告|タイアップ(?:記事|広告)|広告(?:企画|特集)|pr記事|"
        r"プロモーションを含み|効果には個人差|スポンサード"
    ),
)
# Reports about a market, offered for sale.
_REPORTS: Final = (
    r"\bmarket\b.{0,160}\b(?:cagr|compound annual growth|forecast period)\b",
    r"\b(?:cagr|compound annual growth)\b.{0,160}\bmarket\b",
    (
        r"\bmarket (?:size|research|report|analysis)(?: report)?[,:&–-].{0,40}"
        r"\b(?:share|growth|forecast|trends|outlook|size)\b"
    ),
    (
        r"\b(?:purchase|buy|get|access|view) (?:the |this |our )?(?:full |complete |latest )?"
        r"(?:market )?report\b(?! (?:card|from|by the (?:ministry|court)))"
    ),
    r"\b(?:report|study)\b.{0,40}\b(?:key (?:market )?players|competitive landscape|market dynamics)\b",
    r"\bpazar(?:i|inin|in)?\b.{0,120}\b(?:bilesik yillik|yillik bilesik|cagr|ybbo)",
    r"\b(?:pazar|piyasa) (?:arastirma )?raporu(?:nu|nun)?\b.{0,60}(?:satin al|indir|ornek|inceleyin)",
    r"市場(?:規模|調査|レポート|予測).{0,80}(?:cagr|年平均成長率|年間平均成長率|複合年間成長率)",
    r"(?:調査|市場)レポート.{0,20}(?:発刊|発売|販売(?:中|開始)|購入|無料サンプル)",
)
# Shares that will make the reader rich.
_SHARES: Final = (
    r"\bstocks? to (?:buy|own|grab)\b|\b(?:tiny|penny|secret|hidden[- ]gem) stocks?\b|\bnames? the ticker\b",
    r"\bturn (?:your )?\$[\d,]{1,9} into\b|\binsiders are (?:loading|buying)|\bcapital (?:is )?at risk\b",
    r"\b(?:alinacak|kazandiracak|ucacak|firlayacak) (?:savunma )?(?:hisse|hisseler|hisseleri)\b",
    r"\bhisse (?:onerileri|tavsiyesi)\b",
    (
        r"銘柄.{0,20}(?:おすすめ|爆上|急騰確実|配信中|プレゼント)|(?:おすすめ|秘密の|爆上げ).{0,12}銘柄|"
        r"株おすすめ|爆上がり"
    ),
)
# A firm speaks of what it does for customers.
_OWN: Final = (
    (
        r"\bour (?:consultants|experts|specialists|advisers|advisors|consultancy) "
        r"(?:explain|help|guide|support|can|will|offer|advise|are (?:ready|here|happy))\b"
    ),
    r"\bwe (?:help|guide|advise|assist) (?:you|your|clients|companies|firms|investors|foreign|suppliers)\b",
    r"\bwe (?:offer|provide) (?:you\b|your\b|clients|tailor|turnkey|one-stop|end-to-end|bespoke)",
    (
        r"\b(?:specialis|specializ)es in (?:securing|helping|assisting|guiding|advising|supporting)\b.{0,300}"
        r"\b(?:clients|firms|companies|investors|suppliers|businesses|incentives)\b"
    ),
    r"\b(?:trust|choose|partner with) (?:us|our) (?:to|for|team|experts)\b|\byour trusted partner\b",
    (
        r"\b(?:uzmanlarimiz|danismanlarimiz|ekibimiz|sirketimiz|firmamiz)\b.{0,90}"
        r"(?:destek (?:veriyor|oluyor|sunuyor)|yardimci oluyor|hizmet (?:ver|sun)\w{2,8}|yaninizda)"
    ),
    (
        r"\b(?:musterilerimize|yatirimcilara|firmalara) .{0,60}(?:hizmet|destek|cozum)\w{0,8} "
        r"(?:sunuyoruz|veriyoruz|sagliyoruz)\b"
    ),
    r"(?:弊社|当社|私たち).{0,60}(?:ご(?:支援|提案|提供|案内|相談)|お(?:手伝い|任せ|客様)|サポートいたし)",
)
SELLING: Final = re.compile("|".join((*_OFFERS, *_PAID, *_REPORTS, *_SHARES, *_OWN)))

# Two of these in one sentence are an advertisement; each alone is in the news.
AD_SIGNS: Final = re.compile(
    r"\b(?:best offer|best price|price list|cheap|discount|deals|replica|model kit|wholesale|in stock"
    r"|worldwide delivery|order today|webinar|register|en ucuz|fiyatlari|taksit|kupon|kampanya|indirim|kargo)"
    r"\b|特価|割引|通販|最安値|在庫あり|ポイント還元|おすすめ\d"
)
# Of a firm whose people the text quotes: what it does for others.
SERVICE: Final = re.compile(
    r"\b(?:specialises|specializes|offers (?:clients|firms|companies|investors|tailor|turnkey)"
    r"|helps (?:clients|firms|companies|investors|foreign|suppliers)|advises (?:clients|firms|companies)"
    r"|guides (?:clients|firms|companies|investors)|stands ready to help (?:clients|firms|companies)"
    r"|(?:firmalara|sirketlere|yatirimcilara) .{0,60}(?:hizmet|destek|danismanlik) (?:veriyor|sunuyor)"
    r"|musterilerine .{0,60}sunuyor)|(?:企業|お客様|事業者)(?:に|を|の).{0,30}(?:支援|サービスを提供)して"
)
SPEAKER: Final = re.compile(
    r"\b(?:[Pp]artner|[Dd]irector|CEO|[Ff]ounder|[Cc]hief [A-Z]?\w{1,12}(?: [Oo]fficer)?"
    r"|[Cc]onsultant|[Pp]resident|[Cc]hairman|[Hh]ead(?: of \w{1,20})?)(?:,)? (?:at|of) "
    r"(?P<firm>[A-ZÇĞİÖŞÜ][\w&.-]{1,30}(?: [A-ZÇĞİÖŞÜ][\w&.-]{1,30}){0,3})"
)
PRAISE: Final = re.compile(
    r"\b(?:landmark|unprecedented|dramatically|powerhouse|cutting-edge|state-of-the-art|world-class"
    r"|game-chang(?:er|ing)|revolutionary|unrivalled|unrivaled|unparalleled|unmatched|best-in-class"
    r"|industry-leading|market-leading|renowned|pioneering|exponential|seamless(?:ly)?|turnkey|one-stop"
    r"|groundbreaking|trailblazing|highly attractive|significant doors|new avenues|strategically essential"
    r"|benzersiz|essiz|rakipsiz|dunya lideri|sektorun (?:oncusu|lideri)|ustun kalite|son teknoloji"
    r"|cigir acan|devrim niteliginde|kusursuz|dunya standartlarinda|anahtar teslim|en iyi cozum)\b"
    r"|業界(?:no|随一|最高|最先端|屈指)|世界最高(?:峰|水準)|圧倒的|画期的|革新的|唯一無二|比類な|最高品質|極上"
)
# The reader's trade is told to act.
URGING: Final = re.compile(
    r"\b(?:suppliers|companies|firms|investors|manufacturers|businesses)\b.{0,160}"
    r"(?:\bhas become (?:\w+ )?(?:essential|indispensable)\b|\bmust immediately\b"
    r"|\bcannot afford to (?:wait|miss))"
    r"|\b(?:firmalar|sirketler|yatirimcilar)\b.{0,120}\b(?:kacinilmaz hale gel|vakit kaybetmeden)"
)
