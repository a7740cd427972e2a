"""`import_cases FILE --account NAME`: running cases of another system, through the same gate as the form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from cases.case_table import CASES
from enforcement.actors import Actor
from enforcement.management.commands import import_register
from enforcement.register_tables.columns import RegisterTable
from enforcement.selectors.accounts import officer_named


class Command(import_register.Command):
    help = "从 Excel 表格登记在办案件：每行一件，与页面立案的要求相同；有一处不符合就什么也不写入；--dry-run 只检查"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=".xlsx 文件")
        parser.add_argument("--account", required=True, help="办理人的用户名（执法人员）")
        parser.add_argument("--dry-run", action="store_true", help="只检查，不写入")
        parser.add_argument("--json", action="store_true", help="在标准输出打印一份 JSON 文档")

    def table_and_actor(self, options: dict[str, Any]) -> tuple[RegisterTable, Actor]:
        return CASES, officer_named(options["account"])
