"""What the interface takes and gives about cases, field by field."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from cases.models import CaseSource, RecusalAsker, RecusalOutcome, RecusalReason
from cases.services.later_steps import DeliveryMethod, Fulfilment
from cases.statuses import CaseStatus, DepartureClass, FactSource, Outcome
from cases.web.api.leniency_shapes import AlarmAnswerShape, EntryReasonsShape, ProposalGiven
from enforcement.models import PartyKind
from enforcement.web.api.shapes import StrictShape

Text = serializers.CharField
Day = serializers.DateField


class PartyNumber(StrictShape):
    """当事人号码"""

    kind = serializers.ChoiceField(choices=PartyKind.choices, help_text="当事人类型")
    identifier = Text(max_length=40, help_text="自然人为身份证号，其他为统一社会信用代码")


class NewParty(PartyNumber):
    """登记当事人"""

    name = Text(max_length=120, help_text="名称")
    representative = Text(max_length=40, required=False, allow_blank=True, default="")
    address = Text(max_length=200, required=False, allow_blank=True, default="")
    phone = Text(max_length=30, required=False, allow_blank=True, default="")


class NewCaseShape(StrictShape):
    """立案"""

    violation_code = Text(max_length=60, help_text="案由（违法行为）代码")
    party = PartyNumber(help_text="已登记的当事人")
    handler_ids = serializers.ListField(
        child=serializers.IntegerField(min_value=1), min_length=1, max_length=20, help_text="承办人编号"
    )
    source = serializers.ChoiceField(choices=CaseSource.choices)  # type: ignore[assignment]
    act_date = Day(help_text="违法行为发生日期；持续的为终了之日")
    found_on = Day()
    opened_on = Day()
    place = Text(max_length=200, required=False, allow_blank=True, default="")
    narrative = Text(max_length=8000, required=False, allow_blank=True, default="")


class FactShape(StrictShape):
    """一项事实；value 为 null 的，取消已记录的内容"""

    value = serializers.JSONField(allow_null=True)
    source = serializers.ChoiceField(choices=FactSource.choices, default=FactSource.OFFICER)  # type: ignore[assignment]
    note = Text(max_length=120, required=False, allow_blank=True, default="")


class FactsShape(StrictShape):
    """记录裁量事实"""

    facts = serializers.DictField(child=FactShape(), allow_empty=False, help_text="事实代码 → 内容")


class NarrativeShape(StrictShape):
    """违法事实与证据"""

    narrative = Text(max_length=8000, allow_blank=True)
    evidence = serializers.ListField(child=Text(max_length=400), max_length=60)
    place = Text(max_length=200, required=False, allow_blank=True, default="")


class FineShape(StrictShape):
    """罚款，以分为单位的整数"""

    subject = Text(max_length=60, allow_blank=True, default="")
    fen = serializers.IntegerField(min_value=1)


class ProposalShape(StrictShape):
    """处理建议"""

    follows_analysis = serializers.BooleanField(help_text="采纳系统建议")
    outcome = serializers.ChoiceField(
        choices=Outcome.choices, required=False, help_text="不采纳时必填；采纳时以系统建议为准"
    )
    fines = FineShape(many=True, required=False, default=list)
    tier_label = Text(max_length=120, required=False, allow_blank=True, default="")
    other_measures = serializers.ListField(child=Text(max_length=200), required=False, default=list)
    departure_class = serializers.ChoiceField(choices=DepartureClass.choices, required=False, default="")
    departure_reasons = Text(max_length=4000, required=False, allow_blank=True, default="")
    mitigation_basis = Text(max_length=2000, required=False, allow_blank=True, default="")
    education = Text(max_length=2000, required=False, allow_blank=True, default="")
    entry_id = serializers.IntegerField(
        min_value=1,
        allow_null=True,
        required=False,
        default=None,
        help_text="不采纳时作为依据的清单条目；采纳时以系统建议为准",
    )
    entry_reasons = EntryReasonsShape(
        many=True, required=False, default=list, help_text="条件符合而不适用的每一条的理由"
    )


class OpinionShape(StrictShape):
    """审批意见"""

    proposal_id = serializers.IntegerField(help_text="所审阅的处理建议")
    text = Text(max_length=2000, allow_blank=True)


class ApprovalShape(OpinionShape):
    """同意处理建议"""

    alarm_answers = AlarmAnswerShape(
        many=True, required=False, default=list, help_text="对每条预警仍然同意的理由"
    )


class StatementShape(StrictShape):
    """告知与陈述申辩"""

    notice_given_on = Day()
    heard_on = Day()
    content = Text(max_length=4000, required=False, allow_blank=True, default="")
    response = Text(max_length=4000, required=False, allow_blank=True, default="")


class NothingShape(StrictShape):
    """没有要填写的内容"""


class DeliveryShape(StrictShape):
    """送达回证"""

    delivered_on = Day()
    method = serializers.ChoiceField(choices=DeliveryMethod.choices)
    receiver = Text(max_length=60)


class ClosingShape(StrictShape):
    """结案"""

    closed_on = Day()
    fulfilment = serializers.ChoiceField(choices=Fulfilment.choices)
    note = Text(max_length=1000, required=False, allow_blank=True, default="")


class ReasonShape(StrictShape):
    """撤销立案"""

    reason = Text(max_length=2000)


class HandlersShape(StrictShape):
    """调整承办人"""

    handler_ids = serializers.ListField(child=serializers.IntegerField(min_value=1), max_length=20)
    reason = Text(max_length=2000)


class RecusalRequestShape(StrictShape):
    """回避申请；officer_id 与 account_id 填一个"""

    officer_id = serializers.IntegerField(required=False, allow_null=True, default=None)
    account_id = serializers.IntegerField(required=False, allow_null=True, default=None)
    asked_by = serializers.ChoiceField(choices=RecusalAsker.choices)
    reason_kind = serializers.ChoiceField(choices=RecusalReason.choices)
    reason = Text(max_length=2000)
    requested_on = Day()


class RecusalDecisionShape(StrictShape):
    """是否回避的决定"""

    recusal_id = serializers.IntegerField()
    outcome = serializers.ChoiceField(
        choices=[(one.value, one.label) for one in (RecusalOutcome.RECUSED, RecusalOutcome.REJECTED)]
    )
    grounds = Text(max_length=2000)
    discussion = serializers.ListField(child=Text(max_length=40), required=False, default=list)


# --- What is given ---------------------------------------------------------------------------------------------------
class Shape(serializers.Serializer[Any]):
    """Answers; for the description only, the documents are made in `case_documents`."""


class PartyGiven(Shape):
    """当事人（号码遮蔽）"""

    id = serializers.IntegerField()
    kind = Text()
    name = Text()
    masked_identifier = Text()


class PartyRegistered(Shape):
    """登记结果"""

    id = serializers.IntegerField()
    is_new = serializers.BooleanField(help_text="false：号码已登记过")


class OfferedActGiven(Shape):
    """现在可以或不可以办理的动作"""

    act = Text()
    label = Text()  # type: ignore[assignment]
    is_possible = serializers.BooleanField()
    is_page_only = serializers.BooleanField(help_text="只在案件页面上办理，本接口不提供")
    refusal = serializers.DictField(allow_null=True, help_text="不能办理的原因，与办理时的应答相同")
    law_reference = Text()


class CaseRowGiven(Shape):
    """案件"""

    id = serializers.IntegerField()
    number = Text()
    status = serializers.ChoiceField(choices=CaseStatus.choices)
    status_label = Text()
    violation_code = Text()
    violation_name = Text()
    party = PartyGiven()
    opened_on = Day()
    handlers = serializers.ListField(child=serializers.DictField())
    lock_version = serializers.IntegerField()


class CaseGiven(CaseRowGiven):
    """案件详情"""

    agency_code = Text()
    agency_name = Text()
    region_code = Text()
    line_code = Text()
    source = Text()  # type: ignore[assignment]
    place = Text()
    narrative = Text()
    evidence = serializers.ListField(child=Text())
    act_date = Day()
    found_on = Day()
    closed_on = Day(allow_null=True)
    facts = serializers.DictField()
    proposal = ProposalGiven(allow_null=True)
    decision = serializers.DictField(allow_null=True)
    recusals = serializers.ListField(child=serializers.DictField())
    available_actions = OfferedActGiven(many=True)


class CasePageGiven(Shape):
    """一页案件"""

    results = CaseRowGiven(many=True)
    next = Text(help_text="下一页的 after；最后一页为空")


class ActGiven(Shape):
    """办理结果"""

    case_id = serializers.IntegerField()
    number = Text()
    act = Text()
    status = Text()
    status_label = Text()
    lock_version = serializers.IntegerField()
    reference = Text(help_text="决定书文号；没有的为空")


class OfficerGiven(Shape):
    """本机关的执法人员"""

    id = serializers.IntegerField()
    name = Text()
