"""Making a login account: by a system administrator, with a one-time password, without any duty."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from enforcement.actors import Actor
from enforcement.errors import InvalidInput
from enforcement.ledger.action_names import LedgerAction
from enforcement.models import Account, Agency, Officer
from enforcement.passwords.one_time import new_one_time_password
from enforcement.separation_of_duties import AccountAct, Subject, refusal_of_act
from enforcement.services.accounts.subject import place_of, record_act

USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,39}")


@dataclass(frozen=True, slots=True)
class NewSignIn:
    """An account and the password to hand to its owner; the password is kept nowhere."""

    account: Account
    one_time_password: str


def create_account(
    *,
    actor: Actor,
    username: str,
    display_name: str,
    agency: Agency | None = None,
    officer: Officer | None = None,
    sso_subject: str = "",
) -> NewSignIn:
    """A new account that must change its password at the first sign-in and may do nothing yet.

    Raises `NotPermitted` unless the actor is a system administrator for the agency's place, `InvalidInput` with every
    problem of the fields.
    """
    with transaction.atomic():
        place = Subject(None, frozenset(), *place_of(agency))
        refused = refusal_of_act(AccountAct.CREATE, actor=actor, subject=place)
        if refused is not None:
            raise refused
        return write_account(
            actor=actor,
            username=username,
            display_name=display_name,
            agency=agency,
            officer=officer,
            sso_subject=sso_subject,
        )


def write_account(
    *,
    actor: Actor,
    username: str,
    display_name: str,
    agency: Agency | None,
    officer: Officer | None = None,
    sso_subject: str = "",
) -> NewSignIn:
    """Check the fields and write the account with its ledger entry; who may ask is the caller's matter."""
    problems = [*name_problems(username), *owner_problems(display_name, agency, officer, sso_subject)]
    if problems:
        raise InvalidInput.from_problems("account_fields", problems)
    password = new_one_time_password()
    account = Account.objects.create_user(
        username.strip(),
        password,
        display_name=display_name.strip(),
        agency=agency,
        officer=officer,
        sso_subject=sso_subject.strip(),
        must_change_password=True,
        password_changed_at=timezone.now(),
    )
    record_act(LedgerAction.ACCOUNT_CREATED, account, actor=actor, payload={"account": account.pk})
    return NewSignIn(account, password)


def name_problems(username: str) -> list[str]:
    """What is wrong with a name for a new account, as sentences; empty when it may be used."""
    if not USERNAME.fullmatch(username.strip()):
        return ["用户名应为 3 到 40 位，以小写字母开头，只含小写字母、数字、点、横线和下划线。"]
    if Account.objects.filter(username__iexact=username.strip()).exists():
        return ["这个用户名已有账号使用。请换一个用户名。"]
    return []


def owner_problems(
    display_name: str,
    agency: Agency | None,
    officer: Officer | None,
    sso_subject: str,
    *,
    account_id: int | None = None,
) -> list[str]:
    """What stands against these values for an account, new or the one with `account_id`."""
    others = Account.objects.exclude(pk=account_id) if account_id is not None else Account.objects.all()
    problems = []
    if not display_name.strip():
        problems.append("填写姓名。")
    elif len(display_name.strip()) > 40:
        problems.append("姓名不能超过 40 个字。")
    if officer is not None and (agency is None or officer.agency_id != agency.pk):
        problems.append("所选执法人员不属于这个机构。请重新选择机构或执法人员。")
    elif officer is not None and others.filter(officer=officer).exists():
        problems.append("所选执法人员已有账号。请核对后再填写。")
    if sso_subject.strip() and others.filter(sso_subject=sso_subject.strip()).exists():
        problems.append("这个统一身份认证标识已用于另一个账号。请核对。")
    return problems
