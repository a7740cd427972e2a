"""Entries change only while their version is a draft; the trigger function is the enforcement floor's."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("discretion", "0001_initial"), ("enforcement", "0002_frozen_rows")]

    operations: ClassVar = [
        migrations.RunSQL(
            "CREATE TRIGGER benchmark_frozen BEFORE INSERT OR UPDATE OR DELETE ON discretion_benchmark "
            "FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_settled_entry();",
            "DROP TRIGGER benchmark_frozen ON discretion_benchmark;",
        )
    ]
