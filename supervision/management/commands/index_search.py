"""`index_search`: write again what the public search looks into."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from enforcement.models import RuleVersion
from enforcement.services.index_search import index_search
from supervision.verification import BODIES


class Command(BaseCommand):
    help = "重建已发布版本的检索索引；可以重复运行"

    def handle(self, *args: Any, **options: Any) -> None:
        bodies = {body.kind.value: body for body in BODIES}
        written = 0
        for version in RuleVersion.objects.published().select_related("document__agency"):
            written += index_search(body=bodies[version.document.kind], version=version)
        self.stdout.write(f"已重建 {written} 行检索索引。")
