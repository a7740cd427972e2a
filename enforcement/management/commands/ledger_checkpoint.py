"""`ledger_checkpoint`: sign where the ledger stands now and write it to the witness folder."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from enforcement.ledger.witness import WitnessConflict, witness_path
from enforcement.services.make_checkpoint import make_checkpoint


class Command(BaseCommand):
    help = "为账本制作一个签名的检查点，并写入见证目录；没有新记录时不制作"

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = make_checkpoint(force=True)
        except WitnessConflict as conflict:
            raise CommandError(
                f"{conflict}。没有覆盖它，请运行 verify_ledger 查明哪一份被改写。"
            ) from conflict
        if made is None:
            self.stdout.write("没有新记录，不需要新的检查点。")
        else:
            self.stdout.write(
                f"检查点 {made.number}：账本 {made.entries} 条记录，公开记录 {made.log_size} 条，"
                f"见证文件 {witness_path(made.number).name}。"
            )
