"""An entry carries the number its draft gets with the edit that wrote it, whichever service wrote it.

Moving an entry to another place is no edit of what it says.
"""

from typing import ClassVar

from django.db import migrations

COUNT_EDIT = """
CREATE FUNCTION hengdu_count_entry_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.position IS DISTINCT FROM OLD.position THEN
        NEW.lock_version := OLD.lock_version;
        RETURN NEW;
    END IF;
    SELECT lock_version + 1 INTO NEW.lock_version FROM enforcement_ruleversion WHERE id = NEW.version_id;
    RETURN NEW;
END $$;
CREATE TRIGGER listentry_counted BEFORE INSERT OR UPDATE ON exemption_lists_listentry
FOR EACH ROW EXECUTE FUNCTION hengdu_count_entry_edit();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("exemption_lists", "0007_entry_cells"), ("enforcement", "0001_initial")]

    operations: ClassVar = [
        migrations.RunSQL(
            COUNT_EDIT,
            "DROP TRIGGER listentry_counted ON exemption_lists_listentry; DROP FUNCTION hengdu_count_entry_edit();",
        )
    ]
