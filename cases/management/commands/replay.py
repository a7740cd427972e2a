"""`replay VERSION_ID [--json]`: which past cases would have ended otherwise under a version of a leniency list.

Whoever may run it reads the database anyway, so that every count is printed; pages hide the small ones. With `--json`
standard output is one document: as_of, cases, changed, by_entry, by_matter, and more counts of the same shape.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.replay.words import change_words, entry_words
from cases.selectors.replay_plan import compared_version, find_list_version
from cases.services.replay_version import replay_version
from enforcement.errors import Refusal


class Command(BaseCommand):
    help = "影响模拟：若这个版本的减免责清单当时生效，哪些案件的结论不同；不能模拟时以 1 退出"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("version_id", type=int, help="减免责清单版本的编号")
        parser.add_argument(
            "--json", action="store_true", dest="as_json", help="在标准输出打印一份 JSON 文档"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        version = find_list_version(options["version_id"])
        if version is None:
            raise CommandError(f"没有编号为 {options['version_id']} 的减免责清单版本。")
        compared = compared_version(version, on=timezone.localdate())
        beside = f"对照{compared}" if compared is not None else "此前没有生效的版本"
        self.stderr.write(f"正在模拟：{version}，{beside}。")
        try:
            document = replay_version(version, compared, observe=self._tell).document
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        if options["as_json"]:
            self.stdout.write(json.dumps(document, ensure_ascii=False, indent=1))
        else:
            self._print(document)

    def _tell(self, done: int, total: int) -> None:
        self.stderr.write(f"已比对 {done:,} / {total:,} 件")

    def _print(self, document: dict[str, Any]) -> None:
        self.stdout.write(
            f"若新版当时生效：{document['cases']:,} 件中 {document['changed']:,} 件结论不同"
            f"（截至 {document['as_of']}）。"
        )
        labels = document["labels"]
        for key, count in document["by_entry"].items():
            entry = labels["entries"][key]
            name = entry_words(entry["serial"], entry["title"], dropped=entry["dropped"])
            self.stdout.write(f"{name}：{count:,} 件")
        for code, count in document["by_matter"].items():
            self.stdout.write(f"{code} {labels['matters'][code]}：{count:,} 件")
        for key, count in document["by_change"].items():
            self.stdout.write(f"{change_words(key)}：{count:,} 件")
