"""`index_citations`: write again which published version cites which provision."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from enforcement.models import RuleVersion
from enforcement.services.index_citations import index_citations
from supervision.verification import BODIES


class Command(BaseCommand):
    help = "重建已发布版本的引用索引（哪一条引用了哪个条款）；可以重复运行"

    def handle(self, *args: Any, **options: Any) -> None:
        bodies = {body.kind.value: body for body in BODIES}
        versions = RuleVersion.objects.published().select_related("document")
        written = 0
        for version in versions:
            written += index_citations(body=bodies[version.document.kind], version=version)
        self.stdout.write(f"已重建 {written} 条引用。")
