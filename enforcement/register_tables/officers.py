"""执法人员 with their 执法证 as one table: one row per person, with the certificate that ends last.

Identity numbers and telephones come in and never go out: an export leaves their cells blank, and a blank cell leaves
what is there as it is, so that an export read back changes nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

from enforcement.actors import Actor
from enforcement.errors import InvalidInput
from enforcement.identifiers import check_id_number
from enforcement.models import Certificate, Officer
from enforcement.register_people import OFFICER
from enforcement.register_tables.columns import ColumnKind, RegisterTable, TableColumn
from enforcement.register_tables.model_rows import ModelRows
from enforcement.register_tables.officer_plans import (
    CERTIFICATE_COLUMNS,
    SEALED_COLUMNS,
    plan_officers,
    write_officers,
)
from enforcement.register_tables.people_columns import agency_column, lines_by_name, may_export, own_chain

_TELEPHONE = re.compile(r"\+?[0-9][0-9()\-]{5,18}")


def _id_number_problem(value: str) -> str:
    try:
        check_id_number(value)
    except InvalidInput as refusal:
        return refusal.message
    return ""


def _telephone_problem(value: str) -> str:
    return "" if _TELEPHONE.fullmatch(value) else "电话号码只用数字、括号和连字符，7 至 20 位。核对后重新填写"


OFFICER_COLUMNS = (
    TableColumn(
        "staff_number",
        "工号",
        ColumnKind.CODE,
        required=True,
        hint="全省不重复，导入时按工号认人",
        example="WH-SCJG-01",
        width=18,
        max_length=32,
        synonyms=("人员工号", "人员编号"),
    ),
    TableColumn("name", "姓名", required=True, example="周衡", width=12, max_length=40, personal=True),
    agency_column(),
    TableColumn(
        "id_number",
        "身份证号",
        ColumnKind.CODE,
        hint="18 位；留空表示不改动已有的号码",
        example="530102199003078517",
        width=22,
        personal=True,
        check=_id_number_problem,
        synonyms=("身份证号码", "公民身份号码"),
    ),
    TableColumn(
        "phone",
        "联系电话",
        ColumnKind.CODE,
        hint="留空表示不改动已有的电话",
        example="0871-00000000",
        width=16,
        personal=True,
        check=_telephone_problem,
        synonyms=("电话", "手机号"),
    ),
    TableColumn("position", "职务", example="一级行政执法员", width=18, max_length=40),
    TableColumn(
        "is_auxiliary",
        "辅助人员",
        ColumnKind.BOOLEAN,
        required=True,
        hint="辅助人员不得持有执法证",
        example="否",
        width=10,
    ),
    TableColumn("joined_on", "到岗日期", ColumnKind.DATE, example="2022-07-01", width=14),
    TableColumn("left_on", "离岗日期", ColumnKind.DATE, hint="最后一个在岗日；次日起不得执法", width=14),
)
_CERTIFICATE_COLUMNS = (
    TableColumn(
        "certificate_number",
        "执法证号",
        ColumnKind.CODE,
        hint="没有执法证的留空；换证的填新证号",
        example="53010200101",
        width=20,
        max_length=40,
        synonyms=("证号", "证件编号"),
    ),
    TableColumn(
        "certificate_lines",
        "执法领域",
        ColumnKind.LIST,
        hint="证上载明的领域，用顿号隔开；留空表示所在机构的领域",
        example="市场监管",
        width=22,
        lookup=lines_by_name,
        shown="、".join,
        synonyms=("执法类别", "执法范围"),
    ),
    TableColumn("certificate_authority", "发证机关", example="云南省人民政府", width=20, max_length=80),
    TableColumn(
        "certificate_from",
        "有效期自",
        ColumnKind.DATE,
        hint="有证号的必须填写",
        example="2024-03-01",
        width=14,
        synonyms=("发证日期", "有效期起"),
    ),
    TableColumn(
        "certificate_until",
        "有效期至",
        ColumnKind.DATE,
        hint="最后一个有效日；有证号的必须填写",
        example="2029-02-28",
        width=14,
        synonyms=("有效期止",),
    ),
)
assert tuple(column.key for column in _CERTIFICATE_COLUMNS) == CERTIFICATE_COLUMNS


def _rows(actor: Actor) -> Any:
    return Officer.objects.visible_to(actor)


def _order_of_service(values: Mapping[str, Any], existing: Any, today: dt.date) -> Mapping[str, str]:
    joined = values.get("joined_on") or (
        existing.joined_on if existing and "joined_on" not in values else None
    )
    left = values.get("left_on")
    if joined is not None and left is not None and left < joined:
        return {"left_on": f"早于到岗日期 {joined}。核对这两个日期"}
    return {}


PEOPLE = ModelRows(
    kind=OFFICER,
    columns=OFFICER_COLUMNS,
    key=("staff_number",),
    rows=_rows,
    related=("agency",),
    rule=_order_of_service,
)


def _read_rows(actor: Actor) -> Iterator[Mapping[str, Any]]:
    """Two queries for every thousand officers."""
    rows = _rows(actor).select_related("agency").prefetch_related("certificates").order_by("staff_number")
    for officer in rows.iterator(chunk_size=1000):
        held = _last_certificate(officer)
        yield {
            **{
                column.key: getattr(officer, column.key)
                for column in OFFICER_COLUMNS
                if column.key not in SEALED_COLUMNS
            },
            **dict.fromkeys(SEALED_COLUMNS, ""),
            "agency_id": officer.agency.code,
            "certificate_number": held.number if held else "",
            "certificate_lines": held.line_codes if held else "",
            "certificate_authority": held.issuing_authority if held else "",
            "certificate_from": held.valid_from if held else None,
            "certificate_until": held.valid_until if held else None,
        }


def _last_certificate(officer: Officer) -> Certificate | None:
    held = list(officer.certificates.all())
    return max(held, key=lambda one: (one.revoked_on is None, one.valid_until, one.pk), default=None)


COLUMNS = (*OFFICER_COLUMNS, *_CERTIFICATE_COLUMNS)
OFFICERS = RegisterTable(
    slug=OFFICER.slug,
    title="执法人员",
    unit="名执法人员",
    columns=COLUMNS,
    key=("staff_number",),
    read_rows=_read_rows,
    plan_rows=lambda actor, rows, today: plan_officers(COLUMNS, PEOPLE, actor, rows, today),
    write_rows=write_officers,
    may_import=OFFICER.may_begin,
    may_export=may_export,
    chain_of=own_chain,
    notes=(
        "一行是一名人员和他的一本执法证。证号与已有的相同，视为修改这本执法证；不同，视为换发的新证，原证保留。",
        "身份证号和联系电话加密保存，导出的表格不含这两列的内容；留空表示保持不变。",
        "暂扣、注销、吊销和年度审验不在表格里登记，请在人员的页面上办理。",
    ),
)
