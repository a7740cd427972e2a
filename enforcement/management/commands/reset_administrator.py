"""`reset_administrator`: the way back in for an administrator; no other administrator can open it from a page."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from enforcement.errors import Refusal
from enforcement.services.accounts.first_administrators import reset_administrator


class Command(BaseCommand):
    help = "重置一名管理员的密码和动态口令，显示一次性密码"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="管理员的用户名")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = reset_administrator(username=options["username"])
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"已重置：{made.account.username}，原有登录全部结束。")
        self.stdout.write(f"一次性密码（只显示这一次，7 天内有效）：{made.one_time_password}")
