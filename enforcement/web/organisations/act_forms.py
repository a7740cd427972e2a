"""Shapes of the acts on agencies and delegations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from enforcement.models import Agency, DelegatedAct, PenaltyKind, RegionChangeKind
from enforcement.models.attachments import MOST_BYTES
from enforcement.services.agencies.end_agency import Takeover
from enforcement.services.agencies.rename_agency import NewName
from enforcement.services.change_region import NewRegionChange
from enforcement.services.delegations.conclude import NewDelegation
from enforcement.web.date_field import ChineseDateField
from enforcement.web.documents.lines_field import LinesField

BASIS_HELP = "批准文件的名称或文号，例如“昆编办〔2026〕3号”"


def _basis(label: str = "依据文件") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=200, help_text=BASIS_HELP, error_messages={"required": f"填写{label}"}
    )


def _area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _named(agencies: Iterable[Agency], empty: str) -> list[tuple[str, str]]:
    return [("", empty), *((str(one.pk), one.name) for one in agencies)]


class RenameForm(forms.Form):
    """更名."""

    name = forms.CharField(label="新名称", max_length=80, error_messages={"required": "填写新名称"})
    short_name = forms.CharField(label="新简称", max_length=40, required=False, help_text="不填则不变")
    document_prefix = forms.CharField(
        label="新的文号机关代字", max_length=20, required=False, help_text="不填则不变"
    )
    effective_on = ChineseDateField(
        label="启用日期",
        help_text="新名称的第一天，不晚于今天",
        error_messages={"required": "填写启用日期"},
    )
    basis = _basis("更名依据")

    def new(self) -> NewName:
        return NewName(**self.cleaned_data)


class EndForm(forms.Form):
    """终止或并入; up to two successors, none when the duties simply end."""

    last_day = ChineseDateField(
        label="最后执法日",
        help_text="含当日；此后不能立案。可以是将来的日期",
        error_messages={"required": "填写最后执法日"},
    )
    successor = forms.ChoiceField(
        label="承接机关", required=False, help_text="从次日起承接职责；职责不再保留的，不选"
    )
    matters = forms.CharField(
        label="承接的事项", max_length=300, required=False, widget=_area(2), help_text="不填为全部职责"
    )
    second = forms.ChoiceField(label="另一承接机关", required=False, help_text="分立时选择")
    second_matters = forms.CharField(
        label="另一承接机关承接的事项", max_length=300, required=False, widget=_area(2)
    )
    basis = _basis()

    def __init__(self, *args: Any, agencies: Iterable[Agency], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("successor", "second"):
            self.fields[name].choices = _named(agencies, "没有")  # type: ignore[attr-defined]

    def takeovers(self) -> tuple[Takeover, ...]:
        given = self.cleaned_data
        pairs = ((given["successor"], given["matters"]), (given["second"], given["second_matters"]))
        return tuple(Takeover(int(key), matters=matters) for key, matters in pairs if key)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("second") and not given.get("successor"):
            self.add_error("successor", "先选择承接机关，再选择另一承接机关")
        if given.get("second") and given.get("second") == given.get("successor"):
            self.add_error("second", "两个承接机关相同。换一个，或者留空")
        if given.get("second") and not (given.get("matters") and given.get("second_matters")):
            self.add_error("matters", "分立时写明各自承接的事项")
        return given


class MoveDutiesForm(forms.Form):
    """职责划转: both go on."""

    successor = forms.ChoiceField(label="承接机关", error_messages={"required": "选择承接机关"})
    matters = forms.CharField(
        label="划转的事项", max_length=300, widget=_area(2), error_messages={"required": "写明划转的事项"}
    )
    effective_on = ChineseDateField(label="承接日期", error_messages={"required": "填写承接日期"})
    basis = _basis()

    def __init__(self, *args: Any, agencies: Iterable[Agency], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["successor"].choices = _named(agencies, "选择承接机关")  # type: ignore[attr-defined]

    def takeover(self) -> Takeover:
        return Takeover(int(self.cleaned_data["successor"]), matters=self.cleaned_data["matters"])


def _document_field(*, required: bool) -> forms.FileField:
    return forms.FileField(
        label="委托书",
        required=required,
        help_text="PDF 或扫描图片（JPG、PNG），小于 10 MB",
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={"required": "选择委托书文件", "empty": "这个文件是空的。重新选择文件"},
    )


def bytes_of(file: UploadedFile | None) -> bytes:
    """The content, read no further than a file may be long, and one byte."""
    return file.read(MOST_BYTES + 1) if file is not None else b""


class DelegationForm(forms.Form):
    """登记委托."""

    document_number = forms.CharField(
        label="委托书编号", max_length=60, error_messages={"required": "填写委托书编号"}
    )
    delegate_code = forms.CharField(
        label="受委托机构编码", max_length=32, required=False, help_text="已登记的机构填编码，例如 WHHS-CSGL"
    )
    delegate_name = forms.CharField(
        label="受委托组织名称",
        max_length=80,
        required=False,
        help_text="没有登记的组织填名称和统一社会信用代码",
    )
    delegate_uscc = forms.CharField(label="受委托组织统一社会信用代码", max_length=24, required=False)
    matters = forms.CharField(
        label="委托的事项",
        max_length=500,
        widget=_area(4),
        help_text="按委托书写明。行政强制措施不得委托",
        error_messages={"required": "写明委托的具体事项"},
    )
    violation_codes = LinesField(
        label="案由编码", required=False, help_text="每行一个；不填为委托事项内的全部案由", rows=3
    )
    acts = forms.MultipleChoiceField(
        label="委托的行为",
        choices=DelegatedAct.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "选择委托的行为"},
    )
    penalty_kinds = forms.MultipleChoiceField(
        label="委托的处罚种类",
        choices=PenaltyKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="委托行政处罚时选择",
    )
    signed_on = ChineseDateField(label="签订日期", error_messages={"required": "填写签订日期"})
    valid_from = ChineseDateField(label="委托期限起", error_messages={"required": "填写委托期限的起日"})
    valid_until = ChineseDateField(
        label="委托期限止", help_text="含当日", error_messages={"required": "填写委托期限的止日"}
    )
    document = _document_field(required=True)
    meets_conditions = forms.BooleanField(
        label="已核实受委托组织符合行政处罚法第二十一条的条件",
        help_text="依法成立并具有管理公共事务职能；有熟悉业务并取得执法资格的工作人员；需要技术检查或鉴定的，有条件组织",
    )

    def new(self, delegate: Agency | None) -> NewDelegation:
        given = self.cleaned_data
        plain = ("document_number", "signed_on", "valid_from", "valid_until", "matters", "delegate_name")
        return NewDelegation(
            **{name: given[name] for name in plain},
            delegate_uscc=given["delegate_uscc"],
            acts=tuple(given["acts"]),
            penalty_kinds=tuple(given["penalty_kinds"]),
            violation_codes=tuple(given["violation_codes"]),
            delegate_agency_id=delegate.pk if delegate else None,
            meets_conditions=given["meets_conditions"],
            document=bytes_of(given["document"]),
        )


class RevokeForm(forms.Form):
    """解除委托."""

    revoked_on = ChineseDateField(
        label="解除日期",
        help_text="从这一天起不再受委托，不早于今天",
        error_messages={"required": "填写解除日期"},
    )
    reason = forms.CharField(
        label="解除原因", max_length=300, widget=_area(3), error_messages={"required": "填写解除原因"}
    )


class AttachForm(forms.Form):
    """补交委托书."""

    document = _document_field(required=True)


class RegionChangeForm(forms.Form):
    """登记区划变更."""

    kind = forms.ChoiceField(
        label="变更类型",
        choices=RegionChangeKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "选择变更类型"},
    )
    old_code = forms.CharField(
        label="原代码", max_length=9, required=False, help_text="设立新的行政区划时不填"
    )
    new_code = forms.CharField(
        label="新代码",
        max_length=9,
        required=False,
        help_text="设立、代码变更、隶属变更时填写；撤销时填写接管其区域的行政区划",
    )
    new_name = forms.CharField(label="新名称", max_length=60, required=False, help_text="名称不变的不填")
    form = forms.CharField(label="变更形式", max_length=20, required=False, help_text="例如“撤县设区”")
    with_subordinates = forms.BooleanField(
        label="下级代码一并变更", required=False, help_text="下级行政区划保留后几位，换成新的前缀"
    )
    effective_on = ChineseDateField(
        label="变更日期", help_text="不晚于今天", error_messages={"required": "填写变更日期"}
    )
    basis = _basis("变更依据")

    def change(self) -> NewRegionChange:
        return NewRegionChange(**self.cleaned_data)
