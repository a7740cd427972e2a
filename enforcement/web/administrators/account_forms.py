"""Shapes of what administrators type; the rules are in `services/accounts`."""

from __future__ import annotations

from typing import Any

from django import forms

from enforcement.actors import ROLE_LABELS, Actor, Role
from enforcement.models import Account, Agency, Officer
from enforcement.selectors.administered_accounts import agency_named, line_choices, officer_numbered
from enforcement.services.accounts.create_account import name_problems
from enforcement.web.stale_saves import OpenedForm

# What a duty opens, said before it is given.
DUTY_OPENS: dict[Role, str] = {
    Role.OFFICER: "立案、记录事实、提出处理建议、告知、送达和结案",
    Role.APPROVER: "审批处理建议、决定回避、调整承办人、撤销立案、签发决定书",
    Role.LEGAL_REVIEWER: "审核清单、基准版本，查看案件",
    Role.COMPILER: "编制减免责清单、裁量权基准、综合查一次清单和权责清单",
    Role.PUBLISHER: "发布已通过法制审核的版本",
    Role.SUPERVISOR: "查看案件和不采纳记录，不能办理案件",
    Role.REGISTRAR: "维护机构、人员、装备、当事人和法律依据",
    Role.SYSTEM_ADMIN: "建立、停用账号和重置登录方式，不能授予职责，看不到案件",
    Role.SECURITY_ADMIN: "授予和收回职责，不能建立账号，看不到案件",
    Role.AUDIT_ADMIN: "查看操作记录，不能作任何改动，看不到案件",
}


class AccountForm(OpenedForm):
    """The owner of an account. The agency and the officer are named by what people know them by."""

    display_name = forms.CharField(label="姓名", max_length=40, error_messages={"required": "填写姓名"})
    agency = forms.CharField(
        label="所在机构",
        required=False,
        max_length=80,
        help_text="填机构名称或机构编码，可从建议中选择；不属于执法主体的人员留空。",
        widget=forms.TextInput(attrs={"list": "agencies", "autocomplete": "off"}),
    )
    officer = forms.CharField(
        label="执法人员工号",
        required=False,
        max_length=32,
        help_text="本人是执法人员的填写，账号据此与执法证关联。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    sso_subject = forms.CharField(
        label="统一身份认证标识",
        required=False,
        max_length=255,
        help_text="使用统一身份认证登录的填写。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        self.found_agency: Agency | None = None
        self.found_officer: Officer | None = None

    def clean_agency(self) -> str:
        words: str = self.cleaned_data["agency"].strip()
        if words:
            self.found_agency = agency_named(actor=self.actor, words=words)
            if self.found_agency is None:
                raise forms.ValidationError("您管理的范围内没有这个机构。请从建议中选择，或者核对机构编码")
        return words

    def clean_officer(self) -> str:
        number: str = self.cleaned_data["officer"].strip()
        if number:
            self.found_officer = officer_numbered(actor=self.actor, staff_number=number)
            if self.found_officer is None:
                raise forms.ValidationError("您管理的范围内没有这个工号的执法人员。请核对工号")
        return number

    def owner(self) -> dict[str, Any]:
        """The cleaned values as the services take them."""
        return {
            "display_name": self.cleaned_data["display_name"],
            "agency": self.found_agency,
            "officer": self.found_officer,
            "sso_subject": self.cleaned_data["sso_subject"],
        }


class NewAccountForm(AccountForm):
    username = forms.CharField(
        label="用户名",
        max_length=40,
        help_text="3 到 40 位小写字母、数字、点、横线和下划线，以字母开头；建立后不能修改。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        error_messages={"required": "填写用户名"},
    )
    field_order = ("username", "display_name", "agency", "officer", "sso_subject")

    def clean_username(self) -> str:
        """Refused beside the other fields, so that one submission tells everything that is wrong."""
        username: str = self.cleaned_data["username"].strip()
        problems = name_problems(username)
        if problems:
            raise forms.ValidationError(problems)
        return username


class ChangedAccountForm(AccountForm):
    lock_version = forms.IntegerField(widget=forms.HiddenInput)


def initial_of(account: Account) -> dict[str, Any]:
    return {
        "lock_version": account.lock_version,
        "display_name": account.display_name,
        "agency": account.agency.name if account.agency is not None else "",
        "officer": account.officer.staff_number if account.officer is not None else "",
        "sso_subject": account.sso_subject,
    }


class GrantForm(forms.Form):
    """One duty, where, and in which line."""

    role = forms.ChoiceField(
        label="职责",
        choices=[(role.value, f"{ROLE_LABELS[role]}：{DUTY_OPENS[role]}") for role in Role],
        widget=forms.RadioSelect,
        error_messages={"required": "选择职责"},
    )
    region_code = forms.CharField(
        label="行政区划代码",
        max_length=9,
        help_text="2、4、6 或 9 位代码，含所辖的下级，可从建议中选择。",
        widget=forms.TextInput(attrs={"list": "regions", "class": "input-short", "autocomplete": "off"}),
        error_messages={"required": "填写行政区划代码"},
    )
    line_code = forms.ChoiceField(
        label="条线", required=False, help_text="选“全部条线”的，各条线的事项都能办理或者查看。"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["line_code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "全部条线"), *line_choices()]
