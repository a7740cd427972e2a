"""Revisions of laws, what cites them, and the matters of responsibility lists.

Levels were stored as Chinese words and become codes. The entries of a responsibility list are frozen by the trigger
function that the other documents use.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

LEVELS = {
    "法律": "law",
    "行政法规": "administrative_regulation",
    "地方性法规": "local_regulation",
    "部门规章": "department_rule",
    "地方政府规章": "local_rule",
    "规范性文件": "normative_document",
}


def _renamed(levels: dict[str, str]) -> str:
    cases = " ".join(f"WHEN '{old}' THEN '{new}'" for old, new in levels.items())
    # Only the words above reach the statement.
    return f"UPDATE enforcement_law SET level = CASE level {cases} ELSE '' END;"  # noqa: S608


CODES_OF_LEVELS = _renamed(LEVELS)
WORDS_OF_LEVELS = _renamed({code: word for word, code in LEVELS.items()})


class Migration(migrations.Migration):
    dependencies = [
        ("enforcement", "0017_saved_drafts"),
    ]

    operations = [
        migrations.CreateModel(
            name="EntryCitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("serial", models.CharField(max_length=60, verbose_name="序号")),
                ("slug", models.SlugField(max_length=60, verbose_name="网址代号")),
                ("title", models.TextField(blank=True, verbose_name="事项")),
                ("law_name", models.CharField(max_length=200, verbose_name="法律名称")),
                ("article", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="条")),
                ("paragraph", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="款")),
                ("item", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="项")),
            ],
            options={
                "ordering": ["version", "id"],
            },
        ),
        migrations.CreateModel(
            name="Matter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="次序")),
                ("serial", models.CharField(max_length=30, verbose_name="序号")),
                ("slug", models.SlugField(max_length=60, verbose_name="网址代号")),
                ("code", models.CharField(blank=True, max_length=60, verbose_name="事项编码")),
                ("name", models.CharField(max_length=300, verbose_name="事项名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("penalty", "行政处罚"),
                            ("inspection", "行政检查"),
                            ("compulsion", "行政强制"),
                            ("licence", "行政许可"),
                            ("levy", "行政征收"),
                            ("confirmation", "行政确认"),
                            ("other", "其他"),
                        ],
                        max_length=16,
                        verbose_name="权力类型",
                    ),
                ),
                ("legal_basis", models.JSONField(blank=True, default=list, verbose_name="设定和实施依据")),
                ("object_classes", models.JSONField(blank=True, default=list, verbose_name="监管对象类别")),
                ("level", models.CharField(blank=True, max_length=60, verbose_name="行使层级")),
                ("exercised_by", models.CharField(blank=True, max_length=120, verbose_name="实施主体")),
                ("note", models.TextField(blank=True, verbose_name="备注")),
            ],
            options={
                "ordering": ["version", "position"],
            },
        ),
        migrations.CreateModel(
            name="ProvisionSuccession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
            ],
            options={
                "ordering": ["old", "new"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="ruledocument",
            name="rule_document_kind_known",
        ),
        migrations.AddField(
            model_name="law",
            name="change_kind",
            field=models.CharField(
                choices=[("enacted", "制定"), ("revised", "修订"), ("amended", "修正")],
                default="enacted",
                max_length=10,
                verbose_name="本次变动",
            ),
        ),
        migrations.AddField(
            model_name="law",
            name="document_number",
            field=models.CharField(blank=True, max_length=60, verbose_name="公布文号"),
        ),
        migrations.AddField(
            model_name="law",
            name="ending",
            field=models.CharField(
                blank=True,
                choices=[("replaced", "被新文本替代"), ("repealed", "废止")],
                max_length=10,
                verbose_name="失效原因",
            ),
        ),
        migrations.AddField(
            model_name="law",
            name="issued_by",
            field=models.CharField(blank=True, max_length=80, verbose_name="制定机关"),
        ),
        migrations.AddField(
            model_name="law",
            name="promulgated_on",
            field=models.DateField(blank=True, null=True, verbose_name="公布日期"),
        ),
        migrations.AddField(
            model_name="law",
            name="succeeded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="preceded_by",
                to="enforcement.law",
                verbose_name="由何文本接续",
            ),
        ),
        migrations.AlterField(
            model_name="law",
            name="level",
            field=models.CharField(
                blank=True,
                choices=[
                    ("law", "法律"),
                    ("administrative_regulation", "行政法规"),
                    ("local_regulation", "地方性法规"),
                    ("department_rule", "部门规章"),
                    ("local_rule", "地方政府规章"),
                    ("normative_document", "规范性文件"),
                ],
                max_length=30,
                verbose_name="效力层级",
            ),
        ),
        migrations.AlterField(
            model_name="ruledocument",
            name="kind",
            field=models.CharField(
                choices=[
                    ("exemption_list", "减免责清单"),
                    ("benchmark_standard", "裁量权基准"),
                    ("joint_inspection_list", "综合查一次清单"),
                    ("responsibility_list", "权责清单"),
                ],
                max_length=24,
                verbose_name="种类",
            ),
        ),
        migrations.RunSQL(CODES_OF_LEVELS, WORDS_OF_LEVELS),
        migrations.AddConstraint(
            model_name="law",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("promulgated_on__isnull", True),
                    ("promulgated_on__lte", models.F("effective_from")),
                    _connector="OR",
                ),
                name="law_promulgated_before_effective",
            ),
        ),
        migrations.AddConstraint(
            model_name="law",
            constraint=models.CheckConstraint(
                condition=models.Q(("ending", ""), ("effective_until__isnull", False), _connector="OR"),
                name="law_ending_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="law",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("level", ""),
                    (
                        "level__in",
                        [
                            "law",
                            "administrative_regulation",
                            "local_regulation",
                            "department_rule",
                            "local_rule",
                            "normative_document",
                        ],
                    ),
                    _connector="OR",
                ),
                name="law_level_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="law",
            constraint=models.CheckConstraint(
                condition=models.Q(("change_kind__in", ["enacted", "revised", "amended"])),
                name="law_change_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="law",
            constraint=models.CheckConstraint(
                condition=models.Q(("ending", ""), ("ending__in", ["replaced", "repealed"]), _connector="OR"),
                name="law_ending_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="law",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("succeeded_by__isnull", True),
                    models.Q(("succeeded_by", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="law_not_its_own_successor",
            ),
        ),
        migrations.AddConstraint(
            model_name="law",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.Func(
                                models.F("name"),
                                models.Value(0),
                                function="hashtextextended",
                                output_field=models.BigIntegerField(),
                            ),
                            models.Func(
                                models.F("name"),
                                models.Value(0),
                                function="hashtextextended",
                                output_field=models.BigIntegerField(),
                            ),
                            models.Value("[]"),
                            function="int8range",
                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            models.F("effective_from"),
                            models.F("effective_until"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="law_one_text_in_force",
                violation_error_message="同名法律的另一文本在这段时间内也有效。请先填写前一文本的失效日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="provision",
            constraint=models.CheckConstraint(
                condition=models.Q(("article__gte", 1)), name="provision_article_counted"
            ),
        ),
        migrations.AddConstraint(
            model_name="ruledocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "exemption_list",
                            "benchmark_standard",
                            "joint_inspection_list",
                            "responsibility_list",
                        ],
                    )
                ),
                name="rule_document_kind_known",
            ),
        ),
        migrations.AddField(
            model_name="entrycitation",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="citations",
                to="enforcement.ruleversion",
            ),
        ),
        migrations.AddField(
            model_name="matter",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="matters",
                to="enforcement.ruleversion",
            ),
        ),
        migrations.AddField(
            model_name="matter",
            name="violation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="matters",
                to="enforcement.violation",
                verbose_name="对应案由",
            ),
        ),
        migrations.AddField(
            model_name="provisionsuccession",
            name="new",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="origins",
                to="enforcement.provision",
            ),
        ),
        migrations.AddField(
            model_name="provisionsuccession",
            name="old",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="successions",
                to="enforcement.provision",
            ),
        ),
        migrations.AddIndex(
            model_name="entrycitation",
            index=models.Index(fields=["law_name", "article"], name="entry_citation_provision"),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.UniqueConstraint(fields=("version", "position"), name="matter_position_once"),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.UniqueConstraint(fields=("version", "slug"), name="matter_slug_once"),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["penalty", "inspection", "compulsion", "licence", "levy", "confirmation", "other"],
                    )
                ),
                name="matter_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="matter_named"
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(("violation__isnull", True), ("kind", "penalty"), _connector="OR"),
                name="matter_violation_only_of_penalty",
            ),
        ),
        migrations.AddConstraint(
            model_name="provisionsuccession",
            constraint=models.UniqueConstraint(fields=("old", "new"), name="provision_succession_once"),
        ),
        migrations.AddConstraint(
            model_name="provisionsuccession",
            constraint=models.CheckConstraint(
                condition=models.Q(("old", models.F("new")), _negated=True), name="provision_succession_moves"
            ),
        ),
        migrations.RunSQL(
            "CREATE TRIGGER matter_frozen BEFORE INSERT OR UPDATE OR DELETE ON enforcement_matter "
            "FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_settled_entry();",
            "DROP TRIGGER matter_frozen ON enforcement_matter;",
        ),
    ]
