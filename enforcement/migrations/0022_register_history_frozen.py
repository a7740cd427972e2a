"""Histories of register rows refuse every later change; rows that exist already get their first line of history."""

from typing import ClassVar

from django.db import migrations

APPEND_ONLY = """
CREATE TRIGGER linehistory_append_only BEFORE UPDATE OR DELETE ON enforcement_linehistory
    FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_any_change();
CREATE TRIGGER regionhistory_append_only BEFORE UPDATE OR DELETE ON enforcement_regionhistory
    FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_any_change();
"""
FREE_AGAIN = """
DROP TRIGGER linehistory_append_only ON enforcement_linehistory;
DROP TRIGGER regionhistory_append_only ON enforcement_regionhistory;
"""

FIRST_LINES = """
INSERT INTO enforcement_linehistory
    (lock_version, code, name, remit, ended_on, history_change_reason, history_date, history_type)
    SELECT lock_version, code, name, remit, ended_on, '开始记录修改历史时的内容', now(), '+' FROM enforcement_line;
INSERT INTO enforcement_regionhistory
    (lock_version, code, name, level, parent_id, established_on, abolished_on, history_change_reason, history_date, history_type)
    SELECT lock_version, code, name, level, parent_id, established_on, abolished_on, '开始记录修改历史时的内容', now(), '+' FROM enforcement_region;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("enforcement", "0021_register_rows")]

    operations: ClassVar = [
        migrations.RunSQL(FIRST_LINES, migrations.RunSQL.noop),
        migrations.RunSQL(APPEND_ONLY, FREE_AGAIN),
    ]
