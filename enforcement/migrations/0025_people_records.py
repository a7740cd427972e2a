"""Training, equipment, qualifications, notices, and a history for every row of the people part of the register."""

import datetime
import uuid
from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("enforcement", "0024_organisation_history_frozen"),
    ]

    operations = [
        migrations.CreateModel(
            name="Calibration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lock_version", models.PositiveIntegerField(default=1, verbose_name="编辑版本")),
                ("certificate_number", models.CharField(max_length=60, verbose_name="检定证书编号")),
                ("body", models.CharField(max_length=80, verbose_name="检定机构")),
                ("done_on", models.DateField(verbose_name="检定日期")),
                ("valid_until", models.DateField(verbose_name="有效期至")),
            ],
            options={
                "ordering": ["-done_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="CalibrationHistory",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("lock_version", models.PositiveIntegerField(default=1, verbose_name="编辑版本")),
                ("certificate_number", models.CharField(max_length=60, verbose_name="检定证书编号")),
                ("body", models.CharField(max_length=80, verbose_name="检定机构")),
                ("done_on", models.DateField(verbose_name="检定日期")),
                ("valid_until", models.DateField(verbose_name="有效期至")),
                (
                    "history_change_reason",
                    models.CharField(blank=True, max_length=300, null=True, verbose_name="修改原因"),
                ),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "检定记录的修改历史",
                "verbose_name_plural": "检定记录的修改历史",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="CertificateCheckHistory",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("lock_version", models.PositiveIntegerField(default=1, verbose_name="编辑版本")),
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
                (
                    "history_change_reason",
                    models.CharField(blank=True, max_length=300, null=True, verbose_name="修改原因"),
                ),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "执法证年度审验的修改历史",
                "verbose_name_plural": "执法证年度审验的修改历史",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="CertificateHistory",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("lock_version", models.PositiveIntegerField(default=1, verbose_name="编辑版本")),
                ("number", models.CharField(db_index=True, max_length=40, verbose_name="证号")),
                (
                    "line_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="执法领域",
                    ),
                ),
                ("issuing_authority", models.CharField(blank=True, max_length=80, verbose_name="发证机关")),
                ("valid_from", models.DateField(verbose_name="有效期自")),
                ("valid_until", models.DateField(verbose_name="有效期至")),
                ("revoked_on", models.DateField(blank=True, null=True, verbose_name="失效日期")),
                (
                    "revocation_kind",
                    models.CharField(
                        blank=True,
                        choices=[("cancelled", "注销"), ("revoked", "吊销")],
                        max_length=10,
                        verbose_name="失效方式",
                    ),
                ),
                ("revocation_reason", models.CharField(blank=True, max_length=200, verbose_name="失效原因")),
                (
                    "history_change_reason",
                    models.CharField(blank=True, max_length=300, null=True, verbose_name="修改原因"),
                ),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "执法证的修改历史",
                "verbose_name_plural": "执法证的修改历史",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="CertificateSuspensionHistory",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("lock_version", models.PositiveIntegerField(default=1, verbose_name="编辑版本")),
                ("starts_on", models.DateField(verbose_name="暂扣首日")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="暂扣末日")),
                ("reason", models.CharField(max_length=200, verbose_name="暂扣原因")),
                (
                    "history_change_reason",
                    models.CharField(blank=True, max_length=300, null=True, verbose_name="修改原因"),
                ),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "执法证暂扣的修改历史",
                "verbose_name_plural": "执法证暂扣的修改历史",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Custody",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lock_version", models.PositiveIntegerField(default=1, verbose_name="编辑版本")),
                ("held_from", models.DateField(verbose_name="领用日期")),
                ("returned_on", models.DateField(blank=True, null=True, verbose_name="交还日期")),
            ],
            options={
                "ordering": ["-held_from", "-id"],
            },
        ),
        migrations.CreateModel(
            name="CustodyHistory",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("lock_version", models.PositiveIntegerField(default=1, verbose_name="编辑版本")),
                ("held_from", models.DateField(verbose_name="领用日期")),
                ("returned_on", models.DateField(blank=True, null=True, verbose_name="交还日期")),
                (
                    "history_change_reason",
                    models.CharField(blank=True, max_length=300, null=True, verbose_name="修改原因"),
                ),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "领用记录的修改历史",
                "verbose_name_plural": "领用记录的修改历史",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Equipment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lock_version", models.PositiveIntegerField(default=1, verbose_name="编辑版本")),
                ("region_code", models.CharField(max_length=9, verbose_name="行政区划代码")),
                ("line_code", models.CharField(max_length=32, verbose_name="条线代码")),
                ("inventory_number", models.CharField(max_length=40, verbose_name="资产编号")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("body_camera", "执法记录仪"),
                            ("camera", "照相、摄像设备"),
                            ("terminal", "移动执法终端"),
                            ("meter", "测量仪器"),
                            ("sampler", "采样设备"),
                            ("drone", "无人机"),
                            ("vehicle", "执法车辆"),
                            ("other", "其他装备"),
                        ],
                        max_length=12,
                        verbose_name="装备类别",
                    ),
                ),
                ("model_name", models.CharField(max_length=80, verbose_name="品牌型号")),
                ("serial_number", models.CharField(blank=True, max_length=60, verbose_name="出厂编号")),
                ("needs_calibration", models.BooleanField(default=False, verbose_name="需要检定或者校准")),
                ("acquired_on", models.DateField(verbose_name="启用日期")),
                ("retired_on", models.DateField(blank=True, null=True, verbose_name="停用日期")),
            ],
            options={
                "ordering": ["region_code", "inventory_number", "id"],
            },
        ),
        migrations.CreateModel(
            name="EquipmentHistory",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("lock_version", models.PositiveIntegerField(default=1, verbose_name="编辑版本")),
                ("region_code", models.CharField(max_length=9, verbose_name="行政区划代码")),
                ("line_code", models.CharField(max_length=32, verbose_name="条线代码")),
                ("inventory_number", models.CharField(max_length=40, verbose_name="资产编号")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("body_camera", "执法记录仪"),
                            ("camera", "照相、摄像设备"),
                            ("terminal", "移动执法终端"),
                            ("meter", "测量仪器"),
                            ("sampler", "采样设备"),
                            ("drone", "无人机"),
                            ("vehicle", "执法车辆"),
                            ("other", "其他装备"),
                        ],
                        max_length=12,
                        verbose_name="装备类别",
                    ),
                ),
                ("model_name", models.CharField(max_length=80, verbose_name="品牌型号")),
                ("serial_number", models.CharField(blank=True, max_length=60, verbose_name="出厂编号")),
                ("needs_calibration", models.BooleanField(default=False, verbose_name="需要检定或者校准")),
                ("acquired_on", models.DateField(verbose_name="启用日期")),
                ("retired_on", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                (
                    "history_change_reason",
                    models.CharField(blank=True, max_length=300, null=True, verbose_name="修改原因"),
                ),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "执法装备的修改历史",
                "verbose_name_plural": "执法装备的修改历史",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Examination",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lock_version", models.PositiveIntegerField(default=1, verbose_name="编辑版本")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("qualifying", "执法资格考试"),
                            ("yearly", "年度考核"),
                            ("renewal", "换证考试"),
                        ],
                        max_length=12,
                        verbose_name="考试类别",
                    ),
                ),
                ("organiser", models.CharField(blank=True, max_length=80, verbose_name="组织单位")),
                ("taken_on", models.DateField(verbose_name="考试日期")),
                (
                    "score",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=5, null=True, verbose_name="成绩"
                    ),
                ),
                ("is_passed", models.BooleanField(verbose_name="合格")),
            ],
            options={
                "ordering": ["-taken_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ExaminationHistory",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("lock_version", models.PositiveIntegerField(default=1, verbose_name="编辑版本")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("qualifying", "执法资格考试"),
                            ("yearly", "年度考核"),
                            ("renewal", "换证考试"),
                        ],
                        max_length=12,
                        verbose_name="考试类别",
                    ),
                ),
                ("organiser", models.CharField(blank=True, max_length=80, verbose_name="组织单位")),
                ("taken_on", models.DateField(verbose_name="考试日期")),
                (
                    "score",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=5, null=True, verbose_name="成绩"
                    ),
                ),
                ("is_passed", models.BooleanField(verbose_name="合格")),
                (
                    "history_change_reason",
                    models.CharField(blank=True, max_length=300, null=True, verbose_name="修改原因"),
                ),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "考试记录的修改历史",
                "verbose_name_plural": "考试记录的修改历史",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ExpiryNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("region_code", models.CharField(max_length=9, verbose_name="行政区划代码")),
                ("line_code", models.CharField(max_length=32, verbose_name="条线代码")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("certificate", "执法证"),
                            ("annual_check", "执法证年度审验"),
                            ("calibration", "设备检定"),
                            ("qualification", "资格证件"),
                            ("delegation", "委托执法"),
                        ],
                        max_length=14,
                        verbose_name="类别",
                    ),
                ),
                ("row_id", models.BigIntegerField(verbose_name="登记编号")),
                ("threshold", models.SmallIntegerField(verbose_name="提前天数")),
                ("ends_on", models.DateField(verbose_name="有效期至")),
                ("noticed_on", models.DateField(verbose_name="提醒日期")),
            ],
            options={
                "ordering": ["-noticed_on", "ends_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="OfficerHistory",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("lock_version", models.PositiveIntegerField(default=1, verbose_name="编辑版本")),
                ("region_code", models.CharField(max_length=9, verbose_name="行政区划代码")),
                ("line_code", models.CharField(max_length=32, verbose_name="条线代码")),
                (
                    "staff_number",
                    models.CharField(
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
                        db_index=True,
                        max_length=32,
                        verbose_name="工号",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="姓名")),
                ("position", models.CharField(blank=True, max_length=40, verbose_name="职务")),
                ("is_auxiliary", models.BooleanField(default=False, verbose_name="辅助人员")),
                ("joined_on", models.DateField(blank=True, null=True, verbose_name="到岗日期")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="离岗日期")),
                (
                    "history_change_reason",
                    models.CharField(blank=True, max_length=300, null=True, verbose_name="修改原因"),
                ),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "执法人员的修改历史",
                "verbose_name_plural": "执法人员的修改历史",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Qualification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lock_version", models.PositiveIntegerField(default=1, verbose_name="编辑版本")),
                ("region_code", models.CharField(max_length=9, verbose_name="行政区划代码")),
                ("line_code", models.CharField(blank=True, max_length=32, verbose_name="条线代码")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("legal_profession", "国家统一法律职业资格"),
                            ("reviewed_before", "2018 年前已从事法制审核"),
                            ("supervision_card", "执法监督证"),
                        ],
                        max_length=20,
                        verbose_name="资格",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="证书编号")),
                ("issuing_authority", models.CharField(blank=True, max_length=80, verbose_name="发证机关")),
                ("obtained_on", models.DateField(verbose_name="取得日期")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="有效期至")),
            ],
            options={
                "ordering": ["region_code", "account_id", "kind", "-obtained_on"],
            },
        ),
        migrations.CreateModel(
            name="QualificationHistory",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("lock_version", models.PositiveIntegerField(default=1, verbose_name="编辑版本")),
                ("region_code", models.CharField(max_length=9, verbose_name="行政区划代码")),
                ("line_code", models.CharField(blank=True, max_length=32, verbose_name="条线代码")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("legal_profession", "国家统一法律职业资格"),
                            ("reviewed_before", "2018 年前已从事法制审核"),
                            ("supervision_card", "执法监督证"),
                        ],
                        max_length=20,
                        verbose_name="资格",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="证书编号")),
                ("issuing_authority", models.CharField(blank=True, max_length=80, verbose_name="发证机关")),
                ("obtained_on", models.DateField(verbose_name="取得日期")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="有效期至")),
                (
                    "history_change_reason",
                    models.CharField(blank=True, max_length=300, null=True, verbose_name="修改原因"),
                ),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "资格证件的修改历史",
                "verbose_name_plural": "资格证件的修改历史",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Training",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lock_version", models.PositiveIntegerField(default=1, verbose_name="编辑版本")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("public_law", "公共法律知识培训"),
                            ("line_law", "专业法律知识培训"),
                            ("first_post", "岗前培训"),
                            ("yearly", "年度轮训"),
                            ("online", "网络培训"),
                            ("other", "其他培训"),
                        ],
                        max_length=12,
                        verbose_name="培训类别",
                    ),
                ),
                ("title", models.CharField(max_length=100, verbose_name="培训名称")),
                ("provider", models.CharField(blank=True, max_length=80, verbose_name="主办单位")),
                ("completed_on", models.DateField(verbose_name="完成日期")),
                (
                    "hours",
                    models.DecimalField(
                        decimal_places=1,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.5")),
                            django.core.validators.MaxValueValidator(Decimal("500")),
                        ],
                        verbose_name="学时",
                    ),
                ),
            ],
            options={
                "ordering": ["-completed_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="TrainingHistory",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("lock_version", models.PositiveIntegerField(default=1, verbose_name="编辑版本")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("public_law", "公共法律知识培训"),
                            ("line_law", "专业法律知识培训"),
                            ("first_post", "岗前培训"),
                            ("yearly", "年度轮训"),
                            ("online", "网络培训"),
                            ("other", "其他培训"),
                        ],
                        max_length=12,
                        verbose_name="培训类别",
                    ),
                ),
                ("title", models.CharField(max_length=100, verbose_name="培训名称")),
                ("provider", models.CharField(blank=True, max_length=80, verbose_name="主办单位")),
                ("completed_on", models.DateField(verbose_name="完成日期")),
                (
                    "hours",
                    models.DecimalField(
                        decimal_places=1,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.5")),
                            django.core.validators.MaxValueValidator(Decimal("500")),
                        ],
                        verbose_name="学时",
                    ),
                ),
                (
                    "history_change_reason",
                    models.CharField(blank=True, max_length=300, null=True, verbose_name="修改原因"),
                ),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "培训记录的修改历史",
                "verbose_name_plural": "培训记录的修改历史",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="TrainingRequirement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lock_version", models.PositiveIntegerField(default=1, verbose_name="编辑版本")),
                ("region_code", models.CharField(max_length=9, verbose_name="行政区划代码")),
                ("line_code", models.CharField(blank=True, max_length=32, verbose_name="条线代码")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "hours",
                    models.DecimalField(
                        decimal_places=1,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.5")),
                            django.core.validators.MaxValueValidator(Decimal("500")),
                        ],
                        verbose_name="要求学时",
                    ),
                ),
                ("basis", models.CharField(max_length=200, verbose_name="依据")),
            ],
            options={
                "ordering": ["-year", "region_code", "line_code"],
            },
        ),
        migrations.CreateModel(
            name="TrainingRequirementHistory",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("lock_version", models.PositiveIntegerField(default=1, verbose_name="编辑版本")),
                ("region_code", models.CharField(max_length=9, verbose_name="行政区划代码")),
                ("line_code", models.CharField(blank=True, max_length=32, verbose_name="条线代码")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "hours",
                    models.DecimalField(
                        decimal_places=1,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.5")),
                            django.core.validators.MaxValueValidator(Decimal("500")),
                        ],
                        verbose_name="要求学时",
                    ),
                ),
                ("basis", models.CharField(max_length=200, verbose_name="依据")),
                (
                    "history_change_reason",
                    models.CharField(blank=True, max_length=300, null=True, verbose_name="修改原因"),
                ),
                ("history_id", models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "年度学时要求的修改历史",
                "verbose_name_plural": "年度学时要求的修改历史",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="certificate",
            name="lock_version",
            field=models.PositiveIntegerField(default=1, verbose_name="编辑版本"),
        ),
        migrations.AddField(
            model_name="certificatecheck",
            name="lock_version",
            field=models.PositiveIntegerField(default=1, verbose_name="编辑版本"),
        ),
        migrations.AddField(
            model_name="certificatesuspension",
            name="lock_version",
            field=models.PositiveIntegerField(default=1, verbose_name="编辑版本"),
        ),
        migrations.AddField(
            model_name="officer",
            name="id_number",
            field=models.TextField(blank=True, null=True, verbose_name="身份证号"),
        ),
        migrations.AddField(
            model_name="officer",
            name="id_number_index",
            field=models.CharField(
                editable=False, max_length=80, null=True, unique=True, verbose_name="身份证号盲索引"
            ),
        ),
        migrations.AddField(
            model_name="officer",
            name="lock_version",
            field=models.PositiveIntegerField(default=1, verbose_name="编辑版本"),
        ),
        migrations.AddField(
            model_name="officer",
            name="phone",
            field=models.TextField(blank=True, verbose_name="联系电话"),
        ),
        migrations.AddField(
            model_name="officer",
            name="seal_id",
            field=models.UUIDField(default=uuid.uuid4, editable=False, null=True, verbose_name="密封标识"),
        ),
        migrations.AlterConstraint(
            model_name="certificate",
            name="certificate_span_ordered",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_until__gte", models.F("valid_from"))),
                name="certificate_span_ordered",
                violation_error_message="有效期至不能早于有效期自。",
            ),
        ),
        migrations.AlterConstraint(
            model_name="certificatesuspension",
            name="suspension_span_ordered",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="suspension_span_ordered",
                violation_error_message="暂扣末日不能早于暂扣首日。",
            ),
        ),
        migrations.AlterConstraint(
            model_name="certificatesuspension",
            name="suspension_no_overlap",
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
                violation_error_message="与已登记的暂扣日期重叠。核对起止日期。",
            ),
        ),
        migrations.AddField(
            model_name="calibrationhistory",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="certificatecheckhistory",
            name="certificate",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="enforcement.certificate",
            ),
        ),
        migrations.AddField(
            model_name="certificatecheckhistory",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="certificatehistory",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="certificatehistory",
            name="officer",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="enforcement.officer",
            ),
        ),
        migrations.AddField(
            model_name="certificatesuspensionhistory",
            name="certificate",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="enforcement.certificate",
            ),
        ),
        migrations.AddField(
            model_name="certificatesuspensionhistory",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="custody",
            name="holder",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="custodies",
                to="enforcement.officer",
            ),
        ),
        migrations.AddField(
            model_name="custodyhistory",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="custodyhistory",
            name="holder",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="enforcement.officer",
            ),
        ),
        migrations.AddField(
            model_name="equipment",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="equipment", to="enforcement.agency"
            ),
        ),
        migrations.AddField(
            model_name="custodyhistory",
            name="equipment",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="enforcement.equipment",
            ),
        ),
        migrations.AddField(
            model_name="custody",
            name="equipment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="custodies",
                to="enforcement.equipment",
            ),
        ),
        migrations.AddField(
            model_name="calibrationhistory",
            name="equipment",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="enforcement.equipment",
            ),
        ),
        migrations.AddField(
            model_name="calibration",
            name="equipment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="calibrations",
                to="enforcement.equipment",
            ),
        ),
        migrations.AddField(
            model_name="equipmenthistory",
            name="agency",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="enforcement.agency",
            ),
        ),
        migrations.AddField(
            model_name="equipmenthistory",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="examination",
            name="officer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="examinations",
                to="enforcement.officer",
            ),
        ),
        migrations.AddField(
            model_name="examinationhistory",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="examinationhistory",
            name="officer",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="enforcement.officer",
            ),
        ),
        migrations.AddIndex(
            model_name="expirynotice",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass("region_code", name="varchar_pattern_ops"),
                models.F("line_code"),
                name="expiry_notice_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="expirynotice",
            constraint=models.UniqueConstraint(
                fields=("kind", "row_id", "threshold", "ends_on"), name="expiry_noticed_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="expirynotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["certificate", "annual_check", "calibration", "qualification", "delegation"],
                    )
                ),
                name="expiry_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="expirynotice",
            constraint=models.CheckConstraint(
                condition=models.Q(("threshold__in", [60, 30, 7, -1])), name="expiry_threshold_known"
            ),
        ),
        migrations.AddField(
            model_name="officerhistory",
            name="agency",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="enforcement.agency",
            ),
        ),
        migrations.AddField(
            model_name="officerhistory",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="qualification",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="qualifications",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="qualificationhistory",
            name="account",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="qualificationhistory",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="training",
            name="officer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="trainings",
                to="enforcement.officer",
            ),
        ),
        migrations.AddField(
            model_name="traininghistory",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="traininghistory",
            name="officer",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="enforcement.officer",
            ),
        ),
        migrations.AddIndex(
            model_name="trainingrequirement",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass("region_code", name="varchar_pattern_ops"),
                models.F("line_code"),
                name="training_requirement_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingrequirement",
            constraint=models.UniqueConstraint(
                fields=("region_code", "line_code", "year"),
                name="training_required_once",
                violation_error_message="这个地区、条线和年度已有学时要求。请打开原来的一条修改。",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingrequirement",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours__gt", 0), ("hours__lte", 500)),
                name="training_requirement_plausible",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingrequirement",
            constraint=models.CheckConstraint(
                condition=models.Q(("region_code__regex", "^(\\d{2}|\\d{4}|\\d{6}|\\d{9})$")),
                name="training_requirement_whole_level",
            ),
        ),
        migrations.AddField(
            model_name="trainingrequirementhistory",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="equipment",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass("region_code", name="varchar_pattern_ops"),
                models.F("line_code"),
                name="equipment_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="equipment",
            constraint=models.UniqueConstraint(
                fields=("agency", "inventory_number"),
                name="equipment_numbered_once",
                violation_error_message="本机构已有这个资产编号。请核对编号。",
            ),
        ),
        migrations.AddConstraint(
            model_name="equipment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "body_camera",
                            "camera",
                            "terminal",
                            "meter",
                            "sampler",
                            "drone",
                            "vehicle",
                            "other",
                        ],
                    )
                ),
                name="equipment_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="equipment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("retired_on__isnull", True),
                    ("retired_on__gte", models.F("acquired_on")),
                    _connector="OR",
                ),
                name="equipment_use_ordered",
                violation_error_message="停用日期不能早于启用日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="custody",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("returned_on__isnull", True),
                    ("returned_on__gte", models.F("held_from")),
                    _connector="OR",
                ),
                name="custody_span_ordered",
                violation_error_message="交还日期不能早于领用日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="custody",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.F("equipment_id"),
                            models.F("equipment_id"),
                            models.Value("[]"),
                            function="int8range",
                            output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    (
                        models.Func(
                            models.F("held_from"),
                            models.F("returned_on"),
                            models.Value("[)"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="custody_one_holder",
                violation_error_message="这件装备在这段时间已由别人领用。先登记交还，再登记领用。",
            ),
        ),
        migrations.AddIndex(
            model_name="calibration",
            index=models.Index(fields=["valid_until"], name="calibration_ends"),
        ),
        migrations.AddConstraint(
            model_name="calibration",
            constraint=models.UniqueConstraint(
                fields=("equipment", "certificate_number"),
                name="calibration_recorded_once",
                violation_error_message="这份检定证书已经登记过。",
            ),
        ),
        migrations.AddConstraint(
            model_name="calibration",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_until__gte", models.F("done_on"))),
                name="calibration_span_ordered",
                violation_error_message="有效期至不能早于检定日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="examination",
            constraint=models.UniqueConstraint(
                fields=("officer", "kind", "taken_on"),
                name="examination_recorded_once",
                violation_error_message="这名人员当天的这项考试已经登记过。",
            ),
        ),
        migrations.AddConstraint(
            model_name="examination",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["qualifying", "yearly", "renewal"])),
                name="examination_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="examination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("score__isnull", True), models.Q(("score__gte", 0), ("score__lte", 150)), _connector="OR"
                ),
                name="examination_score_plausible",
            ),
        ),
        migrations.AddIndex(
            model_name="qualification",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass("region_code", name="varchar_pattern_ops"),
                models.F("line_code"),
                name="qualification_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="qualification",
            constraint=models.UniqueConstraint(
                fields=("account", "kind", "obtained_on"),
                name="qualification_recorded_once",
                violation_error_message="这个人当天取得的这项资格已经登记过。",
            ),
        ),
        migrations.AddConstraint(
            model_name="qualification",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["legal_profession", "reviewed_before", "supervision_card"])),
                name="qualification_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="qualification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True),
                    ("valid_until__gte", models.F("obtained_on")),
                    _connector="OR",
                ),
                name="qualification_span_ordered",
                violation_error_message="有效期至不能早于取得日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="qualification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "reviewed_before"), _negated=True),
                    ("obtained_on__lt", datetime.date(2018, 1, 1)),
                    _connector="OR",
                ),
                name="qualification_earlier_reviewers",
                violation_error_message="2018年1月1日以后初次从事法制审核的，须取得国家统一法律职业资格。请核对日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="qualification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "reviewed_before"), models.Q(("number", ""), _negated=True), _connector="OR"
                ),
                name="qualification_numbered",
                violation_error_message="填写证书编号。",
            ),
        ),
        migrations.AddConstraint(
            model_name="qualification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "supervision_card"), _negated=True),
                    ("valid_until__isnull", False),
                    _connector="OR",
                ),
                name="supervision_card_ends",
                violation_error_message="填写执法监督证的有效期。",
            ),
        ),
        migrations.AddIndex(
            model_name="training",
            index=models.Index(fields=["completed_on"], name="training_completed"),
        ),
        migrations.AddConstraint(
            model_name="training",
            constraint=models.UniqueConstraint(
                fields=("officer", "title", "completed_on"),
                name="training_recorded_once",
                violation_error_message="这名人员的这次培训已经登记过。",
            ),
        ),
        migrations.AddConstraint(
            model_name="training",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["public_law", "line_law", "first_post", "yearly", "online", "other"])
                ),
                name="training_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="training",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours__gt", 0), ("hours__lte", 500)), name="training_hours_plausible"
            ),
        ),
    ]
