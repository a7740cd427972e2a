"""The public log and the signed checkpoints: written once, never changed, never emptied."""

from typing import ClassVar

import django.contrib.postgres.fields
from django.db import migrations, models

TABLES = ("enforcement_publiclogentry", "enforcement_ledgercheckpoint")


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("enforcement", "0015_organisation_truths"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="LedgerCheckpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveBigIntegerField(unique=True, verbose_name="编号")),
                ("made_at", models.DateTimeField(verbose_name="时间")),
                ("entries", models.PositiveBigIntegerField(verbose_name="账本记录总数")),
                ("log_size", models.PositiveBigIntegerField(verbose_name="公开记录数")),
                ("is_complete", models.BooleanField(verbose_name="列出全部链")),
                ("content", models.TextField(verbose_name="内容")),
                ("heads", models.TextField(verbose_name="各链末条")),
                ("digest", models.CharField(max_length=64, verbose_name="内容摘要")),
                ("key_id", models.CharField(max_length=16, verbose_name="密钥编号")),
                ("signature", models.CharField(max_length=88, verbose_name="签名")),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="PublicLogEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sequence", models.PositiveBigIntegerField(unique=True, verbose_name="序号")),
                ("kind", models.CharField(max_length=32, verbose_name="种类")),
                ("key", models.CharField(max_length=120, verbose_name="编号")),
                ("label", models.CharField(max_length=200, verbose_name="名称")),
                ("digest", models.CharField(max_length=64, verbose_name="内容摘要")),
                ("chain", models.CharField(max_length=32, verbose_name="链")),
                ("entry_sequence", models.PositiveBigIntegerField(verbose_name="账本序号")),
                ("entry_hash", models.CharField(max_length=64, verbose_name="账本摘要")),
                ("recorded_at", models.DateTimeField(verbose_name="记录时间")),
                (
                    "subtrees",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), size=None, verbose_name="子树摘要"
                    ),
                ),
            ],
            options={
                "ordering": ["sequence"],
                "constraints": [models.UniqueConstraint(fields=("kind", "key"), name="public_log_once")],
            },
        ),
        *[
            migrations.RunSQL(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_any_change();"
                f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION hengdu_refuse_truncate();",
                f"DROP TRIGGER {table}_append_only ON {table}; DROP TRIGGER {table}_never_emptied ON {table};",
            )
            for table in TABLES
        ],
    ]
