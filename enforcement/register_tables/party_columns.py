"""The columns of the party table."""

from __future__ import annotations

from enforcement.models import PartyKind
from enforcement.register_tables.columns import ColumnKind, TableColumn
from enforcement.selectors.parties import class_codes, line_codes, region_codes

COLUMNS = (
    TableColumn("pk", "登记号", ColumnKind.INTEGER, hint="已登记的当事人由导出带出；新登记的留空", width=10),
    TableColumn(
        "kind",
        "类型",
        ColumnKind.CHOICE,
        required=True,
        choices=tuple((str(value), str(label)) for value, label in PartyKind.choices),
        example="企业",
    ),
    TableColumn("name", "名称", required=True, max_length=120, example="示例商贸有限公司", width=32),
    TableColumn(
        "identifier",
        "统一社会信用代码或身份证号",
        ColumnKind.CODE,
        required=True,
        personal=True,
        hint="自然人填身份证号，其他填统一社会信用代码。带星号的表示不改",
        example="91530102XX000000X3",
        width=26,
        synonyms=("统一社会信用代码", "身份证号", "证件号码"),
    ),
    TableColumn(
        "representative",
        "法定代表人（负责人）",
        max_length=40,
        personal=True,
        synonyms=("法定代表人", "负责人"),
    ),
    TableColumn(
        "address", "住所（经营场所）", max_length=200, width=36, synonyms=("住所", "地址", "经营场所")
    ),
    TableColumn(
        "phone",
        "联系电话",
        ColumnKind.CODE,
        max_length=30,
        personal=True,
        hint="带星号的表示不改",
        synonyms=("电话",),
    ),
    TableColumn(
        "region_code",
        "行政区划代码",
        ColumnKind.REFERENCE,
        required=True,
        lookup=lambda actor: region_codes(),
        shown=str,
        hint="由哪里的登记人员管理，例如 530102",
        example="530102",
    ),
    TableColumn(
        "line_code",
        "条线代码",
        ColumnKind.REFERENCE,
        required=True,
        lookup=lambda actor: line_codes(),
        shown=str,
        hint="例如 SCJG",
        example="SCJG",
    ),
    TableColumn(
        "classes",
        "监管对象类别",
        ColumnKind.LIST,
        lookup=lambda actor: class_codes(),
        shown="、".join,
        hint="类别代码或名称，多项用顿号隔开",
        width=24,
    ),
)
BY_KEY = {column.key: column for column in COLUMNS}
FIXED = {"kind": "类型", "region_code": "行政区划代码", "line_code": "条线代码"}
