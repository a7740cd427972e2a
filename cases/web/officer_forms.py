"""Shapes of the pages about who handles a case: recusal and change of handlers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from cases.models import RecusalAsker, RecusalOutcome, RecusalReason
from cases.services.recuse_officer import RecusalDecision, RecusalRequest
from cases.web.fields import day_field
from cases.web.forms import area
from enforcement.models import Officer
from enforcement.web.documents.lines_field import LinesField


class RecusalRequestForm(forms.Form):
    """回避申请. A person is chosen as `officer:<id>` or `account:<id>`."""

    person = forms.ChoiceField(
        label="被申请回避的人员", widget=forms.RadioSelect, error_messages={"required": "选择人员"}
    )
    asked_by = forms.ChoiceField(
        label="由谁提出",
        choices=RecusalAsker,
        widget=forms.RadioSelect,
        error_messages={"required": "选择由谁提出"},
    )
    reason_kind = forms.ChoiceField(
        label="理由类别",
        choices=RecusalReason,
        widget=forms.RadioSelect,
        error_messages={"required": "选择理由类别"},
    )
    reason = forms.CharField(
        label="理由",
        help_text="写明具体的利害关系或者其他关系。决定作出之前，不停止调查。",
        max_length=2000,
        widget=area(3),
        error_messages={"required": "写明理由"},
    )
    requested_on = day_field("提出日期")

    def __init__(self, *args: Any, persons: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].choices = list(persons)  # type: ignore[attr-defined]

    @staticmethod
    def request(fields: Mapping[str, Any]) -> RecusalRequest:
        """What the cleaned fields ask for."""
        sort, _, key = fields["person"].partition(":")
        chosen: dict[str, Any] = {"officer_id" if sort == "officer" else "account_id": int(key)}
        named = {name: fields[name] for name in ("asked_by", "reason_kind", "reason", "requested_on")}
        return RecusalRequest(**named, **chosen)


class RecusalDecisionForm(forms.Form):
    """是否回避的决定; the discussion is asked for where the person is a head."""

    outcome = forms.ChoiceField(
        label="决定",
        choices=[(one.value, one.label) for one in (RecusalOutcome.RECUSED, RecusalOutcome.REJECTED)],
        widget=forms.RadioSelect,
        error_messages={"required": "选择回避或者不予回避"},
    )
    grounds = forms.CharField(
        label="决定的理由", max_length=2000, widget=area(3), error_messages={"required": "写明决定的理由"}
    )
    discussion = LinesField(
        label="参加集体讨论的人员", required=True, help_text="每行一名，至少两名。", rows=3
    )

    def __init__(self, *args: Any, collective: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not collective:
            del self.fields["discussion"]

    @staticmethod
    def decision(fields: Mapping[str, Any]) -> RecusalDecision:
        """What the cleaned fields decide."""
        discussion = tuple(fields.get("discussion", ()))
        return RecusalDecision(outcome=fields["outcome"], grounds=fields["grounds"], discussion=discussion)


class HandlersForm(forms.Form):
    """调整承办人."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput)
    handlers = forms.MultipleChoiceField(
        label="承办人",
        help_text="至少两名，执法证今天有效，没有回避。",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "选择两名承办人"},
    )
    reason = forms.CharField(
        label="调整的理由", max_length=2000, widget=area(3), error_messages={"required": "写明调整的理由"}
    )

    def __init__(self, *args: Any, officers: Iterable[Officer], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(str(officer.pk), officer.name) for officer in officers]
        self.fields["handlers"].choices = choices  # type: ignore[attr-defined]
