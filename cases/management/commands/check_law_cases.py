"""`check_law_cases FILE.json`: recorded law situations through the real rules; needs no database."""

import json
from argparse import ArgumentParser
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.law_cases import CaseResult, run_law_cases


class Command(BaseCommand):
    help = "用真实规则逐条核对法律情形，列出每一处不一致"
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="情形文件（JSON）")
        parser.add_argument("--ops", default="", help="只核对这些操作，用逗号分开，例如 leniency,range")

    def handle(self, *args: Any, **options: Any) -> None:
        vectors = _vectors(Path(options["file"]))
        wanted = {name.strip() for name in options["ops"].split(",") if name.strip()}
        chosen = [vector for vector in vectors if not wanted or vector.get("op") in wanted]
        results = run_law_cases(chosen)
        for result in results:
            if not result.passed:
                self.stdout.write(_line(result))
        failed = sum(not result.passed for result in results)
        self.stdout.write(f"{len(results) - failed} passed, {failed} failed")
        if failed:
            raise SystemExit(1)


def _vectors(path: Path) -> list[dict[str, Any]]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, ValueError) as error:
        raise CommandError(f"文件无法读取：{path}") from error
    vectors = document.get("vectors") if isinstance(document, dict) else document
    if not isinstance(vectors, list) or not all(isinstance(vector, dict) for vector in vectors):
        raise CommandError("文件应为情形的列表，或者含有“vectors”列表的对象")
    return vectors


def _line(result: CaseResult) -> str:
    if result.problem:
        return f"{result.id}: {result.problem}"
    parts = (f"{key}: expected {_shown(want)}, got {_shown(got)}" for key, want, got in result.differences)
    return f"{result.id}: {'; '.join(parts)}"


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
