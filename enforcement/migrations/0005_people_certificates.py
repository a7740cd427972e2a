"""Officers with staff numbers and service, certificates with lines, revocation, suspensions and annual checks.

Officers known before get a provisional staff number from the database's default.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.functions
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("enforcement", "0004_ledger_actions_without_choices"),
    ]

    operations = [
        migrations.CreateModel(
            name="CertificateCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="审验年度")),
                ("checked_on", models.DateField(verbose_name="审验日期")),
                (
                    "result",
                    models.CharField(
                        choices=[("passed", "合格"), ("failed", "不合格"), ("not_done", "未参加")],
                        max_length=10,
                        verbose_name="审验结果",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
            ],
            options={
                "ordering": ["-year"],
            },
        ),
        migrations.CreateModel(
            name="CertificateSuspension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="暂扣首日")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="暂扣末日")),
                ("reason", models.CharField(max_length=200, verbose_name="暂扣原因")),
            ],
            options={
                "ordering": ["starts_on"],
            },
        ),
        migrations.AddField(
            model_name="certificate",
            name="issuing_authority",
            field=models.CharField(blank=True, max_length=80, verbose_name="发证机关"),
        ),
        migrations.AddField(
            model_name="certificate",
            name="line_codes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=32),
                blank=True,
                default=list,
                size=None,
                verbose_name="执法领域",
            ),
        ),
        migrations.AddField(
            model_name="certificate",
            name="revocation_kind",
            field=models.CharField(
                blank=True,
                choices=[("cancelled", "注销"), ("revoked", "吊销")],
                max_length=10,
                verbose_name="失效方式",
            ),
        ),
        migrations.AddField(
            model_name="certificate",
            name="revocation_reason",
            field=models.CharField(blank=True, max_length=200, verbose_name="失效原因"),
        ),
        migrations.AddField(
            model_name="certificate",
            name="revoked_on",
            field=models.DateField(blank=True, null=True, verbose_name="失效日期"),
        ),
        migrations.AddField(
            model_name="officer",
            name="joined_on",
            field=models.DateField(blank=True, null=True, verbose_name="到岗日期"),
        ),
        migrations.AddField(
            model_name="officer",
            name="left_on",
            field=models.DateField(blank=True, null=True, verbose_name="离岗日期"),
        ),
        migrations.AddField(
            model_name="officer",
            name="staff_number",
            field=models.CharField(
                db_default=django.db.models.functions.text.Concat(
                    models.Value("临"),
                    django.db.models.functions.text.Left(
                        django.db.models.functions.comparison.Cast(
                            django.contrib.postgres.functions.RandomUUID(), models.CharField()
                        ),
                        13,
                    ),
                    output_field=models.CharField(),
                ),
                max_length=32,
                unique=True,
                verbose_name="工号",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("revocation_kind", ""), ("revocation_reason", ""), ("revoked_on__isnull", True)
                    ),
                    models.Q(
                        ("revocation_kind__in", ["cancelled", "revoked"]),
                        ("revoked_on__isnull", False),
                        models.Q(("revocation_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="certificate_revoked_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="officer",
            constraint=models.CheckConstraint(
                condition=models.Q(("staff_number", ""), _negated=True), name="officer_staff_number_given"
            ),
        ),
        migrations.AddConstraint(
            model_name="officer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("joined_on__isnull", True),
                    ("left_on__isnull", True),
                    ("left_on__gte", models.F("joined_on")),
                    _connector="OR",
                ),
                name="officer_service_ordered",
            ),
        ),
        migrations.AddField(
            model_name="certificatecheck",
            name="certificate",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="checks",
                to="enforcement.certificate",
            ),
        ),
        migrations.AddField(
            model_name="certificatesuspension",
            name="certificate",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="suspensions",
                to="enforcement.certificate",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificatecheck",
            constraint=models.UniqueConstraint(
                fields=("certificate", "year"), name="certificate_checked_once_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="certificatecheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("result__in", ["passed", "failed", "not_done"])),
                name="certificate_check_result_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificatecheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__gte", 1996), ("year__lte", 2200)),
                name="certificate_check_year_plausible",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificatesuspension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="suspension_span_ordered",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificatesuspension",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="suspension_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="certificatesuspension",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.F("certificate_id"),
                            models.F("certificate_id"),
                            models.Value("[]"),
                            function="int8range",
                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            models.F("starts_on"),
                            models.F("ends_on"),
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="suspension_no_overlap",
            ),
        ),
    ]
