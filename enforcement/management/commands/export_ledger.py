"""`export_ledger FILE`: the whole ledger as JSON lines, for the verifier."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from enforcement.ledger.export import export_lines


class Command(BaseCommand):
    help = "把账本写成 JSON 行文件，供 enforcement/ledger/verifier.py 在别处核验；文件含工作人员姓名，只在内部使用"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="文件名；“-”表示标准输出")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["file"] == "-":
            for line in export_lines():
                sys.stdout.write(line + "\n")
            return
        path = Path(options["file"])
        unfinished = path.with_name(f".{path.name}.unfinished")
        try:
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                count = sum(file.write(line + "\n") > 0 for line in export_lines())
        except OSError as error:
            raise CommandError(f"不能写入“{path}”：{error.strerror}。") from error
        unfinished.replace(path)
        self.stdout.write(f"已导出 {count} 行到 {path.name}。")
