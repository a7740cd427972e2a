"""`export_register TABLE FILE`: a register table as a workbook, recorded like an export from the pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from enforcement.errors import Refusal
from enforcement.register_tables.catalogue import TABLES, table_of
from enforcement.selectors.accounts import agency_by_code, registrar_of
from enforcement.services.export_register import export_register


class Command(BaseCommand):
    help = "把登记内容导出为 Excel 表格，并记入账本"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("table", help="、".join(f"{table.slug}（{table.title}）" for table in TABLES))
        parser.add_argument("file", type=Path, help="写到哪个 .xlsx 文件")
        parser.add_argument("--purpose", required=True, help="导出用途，至少 4 个字")
        parser.add_argument("--agency", default="", help="机构编码：由这个机构的基础信息管理人员导出")
        parser.add_argument("--account", default="", help="导出人的用户名")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            table = table_of(options["table"])
            agency = agency_by_code(options["agency"]) if options["agency"] else None
            actor = registrar_of(agency=agency, username=options["account"])
            content = export_register(actor=actor, table=table, purpose=options["purpose"])
            options["file"].write_bytes(content)
        except Refusal as refusal:
            self.stderr.write(refusal.message)
            raise SystemExit(1) from None
        except OSError:
            self.stderr.write(
                f"写不了文件 {options['file'].name}，没有导出。请检查文件夹是否存在、是否可写。"
            )
            raise SystemExit(1) from None
        self.stdout.write(f"已导出{table.title}。")
