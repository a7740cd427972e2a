"""Move everything sealed to the newest data key."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from enforcement.services.rotate_data_keys import rotate_rows, rows_under_other_keys


class Command(BaseCommand):
    help = "用 HENGDU_DATA_KEYS 中的第一个密钥重新密封个人信息；可以中断后再次运行，期间系统可以照常使用"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="只检查：还有内容使用旧密钥时返回 1")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            moved = rotate_rows(report=self._report)
            self.stdout.write(f"已重新密封 {moved} 行。")
        left = rows_under_other_keys()
        if left:
            listed = "、".join(f"{label} {count} 行" for label, count in left.items())
            raise CommandError(f"仍有内容使用旧密钥：{listed}。旧密钥须保留在密钥环中，请再次运行。")
        self.stdout.write("全部内容已使用最新密钥，旧密钥可以移出密钥环。")

    def _report(self, label: str, count: int) -> None:
        self.stderr.write(f"{label}：{count} 行")
