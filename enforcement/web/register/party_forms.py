"""Forms of the acts on a party."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from enforcement.models import CreditTier, ObjectClass
from enforcement.web.date_field import ChineseDateField

RENAMED, CORRECTED = "renamed", "corrected"


class RenameForm(forms.Form):
    """A new name with its day, or the correction of one that was registered wrongly."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput)
    how = forms.ChoiceField(
        label="办理",
        choices=((RENAMED, "更名：名称已经登记机关变更"), (CORRECTED, "更正：原来登记错了")),
        widget=forms.RadioSelect,
        initial=RENAMED,
        error_messages={"required": "选择更名还是更正"},
    )
    name = forms.CharField(label="新名称", max_length=120, error_messages={"required": "填写新名称"})
    changed_on = ChineseDateField(
        label="变更日期", required=False, help_text="更名的填写，例如 2026.3.5。更正的不用填"
    )
    basis = forms.CharField(
        label="依据",
        max_length=200,
        help_text="例如“登记机关准予变更登记通知书”",
        error_messages={"required": "填写依据"},
    )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        typed = "changed_on" not in self.errors
        if cleaned.get("how") == RENAMED and cleaned.get("changed_on") is None and typed:
            self.add_error("changed_on", "填写变更日期")
        return cleaned


class RateForm(forms.Form):
    """A credit tier from a day on."""

    tier = forms.ChoiceField(
        label="信用等级",
        choices=CreditTier,
        widget=forms.RadioSelect,
        error_messages={"required": "选择信用等级"},
    )
    from_day = ChineseDateField(
        label="起始日期", help_text="从这一天起适用", error_messages={"required": "填写起始日期"}
    )
    source = forms.CharField(
        label="来源",
        max_length=120,
        help_text="例如“企业信用风险分类平台”",
        error_messages={"required": "填写来源"},
    )


class ClassifyForm(forms.Form):
    """All object classes of the party, from a day on."""

    classes = forms.TypedMultipleChoiceField(
        label="监管对象类别",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="不再属于的取消勾选",
    )
    on = ChineseDateField(label="起始日期", error_messages={"required": "填写起始日期"})

    def __init__(self, *args: object, classes: Iterable[ObjectClass], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        choices = [(str(one.pk), one.name) for one in classes]
        self.fields["classes"].choices = choices  # type: ignore[attr-defined]
