"""`print_grants ROLE`: the rights of the database role that the web servers use, as SQL for whoever owns the tables.

The tables of the ledger get SELECT and INSERT only (security checklist F2): triggers refuse the rest too, but the owner
of a table can switch triggers off, and the web servers should not be its owner.
"""

from __future__ import annotations

import re
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser

# Never changed and never deleted; triggers say the same.
APPEND_ONLY = (
    "enforcement_ledgerentry",
    "enforcement_publiclogentry",
    "enforcement_ledgercheckpoint",
    "enforcement_reviewopinion",
    "enforcement_versionfile",
    "enforcement_entryopinion",
    "enforcement_opinionanswer",
    "enforcement_versionrepeal",
    "cases_decision",
    "cases_casedocument",
    "cases_caseevent",
)
# Deleted when a value must be forgotten, but never changed.
ERASABLE = ("enforcement_commitmentsalt",)
ROLE_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")


class Command(BaseCommand):
    help = "显示网站所用数据库角色的授权 SQL：账本各表只能查询和插入"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", help="角色名，小写字母、数字和下划线；角色须已建立")

    def handle(self, *args: Any, **options: Any) -> None:
        role = options["role"]
        if ROLE_NAME.fullmatch(role) is None:
            raise CommandError("角色名只用小写字母、数字和下划线。")
        self.stdout.write("\n".join(grants_for(role)))


def grants_for(role: str) -> list[str]:
    """One statement per line; running them again changes nothing."""
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    missing = sorted({*APPEND_ONLY, *ERASABLE} - known)
    if missing:
        raise CommandError(f"没有这些表：{'、'.join(missing)}")
    append_only, erasable = ", ".join(APPEND_ONLY), ", ".join(ERASABLE)
    return [
        f"GRANT USAGE ON SCHEMA public TO {role};",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};",
        f"REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON {append_only} FROM {role};",
        f"REVOKE UPDATE, TRUNCATE, REFERENCES, TRIGGER ON {erasable} FROM {role};",
        f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role};",
    ]
