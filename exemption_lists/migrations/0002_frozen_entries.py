"""Entries change only while their version is a draft; the trigger function is the enforcement floor's."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("exemption_lists", "0001_initial"), ("enforcement", "0002_frozen_rows")]

    operations: ClassVar = [
        migrations.RunSQL(
            "CREATE TRIGGER listentry_frozen BEFORE INSERT OR UPDATE OR DELETE ON exemption_lists_listentry "
            "FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_settled_entry();",
            "DROP TRIGGER listentry_frozen ON exemption_lists_listentry;",
        )
    ]
