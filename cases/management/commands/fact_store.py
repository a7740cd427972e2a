"""`fact_store [--rebuild]`: bring the columnar fact store up to date, or write it again from the database."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cases.fact_store.keeping import refresh


class Command(BaseCommand):
    help = "更新影响模拟读取的列式数据；--rebuild 从数据库全部重新生成"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="全部重新生成")

    def handle(self, *args: Any, **options: Any) -> None:
        manifest = refresh(rebuild=options["rebuild"])
        moment = timezone.localtime(manifest.watermark)
        self.stdout.write(
            f"列式数据有 {manifest.decisions:,} 件已决定的案件，{len(manifest.partitions)} 个文件，"
            f"完整到 {moment:%Y-%m-%d %H:%M:%S}。"
        )
