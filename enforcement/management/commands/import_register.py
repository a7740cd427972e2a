"""`import_register TABLE FILE`: check a register table, or write it, from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from enforcement.actors import Actor
from enforcement.errors import InvalidInput, Refusal
from enforcement.register_tables.catalogue import TABLES, table_of
from enforcement.register_tables.columns import RegisterTable
from enforcement.selectors.accounts import agency_by_code, registrar_of
from enforcement.services.import_register import CheckedImport, check_import, write_import
from enforcement.services.kept_files import read_path


class Command(BaseCommand):
    help = "从 Excel 表格导入登记内容：有一处不符合要求就什么也不写入；--dry-run 只检查"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("table", help="、".join(f"{table.slug}（{table.title}）" for table in TABLES))
        parser.add_argument("file", type=Path, help=".xlsx 文件")
        parser.add_argument("--agency", default="", help="机构编码：由这个机构的基础信息管理人员导入")
        parser.add_argument("--account", default="", help="导入人的用户名")
        parser.add_argument("--dry-run", action="store_true", help="只检查，不写入")
        parser.add_argument("--json", action="store_true", help="在标准输出打印一份 JSON 文档")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            checked, written = self._run(options)
        except Refusal as refusal:
            self._refuse(refusal, as_json=options["json"])
        else:
            if options["json"]:
                self.stdout.write(json.dumps(_as_document(checked, written=written), ensure_ascii=False))
            else:
                self._report(checked, written=written)
            if checked.problems:
                raise SystemExit(1)

    def _run(self, options: dict[str, Any]) -> tuple[CheckedImport, bool]:
        file = read_path(options["file"])
        table, actor = self.table_and_actor(options)
        today = timezone.localdate()
        checked = check_import(actor=actor, table=table, file=file, today=today)
        if options["dry_run"] or checked.problems:
            return checked, False
        return write_import(actor=actor, table=table, file=file, today=today), True

    def table_and_actor(self, options: dict[str, Any]) -> tuple[RegisterTable, Actor]:
        """Which table, and who imports it; other tables bring their own. Raises InvalidInput."""
        agency = agency_by_code(options["agency"]) if options["agency"] else None
        return table_of(options["table"]), registrar_of(agency=agency, username=options["account"])

    def _report(self, checked: CheckedImport, *, written: bool) -> None:
        for problem in checked.problems:
            self.stderr.write(f"{problem.cell} {problem.label} {problem.value}：{problem.sentence}")
        for remark in checked.reading.remarks:
            self.stderr.write(remark)
        plan = checked.plan
        state = "已写入" if written else "没有写入任何内容"
        self.stdout.write(
            f"新增 {plan.added}，修改 {plan.changed}，相同 {plan.unchanged}，"
            f"需要改 {len(checked.problems)} 处。{state}。"
        )

    def _refuse(self, refusal: Refusal, *, as_json: bool) -> None:
        problems = refusal.problems if isinstance(refusal, InvalidInput) else []
        if as_json:
            self.stdout.write(json.dumps({"written": False, **refusal.as_document()}, ensure_ascii=False))
        for problem in problems or [refusal.message]:
            self.stderr.write(problem)
        raise SystemExit(1)


def _as_document(checked: CheckedImport, *, written: bool) -> dict[str, Any]:
    plan = checked.plan
    return {
        "written": written,
        "added": plan.added,
        "changed": plan.changed,
        "unchanged": plan.unchanged,
        "problems": [
            {
                "sheet": problem.sheet,
                "cell": problem.cell,
                "column": problem.label,
                "value": problem.value,
                "fix": problem.sentence,
            }
            for problem in checked.problems
        ],
        "remarks": list(checked.reading.remarks),
    }
