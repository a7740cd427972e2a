"""Template filters and tags for wording, icons, form widgets and navigation; `{% load hengdu %}`.

The words themselves come from `enforcement.wording`, so that pages and documents never differ.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django import template
from django.forms import BaseForm, BoundField, Field
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect, Select
from django.urls import Resolver404, get_script_prefix, resolve
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from enforcement import wording
from enforcement.personal_data import shown_name
from enforcement.web.square_code import square_code

register = template.Library()

OUTCOME_LOOKS: Final[Mapping[str, tuple[str, str]]] = {
    "no_penalty": ("ok", "check"),
    "no_compulsion": ("ok", "shield"),
    "mitigated": ("brand", "down-two"),
    "lighter": ("brand", "down"),
    "normal": ("", "ruler"),
    "heavier": ("warn", "up"),
}
PUBLIC_COLUMNS: Final = (
    ("首页", "public/"),
    ("清单公示", "public/lists/"),
    ("裁量基准", "public/standards/"),
    ("综合查一次", "public/joint-inspections/"),
    ("自查自测", "public/self-check/"),
    ("权责清单", "public/responsibility/"),
    ("法律法规", "public/laws/"),
    ("执法公示", "public/decisions/"),
    ("执法主体", "public/agencies/"),
    ("关于", "public/about/"),
)


@register.simple_tag(takes_context=True)
def operation_id(context: template.Context) -> SafeString:
    """Hidden field that tells two submissions of one form from two forms; a form shown again keeps its own."""
    request = context.get("request")
    typed = request.POST.get("operation_id", "") if request is not None else ""
    try:
        value = uuid.UUID(typed)
    except ValueError:
        value = uuid.uuid4()
    return format_html('<input type="hidden" name="operation_id" value="{}">', value)


@register.simple_tag(takes_context=True)
def party_name(context: Mapping[str, Any], row: Any) -> str:
    """The name of a case's party as the reader may see it; needs `row.party` loaded."""
    return shown_name(context["request"].actor, row.party, within=row)


@register.filter
def money(fen: int | None, unit: str = "") -> str:
    """Fen as “8,000.00”; `|money:"元"` gives “8,000元”."""
    return "" if fen is None else wording.money_text(int(fen), unit=unit)


@register.filter
def money_upper(fen: int | None) -> str:
    """Fen in upper-case words: 捌仟元整."""
    return "" if fen is None else wording.money_upper(int(fen))


@register.filter
def date_zh(value: date | datetime | str | None) -> str:
    """2026年3月5日 from a date, a moment (in local time) or an ISO date."""
    if not value:
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return wording.date_zh(value)


@register.filter
def provision(reference: Mapping[str, object]) -> str:
    """《…》第X条第Y款第（Z）项 from a provision reference."""
    return wording.provision_text(reference)


@register.filter
def chinese_number(number: int) -> str:
    """十七 for 17."""
    return wording.chinese_number(int(number))


@register.filter
def state_word(state: str) -> str:
    """The word for a state code."""
    return wording.state_word(str(state))


@register.filter
def outcome_word(outcome: str) -> str:
    """不予处罚 for NO_PENALTY."""
    return wording.outcome_word(str(outcome))


@register.filter
def outcome_tone(outcome: str) -> str:
    """The tag colour of an outcome: ok, brand, warn or none."""
    return OUTCOME_LOOKS.get(wording.outcome_code(str(outcome)), ("", ""))[0]


@register.filter
def outcome_icon(outcome: str) -> str:
    """The icon name of an outcome, empty when the outcome is not known."""
    return OUTCOME_LOOKS.get(wording.outcome_code(str(outcome)), ("", ""))[1]


@register.filter
def deadline_urgency(days_left: int) -> str:
    """normal, soon, urgent or overdue."""
    return wording.deadline_urgency(int(days_left))


@register.filter
def deadline_words(days_left: int, unit: str = "个工作日") -> str:
    """剩 4 个工作日; `unit` is 日 for calendar days."""
    return wording.deadline_words(int(days_left), unit=unit)


@register.simple_tag
def icon(name: str) -> SafeString:
    """One icon of the sprite, hidden from screen readers: a word always stands beside it."""
    return format_html('<svg class="icon" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.simple_tag
def code_to_scan(address: str) -> SafeString:
    """The square code of an address; the address must stand beside it in words."""
    return square_code(address)


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """True for a single tick box, whose label stands after it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def has_choices(field: BoundField) -> bool:
    """True for radio buttons and lists of tick boxes."""
    return isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """The control of a field with the project's class; Django adds aria-invalid and aria-describedby."""
    control = field.field.widget
    if isinstance(control, CheckboxInput):
        return field.as_widget()
    own = str(control.attrs.get("class", ""))
    names = ["input"]
    if isinstance(control, FileInput):
        names.append("input-file")
    return field.as_widget(attrs={"class": " ".join([*names, own]).strip()})


@register.filter
def field_problems(field: BoundField) -> list[str]:
    """The errors of a field; Django's own “required” sentence becomes the field's noun: 填写日期."""
    verb = "选择" if isinstance(field.field.widget, Select | RadioSelect | CheckboxSelectMultiple) else "填写"
    standard = str(Field.default_error_messages["required"])
    words = {standard: f"{verb}{field.label}"}
    if isinstance(field.field.widget, CheckboxInput):
        words[standard] = f"确认“{field.label}”"
    return [words.get(str(text), str(text)) for text in field.errors]


@register.simple_tag
def form_problems(form: BaseForm) -> list[dict[str, str]]:
    """Every error of a form as `{text, target}`; target is the id to jump to, empty for the whole form."""
    problems = [{"text": str(text), "target": ""} for text in form.non_field_errors()]
    for field in form:
        target = field.id_for_label or f"{field.auto_id}_0"
        problems.extend({"text": text, "target": target} for text in field_problems(field))
    return problems


@register.simple_tag
def split_bar(segments: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Segments `{label, count}` with `x` and `width` in thousandths of the bar, for SVG attributes."""
    rows = list(segments)
    total = sum(int(row["count"]) for row in rows)
    placed: list[dict[str, Any]] = []
    before = 0
    for row in rows:
        count = int(row["count"])
        start, end = (1000 * edge // total if total else 0 for edge in (before, before + count))
        placed.append({**row, "x": start, "width": max(end - start - 4, 0)})
        before += count
    return placed


@register.simple_tag
def public_columns(path: str = "") -> list[dict[str, Any]]:
    """The columns of the public site that exist here, with the one that holds `path` marked."""
    prefix = get_script_prefix()
    columns: list[dict[str, Any]] = []
    for label, place in PUBLIC_COLUMNS:
        try:
            resolve(f"/{place}")
        except Resolver404:
            continue
        url = prefix + place
        columns.append({"label": label, "url": url, "current": path == url})
    # Delegations have no column of their own: they belong to the agencies that gave them.
    belongs_to = path.replace("/public/delegations/", "/public/agencies/", 1)
    inner = [column for column in columns[1:] if belongs_to.startswith(column["url"])]
    for column in inner:
        column["current"] = True
    return columns


@register.filter
def at(sequence: Sequence[Any], index: int) -> Any:
    """The element of a sequence at a position, for a row beside its columns; None beyond the end."""
    return sequence[index] if 0 <= index < len(sequence) else None


@register.filter
def cell_text(cell: object) -> str:
    """The text of a table cell given as `{text, …}` or as a plain value; nothing for None."""
    text = cell.get("text") if isinstance(cell, Mapping) else cell
    return "" if text is None else str(text)
