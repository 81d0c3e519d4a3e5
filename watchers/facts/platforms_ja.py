"""Japanese names of machines, by their shape or by the noun beside them."""

# A pattern broken over lines is harder to check than a long one.

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from watchers.facts.codes import in_code, is_no_designation

if TYPE_CHECKING:
    from watchers.facts.passage import Passage

_JA_EDGE = r"(?<![A-Za-z0-9-])"
_DESIGNATION_JA = re.compile(
    rf"{_JA_EDGE}(?:(?P<type>\d{{2}}式[一-龠]{{0,12}}(?:[(（]改[)）])?)"
    r"|(?P<kata>[ァ-ヴー]{2,14}(?:Mk\.?\s?\d{1,2}|-?[A-Z]{1,3}-?\d{1,3}[A-Z]?|-\d{1,3}|\d{1,3}[A-Z]?(?![\d,.万億機隻両台基発人社日月年カか％%]|[〜~～-]\d)))"
    r"|(?P<code>[A-Z]{1,5}[a-z]?-?\d{1,4}[A-Z]{0,4}(?:\s?(?:ブロック|Block)\s?\d+)?)(?![A-Za-z0-9]))"
)
_KIND_JA = (
    r"(?:(?:小型|中型|大型|軽|多用途|攻撃|攻撃型|偵察|自爆型|艦上|主力|練習|高等|次期|新型|輸送|哨戒|地対空|空対空|空対艦|地対艦|対艦|対戦車|巡航|弾道|極超音速|水陸両用|水上|水中|"
    r"装輪|自走|対空|無人|ステルス|ジェット|航空|垂直離着陸)?){0,3}(?:無人機|無人航空機|ドローン|戦闘機|攻撃機|爆撃機|練習機|輸送機|哨戒機|偵察機|早期警戒機|給油機|戦車|装甲車|歩兵戦闘車|装甲戦闘車|機動戦闘車|水陸両用車|兵員輸送車|軽装甲機動車|ロケット砲システム|榴弾砲|りゅう弾砲|"
    r"試験機|実証機|救難機|電子戦機|自走砲|迫撃砲|哨戒艇|高速艇|補給艦|練習艦|護衛艦|フリゲート|駆逐艦|コルベット|潜水艦|掃海艦|巡視船|空母|ミサイル|誘導弾|ヘリ(?:コプター)?|ロケット砲|レーダー|無人艇|無人潜水機|無人潜水艇|無人水上艇|無人車両|飛行艇|魚雷)"
)
_HEAD_JA = re.compile(rf"(?P<name>[ァ-ヴー][ァ-ヴー・]{{1,15}})[」』]?(?P<class>級|型)?(?=(?:の)?{_KIND_JA})")
_CLASS_JA = re.compile(rf"(?P<name>[ぁ-んァ-ヴー一-龠]{{2,6}}?[型級])(?=(?:の)?{_KIND_JA})")
_AFTER_JA = re.compile(
    rf"{_KIND_JA}[「『]?(?P<name>[ァ-ヴー]{{2,14}}(?:[0-9A-Z-]{{1,5}}(?![\d,.万億機隻両台基発門人社]))?)(?![ァ-ヴー])"
)
# "チョンムー16基": what is counted as machines are.
_COUNTED_JA = re.compile(r"(?<=[の、」製型社])(?P<name>[ァ-ヴー]{3,12})(?=\d{1,4}(?:機|基|両|隻|門))")
# Behind its kind a letter and a digit are a name: 哨戒機P1, which alone may be a page or a group of states.
_SHORT_JA = re.compile(
    rf"{_KIND_JA}[「『]?(?P<name>[A-Z]-?\d{{1,2}}[A-Z]?)(?![A-Za-z\d])|{_JA_EDGE}(?P<name2>[A-Z]-?\d{{1,2}}[A-Z]?)(?={_KIND_JA})"
)
# A name in brackets after any machine, such as a trial aircraft or a patrol boat.
_BRACKETED_JA = re.compile(
    r"[一-龠ァ-ヴー](?:機|艦|艇|砲|車|弾|船|衛星|戦車|ヘリ|ドローン|ミサイル)[「『](?P<name>[^」』、。\n]{2,14})[」』]"
)
_NOT_JA = re.compile(
    r".*(?:ドローン|ミサイル|コプター|ヘリコプター|ヘリ|フリゲート|ステルス|ジェット|エンジン|レーダー|ロケット|システム|コルベット|メーカー|センサー|プロペラ|ターボ|タイプ|シリーズ|クラス|コスト|"
    r"モデル|テスト|プログラム|ハイブリッド|イージス|トン|メートル|キロ|ドル|ユーロ|アジア|ヨーロッパ|ロシア|アメリカ|トルコ|イスラエル|ドイツ|フランス|イギリス|ウクライナ|インド|メディア|グループ|ソナー)\Z"
)
_LEAD_JA = re.compile(
    r"[ァ-ヴー]*(?:ミサイル|ドローン|ヘリコプター|ヘリ|レーダー|ロケット|システム|エンジン|フリゲート|コルベット|トルコ|シリーズ)(?=[A-Z])"
)
_STOP_CLASS_JA = re.compile(
    r"(?:.*(?:新|大|小|中|改良|向上|攻撃|自爆|無人|次期|従来|同|汎用|最新|旧|量産|艦載|輸出|固定翼|回転翼|国産|滞空|高度|目的|用途|離着陸|双発|単発|自律|携行|携帯|可搬|車載|発射|徘徊|推進|電動|対応|試作|試験|派生|基本|標準|輸送|戦闘|偵察|航空機|水上|水中)[型級]|.*[のをはがにでと].*)\Z"
)


def read(passage: Passage) -> list[tuple[int, int, str, str]]:
    """Return candidates with their names and rules."""
    found = []
    for match in _DESIGNATION_JA.finditer(passage.text):
        kind = match.lastgroup or ""
        if kind == "code" and (is_no_designation(match.group()) or in_code(passage.text, *match.span())):
            continue
        lead = _LEAD_JA.match(match.group()) if kind == "kata" else None
        start = match.start(kind) + (lead.end() if lead else 0)
        found.append((start, match.end(kind), passage.text[start : match.end(kind)], f"shape-{kind}"))
    for pattern, rule in (
        (_CLASS_JA, "class"),
        (_HEAD_JA, "head"),
        (_AFTER_JA, "head"),
        (_BRACKETED_JA, "bracketed"),
        (_COUNTED_JA, "counted"),
    ):
        for match in pattern.finditer(passage.text):
            name = match.group("name")
            if (_STOP_CLASS_JA.match(name) if rule == "class" else _NOT_JA.match(name)) or name.startswith(
                "ー"
            ):
                continue
            found.append((*match.span("name"), name.strip("・"), rule))
    for match in _SHORT_JA.finditer(passage.text):
        group = match.lastgroup or ""
        found.append((*match.span(group), match.group(group), "short"))
    return found
