"""Who acts: frozen values handed to selectors and services in place of a request or a user row."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from enforcement.models import Account


class Role(StrEnum):
    """Duties that can be granted; the Chinese names are what people read."""

    OFFICER = "officer"
    APPROVER = "approver"
    LEGAL_REVIEWER = "legal_reviewer"
    COMPILER = "compiler"
    PUBLISHER = "publisher"
    SUPERVISOR = "supervisor"
    REGISTRAR = "registrar"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"


ROLE_LABELS: dict[Role, str] = {
    Role.OFFICER: "执法人员",
    Role.APPROVER: "负责人",
    Role.LEGAL_REVIEWER: "法制审核人员",
    Role.COMPILER: "清单编制人员",
    Role.PUBLISHER: "清单发布人员",
    Role.SUPERVISOR: "执法监督员",
    Role.REGISTRAR: "基础信息管理人员",
    Role.SYSTEM_ADMIN: "系统管理员",
    Role.SECURITY_ADMIN: "安全管理员",
    Role.AUDIT_ADMIN: "审计管理员",
}

# 三员: one person holds one of them, and none of them sees what the others' work is about.
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
# Duties that work inside /officer/; a supervisor reviews and never handles cases.
WORKING_ROLES = frozenset(Role) - ADMINISTRATORS - {Role.SUPERVISOR}
CASE_ROLES = frozenset({Role.OFFICER, Role.APPROVER, Role.LEGAL_REVIEWER})
COMPILING_ROLES = frozenset({Role.COMPILER, Role.LEGAL_REVIEWER, Role.PUBLISHER})


@dataclass(frozen=True, slots=True)
class ScopeGrant:
    """One duty inside one region prefix; `line_code` None means every line."""

    role: Role
    region_code: str
    line_code: str | None

    def covers(self, *, region_code: str, line_code: str) -> bool:
        return region_code.startswith(self.region_code) and self.line_code in (None, line_code)


@dataclass(frozen=True, slots=True)
class Actor:
    """The person (or the public, or the system) on whose behalf something is read or done."""

    account_id: int | None
    name: str
    agency_id: int | None = None
    agency_name: str = ""
    officer_id: int | None = None
    grants: tuple[ScopeGrant, ...] = field(default=())
    is_system: bool = False

    @property
    def is_signed_in(self) -> bool:
        return self.account_id is not None

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants)

    @property
    def duty_labels(self) -> str:
        """Chinese names of the duties, in the order of `Role`."""
        return "、".join(ROLE_LABELS[role] for role in Role if role in self.roles)

    def may(self, role: Role, *, region_code: str, line_code: str) -> bool:
        """True when a grant of `role` covers the given place and line."""
        return any(
            g.role == role and g.covers(region_code=region_code, line_code=line_code) for g in self.grants
        )

    def may_any(self, roles: frozenset[Role], *, region_code: str, line_code: str) -> bool:
        return any(self.may(role, region_code=region_code, line_code=line_code) for role in roles)


PUBLIC = Actor(account_id=None, name="公众")
SYSTEM = Actor(account_id=None, name="系统", is_system=True)


def actor_for(user: Account | Any) -> Actor:
    """Actor of a signed-in account (two queries), `PUBLIC` for anyone else."""
    if not getattr(user, "is_authenticated", False):
        return PUBLIC
    grants = tuple(
        ScopeGrant(role=Role(grant.role), region_code=grant.region_code, line_code=grant.line_code or None)
        for grant in user.grants.all()
    )
    agency = user.agency
    return Actor(
        account_id=user.pk,
        name=user.display_name,
        agency_id=user.agency_id,
        agency_name=agency.name if agency is not None else "",
        officer_id=user.officer_id,
        grants=grants,
    )
