"""Facts that are measured: money, quantities, times, places and the readings of an environmental case."""

from enforcement.conditions.vocabulary.definitions import FactDefinition, FactType

PENALTY_LAW = "《中华人民共和国行政处罚法》"
MONEY = "金额"
EXTENT = "时间、数量与地点"
ECOLOGY = "生态环境"


def _money(code: str, label: str, question: str, source: str = "") -> FactDefinition:
    return FactDefinition(code, label, FactType.MONEY, "元", (), question, source, topic=MONEY)


def _decimal(code: str, label: str, unit: str, question: str, topic: str) -> FactDefinition:
    return FactDefinition(code, label, FactType.DECIMAL, unit, (), question, topic=topic)


def _flag(code: str, label: str, negative: str, question: str, topic: str) -> FactDefinition:
    return FactDefinition(code, label, FactType.BOOLEAN, "", (), question, negative=negative, topic=topic)


MONEY_FACTS = (
    _money("illegal_gains", "违法所得", "违法所得是多少元？", f"{PENALTY_LAW}第二十八条第二款"),
    _money("goods_value", "货值金额", "涉案货物按标价或者市场价计算的货值金额是多少元？"),
    _money("project_investment", "建设项目总投资额", "建设项目总投资额是多少元？"),
    _money("contract_price", "合同价款", "合同价款是多少元？"),
    _money("fees_charged", "收取的费用", "当事人已经收取的费用是多少元？"),
    _money("disposal_cost", "处置所需费用", "依法处置所需费用是多少元？"),
    _money("direct_loss", "直接损失", "违法行为造成的直接损失是多少元？"),
    _money("tax_evaded", "少缴税款", "不缴或者少缴的税款是多少元？"),
    _money("ad_cost", "广告费用", "广告费用是多少元？"),
)

EXTENT_FACTS = (
    FactDefinition(
        "duration_days",
        "违法行为持续时间",
        FactType.INTEGER,
        "日",
        (),
        "违法行为持续了多少日？",
        topic=EXTENT,
    ),
    FactDefinition(
        "overdue_days", "逾期天数", FactType.INTEGER, "日", (), "超过规定期限多少日？", topic=EXTENT
    ),
    FactDefinition(
        # Whole months plus the remaining days as a part of 31: one day past 24 months is more than 24.
        "months_since_end",
        "违法行为终了至被发现的时间",
        FactType.DECIMAL,
        "个月",
        (),
        "从违法行为终了之日到被发现之日经过多少个月？",
        f"{PENALTY_LAW}第三十六条",
        computed=True,
        topic=EXTENT,
    ),
    _decimal("area_sqm", "涉案面积", "平方米", "涉案面积是多少平方米？", EXTENT),
    _decimal("involved_quantity", "涉案数量", "", "涉案物品的数量是多少（按本事项规定的单位）？", EXTENT),
    _flag(
        "in_sensitive_area",
        "位于生态环境敏感区域",
        "不在生态环境敏感区域",
        "违法行为是否发生在自然保护地、饮用水水源保护区等敏感区域？",
        EXTENT,
    ),
    _flag("key_area", "属于重点领域", "不属于重点领域", "是否属于关系群众切身利益的重点领域？", EXTENT),
)

ECOLOGY_FACTS = (
    FactDefinition(
        "exceeded_factor_count",
        "超标因子数",
        FactType.INTEGER,
        "个",
        (),
        "有几个污染因子超过排放标准？",
        topic=ECOLOGY,
    ),
    FactDefinition(
        "pollutant_class",
        "污染物类别",
        FactType.CHOICE,
        "",
        ("A类", "B类", "其他"),
        "所涉污染物属于哪一类？",
        topic=ECOLOGY,
    ),
    _decimal("exceed_multiple", "超标倍数", "倍", "超过排放标准多少倍？", ECOLOGY),
    _flag("ph_only_exceeded", "仅pH值超标", "不是仅pH值超标", "是否只有pH值超过标准？", ECOLOGY),
    _decimal("ph_value", "pH值", "", "监测的pH值是多少？", ECOLOGY),
    _flag("colour_only_exceeded", "仅色度超标", "不是仅色度超标", "是否只有色度超过标准？", ECOLOGY),
    _decimal("colour_exceed_multiple", "色度超标倍数", "倍", "色度超过标准多少倍？", ECOLOGY),
    _flag(
        "breakdown_sudden",
        "因突发故障导致设施不正常运行",
        "设施不正常运行不是因突发故障导致",
        "污染防治设施不正常运行是否因突发故障？",
        ECOLOGY,
    ),
    _decimal("reported_within_hours", "报告用时", "小时", "故障发生后多少小时内报告？", ECOLOGY),
    _flag(
        "emergency_handled",
        "已采取应急减排措施",
        "没有采取应急减排措施",
        "故障后是否采取了应急减排措施？",
        ECOLOGY,
    ),
    _flag("daily_average_exceeded", "日均值超标", "日均值未超标", "日均值是否超过排放标准？", ECOLOGY),
    _decimal(
        "waste_stored_tonnes", "未按标准贮存的危险废物数量", "吨", "未按标准贮存的危险废物有多少吨？", ECOLOGY
    ),
    _decimal(
        "waste_mixed_tonnes",
        "混入非危险废物中的危险废物数量",
        "吨",
        "混入非危险废物中贮存的危险废物有多少吨？",
        ECOLOGY,
    ),
    _flag(
        "pollution_insured",
        "已投保环境污染责任保险",
        "没有投保环境污染责任保险",
        "事前是否已经足额投保环境污染责任保险？",
        ECOLOGY,
    ),
)

MEASURE_FACTS = (*MONEY_FACTS, *EXTENT_FACTS, *ECOLOGY_FACTS)
