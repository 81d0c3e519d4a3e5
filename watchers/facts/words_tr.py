"""The words of saying in Turkish: verbs, where their subjects end, media, sources without a name, hedges."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re

from watchers.facts.passage import CAP

# Verbs of saying as stems: what a person does, and the same in the passive.
_STEMS = (
    r"söyle|vurgula|açıkla|doğrula|yalanla|hatırlat|anlat|aktar|belirt|kaydet|kayded|duyur|bildir|yaz|savun|uyar|paylaş|yanıtla|cevapla|yorumla|ekle|"
    r"reddet|redded|ifade\se[td]|iddia\se[td]|(?:öne|ileri)\ssür|dile\sgetir|teyit\se[td]|itiraf\se[td]|tahmin\se[td]|ilan\se[td]|işaret\se[td]|müjdele|altını\sçiz|dikkat\sçek|"
    r"(?:bilgi(?:si|leri)?ni|bilgi|demeç|haber|sözünü|güvencesini|mesajını|müjdesini|yanıtını|cevabını)\s(?:ver|paylaş|aktar)|(?:açıklama|değerlendirme|iddia|yorum|uyarı|paylaşım)(?:lar)?(?:[ıiuü]?s?[ıiuü]n)?d?[ae]?\s?bulun|(?:değerlendirmesini|yorumunu|açıklamasını|uyarısını)\syap|(?:eleştir|suçla)"
)
_STEMS_PASSIVE = r"denil|den(?=ildi|iyor)|söylen|belirtil|bildiril|ifade\sedil|kaydedil|açıklan|duyurul|aktarıl|vurgulan|öğrenil|(?:öne|ileri)\ssürül|iddia\sedil|konuşul|yazıl|söz\sedil|dile\sgetiril|savunul|paylaşıl|hatırlatıl|anlatıl|yer\sveril|dayandırıl|teyit\sedil|doğrulan|bahsedil|gösteril|savunul"
# The forms in which a verb of saying ends a clause, or leads up to one: past, hearsay, present, "-erek", "-en", "-ip".
_FORMS = r"(?:(?:[dt][ıiuü]|m[ıiuü]ş)(?:t[ıiuü])?(?:l[ae]r)?|[ıiuü]?yor(?:du|lar)?|m[ae]kte(?:dir|ydi)?|y?[ae]r[ae]k|y?[ae]n|y?[ıiuü]p)"
# Somebody says so: finite, "-erek" and "-en" forms.
ACTIVE = (
    rf"(?:(?:{_STEMS}){_FORMS}|de(?:di|mişti|diler|mekte)|diyerek|diyor(?:du|lar)?|(?:söylü|belirti|aktarı|vurgulu|açıklı|savunu|anlatı|duyuru|bildiri|yazı|ekli)yor(?:du|lar)?|ifade(?:sini|lerini|sine|lerine|leriyle)\s(?:kullan(?:dı|an|arak)|yer\sverdi)|"
    r"açıklayacak|konuş(?:tu|an)|itiraf\setti|geçti(?=\Z|[.;])|açıklama\syap(?:tı|an|arak)|söz\se(?:tti|diyor)|bahse(?:tti|diyor))"
)
# It is said, by whoever gave the statement or by nobody named.
PASSIVE = rf"(?:(?:{_STEMS_PASSIVE}){_FORMS}|den(?:iyor|ildi|mekte)|yer\sal(?:dı|ıyor|mıştı)|geçiyor|yazıyor)"
SAYS = re.compile(rf"(?<!\w)(?:(?P<active>{ACTIVE})|(?P<passive>{PASSIVE}))(?:r|lar|ler|dir|dır)?(?!\w)")
TELLS = re.compile(
    rf"(?<!\w)göre(?!\w)|{SAYS.pattern}|iddia|söylenti|doğrulan(?:a|ma)|bekl|öngör|tahmin|hedefl|m[ıiuü]ş(?:l[ae]r)?[.;]|söylen|yalanla|reddet|[\"“]"
)

TITLED = rf"(?:(?:{CAP}|ve|eski|[a-zçğıöşü]+)\s){{0,7}}?(?:{CAP})(?:[ \u00a0]{CAP}){{0,4}}"
# "X'e göre", "X'in haberine göre", "kaynaklara göre"; what stands between is what the words come from.
GORE = re.compile(
    rf"(?:(?P<name>(?:{CAP}|ve|[a-zçğıöşü]+(?=\s[A-ZÇĞİÖŞÜ]))(?:[ \u00a0](?:{CAP}|ve|[a-zçğıöşü]+(?=\s[A-ZÇĞİÖŞÜ]))){{0,7}})(?:['’](?P<case>\w{{1,5}}))?|(?P<plain>(?:[\w’']+\s){{0,3}}?[a-zçğıöşü]\w*))"
    r"(?:\s(?:(?:\w+[dt][ıiuü]ğ[ıiuü]|çıkan|yer\salan|son|resmî|resmi|yazılı|yıllık)\s){0,2}(?P<via>(?:haber|açıklama|veri|rapor|tahmin|iddia|ifade|söz|değerlendirme|bilgi|hesap|belge|beyan|duyuru|bildirim|paylaşım|analiz|istatistik|rakam|araştırma|anlatım|yorum|aktarım)(?:l[ae]r)?(?:s?[ıiuü])?|\w{2,}[dt][ıiuü]ğ[ıiuü])(?:n[ae]|y[ae]|(?<=[ğklrmz])[ae]|[ae]))?,?\sgöre(?!\w)"
)
# "Yerel basında çıkan haberlere göre", "sosyal medyada … iddia edildi": where it was said is who says it.
PRESS = re.compile(
    r"(?<!\w)(?:(?P<owner>[A-ZÇĞİÖŞÜ]\w+(?:\s[A-ZÇĞİÖŞÜ]\w+){0,3}?)['’]?n?[ıiuü]n\s\w+[dt][ıiuü]ğ[ıiuü]\s)?(?P<np>(?:(?:[Yy]erel|[Ss]osyal|[Uu]lusal|[Yy]abancı|[Bb]azı|[Kk]imi|[A-ZÇĞİÖŞÜ]\w+)\s){0,2}(?:[Bb]asın|[Mm]edya|[Gg]azete(?:ler)?|[Hh]aber(?:ler)?|[Rr]apor|[Bb]elge(?:ler)?|[İi]lan|[Şş]artname|[Ii]nternet))(?:[ıiuü]n)?[dt][ae](?:ki)?(?!\w)"
)
DOCUMENT = re.compile(r"[Rr]apor|[Bb]elge|[İi]lan|[Şş]artname")
# More words than these between a medium and "göre" belong to something else.
PRESS_WORDS = 4
FROM = re.compile(
    rf"(?P<name>(?:{CAP}|ve)(?:[ \u00a0](?:{CAP}|ve)){{0,6}}|[A-ZÇĞİÖŞÜ]\w+(?:\s[a-zçğıöşü]\w+)?[ıiuü](?=n[dt][ae]n\s)|[Şş]irket|[Bb]akanlık|[Oo]rdu|[Ff]irma)(?:['’]?(?:n?[dt][ae]n|nc[ae]|c[ae]))?\s(?:tarafından\s)?(?:yapılan|yayımlanan|yayınlanan|paylaşılan|KAP['’]a\sgönderilen|gelen)\s(?:[\w’']+\s){{0,2}}?(?P<act>açıklama|duyuru|bildirim|paylaşım|bilgilendirme)(?:da|de|ya|ye|larda|lerde)?"
)
OWN = re.compile(
    rf"(?P<name>{CAP}(?:[ \u00a0]{CAP}){{0,6}})['’]?n?[ıiuü]n\s(?:[\w’']+\s){{0,2}}?(?P<act>açıklama|duyuru|rapor|haber|paylaşım)(?:sında|sına|unda|inde|ında)"
)
CARRIED = re.compile(
    r"(?:(?<=^)|(?<=[.;]\s))(?P<act>Açıklama|Haber|Duyuru|Raporda|Bildiri|Paylaşım)(?:da|de|nın|ın|in)?(?!\w)"
)
# "diyen X", "konuşan X": the speaker stands behind the participle.
BEHIND = re.compile(
    rf"(?:diyen|(?:söyle|vurgula|açıkla|yanıtla|paylaş|doğrula|yalanla|savun)y?[ae]n|belirten|aktaran|ifade\seden|kaydeden|bildiren|hatırlatan|duyuran|konuşan|cevaplayan|değerlendiren|katılan|veren)\s(?:{CAP}(?:[ \u00a0]{CAP}){{0,3}}['’]n?[ıiuü]n\s(?:[a-zçğıöşü]+\s){{1,4}}(?={CAP}\s{CAP}))?(?P<np>{TITLED}|[a-zçğıöşü]+(?:\s[a-zçğıöşü]+)?)(?=,|\s|\.|\Z|['’])"
)
# "… imzalandığını Bakan Deniz Alkan dün açıkladı": the subject stands behind its object.
OBJECT_FIRST = re.compile(
    rf"\w(?:[dt][ıiuü]ğ[ıiuü]|[ae]c[ae]ğ[ıiuü])n[ıiuü]\s(?:ise\s)?(?P<np>{CAP}(?:\s{CAP}){{0,6}})(?=\s[a-zçğıöşü])"
)
# A subject with what follows it cut off: up to its last word in capitals.
UP_TO_NAME = re.compile(rf".*?{CAP}(?=\s[a-zçğıöşü][^A-ZÇĞİÖŞÜ]*\Z)")
COLON = re.compile(rf"(?P<np>{TITLED}):\s?(?=[\"“])")
INVERTED = re.compile(
    rf"[”\"»]\s(?:dedi|diyor|diye\skonuştu|diye\sekledi)\s(?P<np>(?:[\w’'-]+\s){{0,8}}{CAP}|[\w’'-]+(?:\s[\w’'-]+){{0,3}})(?=[.,]|\Z)"
)
OPENING = re.compile(r"(?:Ancak|Ayrıca|Öte\syandan|Bu\sarada|Buna\skarşın|Bunun\süzerine)\s*,?\s")
INITIAL = re.compile(rf"(?P<np>(?:{CAP})(?:[ \u00a0](?:{CAP}|ve|eski|adlı)){{0,8}})(?:['’]\w{{1,6}})?")
# "Bazı savunma siteleri … ileri sürdü": some of a kind, up to its plural.
SOME = re.compile(
    r"(?P<np>(?:Bazı|Birçok|Birkaç|Kimi)\s(?:[a-zçğıöşü]+\s){0,3}?[a-zçğıöşü]*l[ae]r(?:[ıi])?)(?=\s|,)"
)
SEGMENT = re.compile(
    r"(?P<np>(?:[^,;:\"“”.]|(?<=\d)[.,](?=\d)){2,110}?)(?:,(?!\d)|\sise\s|\sda\s(?=[\"“])|\sde\s(?=[\"“])|\s(?=[\"“]))"
)
# Where, when or how, and no subject: a case ending, a converb, a time.
ADVERBIAL = re.compile(
    r"(?:['’]?(?:[dt][ae]n?|n[dt][ae]n?|y?l[ae]|a|e|ya|ye|na|ne)|(?:a|e)rken|ken|(?:y?[ae]r[ae]k)|(?:ınca|ince|unca|ünce)|sonra|önce|göre|için|günü|sabahı|akşamı|hafta|ay|yıl|dün|bugün|itibarıyla|karşın|rağmen|üzere|olarak|ise|ki|nın|nin|nun|nün)\Z"
)
CASED_NAME = re.compile(
    r"['’](?:n?[dt][ae]n?|y?l[ae]|[ae]|y[ae]|n[ae]|n?[ıiuü]n|n?[ıiuü])\Z|(?:ı|i|u|ü)n[dt][ae]n?\Z|\A(?:Açıklamada|Ayrıca|Dün|Bugün|Törende|Toplantıda|Haberde|Konuşmasında|Açıklamasında|Geçen|Ardından|Böylece)\Z"
)
TAIL = re.compile(
    r"\s(?:basını|medyası|gazeteleri|hükümeti|ordusu|yönetimi|parlamentosu|kaynakları|yetkilileri|yetkilisi|donanması|makamları|mahkemesi|meclisi|tarafı|ajansı|gazetesi|dergisi|televizyonu|kanalı|sözcüsü|şirketi|firması|bakanlığı|lideri|milletvekili)(?!\w)"
)
VENUE = re.compile(
    rf"(?P<medium>{CAP}(?:[ \u00a0]{CAP}){{0,3}})(?:['’](?:y?[ae]|n[ae]|n[ıiuü]n))?\s(?:(?:verdiği|yaptığı)\s(?:[\w’']+\s){{0,2}}?(?P<kind>röportaj|demeç|açıklama|mülakat|söyleşi)\w*|konuşan|demeç\sveren|muhabirine|gazetesine|televizyonuna|canlı\syayınında)"
    r"|(?P<social>sosyal\smedya|X|Twitter|NSosyal|Telegram)\s(?:hesabından|hesabında|platformunda|üzerinden|paylaşımında)?\s?(?:(?:yaptığı|yapılan)\s)?(?:açıklama|paylaşım|mesaj)?\w*"
    r"|(?<!\w)(?P<event>basın\stoplantısı|yazılı\saçıklama|basın\saçıklaması|soru\sönergesi|röportaj|demeç|konuşma(?=sında))\w*"
)
SOCIAL = re.compile(
    r"sosyal\smedya|(?<!\w)(?:X|Twitter|NSosyal|Telegram)\s(?:hesab|platform|üzerinden|paylaş)"
)
MEDIUM = re.compile(
    r"(?:[Bb]asın|[Gg]azete|[Dd]ergi|[Aa]jans|[Mm]edya|[Tt]elevizyon|[Rr]adyo|[Hh]aber|[Ss]ite)(?:\w{0,8})(?!\w)"
)
UNNAMED = re.compile(
    r"(?:[Kk]aynak|[Yy]etkili|[Uu]zman|[Aa]nalist|[Dd]iplomat|[Ss]öylenti|[Ii]ddia|[Tt]anık|[Gg]örgü(?=\s|sü)|[Uu]nsur)\w{0,8}(?!\w)"
)
PERSON_NOUN = re.compile(
    r"(?:Bakan|Başkan|Komutan|Genel Müdür|Cumhurbaşkanı|Başbakan|Sözcü|Büyükelçi|Milletvekili|Vali|General|Amiral|Üst Yönetici|Müsteşar|Müdür|Sekreter|Yetkili)\Z"
)
MEDIUM_NOUN = re.compile(r"(?:Gazete|Dergi|Ajans|Haber|Kanal|Site)\Z")
FIRM_NOUN = re.compile(r"(?:Şirket|Firma|Üretici|Tersane|Kuruluş)\Z", re.IGNORECASE)

ALLEGED = re.compile(r"iddia\se|(?:öne|ileri)\ssür|söylenti|doğrulanma|iddiası|iddialara")
REPORTED = re.compile(
    r"söyleni(?:yor|lmekte)|m[ıiuü]ş(?:l[ae]r)?(?=[.;]|\Z)|öğrenil|konuşuluyor|haberlere|basına\syansı|kaynaklar|haberine\sgöre"
)
EXPECTED = re.compile(
    r"planla(?:nıyor|nmakta)|y?[ae]bilec|hedefl(?:iyor|ediği|ediklerini|eniyor|endiği)|bekl(?:iyor|ediği|ediklerini)|beklen(?:iyor|diği|mekte|ildiği|mişti)|öngörül(?:üyor|düğü)|tahmin\sedil|bekleni"
)
DENIES = re.compile(r"yalanla(?:dı|mıştı|yan|yarak|ndı)|redde(?:tti|derek|den|dildi|tmişti)")
# Said of what somebody has told in the sentence before.
UNVERIFIED = re.compile(
    r"(?:iddia|bilgi|haber|açıklama|rakam|bu)\w*\s(?:[\w’']+\s){0,3}?(?:doğrulan(?:a)?ma|teyit\sedil(?:e)?me)(?:dı|di|mış|miş|yor)",
    re.IGNORECASE,
)
# A sentence that only says whose the words before it are.
BARE = re.compile(
    r"\A(?=[^.]{5,140}\Z|[^.]{5,140}\.\s*\Z)(?:Bunu|Bu\s(?:bilgi|karar|rakam|gelişme|haber|iddia)\w*|(?:Karar|Bilgi|Rakam|Gelişme|Haber|Anlaşma|İddia|Açıklama)\w*[ıiuüy][ıiuü]?)\s[^;\"“]{3,100}?\s(?:açıkla|duyur|söyle|paylaş|bildir|aktar|doğrula|yaz|yap|dile\sgetir|ver)\w*[dt][ıiuü]\.?\s*\Z"
)
# "Şirketin genel müdürü Selin Dora": what is before the name says whose.
OWNED_TITLE = re.compile(rf"\A\w+(?:['’]\w+|[ıiuü]n)\s(?:[a-zçğıöşü]+\s){{1,4}}(?={CAP}[ \u00a0]{CAP})")
# "Bakan Deniz Alkan": the title alone says nothing that the name does not.
BARE_TITLE = re.compile(rf"\A(?:Bakan|Başkan|Komutan)\s(?={CAP})")
# Words of time and place between a subject and what is said: "törende", "salı günü", "yaptığı konuşmada".
PEELED = re.compile(
    r"\s[a-zçğıöşü]\w*(?:[dt][ae]|sabahı|akşamı|gecesi|günü|dün|bugün|önce|sonra|ayrıca|daha)\Z"
)


def plain_source(words: str) -> str:
    """Cut the dative off sources without a name: "kaynaklara", "habere"."""
    return re.sub(
        r"(?<=lar)a\Z|(?<=ler)e\Z|(?<=haber)e\Z|(?<=iddia)ya\Z|(?<=ları)na\Z|(?<=leri)ne\Z", "", words
    )


def without_case(name: str, *, dative: bool = False) -> str:
    """Cut a case ending that stands without an apostrophe, as in "Komutanlığından"."""
    bare = re.sub(r"['’]\w{1,6}\Z", "", name)
    bare = re.sub(
        r"(?<=[ıiuü])n[dt][ae]n\Z|(?<=[ıiuü])nc[ae]\Z|(?<=[ıiuü])n[ıiuü]n\Z|(?<=[kt])t[ae]n\Z", "", bare
    )
    return re.sub(r"(?<=[ıiuü])n[ae]\Z|(?<=[ae])y[ae]\Z", "", bare) if dative else bare
