"""Nouns that tell what a number counts, and what it only measures, in three languages."""

# A pattern broken over lines is harder to check than a long one.
# ruff: noqa: E501

from __future__ import annotations

import re

# Head nouns of machines. A name right before one is a platform, a number before one counts them.
MACHINES_EN = (
    r"(?:air(?:craft|frames?|lifters?|ships?)|planes?|jets?|fighters?|bombers?|trainers?|interceptors?|tankers?|"
    r"gunships?|helicopters?|choppers?|rotorcraft|tiltrotors?|drones?|UAVs?|UCAVs?|UAS|UGVs?|USVs?|UUVs?|quadcopters?|"
    r"munitions?|loitering munitions?|tanks?|MBTs?|IFVs?|APCs?|vehicles?|carriers?|trucks?|howitzers?|mortars?|guns?|"
    r"cannons?|launchers?|missiles?|rockets?|bombs?|torpedo(?:es|s)?|mines?|shells?|rounds?|warheads?|interceptors?|"
    r"frigates?|corvettes?|destroyers?|cruisers?|submarines?|boats?|ships?|vessels?|escorts?|minehunters?|minesweepers?|"
    r"cutters?|tugs?|gunboats?|tenders|landers?|speedboats?|loitering weapons?|decoys?|effectors?|jammers?|pods?|sets|bulldozers?|excavators?|ambulances?|tractors?|motorcycles?|"
    r"hovercraft|landing craft|barges?|radars?|sonars?|sensors?|satellites?|batter(?:y|ies)|robots?|simulators?|"
    r"turbofans?|engines?|turrets?|systems?|airframes?|gliders?|balloons?|platforms?)"
)
_COUNTED_EN = (
    r"units?|countries|nations|companies|firms|suppliers|customers|bidders|vendors|contractors|manufacturers|makers|producers|shipyards|yards|operators|buyers|clients|start-ups|startups|laboratories|bids|sites|bases|plants|factories|types|"
    r"models|variants|pieces|items|sets|pairs|squadrons?|battalions?|brigades?|regiments?|companies|crews?|pilots?|"
    r"soldiers?|troops|personnel|sailors|marines|engineers|employees|workers|staff|jobs|people|civilians|children|"
    r"technicians|mechanics|instructors|trainees|specialists|advis[eo]rs|airmen|weapons|recruits|reservists|conscripts|officers|prisoners|casualties|deaths|violations|incidents|sorties|flights|attacks|"
    r"strikes|tests|launches|towers|stations|terminals|kits|pods|rifles|pistols|goggles|vests|helmets|parts|twin-seaters?|"
    r"single-seaters?|hulls?|cells?|tubes?|wagons?|trailers?|bridges?|shelters?|cameras?|antennas?|crates?|containers?|"
    r"delegates|exhibitors|visitors|subcontractors|universities|houses|homes|buildings|orders|contracts|lots"
)
ADJECTIVE_EN = (
    r"(?:more|new|additional|further|extra|used|second-hand|surplus|operational|serial|main|battle|light|heavy|medium|"
    r"armed|armou?red|unmanned|uncrewed|combat|attack|strike|reconnaissance|surveillance|transport|training|trainer|"
    r"jet|fighter|fighter-bomber|stealth|multirole|multi-role|patrol|loitering|anti-ship|anti-tank|anti-aircraft|"
    r"anti-submarine|cruise|ballistic|surface-to-air|air-to-air|air-to-ground|air-defen[cs]e|air|defen[cs]e|guided|"
    r"wheeled|tracked|self-propelled|towed|rocket|artillery|maritime|naval|coastal|offshore|mine|countermeasures?|"
    r"infantry|fighting|personnel|troop|personnel-carrying|logistics|support|utility|search-and-rescue|first-person-view|"
    r"FPV|kamikaze|one-way|long-range|short-range|medium-range|medium-altitude|high-altitude|long-endurance|advanced|"
    r"basic|turboprop|carrier-based|ship-based|land-based|nuclear-powered|nuclear|diesel-electric|conventional|"
    r"fast|missile|destroyer|frigate|landing|amphibious|assault|airborne|early|warning|ground|aerial|autonomous|"
    r"semi-autonomous|turbofan|ship|sea|border|wheeled|off-road|battle-proven|combat-proven|supersonic|hypersonic|"
    r"portable|man-portable|shoulder-fired|laser|laser-guided|top|modern|modernised|modernized|upgraded|refurbished|"
    r"hull-mounted|drone|helicopter|tank|recovery|engineering|command|medical|police|civilian|medium-lift|heavy-lift)"
)

_STOP_EN = (
    r"years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|centuries|quarters?|times?|sides?|parties|leaders?|"
    r"ministers?|ways?|points?|percent|per|degrees?|sources?|allies|partners?|governments?|rivals?|talks|sessions?|"
    r"rounds of|presidents?|officials?|options?|things?|reasons?|issues?|questions?|steps?|others?|generations?|phases?|"
    r"stages?|halves|thirds?|fold|cases|elements|areas|fronts|capitals|neighbours|neighbors|billions?|millions?|"
    r"thousands|hundreds|tenths?|fifths?|dozens|o'clock|am|pm|GMT|UTC|Hz|GHz|generals?|envoys?|ambassadors?|visits?|"
    r"meetings?|votes?|pages?|cents?|pence|sorts?|kinds?|goals?|aims?|priorities|teams?|members?|sons|brothers|"
    r"economies|powers|states of|is|was|has|does|as|this|its|us|series|less|species|politics|news|previous|plus"
)
COUNTED_EN = re.compile(rf"(?:{MACHINES_EN}|{_COUNTED_EN})\b")
STOP_EN = re.compile(rf"(?:{_STOP_EN})(?![\w-])", re.IGNORECASE)
# A word that cannot stand between a number and the noun it counts.
_NOT_BETWEEN = (
    r"(?:of|the|an?|to|in|on|at|for|with|without|by|from|as|and|or|but|nor|than|that|which|who|whose|where|when|while|"
    r"has|have|had|is|are|was|were|be|been|will|would|can|could|may|might|must|shall|should|do|does|did|not|"
    r"said|says|told|its|their|his|her|our|this|these|those|per|each|after|before|during|since|until|over|under|"
    r"into|onto|about|against|between|through|if|it|he|she|they|we|you|ago|later|more than)"
)
# Plural words that describe what follows; any other plural is itself what is counted.
_PLURAL_MODIFIER = r"(?:systems|operations|communications|munitions|arms|forces|sales|countermeasures|electronics|[a-z]+ics|[a-z]*s[a-z]*(?:ss|us|is))"
MODIFIER_EN = (
    rf"(?:(?!(?:{_NOT_BETWEEN}|{_STOP_EN})(?![\w-]))(?:{_PLURAL_MODIFIER}|[a-z][\w’'-]*[a-rt-z0-9]))"
)
# What only a clause about handing over can make countable: any plural but an abstract one.
OPEN_NOUN_EN = (
    r"(?![a-z-]+(?:tions|sions|ments|ities|nesses|ances|ences|isms|doms|hoods|ings|ways|gains|aims|rules|laws|deals|wins|"
    r"seasons|harvests|games|matches|laps|innings|chapters|episodes|songs|films|books)\b)[a-z]{3,}(?:[^s\W]s|ies|xes|ches|men)\b"
)
PEOPLE_EN = (
    r"(?:people|persons|men|women|sources|officials|officers|ministers|secretaries|leaders|presidents|premiers|generals|admirals|"
    r"diplomats|envoys|ambassadors|lawmakers|legislators|senators|deputies|executives|analysts|experts|spokes\w+|delegates|"
    r"negotiators|chiefs|commanders|colleagues|counterparts|aides|bankers|traders|brothers|sisters|friends|rivals|insiders|"
    r"companies|firms|countries|nations|states|capitals|governments|ministries|parties|sides|neighbou?rs|allies|partners|navies|armies|forces)"
)

# Units of time, length, mass … : a number before one is used up and never counted.
MEASURE = {
    "en": re.compile(
        r"[\s-]?(?:years?|months?|weeks?|days?|hours?|hrs?|minutes?|mins?|seconds?|decades?|centuries|nights?|"
        r"km|kilomet(?:re|er)s?|miles?|mi|nautical|nm|nmi|met(?:re|er)s?|m|cm|mm|centimet\w+|millimet\w+|feet|foot|ft|"
        r"inch(?:es)?|yards?|kg|kgs|kilo(?:gram(?:me)?)?s?|grams?|tonnes?|tons?|t|lbs?|pounds?|knots?|kts?|kn|mph|kph|km/h|"
        r"degrees?|horsepower|hp|kW|MW|GW|kilowatts?|megawatts?|litres?|liters?|gallons?|barrels?|hectares?|acres?|"
        r"square|cubic|G?Hz|MHz|kHz|volts?|°C?|times|o['’]clock|a\.?m\.?|p\.?m\.?|GMT|UTC|th|st|nd|rd|"
        r"(?:consecutive |full |working |calendar )?(?:years?|months?|weeks?|days?|hours?))\b(?!-)"
        r"|[\s-](?:year|month|week|day|hour|minute|mile|kilomet(?:re|er)|met(?:re|er)|ton|tonne|foot|inch|knot|mm|km|m|kg)-"
        r"|[\s-](?:year|month|week|day|hour|minute|point)s?[\s-](?:old|long|term|plan|deal|contract)|x\d|[-/]\d"
    ),
    "tr": re.compile(
        r"\s?(?:yıl|yaş|ay|hafta|gün|saat|dakika|saniye|kilometre|km|metre|metrekare|dönüm|santim|milim|mil\b|deniz mil|"
        r"feet|fit\b|ton|kilogram|kilo|kg|gram|litre|varil|beygir|hp|knot|derece|kilovat|megavat|kW|MW|mm|cm|m\b|asır|"
        r"kat\b|katın|katlı|defa|kez|kere|puan|sefer|mach|bar\b|volt|GHz|MHz|inç|kuşak|nesil|nci|ncı|uncu|üncü|['’](?:inci|ıncı|nci|ncı|uncu|üncü))"
    ),
    "ja": re.compile(
        r"\s?(?:年|[カかヵヶケ]月|週|日|時間?|分|秒|キロ|km|ｋｍ|メートル|ｍ|センチ|ミリ|海里|マイル|トン|kg|ｋｇ|グラム|ノット|フィート|"
        r"馬力|ワット|リットル|度|歳|回|代|世代|番|号|位|倍|期|世紀|cm|mm|m(?![A-Za-z])|メガ|ギガ|ヘルツ|平方|立方|頁|ページ|丁目|条|次|人工|等|軸|時|月)"
    ),
}
# What precedes a number that names something: an article, a flight, a resolution, a telephone.
NAMING = {
    "en": re.compile(
        r"(?:\b(?:No|Nos|number|Article|Section|Resolution|Flight|Route|Highway|Contract|modification|page|chapter|phase|"
        r"Phase|Block|Type|Mk|Mark|Lot|Batch|Tranche|Mach|Squadron|Room|tel|Tel|call|Call|aged|age|Project|Chapter|Gate|Hall|"
        r"stand|Stand|Operation|Task|Unit|Hull|Flight|Tier|Level|Stage|Link|Title|Section|chapter)\.?\s?|#|\+|§\s?)\Z"
    ),
    "tr": re.compile(
        r"(?:(?<!\w)(?:No|numara\w*|Madde|Faz|Blok|Tip|Mk|Mach|Tel|Telefon|tel|Proje|Paket|kanal|saat|SAHA|IDEF|sayılı)\.?:?\s?|#|\+)\Z"
    ),
    "ja": re.compile(r"(?:第|No\.?|フェーズ|ブロック|型番|電話|番号|は0|-)\Z"),
}
COUNTERS_JA = re.compile(
    r"\s?(?:機|隻|両|輌|輛|台|基|発|門|丁|挺|人|名|社|[カかヵヶケ]国|件|種類|種|セット|システム|個|式(?![一-龠ァ-ヴ])|組|個?大隊|個?中隊|"
    r"個?飛行隊|艇|頭|校|[カかヵヶケ]所|拠点|艘|部隊|ユニット|体|枚|本|点(?!で|と)|項目|基地|団体|艦|便|両編成)(?!目|当たり|あたり|間)"
)
# Nouns that Turkish counts; "adet" and "tane" make anything countable.
COUNTED_TR = re.compile(
    r"(?:adet\w*|tane\w*|İHA|SİHA|uça|jet|helikopter|dron|tank|araç|arac|gemi|korvet|fırkateyn|denizaltı|bot|füze|roket|"
    r"mermi|bomba|mühimmat|torpido|mayın|obüs|top(?!lam|lant|lu|rak)|havan|silah|tüfek|radar|sistem|batarya|motor|kule|uydu|ülke|firma|"
    r"şirket|kuruluş|personel|asker|pilot|mühendis|çalışan|kişi|subay|er\b|işçi|öğrenci|tür|tip|model|parça|set|takım|"
    r"birlik|tabur|tugay|filo|üs\b|tesis|fabrika|platform|prototip|savaş|muharip|keşif|zırhlı|insansız|eğitim|nakliye|"
    r"taarruz|genel maksat|hava aracı|karakol|ana muharebe|hafif|ağır|ihlal|sorti|ihracat|anlaşma|ürün|hücumbot|römorkör|sahil güvenlik|avcı|mayın|hava savunma|lansman|fırlatıcı|kamyon|otobüs|tekne|simülatör|anten|kamera|gözlük|telsiz|kask|yelek|drone|droid|robot|balon|kundağı|çok namlulu|makineli|mürettebat|öğrenci|uzman|çalışan|teknisyen|bataryalık|kişilik)"
)
# In a Turkish sentence about an acquisition any noun is counted that is no measure, person in office or event.
ACQUIRE_TR = re.compile(r"alım|ihale|sipariş|teslim|satın|tedarik|hibe|sevk|ihraç", re.IGNORECASE)
OPEN_NOUN_TR = re.compile(
    r"(?!bakan|lider|hükümet|devlet|kişi\sve|şehir|kent|il\b|bölge|cephe|nesil|kuşak|tür\b|basamak|adım|taraf|heyet|yetkili|kaynak|teklif|tur\b|sezon|maç|hasat|bölüm|parti\b|dönem|çeyrek|yarı|yüz|hane)[a-zçğıöşü]{3,}"
)
STOP_TR = re.compile(
    r"(?:ülkenin|ülke aras|ülke\b(?=\s(?:arasında|savunma|lideri))|bakan|lider|taraf|heyet|isim|kaynak|yetkili|kardeş|kat|ay|yıl|gün|"
    r"saat|tarih|numara|nolu|sayılı|puan|milyon|milyar|yönlü|aşama|konu|madde|seçenek|ortak|rakip|maç|gol|hafta|kuruş|bin\b)"
)
