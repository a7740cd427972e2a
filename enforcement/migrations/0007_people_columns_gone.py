"""The two columns of suspension go, now that every suspension is a row."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("enforcement", "0006_people_suspensions")]

    operations: ClassVar = [
        migrations.RemoveConstraint(
            model_name="certificate",
            name="certificate_suspension_ordered",
        ),
        migrations.RemoveField(
            model_name="certificate",
            name="suspended_from",
        ),
        migrations.RemoveField(
            model_name="certificate",
            name="suspended_until",
        ),
    ]
