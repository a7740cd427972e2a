"""Form fields of the people part: an agency or an officer is typed, found, and refused with a reason."""

from __future__ import annotations

from typing import Any

from django import forms

from enforcement.actors import WORKING_ROLES, Actor
from enforcement.models import Account, Agency, Officer
from enforcement.selectors.people import account_named, agency_named, officer_numbered
from enforcement.web.register.forms import RegisterForm


class TypedAgencyField(forms.CharField):
    """执法主体 by code or whole name."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "执法主体")
        options.setdefault("max_length", 80)
        options.setdefault("help_text", "机构编码或者全称，例如 WH-SCJG")
        options.setdefault("error_messages", {"required": "填写机构编码或者全称"})
        super().__init__(**options)


def found_agency(actor: Actor, words: str) -> Agency:
    """Raises ValidationError when the registrar keeps no such agency."""
    agency = agency_named(actor=actor, words=words)
    if agency is None:
        raise forms.ValidationError(
            f"没有找到“{words}”，或者它不在您的登记范围内。填写机构编码或者全称", code="invalid"
        )
    return agency


class StaffNumberField(forms.CharField):
    """An officer by 工号."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "工号")
        options.setdefault("max_length", 32)
        options.setdefault("help_text", "执法人员的工号，例如 WH-SCJG-01")
        options.setdefault("error_messages", {"required": "填写执法人员的工号"})
        super().__init__(**options)


class OfficersRowForm(RegisterForm):
    """A row that belongs to one officer, who stays the same once the row exists."""

    read_only_after_creation = ("officer",)
    prefilled = ("officer",)

    officer = StaffNumberField()

    def clean_officer(self) -> Officer:
        words = self.cleaned_data["officer"]
        officer = officer_numbered(actor=self.actor, number=words)
        if officer is None:
            raise forms.ValidationError(
                f"没有找到工号“{words}”，或者这名人员不在您的登记范围内。请核对工号", code="invalid"
            )
        return officer

    def initial_of(self, row: Any) -> dict[str, Any]:
        return {name: getattr(row, name, None) for name in self.base_fields if name != "officer"}


def found_account(words: str) -> Account:
    """Raises ValidationError when there is no such account."""
    account = account_named(username=words)
    if account is None:
        raise forms.ValidationError(f"没有用户名为“{words}”的账号。请核对用户名", code="invalid")
    return account


def works_with_register(actor: Actor) -> bool:
    """True for people who may open the officers' pages, so that links to them lead somewhere."""
    return bool(actor.roles & WORKING_ROLES)


def day_text(day: Any) -> str:
    return day.isoformat() if day else ""
