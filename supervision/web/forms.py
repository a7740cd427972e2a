"""The filter shared by the supervisor's pages; it lives in the address, so that every view has a URL."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from cases.models import CaseStatus, Outcome
from enforcement.actors import Actor
from enforcement.web.date_field import ChineseDateField
from supervision.selectors import OverviewFilter, filter_choices


class OverviewForm(forms.Form):
    line = forms.ChoiceField(label="条线", required=False)
    region = forms.ChoiceField(label="地区", required=False)
    opened_from = ChineseDateField(label="立案日期自", required=False, help_text="")
    opened_until = ChineseDateField(label="立案日期至", required=False, help_text="")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines, regions = filter_choices(actor=actor)
        self.fields["line"].choices = [("", "全部条线"), *lines]  # type: ignore[attr-defined]
        self.fields["region"].choices = [("", "全部地区"), *regions]  # type: ignore[attr-defined]
        for name in ("line", "region"):
            self.fields[name].error_messages["invalid_choice"] = "不在您的监督范围内，请重新选择"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("opened_from"), cleaned.get("opened_until")
        if isinstance(first, dt.date) and isinstance(last, dt.date) and last < first:
            self.add_error("opened_until", "止日应不早于起日")
        return cleaned

    def narrowed(self) -> OverviewFilter:
        """The filter to apply; fields with an error narrow nothing."""
        cleaned = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return OverviewFilter(
            line_code=cleaned.get("line", ""),
            region_code=cleaned.get("region", ""),
            opened_from=cleaned.get("opened_from"),
            opened_until=cleaned.get("opened_until"),
        )


class CaseFilterForm(OverviewForm):
    status = forms.ChoiceField(label="阶段", required=False, choices=[("", "全部阶段"), *CaseStatus.choices])
    outcome = forms.ChoiceField(
        label="处理结果", required=False, choices=[("", "全部结果"), *Outcome.choices]
    )
    overdue = forms.BooleanField(label="只看超过办案期限的", required=False)
