"""What was decided about an upload is kept beside it, and it may be written into several versions."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exemption_lists", "0003_amounts_and_plain_words"),
        ("enforcement", "0038_declared_empty"),
    ]

    operations = [
        migrations.AddField(
            model_name="uploadedtable",
            name="choices",
            field=models.JSONField(blank=True, default=dict, verbose_name="导入时的选择"),
        ),
        migrations.AlterField(
            model_name="uploadedtable",
            name="version",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.SET_NULL,
                related_name="+",
                to="enforcement.ruleversion",
            ),
        ),
        migrations.AddField(
            model_name="uploadedtable",
            name="versions",
            field=models.ManyToManyField(
                blank=True, related_name="uploaded_tables", to="enforcement.ruleversion"
            ),
        ),
    ]
