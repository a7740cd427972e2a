"""三员分立: which duties one person may hold together, and what each administrator may do to an account. Pure.

The system administrator makes accounts and never grants; the security administrator grants, never makes accounts, and
never grants to themselves; the audit administrator only reads. Whoever is one of the three has no other duty.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from enforcement.actors import ADMINISTRATORS, ROLE_LABELS, Actor, Role
from enforcement.errors import NotPermitted, Refusal
from enforcement.region_codes import LENGTH_OF_LEVEL

PROVINCE_LENGTH = 2


class AccountAct(StrEnum):
    """What can be done to an account by somebody else."""

    CREATE = "create"
    CHANGE = "change"
    UNLOCK = "unlock"
    DEACTIVATE = "deactivate"
    REACTIVATE = "reactivate"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - the name of an act
    RESET_SECOND_FACTOR = "reset_second_factor"
    GRANT = "grant"
    WITHDRAW = "withdraw"


ACT_LABELS: dict[AccountAct, str] = {
    AccountAct.CREATE: "建立账号",
    AccountAct.CHANGE: "修改账号",
    AccountAct.UNLOCK: "解除登录限制",
    AccountAct.DEACTIVATE: "停用账号",
    AccountAct.REACTIVATE: "恢复账号",
    AccountAct.RESET_PASSWORD: "重置密码",
    AccountAct.RESET_SECOND_FACTOR: "重置动态口令",
    AccountAct.GRANT: "授予职责",
    AccountAct.WITHDRAW: "收回职责",
}
GRANTING = frozenset({AccountAct.GRANT, AccountAct.WITHDRAW})
RESETTING = frozenset({AccountAct.RESET_PASSWORD, AccountAct.RESET_SECOND_FACTOR})


def administrator_for(act: AccountAct) -> Role:
    """The one duty that may do this."""
    return Role.SECURITY_ADMIN if act in GRANTING else Role.SYSTEM_ADMIN


@dataclass(frozen=True, slots=True)
class Subject:
    """The account acted on. `region_code` and `line_code` blank: it belongs to no agency."""

    account_id: int | None
    roles: frozenset[Role]
    region_code: str = ""
    line_code: str = ""


@dataclass(frozen=True, slots=True)
class ProposedGrant:
    """One duty about to be given; `line_code` blank means every line."""

    subject: Subject
    role: Role
    region_code: str
    line_code: str


# Further conditions of a grant, for example a qualification: a refusal, or None when the condition holds.
GrantGuard = Callable[[ProposedGrant], Refusal | None]


def refusal_of_act(act: AccountAct, *, actor: Actor, subject: Subject) -> Refusal | None:
    """Why `actor` may not do `act` to the account, None when they may."""
    needed = administrator_for(act)
    if needed not in actor.roles:
        return NotPermitted(
            "wrong_administrator",
            f"{ACT_LABELS[act]}由{ROLE_LABELS[needed]}办理，您没有这项职责。请交{ROLE_LABELS[needed]}办理。",
        )
    if subject.account_id is not None and subject.account_id == actor.account_id:
        return NotPermitted(
            "own_account", f"不能对自己的账号{ACT_LABELS[act]}。请交另一名{ROLE_LABELS[needed]}办理。"
        )
    if not _reaches(actor, needed, region_code=subject.region_code, line_code=subject.line_code):
        return NotPermitted("account_out_of_reach", "这个账号不在您管理的区划和条线内。请交上级管理员办理。")
    # With a password and a second factor of their own making, one administrator could act as another.
    if act in RESETTING and subject.roles & ADMINISTRATORS:
        return NotPermitted(
            "administrator_reset",
            f"管理员账号不能在页面上{ACT_LABELS[act]}。请由运维人员在服务器上执行 reset_administrator 命令。",
        )
    return None


def refusal_of_grant(proposed: ProposedGrant, *, actor: Actor) -> Refusal | None:
    """Why this duty may not be given by `actor`, None when it may."""
    refused = refusal_of_act(AccountAct.GRANT, actor=actor, subject=proposed.subject)
    if refused is not None:
        return refused
    if len(proposed.region_code) not in LENGTH_OF_LEVEL.values():
        return NotPermitted(
            "region_not_a_level", "职责的区划应是省、州市、县或乡一级的完整代码。请重新选择。"
        )
    return _refusal_beyond_reach(proposed, actor) or refusal_of_holding(proposed.subject.roles, proposed.role)


def refusal_of_withdrawal(proposed: ProposedGrant, *, actor: Actor) -> Refusal | None:
    """Why this duty may not be taken back by `actor`, None when it may."""
    refused = refusal_of_act(AccountAct.WITHDRAW, actor=actor, subject=proposed.subject)
    return refused or _refusal_beyond_reach(proposed, actor)


def refusal_of_holding(held: frozenset[Role], added: Role) -> Refusal | None:
    """Why one person may not hold `added` beside what they hold."""
    others = held - {added}
    clash = others if added in ADMINISTRATORS else others & ADMINISTRATORS
    if not clash:
        return None
    words = "、".join(ROLE_LABELS[role] for role in Role if role in clash)
    return NotPermitted(
        "duties_clash",
        f"这个账号已有“{words}”职责，不能再授予“{ROLE_LABELS[added]}”：三类管理员一人一职，且不兼任业务职责。"
        "请先收回原有职责，或授予另一个账号。",
    )


def _refusal_beyond_reach(proposed: ProposedGrant, actor: Actor) -> Refusal | None:
    if _reaches(actor, Role.SECURITY_ADMIN, region_code=proposed.region_code, line_code=proposed.line_code):
        return None
    return NotPermitted("grant_out_of_reach", "这项职责超出您管理的区划和条线。请交上级安全管理员办理。")


def _reaches(actor: Actor, role: Role, *, region_code: str, line_code: str) -> bool:
    """Blank region: the whole province is needed. Blank line: a grant over every line is needed."""
    for grant in actor.grants:
        if grant.role != role or (grant.line_code is not None and grant.line_code != line_code):
            continue
        if (
            region_code.startswith(grant.region_code)
            if region_code
            else len(grant.region_code) == PROVINCE_LENGTH
        ):
            return True
    return False
