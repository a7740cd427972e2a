"""The link to a single version has no reader any more."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("exemption_lists", "0005_uploads_keep_their_versions"),
    ]

    operations = [
        migrations.RemoveField(model_name="uploadedtable", name="version"),
    ]
