"""Entries change only while their version is a draft; the trigger function is the enforcement floor's."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("joint_inspection", "0001_initial"), ("enforcement", "0002_frozen_rows")]

    operations: ClassVar = [
        migrations.RunSQL(
            "CREATE TRIGGER inspectionscene_frozen BEFORE INSERT OR UPDATE OR DELETE ON joint_inspection_inspectionscene "
            "FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_settled_entry();",
            "DROP TRIGGER inspectionscene_frozen ON joint_inspection_inspectionscene;",
        )
    ]
