"""The questions of the self-check: what a citizen or an enterprise is asked about a fact of the vocabulary. Pure.

The vocabulary words its questions for the officer who handles a case. Here the same fact is asked of the person
concerned; a fact without a row keeps the vocabulary's own question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from enforcement.conditions.vocabulary import FactDefinition
from enforcement.conditions.vocabulary.counting_windows import OFFENCES, CountingWindow, window_of
from exemption_lists.matching import ABSENT_PREFIX

JUDGED_LATER = "由执法机关综合认定，可以先按您了解的情况选。"
THIS_TIME_INCLUDED = "连这一次一起数。查实过、没有罚的，也要数。"


@dataclass(frozen=True, slots=True)
class PlainQuestion:
    """A question with a hint below it (may be "") and the words of its two answers, where it has two."""

    text: str
    hint: str = ""
    yes: str = "是"
    no: str = "否"


def period_words(window: CountingWindow) -> str:
    """最近 24 个月, 今年 1 月 1 日以来; 到现在为止 where everything is counted."""
    if window.calendar_year:
        return "今年 1 月 1 日以来"
    return f"最近 {window.months} 个月" if window.months else "到现在为止"


def _counted(window: CountingWindow) -> PlainQuestion:
    period = period_words(window)
    if window.counted == OFFENCES:
        return PlainQuestion(f"{period}，同样的事被执法机关查到过几次？", THIS_TIME_INCLUDED)
    return PlainQuestion(f"{period}，因为同样的事受过几次处罚？", "连这一次一起数。")


def _done(text: str, hint: str = "", *, no: str = "没有") -> PlainQuestion:
    return PlainQuestion(text, hint, "有", no)


STANDARD_QUESTIONS: Mapping[str, PlainQuestion] = {
    "list_matter_count": PlainQuestion("清单上的事，一共发生过几次？", THIS_TIME_INCLUDED),
    "harm": PlainQuestion("这件事造成的危害后果有多大？", JUDGED_LATER),
    "circumstances": PlainQuestion("整体来看，这件事的情节有多重？", JUDGED_LATER),
    "actual_impact": _done("有没有实际妨碍到别人？", "例如妨碍通行、疏散或者使用。"),
    "high_risk_irreversible": PlainQuestion("是不是一出事就很难挽回？", JUDGED_LATER, "是", "不是"),
    "severe_safety_threat": _done("有没有严重危害人身健康或者财产安全？", JUDGED_LATER),
    "emergency_price_gouging": PlainQuestion(
        "是不是在突发事件期间抬高价格或者囤货？", "突发事件如自然灾害、公共卫生事件。", "是", "不是"
    ),
    "corrected": PlainQuestion("现在改正了吗？", "", "已经改正", "还没有"),
    "corrected_within_order": PlainQuestion(
        "在执法人员要求的期限内改正了吗？", "还没有到期的，可以按打算选。", "按期改正", "没有按期改正"
    ),
    "corrected_on_spot": PlainQuestion("检查的时候，当场就改正了吗？", "", "当场改正", "没有当场改正"),
    "corrected_immediately": PlainQuestion("指出以后，马上改正了吗？", "", "马上改正", "没有马上改正"),
    "corrected_timely": PlainQuestion(
        "及时改正了吗？", "要求了期限的，看是不是在期限内改正。", "及时改正", "没有及时改正"
    ),
    "corrected_voluntarily": PlainQuestion(
        "没有等执法人员要求，自己就改正了吗？", "", "自己改正", "不是自己改正"
    ),
    "corrected_before_discovery": PlainQuestion(
        "在执法机关发现以前，就已经自己改正了吗？", "", "发现前已改正", "发现前没有改正"
    ),
    "corrected_before_decision": PlainQuestion(
        "在处罚决定作出以前改正了吗？", "还没有作出决定的，可以按打算选。", "决定前改正", "决定前没有改正"
    ),
    "rectification_method": PlainQuestion("用哪一种办法整改的？"),
    "stopped_timely": PlainQuestion("及时停下来了吗？", "", "及时停下", "没有及时停下"),
    "harm_eliminated_voluntarily": _done("有没有主动消除或者减轻造成的后果？", "例如清理、退款、修复。"),
    "compensated": PlainQuestion("赔偿了吗？", "取得受害人谅解的，也算。", "已经赔偿", "没有赔偿"),
    "cooperated": PlainQuestion(
        "配合检查和调查了吗？", "如实说明情况，提供要求的材料。", "配合了", "没有配合"
    ),
    "obstructed": _done("有没有拒绝或者阻碍执法人员？", "例如不让进门、藏起材料。"),
    "confessed_voluntarily": _done("有没有主动说出执法机关还不知道的违法行为？"),
    "meritorious": _done("配合查处时，有没有立功？", "例如提供了别人违法的重要线索。"),
    "coerced_or_deceived": PlainQuestion("是不是被别人强迫或者骗着做的？", "", "是", "不是"),
    "public_apology": PlainQuestion("公开道歉了吗？", "", "道歉了", "没有道歉"),
    "compliance_commitment": PlainQuestion(
        "写下守法承诺了吗？", "愿意写的，可以选“写了”。", "写了", "没有写"
    ),
    "tampered_evidence": _done("有没有伪造、藏匿或者毁掉证据？"),
    "age_at_act": PlainQuestion("做这件事的时候，满多少周岁？"),
    "mental_capacity": PlainQuestion("做这件事的时候，能不能辨认和控制自己的行为？", JUDGED_LATER),
    "subjective_fault": PlainQuestion("这件事是怎么发生的？", "没有过错的，要有证据足以证明。"),
    "subject_kind": PlainQuestion("被检查的是单位、个人还是个体工商户？"),
    "previous_year_sales": PlainQuestion("上一年的销售额是多少？"),
    "illegal_gains": PlainQuestion("从这件事里得到的钱有多少？", "法律上叫违法所得。"),
    "goods_value": PlainQuestion("涉及的货物一共值多少钱？", "按标价算；没有标价的，按市场价算。"),
    "project_investment": PlainQuestion("建设项目的总投资是多少？"),
    "contract_price": PlainQuestion("合同写明的价款是多少？"),
    "fees_charged": PlainQuestion("已经收了多少费用？"),
    "disposal_cost": PlainQuestion("依法处置需要多少费用？"),
    "direct_loss": PlainQuestion("造成的直接损失有多少？"),
    "tax_evaded": PlainQuestion("少缴了多少税款？"),
    "ad_cost": PlainQuestion("花了多少广告费？"),
    "duration_days": PlainQuestion("这件事持续了多少天？"),
    "overdue_days": PlainQuestion("超过规定的期限多少天？"),
    "months_since_end": PlainQuestion(
        "从事情结束到被发现，过了多少个月？", "有连续或者继续状态的，从结束那天算。"
    ),
    "area_sqm": PlainQuestion("涉及的面积有多大？"),
    "involved_quantity": PlainQuestion("涉及的数量是多少？", "按这件事规定的单位数。"),
    "in_sensitive_area": PlainQuestion(
        "是不是发生在生态环境敏感区域？", "例如自然保护地、饮用水水源保护区。", "是", "不是"
    ),
    "key_area": PlainQuestion(
        "是不是属于关系群众切身利益的重点领域？", "例如食品、药品、安全生产。", "是", "不是"
    ),
    "exceeded_factor_count": PlainQuestion("监测报告里，有几项超过排放标准？"),
    "pollutant_class": PlainQuestion("排放的是哪一类污染物？", "监测报告上写有类别。"),
    "exceed_multiple": PlainQuestion("超过排放标准多少倍？", "按监测报告。"),
    "ph_only_exceeded": PlainQuestion("是不是只有 pH 值超标？", "", "是", "不是"),
    "ph_value": PlainQuestion("监测出的 pH 值是多少？"),
    "colour_only_exceeded": PlainQuestion("是不是只有色度超标？", "", "是", "不是"),
    "colour_exceed_multiple": PlainQuestion("色度超过标准多少倍？", "按监测报告。"),
    "breakdown_sudden": PlainQuestion("设施不正常，是不是因为突然的故障？", "", "是", "不是"),
    "reported_within_hours": PlainQuestion("故障发生后，多少小时内报告的？"),
    "emergency_handled": _done("故障以后，有没有采取应急减排措施？"),
    "daily_average_exceeded": PlainQuestion(
        "全天的平均值超标吗？", "按监测报告的日均值。", "超标", "没有超标"
    ),
    "waste_stored_tonnes": PlainQuestion("没有按标准存放的危险废物有多少吨？"),
    "waste_mixed_tonnes": PlainQuestion("混进一般废物里的危险废物有多少吨？"),
    "pollution_insured": PlainQuestion("事前足额投保环境污染责任保险了吗？", "", "投保了", "没有投保"),
}


def plain_question(definition: FactDefinition) -> PlainQuestion:
    """The question about a fact, for the person concerned."""
    window = window_of(definition.code)
    if window is not None:
        return _counted(window)
    if definition.code in STANDARD_QUESTIONS:
        return STANDARD_QUESTIONS[definition.code]
    if definition.label.startswith(ABSENT_PREFIX):
        # The fact says that the exclusion is absent, so that “没有” is its true answer.
        return PlainQuestion(
            f"有没有这种情形：{definition.label.removeprefix(ABSENT_PREFIX)}？", "", "没有", "有"
        )
    if definition.confirmed_by_officer:
        return PlainQuestion(f"“{definition.label}”，您的情况符合吗？", JUDGED_LATER, "符合", "不符合")
    return PlainQuestion(definition.question or f"{definition.label}是哪一种情况？")
