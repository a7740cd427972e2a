"""资格证件 of legal reviewers and 执法监督员 as pages."""

from __future__ import annotations

from typing import Any

from django import forms

from enforcement.expiry import ExpiringKind
from enforcement.models import Account
from enforcement.qualification_rules import QUALIFICATION_LABELS
from enforcement.register_people import QUALIFICATION
from enforcement.register_tables import qualifications as table
from enforcement.register_tables.people_columns import may_read
from enforcement.selectors import people
from enforcement.selectors.expiry import count_warnings
from enforcement.web.date_field import ChineseDateField
from enforcement.web.register.areas.people_fields import day_text, found_account
from enforcement.web.register.forms import RegisterForm
from enforcement.web.register.surface import Facts, ListColumn, RegisterSurface, RowFilter

KINDS = [(kind.value, label) for kind, label in QUALIFICATION_LABELS.items()]


class QualificationForm(RegisterForm):
    """A paper of one person; whose and of which kind it is stays fixed."""

    read_only_after_creation = ("account", "kind")

    account = forms.CharField(
        label="用户名",
        max_length=60,
        help_text="持证人登录用的用户名",
        error_messages={"required": "填写持证人的用户名"},
    )
    kind = forms.ChoiceField(label="资格", choices=KINDS, error_messages={"required": "选择资格"})
    number = forms.CharField(
        label="证书编号",
        max_length=60,
        required=False,
        help_text="2018 年前已从事法制审核的可以不填",
    )
    issuing_authority = forms.CharField(label="发证机关", max_length=80, required=False)
    obtained_on = ChineseDateField(
        label="取得日期",
        help_text="2018 年前已从事法制审核的，填开始从事审核的日期",
        error_messages={"required": "填写取得日期"},
    )
    valid_until = ChineseDateField(
        label="有效期至", required=False, help_text="没有期限的留空；执法监督证须填写"
    )

    def initial_of(self, row: Any) -> dict[str, Any]:
        return {name: getattr(row, name) for name in self.base_fields if name != "account"}

    def clean_account(self) -> Account:
        return found_account(self.cleaned_data["account"])


def _facts(row: Any) -> Facts:
    return (
        ("持证人", row.account.display_name),
        ("资格", row.get_kind_display()),
        ("证书编号", row.number),
        ("发证机关", row.issuing_authority),
        ("取得日期", day_text(row.obtained_on)),
        ("有效期至", day_text(row.valid_until) or "长期"),
    )


QUALIFICATIONS = RegisterSurface(
    kind=QUALIFICATION,
    title="资格证件",
    unit="份资格证件",
    introduction="法制审核人员的法律职业资格和执法监督员的执法监督证；没有登记的，不能授予相应职责",
    columns=(
        ListColumn("持证人", lambda row: row.account.display_name),
        ListColumn("资格", lambda row: row.get_kind_display()),
        ListColumn("证书编号", lambda row: row.number, optional=True),
        ListColumn("取得日期", lambda row: day_text(row.obtained_on)),
        ListColumn("有效期至", lambda row: day_text(row.valid_until) or "长期"),
    ),
    list_rows=lambda actor: people.list_qualifications(actor=actor),
    search=people.search_qualifications,
    search_label="证书编号或者用户名",
    order=("region_code", "id"),
    filters=(RowFilter("kind", "资格", lambda actor: KINDS, lambda rows, code: rows.filter(kind=code)),),
    facts_of=_facts,
    title_of=lambda row: f"{row.account.display_name}：{row.get_kind_display()}",
    related=("account",),
    may_open=may_read,
    form=QualificationForm,
    table=table.QUALIFICATIONS,
    warnings=lambda actor, day: count_warnings(actor=actor, today=day, kinds=(ExpiringKind.QUALIFICATION,)),
)
