"""Columns for sealed personal data of parties; the constraint on the number moves to its index in 0013."""

import uuid
from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("enforcement", "0010_duties_kept_apart")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="party",
            name="seal_id",
            field=models.UUIDField(default=uuid.uuid4, editable=False, null=True, verbose_name="密封标识"),
        ),
        migrations.AddField(
            model_name="party",
            name="id_number_index",
            field=models.CharField(editable=False, max_length=80, null=True, verbose_name="身份证号盲索引"),
        ),
        migrations.AlterField(
            model_name="party",
            name="id_number",
            field=models.TextField(blank=True, null=True, unique=True, verbose_name="身份证号"),
        ),
        migrations.AlterField(
            model_name="party",
            name="phone",
            field=models.TextField(blank=True, verbose_name="联系电话"),
        ),
    ]
