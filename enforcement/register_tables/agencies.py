"""执法主体 as a register kind and as a table. Names, ends and successors are acts and are recorded on the agency's page."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from enforcement.errors import Refusal
from enforcement.identifiers import check_uscc
from enforcement.ledger.append import PROVINCE_CHAIN
from enforcement.models import Agency, AgencyKind
from enforcement.register_kinds import RegisterKind, reach_of_agency_row
from enforcement.register_tables.columns import ColumnKind, TableColumn
from enforcement.register_tables.lines import may_read
from enforcement.register_tables.model_rows import ModelRows, model_table
from enforcement.register_tables.people_columns import own_chain
from enforcement.selectors import agency_register

CODE = re.compile(r"[A-Za-z0-9_-]+")
# What an act of its own changes: a table may show it, but not change it.
BY_AN_ACT = {
    "name": "名称由“更名”登记，保留曾用名。恢复原来的名称",
    "short_name": "简称由“更名”登记。恢复原来的简称",
    "document_prefix": "文号机关代字由“更名”登记。恢复原来的内容",
    "region_id": "行政区划登记后不再改动。恢复原来的代码",
    "line_id": "条线登记后不再改动。恢复原来的条线",
    "ended_on": "终止由“终止或并入”登记，写明承接机关。恢复原来的内容",
}


def _prepare(row: Any) -> None:
    row.region_code, row.line_code = row.region_id or "", row.line_id or ""


AGENCY = RegisterKind(
    slug="agencies",
    noun="执法主体",
    model=Agency,
    reach_of=reach_of_agency_row,
    chain_of=lambda row: str(row.code),
    label_of=lambda row: str(row.name),
    prepare=_prepare,
)


def check_agency_code(code: str) -> str:
    """What is wrong with a code, or nothing: it is part of addresses and names a ledger chain."""
    if code == PROVINCE_CHAIN:
        return "这个编码留作他用。换一个编码"
    return "" if CODE.fullmatch(code) else "编码只用字母、数字和连字符，例如 WH-SCJG"


def check_agency_uscc(code: str) -> str:
    """What is wrong with a 统一社会信用代码, or nothing."""
    try:
        check_uscc(code)
    except Refusal as refusal:
        return refusal.message
    return ""


def _rule(values: Mapping[str, Any], existing: Any, today: dt.date) -> Mapping[str, str]:
    if existing is not None:
        return {
            key: sentence
            for key, sentence in BY_AN_ACT.items()
            if key in values and (values[key] or None) != (getattr(existing, key) or None)
        } | _superior(values, existing.region_code, existing.line_code)
    if values.get("ended_on") is not None:
        return {"ended_on": "新登记的机构没有最后执法日。删去这一格"}
    return _superior(values, str(values.get("region_id") or ""), str(values.get("line_id") or ""))


def _superior(values: Mapping[str, Any], region_code: str, line_code: str) -> dict[str, str]:
    problem = agency_register.superior_problem(
        superior_id=values.get("superior_id"), region_code=region_code, line_code=line_code
    )
    return {"superior_id": problem} if problem else {}


def _value_of(row: Agency, key: str) -> Any:
    if key == "superior_id":
        return row.superior.code if row.superior is not None else None
    return getattr(row, key)


COLUMNS = (
    TableColumn(
        "code",
        "机构编码",
        ColumnKind.CODE,
        required=True,
        hint="字母、数字和连字符，登记后不再改动",
        example="WH-SCJG",
        width=18,
        synonyms=("编码",),
        check=check_agency_code,
    ),
    TableColumn(
        "name",
        "名称",
        required=True,
        hint="印章上的全称",
        example="昆明市五华区市场监督管理局",
        width=34,
        synonyms=("机构名称", "执法主体名称"),
    ),
    TableColumn("short_name", "简称", required=True, example="五华市监", width=14),
    TableColumn("document_prefix", "文号机关代字", required=True, example="五华市监", width=16),
    TableColumn(
        "region_id",
        "行政区划代码",
        ColumnKind.REFERENCE,
        required=True,
        hint="2、4、6 或 9 位短代码",
        example="530102",
        synonyms=("区划代码",),
        lookup=agency_register.region_codes,
        shown=str,
    ),
    TableColumn(
        "line_id",
        "条线",
        ColumnKind.REFERENCE,
        required=True,
        hint="条线的代码或名称",
        example="SCJG",
        lookup=agency_register.line_codes,
        shown=str,
    ),
    TableColumn(
        "kind",
        "主体性质",
        ColumnKind.CHOICE,
        required=True,
        choices=tuple((one.value, str(one.label)) for one in AgencyKind),
        example="行政机关",
        width=20,
    ),
    TableColumn(
        "superior_id",
        "上级机构编码",
        ColumnKind.REFERENCE,
        hint="同一条线、行政区划包含本机构的机构；须已登记",
        example="KM-SCJG",
        lookup=agency_register.agency_ids,
        shown=agency_register.agency_code,
    ),
    TableColumn("authority_basis", "执法依据", hint="授予执法权的法律、法规或文件", width=40),
    TableColumn("established_on", "设立日期", ColumnKind.DATE, example="2019-03-01", width=14),
    TableColumn("ended_on", "最后执法日", ColumnKind.DATE, hint="只供查看，由页面登记", width=14),
    TableColumn("uscc", "统一社会信用代码", ColumnKind.CODE, width=24, check=check_agency_uscc),
    TableColumn("contact_phone", "联系电话", ColumnKind.CODE, hint="对外公布的电话", width=18),
    TableColumn("address", "地址", width=30),
    TableColumn("legal_office_contact", "法制机构联系人", hint="写机构或者岗位名称", width=20),
    TableColumn("legal_office_phone", "法制机构电话", ColumnKind.CODE, width=18),
    TableColumn("review_authority", "行政复议机关", example="五华区人民政府", width=26),
    TableColumn("court", "管辖法院", width=26),
)

AGENCIES = model_table(
    slug="agencies",
    title="执法主体",
    unit="个执法主体",
    rows=ModelRows(
        kind=AGENCY,
        columns=COLUMNS,
        key=("code",),
        rows=lambda actor: agency_register.list_agencies(actor=actor),
        value_of=_value_of,
        unique=("name",),
        rule=_rule,
    ),
    may_export=may_read,
    chain_of=own_chain,
    notes=(
        "更名、终止、并入和职责划转请在机构的页面上登记，不能通过表格改动。",
        "上级机构要先登记，再登记下级机构。",
    ),
)
