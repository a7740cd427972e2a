"""Entries of the ledger learn duties, requests, reasons, commitments and a MAC; tables refuse what breaks a chain.

Rows that are already there keep format 1 and their hashes. TRUNCATE is refused unless the session was opened with
`hengdu.truncate_allowed`, which only the tests do.
"""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

# Linked on insert, so that a role that may only INSERT cannot leave a gap, fork a chain or write the old format.
REQUIRE_LINK = """
CREATE FUNCTION hengdu_require_ledger_link() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before text;
BEGIN
    IF NEW.format < 2 THEN
        RAISE EXCEPTION 'hengdu: format % of the ledger is no longer written', NEW.format
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.sequence = 1 THEN
        before := repeat('0', 64);
    ELSE
        SELECT hash INTO before FROM enforcement_ledgerentry
            WHERE chain = NEW.chain AND sequence = NEW.sequence - 1;
    END IF;
    IF before IS NULL OR before <> NEW.previous_hash THEN
        RAISE EXCEPTION 'hengdu: entry % of chain % does not follow the one before', NEW.sequence, NEW.chain
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledgerentry_linked BEFORE INSERT ON enforcement_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION hengdu_require_ledger_link();
"""

# A salt may be deleted, which is how a value is forgotten, but never replaced.
SALT_NEVER_CHANGED = """
CREATE TRIGGER commitmentsalt_unchanged BEFORE UPDATE ON enforcement_commitmentsalt
    FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_any_change();
"""

REFUSE_TRUNCATE = """
CREATE FUNCTION hengdu_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('hengdu.truncate_allowed', true) IS DISTINCT FROM 'yes' THEN
        RAISE EXCEPTION 'hengdu: % is never emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledgerentry_never_emptied BEFORE TRUNCATE ON enforcement_ledgerentry
    FOR EACH STATEMENT EXECUTE FUNCTION hengdu_refuse_truncate();
CREATE TRIGGER reviewopinion_never_emptied BEFORE TRUNCATE ON enforcement_reviewopinion
    FOR EACH STATEMENT EXECUTE FUNCTION hengdu_refuse_truncate();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("enforcement", "0007_people_columns_gone"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="CommitmentSalt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="名称")),
                ("salt", models.BinaryField(verbose_name="盐")),
            ],
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="commitments",
            field=models.TextField(blank=True, default="{}", verbose_name="承诺值"),
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="duty",
            field=models.CharField(blank=True, default="", max_length=120, verbose_name="职责"),
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="format",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="格式"),
        ),
        migrations.AlterField(
            model_name="ledgerentry",
            name="format",
            field=models.PositiveSmallIntegerField(default=2, verbose_name="格式"),
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="key_id",
            field=models.CharField(blank=True, default="", max_length=16, verbose_name="密钥编号"),
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="mac",
            field=models.CharField(blank=True, default="", max_length=64, verbose_name="认证码"),
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="reason",
            field=models.CharField(blank=True, default="", max_length=500, verbose_name="原因"),
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="request_id",
            field=models.CharField(blank=True, default="", max_length=36, verbose_name="请求编号"),
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="subject_version",
            field=models.PositiveBigIntegerField(null=True, verbose_name="对象版本"),
        ),
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(fields=["-occurred_at", "-id"], name="ledger_newest_first"),
        ),
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(fields=["actor_id", "-occurred_at"], name="ledger_actor"),
        ),
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(
                condition=models.Q(("request_id", ""), _negated=True),
                fields=["request_id"],
                name="ledger_request",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("format__in", [1, 2])), name="ledger_format_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("format", 1),
                    models.Q(models.Q(("mac", ""), _negated=True), models.Q(("key_id", ""), _negated=True)),
                    _connector="OR",
                ),
                name="ledger_entry_authenticated",
            ),
        ),
        migrations.AddField(
            model_name="commitmentsalt",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="salts",
                to="enforcement.ledgerentry",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitmentsalt",
            constraint=models.UniqueConstraint(fields=("entry", "name"), name="commitment_salt_once"),
        ),
        migrations.RunSQL(
            REQUIRE_LINK,
            "DROP TRIGGER ledgerentry_linked ON enforcement_ledgerentry; DROP FUNCTION hengdu_require_ledger_link();",
        ),
        migrations.RunSQL(
            SALT_NEVER_CHANGED, "DROP TRIGGER commitmentsalt_unchanged ON enforcement_commitmentsalt;"
        ),
        migrations.RunSQL(
            REFUSE_TRUNCATE,
            "DROP TRIGGER ledgerentry_never_emptied ON enforcement_ledgerentry;"
            "DROP TRIGGER reviewopinion_never_emptied ON enforcement_reviewopinion;"
            "DROP FUNCTION hengdu_refuse_truncate();",
        ),
    ]
