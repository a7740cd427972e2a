"""培训、考试 and 年度学时要求 as pages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from enforcement.errors import InvalidInput
from enforcement.models.training import HOURS_STEP, ExaminationKind, TrainingKind
from enforcement.region_codes import level_of
from enforcement.register_people import EXAMINATION, TRAINING, TRAINING_REQUIREMENT
from enforcement.register_tables.examinations import EXAMINATIONS as EXAMINATION_TABLE
from enforcement.register_tables.people_columns import may_read
from enforcement.register_tables.training_requirements import TRAINING_REQUIREMENTS as REQUIREMENT_TABLE
from enforcement.register_tables.trainings import TRAININGS as TRAINING_TABLE
from enforcement.selectors import people
from enforcement.web.date_field import ChineseDateField
from enforcement.web.register.areas.people_fields import OfficersRowForm, day_text
from enforcement.web.register.forms import RegisterForm
from enforcement.web.register.surface import Facts, ListColumn, RegisterSurface, RowFilter

_HOURS_WORDS = {
    "required": "填写学时",
    "invalid": "学时应为数字，例如 8 或者 4.5",
    "min_value": "学时应大于 0",
    "max_value": "学时不超过 500",
    "max_decimal_places": "学时最多一位小数",
    "max_digits": "学时不超过 500",
    "max_whole_digits": "学时不超过 500",
}


def _hours_field(label: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        min_value=HOURS_STEP,
        max_value=Decimal(500),
        decimal_places=1,
        max_digits=4,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "input-short", "autocomplete": "off"}),
        error_messages=_HOURS_WORDS,
    )


class TrainingForm(OfficersRowForm):
    title = forms.CharField(label="培训名称", max_length=100, error_messages={"required": "填写培训名称"})
    kind = forms.ChoiceField(
        label="培训类别", choices=TrainingKind.choices, error_messages={"required": "选择培训类别"}
    )
    provider = forms.CharField(label="主办单位", max_length=80, required=False)
    completed_on = ChineseDateField(label="完成日期", error_messages={"required": "填写完成日期"})
    hours = _hours_field("学时")

    def clean_completed_on(self) -> Any:
        done = self.cleaned_data["completed_on"]
        if done > self.today:
            raise ValidationError("完成日期不能晚于今天。培训结束后再登记", code="invalid")
        return done


class ExaminationForm(OfficersRowForm):
    kind = forms.ChoiceField(
        label="考试类别", choices=ExaminationKind.choices, error_messages={"required": "选择考试类别"}
    )
    organiser = forms.CharField(label="组织单位", max_length=80, required=False)
    taken_on = ChineseDateField(label="考试日期", error_messages={"required": "填写考试日期"})
    score = forms.DecimalField(
        label="成绩",
        required=False,
        min_value=0,
        max_value=150,
        decimal_places=1,
        max_digits=4,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "input-short", "autocomplete": "off"}),
        error_messages={
            "invalid": "成绩应为数字，例如 86",
            "min_value": "成绩在 0 至 150 之间",
            "max_value": "成绩在 0 至 150 之间",
            "max_decimal_places": "成绩最多一位小数",
            "max_digits": "成绩在 0 至 150 之间",
            "max_whole_digits": "成绩在 0 至 150 之间",
        },
    )
    is_passed = forms.BooleanField(label="合格", required=False)

    def clean_taken_on(self) -> Any:
        taken = self.cleaned_data["taken_on"]
        if taken > self.today:
            raise ValidationError("考试日期不能晚于今天。考试结束后再登记", code="invalid")
        return taken


class TrainingRequirementForm(RegisterForm):
    """Region, line and year say whom it is about; hours and basis may be corrected."""

    read_only_after_creation = ("region_code", "line_code", "year")

    region_code = forms.CharField(
        label="行政区划代码",
        max_length=9,
        help_text="要求适用的地区，例如 5301；下级没有另外规定的，适用上级的要求",
        error_messages={"required": "填写行政区划代码"},
    )
    line_code = forms.ChoiceField(label="条线", required=False)
    year = forms.IntegerField(
        label="年度",
        min_value=2000,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input-short", "autocomplete": "off"}),
        error_messages={
            "required": "填写年度",
            "invalid": "年度应为四位数字，例如 2026",
            "min_value": "年度应为四位数字，例如 2026",
            "max_value": "年度应为四位数字，例如 2026",
        },
    )
    hours = _hours_field("要求学时")
    basis = forms.CharField(
        label="依据",
        max_length=200,
        help_text="规定学时的文件名称和文号",
        error_messages={"required": "填写依据"},
    )

    def __init__(self, *positional: Any, **options: Any) -> None:
        super().__init__(*positional, **options)
        field = self.fields.get("line_code")
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "全部条线"), *people.line_choices()]

    def clean_region_code(self) -> str:
        code: str = self.cleaned_data["region_code"].strip()
        try:
            level_of(code)
        except InvalidInput as refusal:
            raise ValidationError(refusal.message, code="invalid") from None
        return code


def _training_facts(row: Any) -> Facts:
    return (
        ("人员", f"{row.officer.name}（工号 {row.officer.staff_number}）"),
        ("培训名称", row.title),
        ("培训类别", row.get_kind_display()),
        ("主办单位", row.provider),
        ("完成日期", day_text(row.completed_on)),
        ("学时", f"{row.hours.normalize():f}"),
    )


def _examination_facts(row: Any) -> Facts:
    return (
        ("人员", f"{row.officer.name}（工号 {row.officer.staff_number}）"),
        ("考试类别", row.get_kind_display()),
        ("组织单位", row.organiser),
        ("考试日期", day_text(row.taken_on)),
        ("成绩", f"{row.score.normalize():f}" if row.score is not None else ""),
        ("结果", "合格" if row.is_passed else "不合格"),
    )


def _requirement_facts(row: Any) -> Facts:
    return (
        ("行政区划代码", row.region_code),
        ("条线", row.line_code or "全部条线"),
        ("年度", str(row.year)),
        ("要求学时", f"{row.hours.normalize():f}"),
        ("依据", row.basis),
    )


TRAININGS = RegisterSurface(
    kind=TRAINING,
    title="培训记录",
    unit="次培训",
    introduction="每次培训的学时，计入完成当年；与年度学时要求对照",
    columns=(
        ListColumn("培训名称", lambda row: row.title),
        ListColumn("人员", lambda row: row.officer.name),
        ListColumn("执法主体", lambda row: row.officer.agency.name, optional=True),
        ListColumn("完成日期", lambda row: day_text(row.completed_on)),
        ListColumn("学时", lambda row: f"{row.hours.normalize():f}", number=True),
    ),
    list_rows=lambda actor: people.list_trainings(actor=actor),
    search=people.search_by_staff_number,
    search_label="工号",
    order=("completed_on", "id"),
    filters=(
        RowFilter(
            "kind", "类别", lambda actor: TrainingKind.choices, lambda rows, code: rows.filter(kind=code)
        ),
    ),
    facts_of=_training_facts,
    related=("officer",),
    may_open=may_read,
    form=TrainingForm,
    table=TRAINING_TABLE,
)
EXAMINATIONS = RegisterSurface(
    kind=EXAMINATION,
    title="考试记录",
    unit="次考试",
    introduction="执法资格考试、年度考核和换证考试的结果",
    columns=(
        ListColumn("考试类别", lambda row: row.get_kind_display()),
        ListColumn("人员", lambda row: row.officer.name),
        ListColumn("执法主体", lambda row: row.officer.agency.name, optional=True),
        ListColumn("考试日期", lambda row: day_text(row.taken_on)),
        ListColumn(
            "结果",
            lambda row: "合格" if row.is_passed else "不合格",
            tone=lambda row: "ok" if row.is_passed else "danger",
        ),
    ),
    list_rows=lambda actor: people.list_examinations(actor=actor),
    search=people.search_by_staff_number,
    search_label="工号",
    order=("taken_on", "id"),
    facts_of=_examination_facts,
    title_of=lambda row: f"{row.officer.name} {row.get_kind_display()}",
    related=("officer",),
    may_open=may_read,
    form=ExaminationForm,
    table=EXAMINATION_TABLE,
)
TRAINING_REQUIREMENTS = RegisterSurface(
    kind=TRAINING_REQUIREMENT,
    title="年度学时要求",
    unit="条要求",
    introduction="各地区、各条线每年要求的培训学时；没有登记的，不作要求",
    columns=(
        ListColumn("年度", lambda row: str(row.year)),
        ListColumn("行政区划代码", lambda row: row.region_code),
        ListColumn("条线", lambda row: row.line_code or "全部条线"),
        ListColumn("要求学时", lambda row: f"{row.hours.normalize():f}", number=True),
        ListColumn("依据", lambda row: row.basis, optional=True),
    ),
    list_rows=lambda actor: people.list_training_requirements(actor=actor),
    order=("year", "region_code", "id"),
    facts_of=_requirement_facts,
    title_of=lambda row: f"{row.year} 年 {row.region_code} {row.line_code or '全部条线'}",
    may_open=may_read,
    form=TrainingRequirementForm,
    table=REQUIREMENT_TABLE,
)
