"""Opinions of legal review on single entries, and what the drafter answers."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("enforcement", "0039_version_notices"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="EntryOpinion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entry_slug", models.SlugField(max_length=60, verbose_name="网址代号")),
                ("entry_serial", models.CharField(max_length=60, verbose_name="序号")),
                ("entry_title", models.TextField(verbose_name="名称")),
                ("entry_digest", models.CharField(max_length=64, verbose_name="所审内容摘要")),
                (
                    "verdict",
                    models.CharField(
                        choices=[("agree", "同意"), ("change", "修改"), ("disagree", "不同意")],
                        max_length=8,
                        verbose_name="意见",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="说明")),
                ("given_at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entry_opinions",
                        to="enforcement.ruleversion",
                    ),
                ),
            ],
            options={
                "ordering": ["given_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="OpinionAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("accepted", models.BooleanField(verbose_name="采纳")),
                ("reason", models.TextField(blank=True, verbose_name="说明")),
                ("answered_at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opinion",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer",
                        to="enforcement.entryopinion",
                    ),
                ),
            ],
            options={
                "ordering": ["answered_at"],
            },
        ),
        migrations.AddIndex(
            model_name="entryopinion",
            index=models.Index(fields=["version", "entry_slug"], name="entry_opinion_place"),
        ),
        migrations.AddConstraint(
            model_name="entryopinion",
            constraint=models.CheckConstraint(
                condition=models.Q(("verdict__in", ["agree", "change", "disagree"])),
                name="entry_opinion_verdict_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="entryopinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("verdict", "agree"), models.Q(("text", ""), _negated=True), _connector="OR"
                ),
                name="entry_opinion_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="opinionanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accepted", True), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="opinion_answer_says_why",
            ),
        ),
    ]
