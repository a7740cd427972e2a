"""公开文件 of published versions, kept as first made; only a published version has files, and they never change."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

FROZEN = """
CREATE TRIGGER versionfile_append_only BEFORE UPDATE OR DELETE ON enforcement_versionfile
    FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_any_change();
CREATE FUNCTION hengdu_file_of_published_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM enforcement_ruleversion WHERE id = NEW.version_id AND status = 'published') THEN
        RAISE EXCEPTION 'hengdu: version % is not published, it has no files', NEW.version_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER versionfile_of_published BEFORE INSERT ON enforcement_versionfile
    FOR EACH ROW EXECUTE FUNCTION hengdu_file_of_published_version();
"""
FREE_AGAIN = """
DROP TRIGGER versionfile_of_published ON enforcement_versionfile;
DROP FUNCTION hengdu_file_of_published_version();
DROP TRIGGER versionfile_append_only ON enforcement_versionfile;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("enforcement", "0034_warnings_kept_at_publication")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="VersionFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "file_format",
                    models.CharField(
                        choices=[("pdf", "pdf"), ("docx", "docx"), ("xlsx", "xlsx"), ("json", "json")],
                        max_length=4,
                        verbose_name="格式",
                    ),
                ),
                ("content", models.BinaryField(verbose_name="内容")),
                ("size", models.PositiveIntegerField(verbose_name="字节数")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="生成时间")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="enforcement.ruleversion",
                    ),
                ),
            ],
            options={
                "ordering": ["version", "file_format"],
                "constraints": [
                    models.UniqueConstraint(fields=("version", "file_format"), name="version_file_once"),
                    models.CheckConstraint(
                        condition=models.Q(("file_format__in", ("pdf", "docx", "xlsx", "json"))),
                        name="version_file_format_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)), name="version_file_not_empty"
                    ),
                ],
            },
        ),
        migrations.RunSQL(FROZEN, FREE_AGAIN),
    ]
