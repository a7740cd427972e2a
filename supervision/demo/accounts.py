"""The accounts with which a visitor tries the demonstration, one per kind of work."""

from __future__ import annotations

from dataclasses import dataclass

from enforcement.actors import Role
from supervision.demo.people import NAMED_PEOPLE

# Printed on the demonstration's own start page; `load_demo` is the only thing that uses it.
DEMO_PASSWORD = "Hengdu-Yanshi-2026"  # noqa: S105


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A login, what it is for, and the person behind it.

    Exactly one of `officer_key` and `staff_key` is set: the officer or the duty (`people.py`) it belongs to.
    """

    audience: str
    username: str
    password: str
    display_name: str
    note: str
    role: Role
    agency_code: str | None
    region_code: str
    line_code: str
    officer_key: str | None = None
    staff_key: str | None = None


def demo_accounts() -> list[DemoAccount]:
    """One account per audience, and a second officer, since most acts need two."""
    return [
        _account("执法人员", "zhifa", "五华区市场监管案件承办，可在手机上使用", Role.OFFICER, officer="WH-SCJG-01"),
        _account("执法人员（第二名）", "zhifa2", "与第一名共同办案", Role.OFFICER, officer="WH-SCJG-02"),
        _account("负责人", "shenpi", "审批立案、决定等事项", Role.APPROVER, staff="WH-SCJG-approver"),
        _account("法制审核人员", "fazhi", "审核案件和清单版本", Role.LEGAL_REVIEWER, staff="YN-SCJG-legal_reviewer"),
        _account("清单编制人员", "bianzhi", "编制省级减免责清单和裁量权基准", Role.COMPILER, staff="YN-SCJG-compiler"),
        _account("清单发布人员", "fabu", "发布经审核的版本", Role.PUBLISHER, staff="YN-SCJG-publisher"),
        _account("执法监督员", "jiandu", "查看全省各条线预警，提出监督意见", Role.SUPERVISOR, staff="53-supervisor"),
        _account("基础信息管理人员", "jichu", "维护机构、人员、权责清单和法律依据", Role.REGISTRAR, staff="53-registrar"),
        _account("系统管理员", "xitong", "建立和停用账号，看不到案件", Role.SYSTEM_ADMIN, staff="53-system_admin"),
        _account("安全管理员", "anquan", "授予和收回职责，看不到案件", Role.SECURITY_ADMIN, staff="53-security_admin"),
        _account("审计管理员", "shenji", "查看操作记录，看不到案件", Role.AUDIT_ADMIN, staff="53-audit_admin"),
    ]  # fmt: skip


def _account(
    audience: str,
    username: str,
    note: str,
    role: Role,
    *,
    officer: str | None = None,
    staff: str | None = None,
) -> DemoAccount:
    agency_code = _agency_of(officer or staff or "")
    region_code = "530102" if agency_code == "WH-SCJG" else "53"
    return DemoAccount(
        audience=audience,
        username=username,
        password=DEMO_PASSWORD,
        display_name=NAMED_PEOPLE[officer or staff or ""],
        note=note,
        role=role,
        agency_code=agency_code,
        region_code=region_code,
        line_code="SCJG" if agency_code else "",
        officer_key=officer,
        staff_key=staff,
    )


def _agency_of(key: str) -> str | None:
    """`WH-SCJG-01` belongs to `WH-SCJG`; a supervisor's key begins with a region and has no agency."""
    stem, _, _ = key.rpartition("-")
    return stem if "-" in stem else None
