"""`manage.py import_list FILE --agency CODE [--dry-run] [--json] [--title T --slug S --account USERNAME] [--empty]`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError

from enforcement.errors import InvalidInput, Refusal
from enforcement.models import Agency, RuleVersion
from enforcement.selectors.accounts import agency_by_code, compiler_of
from exemption_lists.intake import ListFile, read_list_file
from exemption_lists.reading.json_output import as_json
from exemption_lists.serials import slug_of_serial
from exemption_lists.services.import_entries import import_as_new_document, require_importable


class Command(BaseCommand):
    help = "读取一份已公布的减免责清单，报告读到的条目和提示，并写入草稿"
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=".xlsx 或者 .json 文件")
        parser.add_argument("--agency", required=True, help="编制机关的机构编码")
        parser.add_argument("--dry-run", action="store_true", help="只读取和检查，不写入任何内容")
        parser.add_argument("--json", action="store_true", help="在标准输出打印一份 JSON 文档")
        parser.add_argument("--title", default="", help="清单名称；不写时用表格的标题")
        parser.add_argument("--slug", default="", help="网址代号；不写时由机构编码和文件摘要组成")
        parser.add_argument(
            "--table", type=int, action="append", help="只导入第几张表（从 1 数起，可写多次）；不写时导入全部"
        )
        parser.add_argument("--empty", action="store_true", help="声明这份清单没有条目，照样写入草稿")
        parser.add_argument("--account", default="", help="编制人员的用户名；不写时用该机关的第一个编制人员")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            file = self._read(options["file"])
            if options["table"]:
                file = file.only(options["table"])
        except Refusal as refusal:
            self._print_result(None, options)
            self._fail(refusal)
        self._print_result(file, options)
        for warning in file.warnings:
            self.stderr.write(f"{warning['sheet']} {warning['cell']}：{warning['message']}")
        try:
            if options["dry_run"]:
                self._check(file, options["agency"], declared_empty=options["empty"])
            else:
                self._write(file, options)
        except Refusal as refusal:
            self._fail(refusal)

    def _read(self, path: Path) -> ListFile:
        if not path.is_file():
            sentence = f"没有找到文件“{path.name}”，没有写入任何内容。核对文件名和所在的文件夹。"
            raise InvalidInput("file_missing", sentence, {"problems": [sentence]})
        return read_list_file(name=path.name, content=path.read_bytes())

    def _print_result(self, file: ListFile | None, options: dict[str, Any]) -> None:
        readings = list(file.readings) if file is not None else []
        if options["json"]:
            self.stdout.write(json.dumps(as_json(readings), ensure_ascii=False, indent=2))
            return
        for reading in readings:
            self.stdout.write(f"{reading.title}：{len(reading.entries)} 条，{len(reading.warnings)} 处提示")

    def _check(self, file: ListFile, agency_code: str, *, declared_empty: bool) -> None:
        """A dry run needs no database; an agency nobody knows is worth a word, not a refusal."""
        require_importable(file, declared_empty=declared_empty)
        try:
            known = Agency.objects.filter(code=agency_code).exists()
        except DatabaseError:
            self.stderr.write("没有连上数据库，没有核对机构编码。")
            return
        if not known:
            self.stderr.write(f"没有机构编码为“{agency_code}”的执法主体；正式导入前要先登记。")

    def _write(self, file: ListFile, options: dict[str, Any]) -> None:
        agency = agency_by_code(options["agency"])
        named = [one.title for one in file.readings if one.is_table and (one.entries or options["empty"])]
        title = options["title"] or next(iter(named), file.name)
        slug = options["slug"] or slug_of_serial(f"{agency.code}-{file.digest[:8]}")
        version = import_as_new_document(
            actor=compiler_of(agency=agency, username=options["account"]),
            file=file,
            slug=slug,
            title=title[:160],
            agency=agency,
            declared_empty=options["empty"] and file.entry_count == 0,
        )
        self._report(version, file)

    def _report(self, version: RuleVersion, file: ListFile) -> None:
        self.stderr.write(
            f"已写入草稿《{version.document.title}》第 {version.number} 版，{file.entry_count} 条。"
        )

    def _fail(self, refusal: Refusal) -> None:
        problems = (
            refusal.problems if isinstance(refusal, InvalidInput) and refusal.problems else [refusal.message]
        )
        for problem in problems:
            self.stderr.write(problem)
        raise SystemExit(1)
