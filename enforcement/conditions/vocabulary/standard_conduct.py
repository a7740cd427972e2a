"""Facts about the violation and what the party did about it: counts, consequence, correction, attitude."""

from enforcement.conditions.vocabulary.definitions import FactDefinition, FactType

PENALTY_LAW = "《中华人民共和国行政处罚法》"
FIRST_OFFENCE = f"{PENALTY_LAW}第三十三条第一款"
CORRECTION_ORDER = f"{PENALTY_LAW}第二十八条第一款"

HARM_GRADES = ("无", "无明显社会危害", "轻微", "一般", "较重", "严重")
CIRCUMSTANCE_GRADES = ("显著轻微", "轻微", "一般", "严重")
RECTIFICATION_METHODS = ("主动关闭", "停止建设", "拆除设备", "恢复原状", "其他方式")


def _count(code: str, label: str, question: str, source: str = "") -> FactDefinition:
    return FactDefinition(
        code, label, FactType.INTEGER, "次", (), question, source, computed=True, topic="发生次数"
    )


def _flag(
    code: str, label: str, negative: str, question: str, topic: str, source: str = ""
) -> FactDefinition:
    return FactDefinition(
        code, label, FactType.BOOLEAN, "", (), question, source, negative=negative, topic=topic
    )


def _grade(code: str, label: str, options: tuple[str, ...], question: str, source: str) -> FactDefinition:
    return FactDefinition(code, label, FactType.GRADE, "", options, question, source, topic="危害与情节")


COUNT_FACTS = (
    _count(
        "offence_count",
        "同类违法次数（含本次）",
        "连同这一次，当事人同类违法行为共被发现过几次？",
        FIRST_OFFENCE,
    ),
    _count(
        "offence_count_12m",
        "近一年内同类违法次数（含本次）",
        "连同这一次，最近十二个月内同类违法行为共几次？",
        FIRST_OFFENCE,
    ),
    _count(
        "offence_count_24m",
        "近两年内同类违法次数（含本次）",
        "连同这一次，最近二十四个月内同类违法行为共几次？",
        FIRST_OFFENCE,
    ),
    _count(
        "offence_count_calendar_year",
        "本年度内同类违法次数（含本次）",
        "连同这一次，今年一月一日以来同类违法行为共几次？",
        FIRST_OFFENCE,
    ),
    _count(
        "list_matter_count",
        "清单事项发生次数（含本次）",
        "连同这一次，当事人发生清单所列事项共几次？",
        FIRST_OFFENCE,
    ),
    _count("punishment_count", "处罚次数（含本次）", "连同这一次，当事人因同类违法行为受处罚共几次？"),
    _count(
        "punishment_count_12m",
        "近一年内处罚次数（含本次）",
        "连同这一次，最近十二个月内因同类违法行为受处罚共几次？",
    ),
    _count(
        "punishment_count_24m",
        "近两年内处罚次数（含本次）",
        "连同这一次，最近二十四个月内因同类违法行为受处罚共几次？",
    ),
)

CONSEQUENCE_FACTS = (
    _grade("harm", "危害后果", HARM_GRADES, "违法行为造成的危害后果属于哪一级？", FIRST_OFFENCE),
    _grade("circumstances", "违法情节", CIRCUMSTANCE_GRADES, "综合全案，违法情节属于哪一级？", FIRST_OFFENCE),
    _flag(
        "actual_impact",
        "造成实际影响",
        "没有造成实际影响",
        "违法行为是否已经造成实际影响（如妨碍通行、疏散、使用）？",
        "危害与情节",
    ),
    _flag(
        "high_risk_irreversible",
        "危害风险大且后果难以恢复",
        "不属于危害风险大且后果难以恢复",
        "违法行为是否风险大，一旦发生后果就难以恢复？",
        "危害与情节",
    ),
    _flag(
        "severe_safety_threat",
        "严重危害人身健康或者财产安全",
        "没有严重危害人身健康或者财产安全",
        "违法行为是否严重危害人身健康或者财产安全？",
        "危害与情节",
    ),
    _flag(
        "emergency_price_gouging",
        "在突发事件期间哄抬价格、囤积居奇",
        "没有在突发事件期间哄抬价格、囤积居奇",
        "违法行为是否发生在突发事件期间，属于哄抬价格或者囤积居奇？",
        "危害与情节",
        f"{PENALTY_LAW}第四十九条",
    ),
)

CORRECTION_FACTS = (
    _flag("corrected", "已改正", "没有改正", "违法行为是否已经改正？", "改正情况", CORRECTION_ORDER),
    _flag(
        "corrected_within_order",
        "在责令期限内改正",
        "没有在责令期限内改正",
        "当事人是否在责令改正的期限内改正？",
        "改正情况",
        CORRECTION_ORDER,
    ),
    _flag("corrected_on_spot", "当场改正", "没有当场改正", "检查时当事人是否当场改正？", "改正情况"),
    _flag("corrected_immediately", "立即改正", "没有立即改正", "被指出后当事人是否立即改正？", "改正情况"),
    _flag("corrected_timely", "及时改正", "没有及时改正", "当事人是否及时改正？", "改正情况", FIRST_OFFENCE),
    _flag(
        "corrected_voluntarily",
        "主动改正",
        "没有主动改正",
        "当事人是否不待责令就自行改正？",
        "改正情况",
    ),
    _flag(
        "corrected_before_discovery",
        "在被发现前主动改正",
        "没有在被发现前主动改正",
        "执法机关发现之前，当事人是否已经主动改正？",
        "改正情况",
    ),
    _flag(
        "corrected_before_decision",
        "在处罚决定作出前改正",
        "没有在处罚决定作出前改正",
        "处罚决定作出之前，违法行为是否已经改正？",
        "改正情况",
    ),
    FactDefinition(
        "rectification_method",
        "整改方式",
        FactType.CHOICE,
        "",
        RECTIFICATION_METHODS,
        "当事人用哪一种方式整改？",
        topic="改正情况",
    ),
    _flag(
        "stopped_timely",
        "及时中止违法行为",
        "没有及时中止违法行为",
        "当事人是否及时停下违法行为？",
        "改正情况",
    ),
    _flag(
        "harm_eliminated_voluntarily",
        "主动消除或者减轻危害后果",
        "没有主动消除或者减轻危害后果",
        "当事人是否主动消除或者减轻了危害后果？",
        "改正情况",
        f"{PENALTY_LAW}第三十二条第一项",
    ),
    _flag(
        "compensated",
        "积极履行赔偿责任",
        "没有积极履行赔偿责任",
        "当事人是否已经赔偿或者取得受害人谅解？",
        "改正情况",
    ),
)

CONDUCT_FACTS = (*COUNT_FACTS, *CONSEQUENCE_FACTS, *CORRECTION_FACTS)
