"""`load_demo`: a believable, deterministic demonstration province, through the services everybody uses."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from enforcement.ledger.witness import WitnessConflict
from enforcement.models import Agency
from enforcement.services.make_checkpoint import make_checkpoint
from supervision.demo.accounts import demo_accounts
from supervision.demo.loading.case_access import load_case_access
from supervision.demo.loading.cases import load_cases
from supervision.demo.loading.documents import load_documents
from supervision.demo.loading.recusals import load_recusals
from supervision.demo.loading.register import load_register
from supervision.demo.loading.responsibility import load_responsibility_lists

SIZES = {"small": 60, "province": 400}


class Command(BaseCommand):
    help = "载入演示数据（只能载入空数据库）：省、州市、县、乡四级主体，清单、基准和两年的案件"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--size", choices=sorted(SIZES), default="province")
        parser.add_argument("--today", type=dt.date.fromisoformat, help="演示的“今天”，默认为当天")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.IS_PRODUCTION:
            raise CommandError("生产环境不载入演示数据：演示账号的密码是公开的。")
        if Agency.objects.exists():
            raise CommandError("数据库里已有执法主体，没有载入演示数据。演示数据只载入空数据库。")
        today = options["today"] or timezone.localdate()
        with transaction.atomic():
            loaded = load_register(today=today)
            load_documents(loaded)
            load_responsibility_lists(loaded)
            count = load_cases(loaded, today=today, limit=SIZES[options["size"]], report=self.stdout.write)
            load_recusals(today=today)
            load_case_access(today=today)
        # Everything is committed: what was published has its proof from the start.
        try:
            make_checkpoint(force=True)
        except WitnessConflict:
            self.stderr.write(
                "见证目录里是另一个数据库的检查点，没有覆盖。请用 HENGDU_WITNESS 指定一个空目录。"
            )
        self.stdout.write(f"已载入案件 {count} 件。")
        self.stdout.write("演示数据已载入。演示账号：")
        for account in demo_accounts():
            self.stdout.write(
                f"  {account.audience}　{account.username} / {account.password}　{account.note}"
            )
