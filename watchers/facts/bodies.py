"""Organisations that no list holds: by the words their names end in, and by what they do in a deal."""

# A pattern broken over lines is harder to check than a long one; a table of words is written as words.
# ruff: noqa: E501, SIM905

from __future__ import annotations

import re

from watchers.facts import nouns
from watchers.facts.passage import CAP

# Words that open a sentence or a phrase and are never part of a name behind them.
LEADS = frozenset(
    """the a an it they he she we its his her their our this that these those in on at by for from of to with under over after before since until during without within against and but or
    while when where if although though as so yet both also meanwhile however separately earlier later according because through only new monday tuesday wednesday thursday friday saturday sunday
    ve ile ise ancak bu ayrıca öte buna göre""".split()
)

_SUFFIX_EN = (
    r"(?:Industries|Industry|Systems|Aerospace|Aviation|Avionics|Airspace|Defen[cs]e(?:\sIndustr(?:y|ies))?|Dynamics|Technolog(?:y|ies)|Tech|Shipyards?|Shipbuilding|Shipbuilders|Group|Corporation|"
    r"Corp\.?|Inc\.?|Ltd\.?|Limited|GmbH|AG|S\.?A\.?|SpA|S\.p\.A\.|AB|AS|ASA|A/S|Oyj?|N\.?V\.?|plc|PLC|LLC|SAS|Pty|A\.Ş\.|Co\.|Company|Holdings?|Works|Heavy\sIndustries|Electric|Electronics|Motors|Marine|"
    r"Naval|Robotics|Arsenal|Agency|Authority|Administration|Command|Directorate|Institute|Ministry|Department|Army|Navy|Air\sForce|Air\sCorps|"
    r"Coast\sGuard|Marine\sCorps|Marines|marines|Armed\sForces|Self-Defen[cs]e\sForces?|National\sGuard|Border\sGuard|Police|Parliament|Cabinet|Council|Commission|Senate|Congress|"
    r"Sensors|Precision|Instruments|Composites|Machinery|Maritime|Land\sSystems|Ammunition|Vehicles|Trucks|Radars?|Communications|Software|Analytics|Optronics|Optics|Research|Association|Federation|Propulsion|Engines|Helicopters|Aircraft|Airbus|Missiles|Munitions|Ordnance|Armou?r|Labs?|Laboratories|Ventures|Partners|"
    r"Consulting|Solutions|Space|Unmanned|Drones|Yards?|Dockyards?|Consortium|Alliance|Union|Bundestag|Forces|Fleet|Organi[sz]ation|Office|Board)(?!\s(?:Fair|Show|Airshow|Exhibition|Expo|Conference|Forum|Summit|Week|Day|Dialogue|Ministers?|Secretary|Chief|Attach|Review|Strategy|White)\b)"
)
SUFFIX_EN = re.compile(
    rf"(?<![\w-])(?P<name>(?:(?:{CAP})(?:['’]s)?\s(?:(?:of|and|&|for)\s(?=[A-Z]))?){{1,4}}{_SUFFIX_EN}(?:\s{_SUFFIX_EN}){{0,2}})(?![\w-]|\s[A-Z][a-z]+ation\b)"
)
OF_EN = re.compile(
    rf"(?<![\w-])(?P<name>(?:(?:{CAP})(?:['’]s)?\s)?(?:Ministry|Department|Presidency|Office|Directorate|Secretariat|Bureau|House|Council|Agency|Board)\sof\s(?:the\s)?(?:{CAP})(?:\s(?:and\s)?{CAP}){{0,2}})"
)
FORCE_EN = re.compile(
    r"\b[Tt]he\s(?P<name>(?:US\s|U\.S\.\s|Royal\s)?(?:Army|Navy|Air\sForce|Marine\sCorps|Coast\sGuard|Space\sForce|Pentagon|Kremlin))(?!\w)"
)
OWNED_EN = re.compile(
    rf"(?<![\w-])(?P<name>(?:{CAP})(?:['’]s)?\s(?:(?:royal|national|federal)\s)?(?:[Dd]efen[cs]e\s(?:[Mm]inistry|[Dd]epartment)|[Mm]inistry\sof\s[Dd]efen[cs]e|navy|air\sforce|army|armed\sforces|coast\sguard|marines|border\sguard|"
    r"procurement\s(?:agency|office)|parliament|cabinet|government|land\sforces|special\sforces|shipyard))(?!\w)"
)
# A capitalised name in the place where a deal's verb or preposition wants a firm or a state.
RUN = rf"(?:{CAP})(?:[ \u00a0](?:{CAP}|&)){{0,3}}"
# One more character of an English clause: the dots of "U.S." and "1.2" end none, unless a sentence opens behind one.
ON_EN = rf"(?:(?!;|,(?!\d|\s[$€£¥])|\.(?!\w)(?<!\b[A-Z]\.)|\.\s(?:{'|'.join(sorted(word.capitalize() for word in LEADS))})\b)[\s\S])"
# Who wins is a seller where what a deal has is won: not a vote, a village or a truce, nor praise for a deal.
_WON_DEAL = r"(?:(?:sub)?contracts?|(?<!court\s)orders?|(?<!peace\s)(?<!trade\s)(?<!truce\s)(?<!fire\s)deals?|tenders?|frameworks?|projects?|program(?:me)?s?|procurement|sales?)"
_WON = (
    rf"(?:\b(?i:{_WON_DEAL}|customers?|buyers?|clients?|job|(?:work|business)\s(?:on|for|from|with|worth)|{nouns.MACHINES_EN}\s(?:competition|contest|race)|export\s(?:approval|clearance|licen[cs]e)|"
    rf"(?:competition|contest|race|fight|battle|bid|award|clearance|approval|go-ahead)\s(?:for|to)\s{ON_EN}{{0,60}}?\b(?:{_WON_DEAL}|{nouns.MACHINES_EN}))\b|"
    r"(?:[$€£¥₺₩₹]|\b(?:USD|EUR|GBP|JPY|TRY)\s?)\d(?![^.;]{0,40}\b(?:aid|loans?|funding|grants?|prizes?|damages)\b))"
)
_WON_ELSE = r"\s(?:for|over|after|by|under|before|while|when|since|loans?|aid|funding|in\sorder|on\sorders?|and\s(?:will|would|has|have))\s"
WON_EN = rf"(?:wins?|won|secure[sd]?|land(?:s|ed))\b(?=(?:(?!{_WON_ELSE}){ON_EN}){{0,100}}?{_WON})"
_DEALS = (
    rf"(?:signed|signs|ordered|orders|bought|buys|purchased|acquired|acquires|awarded|awards|selected|selects|picked|chose|{WON_EN}|delivered|delivers|received|unveiled|unveils|"
    r"agreed|agrees|approved|requested|cancelled|canceled|scrapped|denied|supplies|supplied|produces|makes|builds|built|developed|offers|offered|plans|planned|"
    r"announced|launched|tested|completed|handed|contracted|placed|expects|expected|considers|intends|wants|paid|pays|begins|began|started|"
    r"partnered|teamed|joined|(?<=been\s)chosen|competing|bidding|(?:is|are)\scompeting|leased|exercised|has\sa\scontract|bag(?:s|ged)(?=\s(?:[$€£¥]|an?\s|\d|[\w-]+\s(?:order|contract|deal)s?\b))|invested|opened|showed|demonstrated|proposed|confirmed|submitted|took\sdelivery|is\sconsidering|is\sin\stalks|is\sbuying|is\snegotiating)"
)
SUBJECT_EN = re.compile(
    rf"(?<![\w-])(?P<name>{RUN})(?:\s\([A-Z]{{2,8}}\))?(?:,\s[^,.;]{{3,60}},)?(?:\sand\s(?P<name2>{RUN}))?\s(?:(?:has|have|had|will|would|is|are|was|were|also|each|jointly|recently|already|finally|formally|reportedly|quietly|to|been|on\s\w+day|said\s(?:on\s\w+\s)?(?:that\s)?it\shad|says\sit\shas)\s){{0,4}}"
    rf"(?:{_DEALS}|(?:(?<=will\s)|(?<=would\s)|(?<=to\s)|(?<=each\s))(?:supply|deliver|buy|order|build|produce|acquire|receive|get|own|provide|make|develop|sign|operate|field|pay|spend|form|be\sthe|integrate|manufacture|assemble|maintain|refit))\b"
)
OBJECT_EN = re.compile(
    rf"(?<!\w)(?:awarded|awards|gave|selected|selects|picked|picks|chose|chooses|taps|hires|contracted|tasked|asked|supply|supplied|delivered|sold|handed|sale|deliver(?:y|ies)|transfer|export|exports|contract|deal|agreement|order|orders|partnership|venture|alliance|memorandum\sof\sunderstanding|talks|negotiations|competition|bought|purchased|acquired|ordered|built|made|developed|produced|designed|manufactured|operated|maker|manufacturer|subsidiary|supplier|signed)\s"
    rf"(?:[a-z0-9$€£](?:[\w’'$€£-]|[.,]\d)*\s){{0,7}}?(?:with|to|from|between|by|via|against)?\s?(?:the\s)?(?P<name>{RUN})(?:\s\([A-Z]{{2,8}}\))?(?:(?:,\s(?P<name3>{RUN}))?,?\sand\s(?:the\s)?(?P<name2>{RUN}))?(?![\w-])"
)
LINKED_EN = re.compile(
    rf"(?<!\w)(?:with|between|by|from|(?:plane|drone|ship|aircraft|missile|weapons|arms|engine|tank)?-?maker|[Mm]anufacturer|[Cc]ompany|firm|conglomerate|[Dd]eveloper|specialist|(?:ship|boat|aircraft|yacht)-?builder|[Cc]ontractor|[Ss]upplier|[Pp]roducer|subsidiary|[Rr]ival|[Vv]endor|[Bb]uilder|[Bb]idder|[Yy]ard|group|unit|start-up|startup|giant|agency),?\s(?:the\s)?(?P<name>{RUN})(?:\sand\s(?:the\s)?(?P<name2>{RUN}))?(?![\w-])"
)
OWNER_EN = re.compile(
    rf"(?<![\w-])(?:{CAP})['’]s\s(?:state-owned\s|privately\sheld\s|national\s)?(?P<name>{RUN})(?=\s(?:and|has|had|will|is|was|to|said|for|in|[a-z]+ed)\b|[,.;])"
)

# "Talarion's unmanned tanker": whose machine it is.
_MACHINE_EN = rf"(?=(?:[\w-]+\s){{0,4}}?{nouns.MACHINES_EN}\b)"
WHOSE_EN = re.compile(rf"(?<![\w-])(?P<name>{RUN})['’]s\s{_MACHINE_EN}")
# "among them Wisla Optics and Radmet", "a contest in which Avelar and Nimbus Aero remain"
AMONG_EN = re.compile(
    rf"(?<!\w)(?:(?:among|including|includes?|involv(?:es|ing)|comprising|joined\sby|led\sby|alongside|together\swith)\s(?:them\s|these\s|(?:local\s|domestic\s)?(?:firms|suppliers|partners|companies)\s)?|(?:bidders|contenders|rivals|candidates|finalists|suppliers|partners|firms|companies|yards|contractors),?\s(?:such\sas\s|including\s|among\sthem\s)?|in\swhich\s|where\s)"
    rf"(?:the\s)?(?P<name>{RUN}),?\s(?:and|or)\s(?:the\s)?(?P<name2>{RUN})(?![\w-])"
)

# "Orlen and Hansaflug, the lead contractors,": what kind of body they are stands behind their names.
CALLED_EN = re.compile(
    rf"(?<![\w-])(?P<name>{RUN})(?:\sand\s(?P<name2>{RUN}))?,\s(?:the|an?|its|their|two|both)\s(?:[\w-]+\s){{0,3}}?(?:contractors?|firms?|compan(?:y|ies)|makers?|manufacturers?|suppliers?|shipyards?|yards?|builders?|start-ups?|subsidiar(?:y|ies)|bidders?|contenders?)(?=[,.;]|\s(?:of|in|for|based|that|which|owned)\b)"
)
# "picks Ostrava Arms over Brandt Artillerie": who was passed over.
OVER_EN = re.compile(
    rf"\b(?:pick|select|ch[o]+[s]|prefer|favou?r|opt)\w*\s[^.;]{{2,60}}?\sover\s(?:rivals?\s|the\s)?(?P<name>{RUN})(?:(?:,|\sand)\s(?P<name2>{RUN}))?(?![\w-])"
)

_SUFFIX_TR = (
    r"(?:A\.\s?Ş\.|AŞ|Savunma(?:\sSanayii?)?(?:\sA\.Ş\.)?|Havacılık(?:\s(?:ve\s)?(?:Uzay|Savunma)(?:\sSanayii?)?)?(?:\sA\.Ş\.)?|Teknoloji(?:leri|si)?|Sistemleri|Elektronik|Makina|Makine|Otomotiv|Bakanlığı|Komutanlığı|Kuvvetleri(?:\sKomutanlığı)?|Başkanlığı|Ordusu|"
    r"Tersane(?:si|cilik|leri)|Holding|Grubu|Şirketi|Müdürlüğü|Donanması|Sahil\sGüvenlik(?:\sKomutanlığı)?|Jandarma(?:sı)?|Enstitüsü|Kurumu|Ajansı|Sanayii?|Denizcilik|Robotik|Aviyonik|Optronik|Mühendislik|Yazılım|Kompozit|Mühimmat|Dinamik|Parlamentosu|Meclisi|Bakanlar\sKurulu|Konsorsiyumu|Kurulu|Endüstri\w*)"
)
SUFFIX_TR = re.compile(
    rf"(?<![\w-])(?P<name>(?:(?:{CAP})(?:['’]\w{{1,3}})?\s(?:ve\s(?=[A-ZÇĞİÖŞÜ]))?){{1,4}}{_SUFFIX_TR}(?:\s{_SUFFIX_TR}){{0,2}})(?!\w|\s(?:Eski\s)?(?:Bakan|Sekreter|Başkan[ıi]?\b|Fuar|Haftası|Zirvesi|Forumu))"
)
NAMED_TR = re.compile(
    rf"(?<![\w-])(?P<name>{RUN})(?:\sadlı|\sisimli|\sfirması|\sşirketi(?!n?in)|\sile\s(?P<name2>{RUN})(?=\s(?:arasında|anlaş|ortak|imza|bir\s)))"
)
# "üretici firma Turan Uçak": what kind of body it is stands before its name.
KIND_TR = re.compile(
    rf"(?<!\w)(?:[Üü]retici(?:si)?|[Ff]irma(?:sı)?|[Şş]irketi?|[Tt]ersanesi?|[Tt]edarikçi(?:si)?|[Yy]üklenici(?:si)?|[Gg]elişti(?:rici|ricisi))\s(?:(?:firma|şirket)\s)?(?P<name>{RUN})(?!\w)"
)
# "Daejin kazandı": a name right before a deed of a deal.
ACTOR_TR = re.compile(
    rf"(?<![\w-])(?P<name>{RUN})\s(?:kazan(?:dı|mıştı)|üstlen(?:di|ecek)|imzala(?:dı|yacak)|üret(?:ti|ecek)|inşa\se|tedarik\se|teslim\se)"
)
SUBJECT_TR = re.compile(
    rf"(?:(?<=^)|(?<=[.!?;]\s)|(?<=\n))(?P<name>{RUN})(?:['’](?:[ınuünsiy]{{1,3}}))?(?:,\s|\sve\s(?P<name2>{RUN})(?:['’]\w+)?,?\s|\sise\s|\sile\s(?P<name3>{RUN})(?:['’]\w+)?,?\s)"
)
WITH_TR = re.compile(
    rf"(?<![\w-])(?P<name>{RUN})(?:['’](?:[ae]|y[ae]|[dt][ea]n|n[ae]))?\s(?:ile|tarafından|firması|şirketi)(?!\w)"
)
OBJECT_TR = re.compile(
    rf"(?<![\w-])(?P<name>{RUN})['’](?:(?:y|n)?[ıiuü]\s(?:seç|tercih|görevlendir|belirle)|(?:[dt][ae]n|y?[ae]|n[ae])\s(?:[\w.,%]+\s){{0,5}}?(?:sipariş|satın|tedarik|teslim|ihale)|[dt][ae]n\s(?:[\w.,%]+\s){{0,3}}?(?:alınan|kirala|temin|\w+\salım[ıi])|y?l[ae]\s(?:[\w.,%]+\s){{0,4}}?(?:sözleşme|anlaşma|protokol)|n?[ıiuü]n\s(?:ürettiği|geliştirdiği|sattığı|kazandığı|(?:inşa|tedarik|teslim)\settiği))"
)
# "12 bot satan Marstrand": a participle of a deal before its name.
DOER_TR = re.compile(
    rf"(?<!\w)(?:satan|üreten|geliştiren|üstlenen|(?:tedarik|teslim|inşa)\seden|sipariş\sveren)\s(?P<name>{RUN})(?!\w)"
)
# "Tepehan Roket'in Yıldırak-120 füzesi": whose machine it is; "adaylar arasında Rotavia ve Helitek bulunuyor".
BODY_TR = re.compile(
    rf"(?<![\w-])(?P<name>{CAP}\s(?:ordusu|donanması|hükümeti|parlamentosu|hava\skuvvetleri|deniz\skuvvetleri|kara\skuvvetleri))(?=n[ıiuüae]|[,.;\s]|\Z)"
)
WHOSE_TR = re.compile(
    rf"(?<![\w-])(?P<name>{RUN})['’]n?[ıiuü]n\s(?=(?:[\w-]+\s){{0,3}}?(?:İHA|SİHA|uça[ğk]|helikopter|tank|gemi|füze|roket|radar|araç|arac|dron|sistem|bot|denizaltı|obüs|torpido))"
)
AMONG_TR = re.compile(
    rf"(?<!\w)(?:arasında(?:\sayrıca)?|başta|merkezli|ortakları|adaylar|rakip|rakibi|ortağı|firmalar(?:ı|dan)?|şirketler(?:i|den)?)\s(?P<name>{RUN})(?:\s(?:ve|ile|veya)\s(?P<name2>{RUN}))?(?=['’\s,.;]|\Z)"
)
ANY_SUBJECT_TR = re.compile(
    rf"(?<![\w-])(?<![ıiuü]\s)(?P<name>{CAP}[ \u00a0](?:{CAP})(?:[ \u00a0](?:{CAP})){{0,2}})(?=,\s)"
)
SUFFIX_JA = re.compile(
    r"(?P<name>[一-龠々ァ-ヴーA-Za-zＡ-Ｚ・]{1,16}(?:重工業?|重機|電装|精機|精密|機械|製鋼|鉄工所?|造機|光学|通信機|無線|計器|火薬|自動車|発動機|技研|製鉄|ドック|工機|電機|電気|電子|工業|製作所|造船所?|研究所|航空機|航空|産業|エアロスペース|システムズ|システム社|インダストリーズ|ダイナミクス|エレクトロニクス|テクノロジー(?:ズ)?|ディフェンス|ホールディングス|グループ|"
    r"国防省|防衛省|国務省|国防総省|内閣|議会|[ァ-ヴー]{2,8}(?:上院|下院)|海軍|陸軍|空軍|海兵隊|海上保安庁|[一-龠]{1,4}(?:安全|警備|技術|開発|兵站|宇宙)庁|自衛隊|装備庁|調達庁|調達局|[ァ-ヴー]社|国軍)|[ァ-ヴーA-Za-z]{2,14}社)(?=[はがとのにをへでか、。やも向（(「]|から|製|側|と|$)"
)
# A branch of industry is no firm.
# 「…から購入」「…に発注」「…が受注」: a name in katakana in the place of a firm; a state's body behind its state.
FIRM_JA = re.compile(
    r"(?P<name>[ァ-ヴー]{2,12}(?:・[ァ-ヴー]{2,12}){0,2})(?=など(?:[一-龠]{1,4})?\d{1,2}社|から(?:[^。「」]{0,40}?)(?:購入|調達|取得|導入|買|リース|借)|に[^。「」はが]{0,20}発注|[がは](?:[^。「」が]{0,24}?)(?:受注|納入|製造|開発|落札|建造)|を(?:選定|選ん)|と(?:契約|提携|組|共同))"
    r"|(?:造船|兵器|防衛|電機|航空機?)?(?:会社|大手|メーカー|企業|製造元|開発元|新興)(?:の)?(?P<name3>(?!ドローン|ミサイル|メーカー|ミーティング)[ァ-ヴー]{3,12}(?:・[ァ-ヴー]{2,12})?)(?=[のはがとにをへ、社（])"
    r"|(?:競合|ライバル|提携先|傘下|親会社|子会社|を(?:造|作|売)る|を(?:製造|開発|生産|提案|運用)する|を手がける|を担う)(?:の|である)?(?P<name4>(?!ドローン|ミサイル|メーカー)[ァ-ヴー]{3,12}(?:・[ァ-ヴー]{2,12})?)(?=[のはがとにをへ、社（])"
    r"|(?P<name2>(?:[ァ-ヴー]{2,10}|[一-龠]{1,4})の(?:国防省|国防総省|海軍|陸軍|空軍|議会|内閣|調達庁))(?=[はがとのにをへから、])"
)
# A state that no list holds speaks through its government.
STATE_JA = re.compile(
    r"(?<![ァ-ヴー])(?P<name>[ァ-ヴー]{3,12}(?:政府|共和国|王国|連邦))(?=[はがとのにをへから、])"
)
STATE_EN = re.compile(
    rf"(?<![\w-])[Tt]he\s(?P<name>(?:Republic|Kingdom|Federation|Sultanate|Emirate)\sof\s{CAP})"
)
BRANCH_JA = re.compile(r"(?:防衛|軍需|航空|造船|宇宙|国内|関連|基幹|主要|電子|自動車)産業\Z")

MEDIA = re.compile(
    r"(?:Breaking\sDefense|Defense\sOne|Times|News|Ledger|Post|Herald|Tribune|Gazette|Journal|Reuters|Bloomberg|AFP|Agency France|Press|Radio|TV|Television|Broadcasting|Daily|Weekly|Mail|Telegraph|Guardian|Observer|Chronicle|"
    r"Jane['’]?s|Anadolu(?:\sAgency|\sAjansı)?|Kyodo|Yomiuri|Asahi|Nikkei|Mainichi|Jiji|NHK|Yonhap|Xinhua|TRT(?:\sWorld)?|(?<!Tedarik\s)(?<!Savunma\s)(?<!Uzay\s)(?<!Güvenlik\s)(?<!Teknoloji\s)(?<!Sanayi\s)(?<!Sanayii\s)(?<!Denizcilik\s)(?<!Havacılık\s)(?<!Alım\s)(?<!İhracat\s)(?<!Araştırma\s)(?<!Projeler\s)Ajansı|Gazetesi|Haber|BBC|CNN|Politico|Axios|Facebook|Telegram|Twitter|NSosyal|"
    r"KAP|YouTube|Instagram|LinkedIn|Sabah|Hürriyet|Cumhuriyet|新聞|通信|テレビ|放送)\Z|\bNews\b"
)
COMMON = frozenset(
    """the a an it they he she we you i this that these those its their his her our both neither each some all most many few several one two three four five six seven eight nine ten
    first second third last next new officials ministers lawmakers ministry minister parliament government governments company companies work works contract contracts talks deliveries delivery
    production negotiations defence defense military army navy marines air force forces bids shares analysts critics sources experts observers engineers troops soldiers pilots crews sailors deal deals
    option options exports imports sales orders order tests trials flights drones drone missile missiles tanks ships aircraft jets fighters according under over after before since until while when where
    if although however meanwhile earlier later separately also another other such no not any every as at by for from in of on to with without and but or nor so yet than then there here what who which
    repairs prices costs price cost value total payment payments funding budget money plans plan options training maintenance support services parts spare spares president prime chancellor king general
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december spring summer autumn winter today yesterday tomorrow
    europe asia africa america nato european asian african western eastern northern southern islamic arab state states nation nations country countries city town region province district island sea ocean
    gulf strait cabinet committee commission council senate congress house opposition party union alliance partners allies neighbours delegates delegation visitors reporters journalists media industry
    industries technology systems system project programme program phase stage block batch part parts each half ceo chairman chief director head commander spokesman spokeswoman spokesperson secretary
    ground land naval maritime world here let what one
    kara deniz hava bakan bakanlık şirket hükümet yetkililer yetkili kaynaklar uzmanlar görüşmeler görüşmelerde tören törende törene proje projenin sözleşme sözleşmenin anlaşma anlaşmanın teslimat teslimatlar ilk son yeni iki üç dört beş altı
    bu bunun bunlar şu o bir her tüm bazı birçok ancak ayrıca öte yandan buna göre toplam toplamda yaklaşık uçak uçağın gemi geminin tank tankın füze füzenin araç araçlar araçların sistem sistemin mermiler hattın yeni
    heyet heyetin karar kararın ülke ülkeler taraflar taraf program programın alım alımın bedel fiyat ihracat ihracatı savunma sanayi sanayii seri üretim test testler deneme ağustos eylül ekim kasım aralık ocak şubat mart
    nisan mayıs haziran temmuz pazartesi salı çarşamba perşembe cuma cumartesi pazar geçen gelecek şirketin bakanlığın hükümetin ordunun ordu donanma ayrıntılı japon türk türkiye'nin almanya'nın ziyaret ziyarette toplantı
    toplantıda milli yerli ayda yılda birkaç ikinci üçüncü birinci dördüncü firma firmanın ikili dergi gazete haber heyetler bakanlar habere kaynaklara açıklamada açıklama raporda basın başkan henüz kaynak iddia şirketi firması ülkenin bakanı sözcü sözcüsü uçaklar gemiler helikopter helikopterler dronlar insansız silahlı kendi en mevcut""".split()
)
