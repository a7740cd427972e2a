"""The one version an upload was written into becomes the first of several."""

from typing import Any

from django.db import migrations


def take_over(apps: Any, schema_editor: Any) -> None:
    UploadedTable = apps.get_model("exemption_lists", "UploadedTable")
    for upload in UploadedTable.objects.filter(version__isnull=False):
        upload.versions.add(upload.version_id)


def take_back(apps: Any, schema_editor: Any) -> None:
    UploadedTable = apps.get_model("exemption_lists", "UploadedTable")
    for upload in UploadedTable.objects.all():
        upload.version = upload.versions.order_by("pk").first()
        upload.save()


class Migration(migrations.Migration):
    dependencies = [
        ("exemption_lists", "0004_import_in_steps"),
    ]

    operations = [
        migrations.RunPython(take_over, take_back),
    ]
