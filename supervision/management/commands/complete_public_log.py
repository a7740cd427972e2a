"""`complete_public_log`: after an upgrade, give what was published before the public log its proofs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from supervision.services.complete_public_log import complete_public_log


class Command(BaseCommand):
    help = "把公开记录启用之前发布的版本和已送达的决定补进公开记录；可以重复运行"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"补记 {complete_public_log()} 条。")
