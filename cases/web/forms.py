"""Shapes of what officers type; rules are in the services."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms

from cases.entry_uses import StatedReasons
from cases.models import CaseSource, DepartureClass, LeniencyAlarm, ProposalVerdict
from cases.services.later_steps import DeliveryMethod, Fulfilment
from cases.services.register_party import checked_identifier
from cases.web.fields import day_field
from enforcement.errors import Refusal
from enforcement.identifiers import IdentifierError
from enforcement.models import Officer, PartyKind
from enforcement.web.documents.lines_field import LinesField
from enforcement.web.stale_saves import OpenedForm


def add_refusal(form: forms.Form, refusal: Refusal) -> None:
    """Put a service's refusal where the person can act on it: at its fields, else above the form."""
    fields: dict[str, Any] = refusal.data.get("fields") or {}
    for name, sentences in fields.items():
        for sentence in [sentences] if isinstance(sentences, str) else sentences:
            form.add_error(name if name in form.fields else None, sentence)
    if not fields:
        for sentence in refusal.data.get("problems") or [refusal.message]:
            form.add_error(None, sentence)


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class OpenCaseForm(forms.Form):
    """立案. The violation is found by typing (a native list of suggestions), the party by its number."""

    operation_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    violation = forms.CharField(
        label="案由（违法行为）",
        help_text="输入几个字，从建议中选择。",
        max_length=300,
        widget=forms.TextInput(attrs={"list": "violations", "autocomplete": "off"}),
        error_messages={"required": "选择案由"},
    )
    source = forms.ChoiceField(
        label="案件来源",
        choices=CaseSource,
        widget=forms.RadioSelect,
        error_messages={"required": "选择案件来源"},
    )
    party_kind = forms.ChoiceField(
        label="当事人类型",
        choices=[
            (kind.value, kind.label)
            for kind in (
                PartyKind.SOLE_TRADER,
                PartyKind.ENTERPRISE,
                PartyKind.PERSON,
                PartyKind.ORGANISATION,
            )
        ],
        widget=forms.RadioSelect,
        initial=PartyKind.SOLE_TRADER,
        error_messages={"required": "选择当事人类型"},
    )
    party_identifier = forms.CharField(
        label="统一社会信用代码或身份证号",
        help_text="自然人填身份证号，其他填统一社会信用代码。空格会自动忽略。",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "填写统一社会信用代码或身份证号"},
    )
    party_name = forms.CharField(
        label="当事人名称", required=False, max_length=120, help_text="已登记过的当事人不用再填。"
    )
    representative = forms.CharField(label="法定代表人（负责人）", required=False, max_length=40)
    address = forms.CharField(label="住所（经营场所）", required=False, max_length=200)
    phone = forms.CharField(
        label="联系电话", required=False, max_length=30, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    act_date = day_field("违法行为发生日期", help_text="持续的，填终了之日。例如 2026.3.5 或 20260305")
    found_on = day_field("发现日期")
    opened_on = day_field("立案日期")
    place = forms.CharField(label="违法行为地", required=False, max_length=200)
    handlers = forms.MultipleChoiceField(
        label="承办人",
        help_text="至少两名，执法证在立案当日有效。",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "选择两名承办人"},
    )

    def __init__(self, *args: Any, officers: Iterable[Officer], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(str(officer.pk), officer.name) for officer in officers]
        self.fields["handlers"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A wrong number is named together with every other problem, not after them."""
        cleaned = super().clean() or {}
        kind, identifier = cleaned.get("party_kind"), cleaned.get("party_identifier")
        if kind and identifier:
            try:
                checked_identifier(kind, identifier)
            except IdentifierError as problem:
                self.add_error("party_identifier", problem.message)
        return cleaned


class NarrativeForm(OpenedForm):
    """违法事实与证据."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput)
    narrative = forms.CharField(
        label="违法事实",
        required=False,
        help_text="写明时间、地点、行为和后果。",
        max_length=8000,
        widget=area(6),
    )
    evidence = LinesField(label="证据", help_text="每行一份，例如：现场检查笔录。")
    place = forms.CharField(label="违法行为地", required=False, max_length=200)


class ReviewForm(forms.Form):
    """审批意见, and for each alarm why the approver agrees all the same."""

    proposal_id = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="审批意见",
        help_text="退回的，写明需要补充什么。",
        max_length=2000,
        widget=area(3),
        error_messages={"required": "填写审批意见"},
    )

    def __init__(self, *args: Any, alarms: Iterable[LeniencyAlarm] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.alarms = tuple(alarms)
        self.sends_back = self.is_bound and self.data.get("verdict") == ProposalVerdict.RETURNED
        for alarm in self.alarms:
            self._ask_about(alarm)

    def _ask_about(self, alarm: LeniencyAlarm) -> None:
        """Sending a proposal back needs no answer."""
        kind = alarm.get_kind_display()
        what, needed = f"仍然同意（{kind}）的理由", not self.sends_back
        self.fields[f"alarm_class_{alarm.key}"] = forms.ChoiceField(
            label=f"{kind}：仍然同意的理由类别",
            choices=DepartureClass,
            widget=forms.RadioSelect,
            required=needed,
            error_messages={"required": f"选择{what}类别"},
        )
        self.fields[f"alarm_reasons_{alarm.key}"] = forms.CharField(
            label=f"{kind}：仍然同意的理由",
            help_text="同意时填写，至少 20 字。理由接受监督。退回的不用填。",
            max_length=4000,
            widget=area(4),
            required=needed,
            error_messages={"required": f"写明{what}，至少 20 字"},
        )

    def alarm_fields(self) -> list[tuple[LeniencyAlarm, list[forms.BoundField]]]:
        """Each alarm with its two fields, for the page."""
        return [
            (alarm, [self[f"alarm_class_{alarm.key}"], self[f"alarm_reasons_{alarm.key}"]])
            for alarm in self.alarms
        ]

    def answers(self) -> dict[str, StatedReasons]:
        """Reasons by the key of the alarm, as `decide_proposal` takes them."""
        data = self.cleaned_data
        return {
            alarm.key: StatedReasons(data[f"alarm_class_{alarm.key}"], data[f"alarm_reasons_{alarm.key}"])
            for alarm in self.alarms
        }


class StatementForm(forms.Form):
    """事先告知与陈述申辩."""

    notice_given_on = day_field("告知日期", help_text="告知书送达当事人的日期。")
    heard_on = day_field("听取意见日期", help_text="当事人表示放弃的，填表示放弃的日期。")
    content = forms.CharField(
        label="当事人的陈述、申辩意见",
        required=False,
        help_text="没有提出的留空。",
        max_length=4000,
        widget=area(4),
    )
    response = forms.CharField(
        label="复核结果",
        required=False,
        help_text="逐条回应，写明是否采纳及理由。",
        max_length=4000,
        widget=area(3),
    )


class DeliverForm(forms.Form):
    """送达回证."""

    delivered_on = day_field("送达日期")
    method = forms.ChoiceField(
        label="送达方式",
        choices=DeliveryMethod,
        widget=forms.RadioSelect,
        error_messages={"required": "选择送达方式"},
    )
    receiver = forms.CharField(
        label="签收人",
        max_length=60,
        help_text="留置送达填见证人，公告送达填公告载体。",
        error_messages={"required": "填写签收人"},
    )


class CloseForm(forms.Form):
    """执行情况."""

    closed_on = day_field("结案日期")
    fulfilment = forms.ChoiceField(
        label="执行情况",
        choices=Fulfilment,
        widget=forms.RadioSelect,
        error_messages={"required": "选择执行情况"},
    )
    note = forms.CharField(label="说明", required=False, max_length=1000, widget=area(2))


class WithdrawForm(forms.Form):
    """撤销立案的理由."""

    reason = forms.CharField(
        label="撤销立案的理由",
        max_length=2000,
        widget=area(3),
        error_messages={"required": "写明撤销立案的理由，至少 10 字"},
    )
