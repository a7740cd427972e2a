"""Every party has a seal of its own that never changes, and one number belongs to one party by its index.

The database also refuses a number or telephone in clear: whoever writes past the models cannot leave one behind.
"""

import uuid
from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q

KEEP_SEAL = """
CREATE FUNCTION hengdu_keep_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seal_id IS DISTINCT FROM OLD.seal_id THEN
        RAISE EXCEPTION 'hengdu: the seal of a row of % never changes', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER party_keep_seal BEFORE UPDATE OF seal_id ON enforcement_party
    FOR EACH ROW EXECUTE FUNCTION hengdu_keep_seal();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("enforcement", "0012_party_seal_rows")]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="party",
            name="seal_id",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="密封标识"),
        ),
        migrations.AlterField(
            model_name="party",
            name="id_number_index",
            field=models.CharField(
                editable=False, max_length=80, null=True, unique=True, verbose_name="身份证号盲索引"
            ),
        ),
        migrations.AlterField(
            model_name="party",
            name="id_number",
            field=models.TextField(blank=True, null=True, verbose_name="身份证号"),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=Q(id_number__isnull=True, id_number_index__isnull=True)
                | Q(id_number__isnull=False, id_number_index__isnull=False),
                name="party_id_number_indexed",
            ),
        ),
        migrations.RunSQL(
            "ALTER TABLE enforcement_party ADD CONSTRAINT party_sealed CHECK "
            "((id_number IS NULL OR id_number LIKE 'hd1.%') AND (phone = '' OR phone LIKE 'hd1.%'));",
            "ALTER TABLE enforcement_party DROP CONSTRAINT party_sealed;",
        ),
        migrations.RunSQL(
            KEEP_SEAL, "DROP TRIGGER party_keep_seal ON enforcement_party; DROP FUNCTION hengdu_keep_seal();"
        ),
    ]
