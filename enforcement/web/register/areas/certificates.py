"""执法证 as pages: what is written on it, its suspensions and its annual checks."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.urls import reverse

from enforcement.actors import Actor
from enforcement.models.officers import CheckResult
from enforcement.register_people import CERTIFICATE
from enforcement.register_tables.people_columns import may_read
from enforcement.selectors import people
from enforcement.web.date_field import ChineseDateField
from enforcement.web.register.areas.certificate_words import certificate_state
from enforcement.web.register.areas.people_fields import OfficersRowForm, day_text
from enforcement.web.register.places import today
from enforcement.web.register.surface import ActLink, Facts, ListColumn, RegisterSurface, Section

_TONES = {CheckResult.PASSED: "ok", CheckResult.FAILED: "danger", CheckResult.NOT_DONE: "warn"}


class CertificateForm(OfficersRowForm):
    """What is printed on the certificate. Suspension, revocation and checks are acts of their own."""

    number = forms.CharField(label="证号", max_length=40, error_messages={"required": "填写证号"})
    line_codes = forms.MultipleChoiceField(
        label="执法领域",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="证上载明的领域；都不选表示所在机构的领域",
        error_messages={"invalid_choice": "从列出的领域中选择"},
    )
    issuing_authority = forms.CharField(label="发证机关", max_length=80, required=False)
    valid_from = ChineseDateField(label="有效期自", error_messages={"required": "填写有效期自"})
    valid_until = ChineseDateField(
        label="有效期至",
        help_text="最后一个有效日，例如 2029.2.28",
        error_messages={"required": "填写有效期至"},
    )

    def __init__(self, *positional: Any, **options: Any) -> None:
        super().__init__(*positional, **options)
        field = self.fields["line_codes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = people.line_choices()


def _facts(row: Any) -> Facts:
    return (
        ("持证人", f"{row.officer.name}（工号 {row.officer.staff_number}）"),
        ("证号", row.number),
        ("执法领域代码", "、".join(row.line_codes)),
        ("发证机关", row.issuing_authority),
        ("有效期自", day_text(row.valid_from)),
        ("有效期至", day_text(row.valid_until)),
        ("失效日期", day_text(row.revoked_on)),
        ("失效方式", row.get_revocation_kind_display()),
        ("失效原因", row.revocation_reason),
    )


def _sections(actor: Actor, row: Any, on: dt.date | None) -> tuple[Section, ...]:
    """Suspensions and checks carry their own days: all of them are shown, whatever day the page is about."""
    day = on or today()
    word, _tone = certificate_state(row, day)
    may_write = on is None and CERTIFICATE.may_write(actor, row)
    return (
        Section(
            title="效力和暂扣",
            id="suspensions",
            facts=(
                (f"{day.isoformat()} 的状态", word),
                ("执法领域", people.line_names(row.line_codes) or "所在机构的领域"),
            ),
            columns=("暂扣首日", "暂扣末日", "原因", "办理"),
            rows=tuple(_suspension_cells(row, one, day, may_write) for one in row.suspensions.all()),
        ),
        Section(
            title="年度审验",
            id="checks",
            columns=("年度", "审验日期", "结果", "说明"),
            rows=tuple(
                (
                    str(one.year),
                    day_text(one.checked_on),
                    {"text": one.get_result_display(), "tone": _TONES[CheckResult(one.result)]},
                    one.note,
                )
                for one in row.checks.all()
            ),
            empty="没有登记年度审验。",
            acts=(ActLink("登记年度审验", reverse("register_people:check", args=[row.pk])),)
            if may_write
            else (),
        ),
    )


def _suspension_cells(row: Any, one: Any, day: dt.date, may_write: bool) -> tuple[Any, ...]:
    open_still = one.ends_on is None or one.ends_on >= day
    act: Any = ""
    if may_write and open_still:
        act = {"text": "恢复", "url": reverse("register_people:lift", args=[row.pk, one.pk])}
    return (day_text(one.starts_on), day_text(one.ends_on) or "未恢复", one.reason, act)


def _acts(actor: Actor, row: Any) -> tuple[ActLink, ...]:
    if row.revoked_on is not None or not CERTIFICATE.may_write(actor, row):
        return ()
    return (
        ActLink("暂扣", reverse("register_people:suspend", args=[row.pk])),
        ActLink("注销或者吊销", reverse("register_people:revoke", args=[row.pk])),
    )


CERTIFICATES = RegisterSurface(
    kind=CERTIFICATE,
    title="执法证",
    unit="本执法证",
    introduction="证号、有效期和执法领域；暂扣、注销、吊销和年度审验在这里办理",
    columns=(
        ListColumn("证号", lambda row: row.number),
        ListColumn("持证人", lambda row: row.officer.name),
        ListColumn("执法主体", lambda row: row.officer.agency.name),
        ListColumn("有效期至", lambda row: day_text(row.valid_until)),
        ListColumn(
            "今天的状态",
            lambda row: certificate_state(row, today())[0],
            tone=lambda row: certificate_state(row, today())[1],
        ),
    ),
    list_rows=lambda actor: people.list_certificates(actor=actor),
    search=people.search_certificates,
    search_label="证号或者工号",
    order=("valid_until", "id"),
    facts_of=_facts,
    title_of=lambda row: f"执法证 {row.number}",
    related=("officer",),
    may_open=may_read,
    form=CertificateForm,
    sections=_sections,
    acts=_acts,
)
