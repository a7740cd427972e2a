"""`ledger_key`: the public key for everyone, or the authentication key for an auditor."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from enforcement.ledger.keys import known_keys


class Command(BaseCommand):
    help = "显示账本的公钥；--mac 显示审计用的认证密钥，它能伪造认证码，只交给审计人员"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mac", action="store_true", help="认证密钥，而不是公钥")

    def handle(self, *args: Any, **options: Any) -> None:
        for key in known_keys().values():
            shown = f"{key.key_id} {key.authentication.hex()}\n" if options["mac"] else key.public_pem()
            self.stdout.write(shown, ending="")
