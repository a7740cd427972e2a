"""Facts about the party: fault, capacity, attitude towards the investigation, kind of subject."""

from enforcement.conditions.vocabulary.definitions import FactDefinition, FactType

PENALTY_LAW = "《中华人民共和国行政处罚法》"
ATTITUDE = "态度与表现"
FAULT = "主体与责任能力"

MENTAL_CAPACITIES = (
    "能够辨认和控制自己行为",
    "尚未完全丧失辨认或者控制能力",
    "间歇性精神病人精神正常时",
    "不能辨认或者不能控制自己行为",
)


def _flag(code: str, label: str, negative: str, question: str, topic: str, source: str) -> FactDefinition:
    return FactDefinition(
        code, label, FactType.BOOLEAN, "", (), question, source, negative=negative, topic=topic
    )


PARTY_FACTS = (
    _flag(
        "cooperated",
        "配合调查取证",
        "没有配合调查取证",
        "当事人是否配合调查取证？",
        ATTITUDE,
        "",
    ),
    _flag(
        "obstructed",
        "拒绝、阻碍执法",
        "没有拒绝、阻碍执法",
        "当事人是否拒绝、阻碍执法人员执行职务？",
        ATTITUDE,
        f"{PENALTY_LAW}第五十五条第二款",
    ),
    _flag(
        "confessed_voluntarily",
        "主动供述尚未掌握的违法行为",
        "没有主动供述尚未掌握的违法行为",
        "当事人是否主动供述了执法机关尚未掌握的违法行为？",
        ATTITUDE,
        f"{PENALTY_LAW}第三十二条第三项",
    ),
    _flag(
        "meritorious",
        "配合查处违法行为有立功表现",
        "没有立功表现",
        "当事人配合查处违法行为，是否有立功表现？",
        ATTITUDE,
        f"{PENALTY_LAW}第三十二条第四项",
    ),
    _flag(
        "coerced_or_deceived",
        "受他人胁迫或者诱骗实施违法行为",
        "不是受他人胁迫或者诱骗",
        "当事人是否受他人胁迫或者诱骗才实施违法行为？",
        ATTITUDE,
        f"{PENALTY_LAW}第三十二条第二项",
    ),
    _flag("public_apology", "公开道歉", "没有公开道歉", "当事人是否公开道歉？", ATTITUDE, ""),
    _flag(
        "compliance_commitment",
        "作出守法承诺",
        "没有作出守法承诺",
        "当事人是否作出书面守法承诺？",
        ATTITUDE,
        "",
    ),
    _flag(
        "tampered_evidence",
        "伪造、隐匿或者毁灭证据",
        "没有伪造、隐匿或者毁灭证据",
        "当事人是否伪造、隐匿或者毁灭证据？",
        ATTITUDE,
        "",
    ),
    FactDefinition(
        "age_at_act",
        "违法时年龄",
        FactType.INTEGER,
        "周岁",
        (),
        "违法行为发生时，当事人满多少周岁？",
        f"{PENALTY_LAW}第三十条",
        computed=True,
        topic=FAULT,
    ),
    FactDefinition(
        "mental_capacity",
        "辨认和控制能力",
        FactType.CHOICE,
        "",
        MENTAL_CAPACITIES,
        "违法行为发生时，当事人辨认和控制自己行为的能力如何？",
        f"{PENALTY_LAW}第三十一条",
        topic=FAULT,
    ),
    FactDefinition(
        "subjective_fault",
        "主观过错",
        FactType.CHOICE,
        "",
        ("没有主观过错", "过失", "故意"),
        "有证据证明当事人的主观过错属于哪一种？",
        f"{PENALTY_LAW}第三十三条第二款",
        topic=FAULT,
    ),
    FactDefinition(
        "subject_kind",
        "当事人类型",
        FactType.CHOICE,
        "",
        ("单位", "个人", "个体工商户"),
        "当事人是单位、个人还是个体工商户？",
        topic=FAULT,
    ),
    FactDefinition(
        "previous_year_sales",
        "上一年度销售额",
        FactType.MONEY,
        "元",
        (),
        "当事人上一年度销售额是多少元？",
        topic=FAULT,
    ),
)
