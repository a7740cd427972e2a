"""`create_administrator`: the first 系统、安全、审计 administrator of a new installation."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from enforcement.actors import ROLE_LABELS, Role
from enforcement.errors import Refusal
from enforcement.services.accounts.first_administrators import create_administrator

DUTIES = {"system": Role.SYSTEM_ADMIN, "security": Role.SECURITY_ADMIN, "audit": Role.AUDIT_ADMIN}


class Command(BaseCommand):
    help = "建立系统、安全或审计管理员账号，显示一次性密码（首次登录后修改，并设置动态口令）"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--duty", choices=sorted(DUTIES), required=True, help="管理员类别，一人一类")
        parser.add_argument("--username", required=True, help="用户名，小写字母开头")
        parser.add_argument("--name", required=True, help="姓名")
        parser.add_argument("--region", default="53", help="管理的区划代码，默认全省")
        parser.add_argument("--force", action="store_true", help="已有同类管理员时仍然新建")

    def handle(self, *args: Any, **options: Any) -> None:
        role = DUTIES[options["duty"]]
        try:
            made = create_administrator(
                role=role,
                username=options["username"],
                display_name=options["name"],
                region_code=options["region"],
                force=options["force"],
            )
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"已建立{ROLE_LABELS[role]}账号：{made.account.username}")
        self.stdout.write(f"一次性密码（只显示这一次，7 天内有效）：{made.one_time_password}")
