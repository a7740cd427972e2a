"""The short forms of the acts on officers, certificates and equipment."""

from __future__ import annotations

from typing import Any

from django import forms

from enforcement.models.officers import CheckResult, RevocationKind
from enforcement.web.date_field import ChineseDateField


def _reason(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=200,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": f"填写{label}"},
    )


class LeaveForm(forms.Form):
    lock_version = forms.IntegerField(widget=forms.HiddenInput)
    left_on = ChineseDateField(
        label="离岗日期",
        help_text="最后一个在岗日；次日起，这名人员不能再实施执法行为",
        error_messages={"required": "填写离岗日期"},
    )
    reason = _reason("离岗原因", "例如“调任其他单位”，写进修改历史")


class SuspendForm(forms.Form):
    starts_on = ChineseDateField(
        label="暂扣首日", help_text="这一天起执法证无效", error_messages={"required": "填写暂扣首日"}
    )
    ends_on = ChineseDateField(
        label="暂扣末日", required=False, help_text="最后一个暂扣日；没有确定的留空，恢复时再登记"
    )
    reason = _reason("暂扣原因", "例如“未按规定参加年度培训”")


class LiftForm(forms.Form):
    resumes_on = ChineseDateField(
        label="恢复日期", help_text="这一天起执法证重新有效", error_messages={"required": "填写恢复日期"}
    )
    reason = _reason("恢复原因", "例如“已补训合格”")


class RevokeForm(forms.Form):
    kind = forms.ChoiceField(
        label="失效方式",
        choices=RevocationKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "选择注销或者吊销"},
    )
    revoked_on = ChineseDateField(
        label="失效日期", help_text="这一天起执法证无效", error_messages={"required": "填写失效日期"}
    )
    reason = _reason("失效原因", "例如“调离执法岗位”；登记后不能撤回")


class CheckForm(forms.Form):
    year = forms.IntegerField(
        label="审验年度",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input-short", "autocomplete": "off"}),
        error_messages={"required": "填写审验年度", "invalid": "审验年度应为四位数字，例如 2026"},
    )
    checked_on = ChineseDateField(label="审验日期", error_messages={"required": "填写审验日期"})
    result = forms.ChoiceField(
        label="审验结果",
        choices=CheckResult.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "选择审验结果"},
    )
    note = forms.CharField(label="说明", max_length=200, required=False)


class HandOutForm(forms.Form):
    holder = forms.ChoiceField(label="领用人", error_messages={"required": "选择领用人"})
    held_from = ChineseDateField(label="领用日期", error_messages={"required": "填写领用日期"})

    def __init__(self, data: Any = None, *, holders: Any, **options: Any) -> None:
        super().__init__(data, **options)
        field = self.fields["holder"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", "请选择"),
            *((str(one.pk), f"{one.name}（{one.staff_number}）") for one in holders),
        ]


class TakeBackForm(forms.Form):
    returned_on = ChineseDateField(
        label="交还日期", help_text="同一天可以由另一人领用", error_messages={"required": "填写交还日期"}
    )


class CalibrateForm(forms.Form):
    certificate_number = forms.CharField(
        label="检定证书编号", max_length=60, error_messages={"required": "填写检定证书编号"}
    )
    body = forms.CharField(label="检定机构", max_length=80, error_messages={"required": "填写检定机构"})
    done_on = ChineseDateField(label="检定日期", error_messages={"required": "填写检定日期"})
    valid_until = ChineseDateField(
        label="有效期至", help_text="最后一个有效日", error_messages={"required": "填写有效期至"}
    )
