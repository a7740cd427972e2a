"""Histories refuse every later change, an officer's seal never changes, and nobody leaves a number in clear behind."""

import uuid
from typing import ClassVar

from django.db import migrations, models

HISTORIES = (
    "calibrationhistory",
    "certificatecheckhistory",
    "certificatehistory",
    "certificatesuspensionhistory",
    "custodyhistory",
    "equipmenthistory",
    "examinationhistory",
    "officerhistory",
    "qualificationhistory",
    "traininghistory",
    "trainingrequirementhistory",
)
APPEND_ONLY = "".join(
    f"CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE ON enforcement_{name} "
    "FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_any_change();\n"
    for name in HISTORIES
)
FREE_AGAIN = "".join(f"DROP TRIGGER {name}_append_only ON enforcement_{name};\n" for name in HISTORIES)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("enforcement", "0026_people_first_history")]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="officer",
            name="seal_id",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="密封标识"),
        ),
        migrations.RunSQL(APPEND_ONLY, FREE_AGAIN),
        migrations.RunSQL(
            "ALTER TABLE enforcement_officer ADD CONSTRAINT officer_sealed CHECK "
            "((id_number IS NULL OR id_number LIKE 'hd1.%') AND (phone = '' OR phone LIKE 'hd1.%'));",
            "ALTER TABLE enforcement_officer DROP CONSTRAINT officer_sealed;",
        ),
        migrations.RunSQL(
            "CREATE TRIGGER officer_keep_seal BEFORE UPDATE OF seal_id ON enforcement_officer "
            "FOR EACH ROW EXECUTE FUNCTION hengdu_keep_seal();",
            "DROP TRIGGER officer_keep_seal ON enforcement_officer;",
        ),
    ]
