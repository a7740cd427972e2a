"""What somebody with the database password could do: switch the triggers off first."""

from __future__ import annotations

from django.db import connection


def change_behind_triggers(table: str, sql: str, parameters: list[object] | None = None) -> None:
    """Run `sql` with the triggers of `table` off."""
    with connection.cursor() as cursor:
        # Deferred foreign-key checks of the running transaction would forbid the ALTER.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql, parameters)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
