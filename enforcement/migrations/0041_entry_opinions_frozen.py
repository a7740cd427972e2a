"""Opinions on entries and the answers to them are part of the record: nobody changes them afterwards."""

from typing import ClassVar

from django.db import migrations

FROZEN = """
CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE ON enforcement_{name}
    FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_any_change();
"""
THAWED = "DROP TRIGGER {name}_append_only ON enforcement_{name};"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("enforcement", "0040_entry_opinions")]

    operations: ClassVar = [
        migrations.RunSQL(FROZEN.format(name=name), THAWED.format(name=name))
        for name in ("entryopinion", "opinionanswer")
    ]
