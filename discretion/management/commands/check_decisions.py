"""`check_decisions BENCHMARKS.json DECISIONS.json [--json]`: published decisions against law and benchmark."""

import json
from argparse import ArgumentParser
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from discretion.decision_check import check_decisions
from discretion.decision_review import Status, Verdict
from discretion.rules.import_research import read_research_text
from discretion.rules.money import yuan_text
from enforcement.errors import InvalidInput

STATUS_WORDS = {Status.AGREES: "一致", Status.DIFFERS: "不一致", Status.NEEDS: "不能核对"}


class Command(BaseCommand):
    help = "按记录的事实计算应罚幅度，与公开的处罚决定比较；有不一致时以1退出"
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("benchmarks", help="裁量权基准文件（JSON）")
        parser.add_argument("decisions", help="处罚决定文件（JSON）")
        parser.add_argument("--json", action="store_true", dest="as_json", help="只输出一个JSON文档")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            drafts = read_research_text(_text(options["benchmarks"]))
            verdicts = check_decisions(drafts, _decisions(options["decisions"]))
        except InvalidInput as refusal:
            raise CommandError("\n".join(refusal.problems)) from refusal
        if options["as_json"]:
            documents = [verdict.as_document() for verdict in verdicts]
            self.stdout.write(json.dumps(documents, ensure_ascii=False, indent=1))
        else:
            for verdict in verdicts:
                self.stdout.write(_line(verdict))
        if any(verdict.status is Status.DIFFERS for verdict in verdicts):
            raise SystemExit(1)


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"文件无法读取：{path}") from error


def _decisions(path: str) -> Any:
    try:
        return json.loads(_text(path), parse_float=Decimal)
    except ValueError as error:
        raise CommandError(f"不是可以读取的JSON文件：{path}") from error


def _line(verdict: Verdict) -> str:
    computed = verdict.computed.text if verdict.computed is not None else "未算出或者不罚款"
    imposed = yuan_text(verdict.imposed) if verdict.imposed is not None else "无罚款"
    return f"{verdict.id} {STATUS_WORDS[verdict.status]}：应罚{computed}，实罚{imposed}。{verdict.why}"
