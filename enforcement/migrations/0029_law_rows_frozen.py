"""Histories of laws, provisions and violations refuse later changes; rows that exist get their first line."""

from typing import ClassVar

from django.db import migrations

COLUMNS = {
    "law": "id, lock_version, name, level, issued_by, document_number, change_kind, promulgated_on, effective_from, effective_until, ending, succeeded_by_id",
    "provision": "id, lock_version, article, paragraph, item, gist, law_id",
    "provisionsuccession": "id, lock_version, note, new_id, old_id",
    "violation": "id, lock_version, code, name, violated_text, punished_text, statutory_fine, is_high_frequency, key_area, line_id",
}


def _first_line(table: str, columns: str) -> str:
    # Only the names above reach the statement.
    return (
        f"INSERT INTO enforcement_{table}history ({columns}, history_change_reason, history_date, history_type) "  # noqa: S608
        f"SELECT {columns}, '开始记录修改历史时的内容', now(), '+' FROM enforcement_{table};"
    )


def _append_only(table: str) -> str:
    return (
        f"CREATE TRIGGER {table}history_append_only BEFORE UPDATE OR DELETE ON enforcement_{table}history "
        "FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_any_change();"
    )


def _free_again(table: str) -> str:
    return f"DROP TRIGGER {table}history_append_only ON enforcement_{table}history;"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("enforcement", "0028_law_rows")]

    operations: ClassVar = [
        migrations.RunSQL(
            "".join(_first_line(table, columns) for table, columns in COLUMNS.items()), migrations.RunSQL.noop
        ),
        migrations.RunSQL("".join(map(_append_only, COLUMNS)), "".join(map(_free_again, COLUMNS))),
    ]
