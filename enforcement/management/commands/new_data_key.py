"""Print a fresh entry for HENGDU_DATA_KEYS."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from enforcement.crypto.key_ring import KEY_ID, new_key_text
from enforcement.crypto.suites import SUITES


class Command(BaseCommand):
    help = "生成一个数据密钥，写入 HENGDU_DATA_KEYS 的最前面"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key_id", help="编号：小写字母开头，例如 k2")
        parser.add_argument("profile", choices=sorted(SUITES), help="算法")

    def handle(self, *args: Any, **options: Any) -> None:
        if not KEY_ID.fullmatch(options["key_id"]):
            raise CommandError("编号以小写字母开头，只用小写字母和数字，最多 16 位。")
        self.stdout.write(new_key_text(options["key_id"], options["profile"]))
