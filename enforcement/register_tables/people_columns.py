"""Columns that several tables of the people part share: which agency, which officer, which lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enforcement.actors import WORKING_ROLES, Actor, Role
from enforcement.ledger.append import PROVINCE_CHAIN
from enforcement.models import Account, Agency, Line, Officer
from enforcement.register_tables.columns import ColumnKind, TableColumn

READERS = WORKING_ROLES | {Role.SUPERVISOR}
# Whoever keeps or supervises the register may take lists of people out of it; the others read.
EXPORTERS = frozenset({Role.REGISTRAR, Role.SUPERVISOR})


def may_read(actor: Actor) -> bool:
    """Officers and their papers are open to everyone who works in the same place and line."""
    return bool(actor.roles & READERS)


def may_export(actor: Actor) -> bool:
    return bool(actor.roles & EXPORTERS)


def own_chain(actor: Actor) -> str:
    """Imports and exports are kept in the chain of the person's agency."""
    agency = Agency.objects.filter(pk=actor.agency_id).first() if actor.agency_id else None
    return agency.code if agency is not None else PROVINCE_CHAIN


def agencies_by_name(actor: Actor) -> Mapping[str, int]:
    """Codes and names of the agencies in sight, to ids."""
    found: dict[str, int] = {}
    for key, code, name in Agency.objects.visible_to(actor).values_list("pk", "code", "name"):
        found[code] = found[name] = key
    return found


def officers_by_number(actor: Actor) -> Mapping[str, int]:
    """Staff numbers of the officers in sight, to ids."""
    return dict(Officer.objects.visible_to(actor).values_list("staff_number", "pk"))


def accounts_by_name(actor: Actor) -> Mapping[str, int]:
    """User names to ids, of every account: whose paper may be written is decided by where the person works."""
    return dict(Account.objects.values_list("username", "pk"))


def lines_by_name(actor: Actor) -> Mapping[str, str]:
    """Codes and names of lines, to codes."""
    found: dict[str, str] = {}
    for code, name in Line.objects.values_list("code", "name"):
        found[code] = found[name] = code
    return found


def _agency_code(value: int | str) -> str:
    """The code of an id; an export hands over the code it has already read."""
    return value if isinstance(value, str) else _one(Agency, value, "code")


def _staff_number(value: int | str) -> str:
    return value if isinstance(value, str) else _one(Officer, value, "staff_number")


def _username(value: int | str) -> str:
    return value if isinstance(value, str) else _one(Account, value, "username")


def _one(model: Any, key: int, name: str) -> str:
    return str(model.objects.filter(pk=key).values_list(name, flat=True).first() or "")


def agency_column() -> TableColumn:
    """执法主体 by code or name; exported by code."""
    return TableColumn(
        "agency_id",
        "执法主体",
        ColumnKind.REFERENCE,
        required=True,
        hint="系统里已有的机构编码或者名称",
        example="WH-SCJG",
        width=30,
        lookup=agencies_by_name,
        shown=_agency_code,
        synonyms=("机构", "所在单位", "机构编码", "单位"),
    )


def officer_column() -> TableColumn:
    """An officer by staff number."""
    return TableColumn(
        "officer_id",
        "工号",
        ColumnKind.REFERENCE,
        required=True,
        hint="系统里已有的执法人员工号",
        example="WH-SCJG-01",
        width=18,
        lookup=officers_by_number,
        shown=_staff_number,
        synonyms=("人员工号", "执法人员工号"),
    )


def officers_number_or(row: Any, key: str) -> Any:
    """The value of a column of an officer's row for the export, which writes the staff number already read."""
    return row.officer.staff_number if key == "officer_id" else getattr(row, key)


def account_column() -> TableColumn:
    """The person behind an account, by user name."""
    return TableColumn(
        "account_id",
        "用户名",
        ColumnKind.REFERENCE,
        required=True,
        hint="持证人登录用的用户名",
        example="zhangsan",
        width=18,
        lookup=accounts_by_name,
        shown=_username,
        synonyms=("账号", "持证人用户名"),
    )
