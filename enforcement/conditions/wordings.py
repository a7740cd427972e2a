"""Clause wordings of published lists that mean one comparison; data for `suggest.py`.

Each pattern must match a whole part of a clause.
"""

from decimal import Decimal

from enforcement.conditions.tree import FactValue, Operator

FIRST_WORDING = (
    r"(?:属于?|系)?(?:首次|初次|第一次)(?:实施|发生)?(?:同类)?(?:违法行为|违法|被发现|发现|发生|实施)?"
    r"|(?:属)?初犯"
)
_DONE = r"(?:予以|进行|完成)?(?:改正|整改|纠正|改正完毕|整改完毕|整改到位|改正到位)(?:违法行为|到位|完毕)?"
_ORDER = r"(?:在|经)?(?:被)?责令(?:限期)?(?:改正|整改)?(?:的)?(?:规定)?(?:期限|期)内"

FIXED_WORDINGS: tuple[tuple[str, str, Operator, FactValue], ...] = (
    (rf"(?:当事人)?(?:{FIRST_WORDING})", "offence_count", Operator.EQ, 1),
    (
        rf"(?:本|同一|一个)?(?:自然|公历)?年度内(?:{FIRST_WORDING})",
        "offence_count_calendar_year",
        Operator.EQ,
        1,
    ),
    (r"首次发生清单(?:所列)?事项", "list_matter_count", Operator.EQ, 1),
    (rf"(?:{_ORDER}|按期|限期内|期限内|在规定期限内){_DONE}", "corrected_within_order", Operator.EQ, True),
    (
        r"(?:逾期|限期内|责令期限内)(?:未|不|拒不|仍不|仍未)(?:改正|整改)",
        "corrected_within_order",
        Operator.EQ,
        False,
    ),
    (rf"(?:能|能够)?(?:当场|现场){_DONE}", "corrected_on_spot", Operator.EQ, True),
    (rf"(?:能|能够)?(?:立即|即时){_DONE}", "corrected_immediately", Operator.EQ, True),
    (rf"(?:能|能够)?(?:并)?及时{_DONE}", "corrected_timely", Operator.EQ, True),
    (rf"(?:能|能够)?(?:主动|自行){_DONE}", "corrected_voluntarily", Operator.EQ, True),
    (
        rf"(?:在)?(?:被|税务机关|行政机关|执法机关|执法部门)?发现前(?:已)?(?:主动|自行){_DONE}",
        "corrected_before_discovery",
        Operator.EQ,
        True,
    ),
    (
        rf"(?:在)?(?:行政)?(?:处罚)?决定(?:作出)?前(?:已)?{_DONE}",
        "corrected_before_decision",
        Operator.EQ,
        True,
    ),
    (rf"已(?:经)?{_DONE}", "corrected", Operator.EQ, True),
    (r"及时(?:中止|停止)违法行为", "stopped_timely", Operator.EQ, True),
    (r"(?:社会)?(?:危害后果|危害程度)较?轻微|危害较?轻微", "harm", Operator.LE, "轻微"),
    (r"(?:没有|未|尚未|无)(?:造成|产生)?(?:社会)?(?:危害后果|危害|后果)", "harm", Operator.EQ, "无"),
    (r"(?:没有|未|尚未)(?:造成|产生)明显(?:的)?(?:社会)?(?:危害后果|危害|后果)", "harm", Operator.LE, "轻微"),
    (r"(?:没有|无)明显(?:的)?社会危害", "harm", Operator.LE, "无明显社会危害"),
    (r"(?:造成)?(?:危害)?后果严重|造成严重(?:危害)?后果", "harm", Operator.GE, "严重"),
    (r"(?:违法行为|违法情节|情节)(?:较为)?轻微", "circumstances", Operator.LE, "轻微"),
    (r"(?:违法行为|违法情节|情节)显著轻微", "circumstances", Operator.LE, "显著轻微"),
    (r"(?:违法)?情节严重", "circumstances", Operator.GE, "严重"),
    (r"(?:没有|无)违法所得", "illegal_gains", Operator.EQ, 0),
    (
        r"(?:能|能够)?(?:积极|主动)?配合(?:执法(?:机关|部门|人员)?)?(?:调查取证|调查|检查|查处)?",
        "cooperated",
        Operator.EQ,
        True,
    ),
    (
        r"(?:没有|无|未|不存在)(?:拒绝|阻碍|拒绝、?阻碍|拒绝或者?阻碍)执法(?:行为|情形)?",
        "obstructed",
        Operator.EQ,
        False,
    ),
    (r"(?:没有|无)主观过错", "subjective_fault", Operator.EQ, "没有主观过错"),
    (r"(?:没有|无)主观故意", "subjective_fault", Operator.NE, "故意"),
    (r"主动消除(?:或者?减轻)?(?:违法行为)?危害后果", "harm_eliminated_voluntarily", Operator.EQ, True),
    (
        r"受(?:到)?(?:他人|别人)?(?:胁迫|诱骗|胁迫或者?诱骗)(?:实施违法行为|有违法行为)?",
        "coerced_or_deceived",
        Operator.EQ,
        True,
    ),
    (r"(?:配合查处违法行为)?有立功表现|立功", "meritorious", Operator.EQ, True),
    (r"主动供述(?:行政机关|执法机关)?尚未掌握的违法行为", "confessed_voluntarily", Operator.EQ, True),
    (r"日均值(?:未|没有)超标", "daily_average_exceeded", Operator.EQ, False),
    (
        r"(?:所涉)?(?:固体废物|污染物|水污染物|大气污染物)?不属于A类污染物",
        "pollutant_class",
        Operator.NE,
        "A类",
    ),
    (r"(?:违法行为)?(?:在)?(?:二|两|2)年内未被发现", "months_since_end", Operator.GT, Decimal(24)),
    (r"(?:已|并)?(?:作出|签署)?守法承诺", "compliance_commitment", Operator.EQ, True),
    (r"(?:已|并)?公开道歉", "public_apology", Operator.EQ, True),
)
