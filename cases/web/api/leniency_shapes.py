"""What the interface takes and gives about list entries at a proposal, and about the alarms it raises."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from cases.models import ProposalVerdict
from cases.statuses import AlarmFinding, AlarmKind, DepartureClass, EntryStance, Outcome
from enforcement.web.api.shapes import StrictShape

Text = serializers.CharField


class EntryReasonsShape(StrictShape):
    """条件符合而不适用的清单条目"""

    entry_id = serializers.IntegerField(min_value=1, help_text="清单条目编号")
    reason_class = serializers.ChoiceField(choices=DepartureClass.choices)
    reasons = Text(max_length=4000, help_text="至少 20 字")


class AlarmAnswerShape(StrictShape):
    """对一条预警仍然同意的理由"""

    kind = serializers.ChoiceField(choices=AlarmKind.choices)
    entry_id = serializers.IntegerField(
        min_value=1, allow_null=True, required=False, default=None, help_text="预警所指的清单条目，没有的为空"
    )
    reason_class = serializers.ChoiceField(choices=DepartureClass.choices)
    reasons = Text(max_length=4000, help_text="至少 20 字")


# --- What is given ---------------------------------------------------------------------------------------------------
class EntryUseGiven(serializers.Serializer[Any]):
    """一条核对过的清单条目"""

    entry_id = serializers.IntegerField()
    version_id = serializers.IntegerField()
    label = Text()  # type: ignore[assignment]
    path = Text(help_text="公示网址")
    kind = Text()
    is_binding = serializers.BooleanField(help_text="true：应当适用；false：可以适用")
    stance = serializers.ChoiceField(choices=EntryStance.choices)
    stance_label = Text()
    decided_by = Text(help_text="决定性的条件")
    reason_class = serializers.ChoiceField(choices=DepartureClass.choices, allow_blank=True)
    reasons = Text()


class AlarmGiven(serializers.Serializer[Any]):
    """一条预警；answer 为空的，同意时须写明理由"""

    kind = serializers.ChoiceField(choices=AlarmKind.choices)
    kind_label = Text()
    entry_id = serializers.IntegerField(allow_null=True)
    explanation = Text()
    raised_at = serializers.DateTimeField()
    answer_class = serializers.ChoiceField(choices=DepartureClass.choices, allow_blank=True)
    answer = Text()
    inquiry = Text(help_text="监督机关要求说明的问题")
    reply = Text()
    finding = serializers.ChoiceField(choices=AlarmFinding.choices, allow_blank=True)


class ProposalGiven(serializers.Serializer[Any]):
    """处理建议"""

    id = serializers.IntegerField()
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    tier_label = Text()
    fines = serializers.ListField(child=serializers.DictField(), help_text="金额以分为单位")
    other_measures = serializers.ListField(child=Text())
    follows_analysis = serializers.BooleanField()
    statement = Text()
    verdict = serializers.ChoiceField(choices=ProposalVerdict.choices)
    entry_uses = EntryUseGiven(many=True)
    alarms = AlarmGiven(many=True)
