"""The form of 执法主体."""

from __future__ import annotations

from typing import Any

from django import forms

from enforcement.models import Agency, AgencyKind, Line, Region
from enforcement.register_tables import agencies as table
from enforcement.selectors import agency_register as register
from enforcement.selectors.region_changes import region_by_code
from enforcement.web.date_field import ChineseDateField
from enforcement.web.register.forms import RegisterForm


class AgencyForm(RegisterForm):
    """An agency. Name and numbers' prefix change by 更名, its end by 终止; both keep what was before."""

    read_only_after_creation = ("code", "name", "short_name", "document_prefix", "region", "line")

    code = forms.CharField(
        label="机构编码",
        max_length=32,
        help_text="字母、数字和连字符，例如 WH-SCJG。登记后不再改动",
        error_messages={"required": "填写机构编码"},
    )
    name = forms.CharField(
        label="名称", max_length=80, help_text="印章上的全称", error_messages={"required": "填写名称"}
    )
    short_name = forms.CharField(label="简称", max_length=40, error_messages={"required": "填写简称"})
    document_prefix = forms.CharField(
        label="文号机关代字",
        max_length=20,
        help_text="文号的开头，例如“五华市监”",
        error_messages={"required": "填写文号机关代字"},
    )
    region = forms.CharField(
        label="行政区划代码",
        max_length=12,
        help_text="2、4、6 或 9 位短代码，例如 530102",
        error_messages={"required": "填写行政区划代码"},
    )
    line = forms.ChoiceField(label="条线", error_messages={"required": "选择条线"})
    kind = forms.ChoiceField(
        label="主体性质", choices=AgencyKind.choices, error_messages={"required": "选择主体性质"}
    )
    superior = forms.CharField(
        label="上级机构编码",
        max_length=32,
        required=False,
        help_text="同一条线、行政区划包含本机构的机构",
    )
    authority_basis = forms.CharField(
        label="执法依据",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="授予执法权的法律、法规或文件，对外公示",
    )
    established_on = ChineseDateField(label="设立日期", required=False)
    uscc = forms.CharField(label="统一社会信用代码", max_length=24, required=False)
    contact_phone = forms.CharField(label="联系电话", max_length=30, required=False, help_text="对外公示")
    address = forms.CharField(label="地址", max_length=120, required=False, help_text="对外公示")
    legal_office_contact = forms.CharField(
        label="法制机构联系人", max_length=40, required=False, help_text="写机构或者岗位名称"
    )
    legal_office_phone = forms.CharField(label="法制机构电话", max_length=30, required=False)
    review_authority = forms.CharField(label="行政复议机关", max_length=80, required=False)
    court = forms.CharField(label="管辖法院", max_length=80, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "line" in self.fields:
            choices = [("", "选择条线"), *register.line_choices(actor=self.actor)]
            self.fields["line"].choices = choices  # type: ignore[attr-defined]

    def initial_of(self, row: Any) -> dict[str, Any]:
        texts = {name: getattr(row, name) for name in self.base_fields if name not in ("region", "line")}
        return texts | {"superior": row.superior.code if row.superior_id else ""}

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        problem = table.check_agency_code(code)
        if problem:
            raise forms.ValidationError(problem)
        return code

    def clean_region(self) -> Region:
        code = self.cleaned_data["region"].strip()
        region = region_by_code(code)
        if region is None or not region.exists_on(self.today):
            raise forms.ValidationError(f"没有代码为“{code}”的行政区划，或者它已撤销。核对短代码")
        return region

    def clean_line(self) -> Line:
        return Line(code=self.cleaned_data["line"])

    def clean_superior(self) -> Agency | None:
        code = self.cleaned_data["superior"]
        if not code:
            return None
        found = register.agency_named(code)
        if found is None:
            raise forms.ValidationError(f"没有编码为“{code}”的机构。先登记上级机构，或者留空")
        return found

    def clean_uscc(self) -> str:
        code = self.cleaned_data["uscc"]
        problem = table.check_agency_uscc(code) if code else ""
        if problem:
            raise forms.ValidationError(problem)
        return "".join(code.split()).upper()
