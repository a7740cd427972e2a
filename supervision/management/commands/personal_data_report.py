"""Write everything held about one person into one file."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from enforcement.actors import actor_for
from enforcement.errors import Refusal
from enforcement.models import Account
from supervision.personal_data.report import (
    ReportLine,
    report_on_account,
    report_on_party,
    report_workbook,
)


class Command(BaseCommand):
    help = "导出一个人的全部个人信息（.xlsx 或 .json）；导出人、用途和行数写入账本"

    def add_arguments(self, parser: CommandParser) -> None:
        person = parser.add_mutually_exclusive_group(required=True)
        person.add_argument("--party", type=int, help="当事人的登记号")
        person.add_argument("--account", help="账号的用户名")
        parser.add_argument("--by", required=True, help="导出人的用户名（基础信息管理人员）")
        parser.add_argument("--purpose", required=True, help="用途，例如“应本人要求提供副本”")
        parser.add_argument("file", type=Path, help="写入的文件，.xlsx 或 .json")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if path.suffix not in {".xlsx", ".json"}:
            raise CommandError("文件名以 .xlsx 或 .json 结尾。")
        try:
            lines = self._lines(options)
        except Refusal as refusal:
            raise CommandError(refusal.message) from None
        content = report_workbook(lines) if path.suffix == ".xlsx" else _json(lines)
        path.touch(mode=0o600)
        path.write_bytes(content)
        self.stdout.write(f"已写入 {len(lines)} 项。文件含个人信息，提供给本人后删除。")

    def _lines(self, options: dict[str, Any]) -> list[ReportLine]:
        shared = {
            "actor": actor_for(_account(options["by"])),
            "purpose": options["purpose"],
            "today": timezone.localdate(),
        }
        if options["party"] is not None:
            return report_on_party(party_id=options["party"], **shared)
        return report_on_account(account_id=_account(options["account"]).pk, **shared)


def _account(username: str) -> Account:
    account = Account.objects.filter(username=username, is_active=True).first()
    if account is None:
        raise CommandError(f"没有可用的账号“{username}”。")
    return account


def _json(lines: list[ReportLine]) -> bytes:
    documents = [asdict(line) for line in lines]
    return json.dumps(documents, ensure_ascii=False, indent=1).encode()
