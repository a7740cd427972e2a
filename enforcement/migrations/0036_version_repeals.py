"""废止 as rows of their own, and the days that follow from publication and repeal."""

from typing import ClassVar

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("enforcement", "0035_version_files"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="RepealRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("document_number", models.CharField(max_length=60, verbose_name="发文字号")),
                ("issued_on", models.DateField(verbose_name="成文日期")),
                ("ends_on", models.DateField(verbose_name="失效日期")),
                ("reason", models.CharField(max_length=300, verbose_name="原因")),
                ("requested_at", models.DateTimeField(verbose_name="提出时间")),
            ],
            options={
                "ordering": ["requested_at"],
            },
        ),
        migrations.CreateModel(
            name="VersionRepeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("document_number", models.CharField(max_length=60, verbose_name="发文字号")),
                ("issued_on", models.DateField(verbose_name="成文日期")),
                ("ends_on", models.DateField(verbose_name="失效日期")),
                ("reason", models.CharField(max_length=300, verbose_name="原因")),
                ("requested_at", models.DateTimeField(verbose_name="提出时间")),
                ("repealed_at", models.DateTimeField(verbose_name="公布时间")),
                ("digest", models.CharField(max_length=64, verbose_name="内容摘要")),
            ],
            options={
                "ordering": ["repealed_at"],
            },
        ),
        migrations.CreateModel(
            name="VersionSpan",
            fields=[
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="span",
                        serialize=False,
                        to="enforcement.ruleversion",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="生效日期")),
                ("days", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="有效期间")),
                ("withdrawn", models.BooleanField(verbose_name="生效前撤回")),
            ],
            options={
                "ordering": ["document", "starts_on"],
            },
        ),
        migrations.AddField(
            model_name="repealrequest",
            name="requested_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="repealrequest",
            name="version",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="repeal_request",
                to="enforcement.ruleversion",
            ),
        ),
        migrations.AddField(
            model_name="versionrepeal",
            name="repealed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="versionrepeal",
            name="requested_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="versionrepeal",
            name="version",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="repeal",
                to="enforcement.ruleversion",
            ),
        ),
        migrations.AddField(
            model_name="versionspan",
            name="document",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="enforcement.ruledocument"
            ),
        ),
        migrations.AddConstraint(
            model_name="repealrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("issued_on"))),
                name="repeal_request_days_ordered",
            ),
        ),
        migrations.AddConstraint(
            model_name="versionrepeal",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("issued_on"))),
                name="version_repeal_days_ordered",
            ),
        ),
        migrations.AddConstraint(
            model_name="versionrepeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("document_number", ""), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    models.Q(("digest", ""), _negated=True),
                ),
                name="version_repeal_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="versionrepeal",
            constraint=models.CheckConstraint(
                condition=models.Q(("repealed_by", models.F("requested_by")), _negated=True),
                name="version_repeal_by_second_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="versionspan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn", False)),
                fields=("document", "starts_on"),
                name="version_span_one_per_effective_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="versionspan",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.F("document_id"),
                            models.F("document_id"),
                            models.Value("[]"),
                            function="int8range",
                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    ("days", "&&"),
                ],
                name="version_span_one_in_force",
            ),
        ),
    ]
