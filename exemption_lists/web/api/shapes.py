"""What the open interface for lists takes and gives, field by field."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from enforcement.web.api.shapes import StrictShape
from exemption_lists.models import EntryScope, LeniencyKind, Mandate

Text = serializers.CharField
Day = serializers.DateField
Number = serializers.IntegerField


class Given(serializers.Serializer[Any]):
    """What is given, never taken."""


class ListGiven(Given):
    """一份清单"""

    slug = Text(help_text="网址代号")
    title = Text(help_text="名称")
    agency = Text(help_text="编制机关")
    agency_code = Text(help_text="编制机关编码")
    region_code = Text(help_text="行政区划代码")
    line = Text(help_text="条线代码")
    in_force = Number(allow_null=True, help_text="当天有效的版次，没有的为 null")
    upcoming = serializers.ListField(child=Number(), help_text="已公布、尚未生效的版次")
    page = Text(help_text="公示页面")


class ListsGiven(Given):
    """清单列表"""

    on = Day(help_text="按哪一天")
    results = ListGiven(many=True)
    next = Text(allow_blank=True, help_text="下一页的 after，没有的为空")


class VersionGiven(Given):
    """一个版本"""

    number = Number(help_text="版次")
    document_number = Text(help_text="发文字号")
    issued_on = Day(help_text="成文日期")
    effective_from = Day(help_text="生效日期")
    until = Day(allow_null=True, help_text="不再有效的第一天，未定的为 null")
    validity = Text(help_text="现行有效、尚未生效、已失效、已被新版替代")
    change_summary = Text(allow_blank=True, help_text="修订说明")
    published_at = serializers.DateTimeField(help_text="发布时间")
    digest = Text(help_text="内容摘要（SHA-256）")


class OneListGiven(ListGiven):
    """一份清单和它的全部版本"""

    versions = VersionGiven(many=True, help_text="从新到旧")


class ProvisionGiven(Given):
    """一条法律依据"""

    law = Text()
    article = Number(allow_null=True)
    paragraph = Number(allow_null=True)
    item = Number(allow_null=True)
    text = Text(allow_blank=True, help_text="公布的写法")


class RangeGiven(Given):
    """罚款幅度，以分为单位的整数；没有定的一端为 null"""

    subject = Text(allow_blank=True, help_text="适用对象，空的为当事人")
    min_fen = Number(allow_null=True)
    max_fen = Number(allow_null=True)


class EntryGiven(Given):
    """一条"""

    list = Text(help_text="清单的网址代号")
    version = Number(help_text="版次")
    slug = Text(help_text="条目的网址代号")
    serial = Text(help_text="序号")
    kind = serializers.ChoiceField(choices=LeniencyKind.choices)
    kind_label = Text()
    mandate = serializers.ChoiceField(choices=Mandate.choices)
    verdict = Text(help_text="处理方式，例如 应当不予处罚")
    scope = serializers.ChoiceField(choices=EntryScope.choices)
    domain = Text(allow_blank=True)
    category = Text(allow_blank=True)
    violation = Text(allow_blank=True, help_text="违法行为，通用条款可以为空")
    violated_provisions = ProvisionGiven(many=True)
    penalty_provisions = ProvisionGiven(many=True)
    condition_text = serializers.ListField(child=Text(), help_text="公布的适用条件")
    condition = serializers.DictField(help_text="结构化的条件：all、any、not 或 {fact, op, value}")
    condition_words = Text(help_text="结构化条件的一句话")
    declared_facts = serializers.ListField(child=serializers.DictField(), help_text="本条专用的事实")
    exclusions = serializers.ListField(child=serializers.DictField(), help_text="排除情形 {text, condition}")
    follow_up = serializers.ListField(child=Text(), help_text="配套措施")
    coercive_measure = Text(allow_blank=True)
    statutory_ranges = RangeGiven(many=True)
    fine_ranges = RangeGiven(many=True)
    fine_rule = Text(allow_blank=True)
    plain_words = Text(allow_blank=True)
    example = Text(allow_blank=True)
    note = Text(allow_blank=True)
    page = Text(help_text="公示页面，永久有效")


class OneVersionGiven(VersionGiven):
    """一个版本和它的条目"""

    list = Text(help_text="清单的网址代号")
    title = Text()
    entries = EntryGiven(many=True)


class CoveringGiven(Given):
    """代替的条目"""

    list = Text()
    version = Number()
    slug = Text()
    why = Text(help_text="为什么由它代替")


class EffectiveEntryGiven(EntryGiven):
    """适用清单中的一条"""

    origin = Text(help_text="来源机关")
    origin_code = Text()
    is_own = serializers.BooleanField(help_text="是否本机关的清单")
    covered_by = CoveringGiven(allow_null=True)


class EffectiveGiven(Given):
    """一个机关在一天适用的清单"""

    agency = Text()
    agency_code = Text()
    on = Day()
    applying = EffectiveEntryGiven(many=True)
    covered = EffectiveEntryGiven(many=True)


class EvaluationShape(StrictShape):
    """按事实试算"""

    agency = Text(max_length=40, help_text="执法机关编码")
    on = Day(required=False, help_text="违法行为发生日期，不给的为今天")
    violation = Text(max_length=300, help_text="违法行为的名称或者编码")
    facts = serializers.DictField(
        required=False,
        child=serializers.JSONField(allow_null=True),
        help_text="事实代码 → 值；null 或者不给的为未查明。金额为以分为单位的整数",
    )


class LeafGiven(Given):
    """一项条件"""

    text = Text()
    truth = serializers.ChoiceField(choices=["true", "false", "unknown"])
    depth = Number(help_text="层次，从 0 起")


class QuestionGiven(Given):
    """还要查明的事实"""

    fact = Text()
    label = Text()  # type: ignore[assignment]
    question = Text()


class JudgedGiven(Given):
    """一条对这些事实"""

    list = Text()
    version = Number()
    slug = Text()
    serial = Text()
    verdict = Text()
    truth = serializers.ChoiceField(choices=["true", "false", "unknown"])
    truth_label = Text()
    reasons = LeafGiven(many=True)
    open_facts = QuestionGiven(many=True)
    page = Text()


class EvaluationGiven(Given):
    """试算结果；仅供参考，以执法机关依法认定为准"""

    agency_code = Text()
    on = Day()
    violation = Text()
    entries = JudgedGiven(many=True, help_text="从宽到严")
    notice = Text()


class FactGiven(Given):
    """一项可以使用的事实"""

    code = Text()
    label = Text()  # type: ignore[assignment]
    type = Text(help_text="boolean、integer、decimal、money、choice、grade、text、date")
    unit = Text(allow_blank=True)
    options = serializers.ListField(child=Text(), help_text="选项；等级从轻到重")
    question = Text(allow_blank=True)
    topic = Text(allow_blank=True)
    legal_source = Text(allow_blank=True)
    computed = serializers.BooleanField(help_text="由登记信息或者日期算出")
