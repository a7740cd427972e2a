"""How the installation stands, for administrators: nothing secret, nothing of anybody's work."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from enforcement.ledger.models import LedgerCheckpoint
from enforcement.models import Account, BrowserSession

PROBE = "overview-probe"


@dataclass(frozen=True, slots=True)
class SystemOverview:
    """`pending_migrations` is what the database still lacks; `last_checkpoint` None: none was made yet."""

    database_version: str
    pending_migrations: int
    cache_answers: bool
    accounts_open: int
    accounts_closed: int
    sessions: int
    last_checkpoint: LedgerCheckpoint | None


def system_overview(*, now: dt.datetime) -> SystemOverview:
    """A handful of queries; the counts are of accounts and sessions only."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    open_accounts = Account.objects.filter(is_active=True).count()
    return SystemOverview(
        database_version=_database_version(),
        pending_migrations=len(plan),
        cache_answers=_cache_answers(),
        accounts_open=open_accounts,
        accounts_closed=Account.objects.filter(is_active=False).count(),
        sessions=BrowserSession.objects.filter(expire_date__gt=now, account__isnull=False).count(),
        last_checkpoint=LedgerCheckpoint.objects.order_by("-number").first(),
    )


def _database_version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0]).split(" ")[0]


def _cache_answers() -> bool:
    try:
        cache.set(PROBE, "1", 10)
        return bool(cache.get(PROBE) == "1")
    except Exception:
        # Whatever the client library raises, the page says that the service does not answer.
        return False
