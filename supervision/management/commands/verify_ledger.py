"""`verify_ledger`: every chain recomputed, every published version and decision compared with its record."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from supervision.verification import verify_everything


class Command(BaseCommand):
    help = "核验账本、已发布文件和已作出的决定；有一处不符即以 1 退出"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="标准输出只写一份 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        report = verify_everything()
        if options["json"]:
            self.stdout.write(
                json.dumps(
                    {
                        "holds": report.holds,
                        "chains": report.chains,
                        "entries": report.entries,
                        "versions": report.versions,
                        "decisions": report.decisions,
                        "public_acts": report.public_acts,
                        "checkpoints": report.checkpoints,
                        "unchecked": report.unchecked,
                        "breaks": report.breaks,
                    },
                    ensure_ascii=False,
                )
            )
        else:
            for line in report.breaks:
                self.stdout.write(f"不符：{line}")
            for line in report.unchecked:
                self.stdout.write(f"没有核验：{line}")
            verdict = "全部相符" if report.holds else f"{len(report.breaks)} 处不符"
            self.stdout.write(
                f"账本 {report.chains} 条链、{report.entries} 条记录；已发布版本 {report.versions} 个；"
                f"决定 {report.decisions} 份；公开记录 {report.public_acts} 条；"
                f"检查点 {report.checkpoints} 份：{verdict}。"
            )
        if not report.holds:
            sys.exit(1)
