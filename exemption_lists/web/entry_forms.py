"""The form of an entry: clauses, follow-ups and citations are typed one a line."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from enforcement import wording
from enforcement.citations import references_of
from enforcement.models import Violation
from enforcement.web.stale_saves import OpenedForm
from exemption_lists.fine_amounts import misplaced_fine, typed_cells
from exemption_lists.models import EntryScope, LeniencyKind, ListEntry, Mandate
from exemption_lists.reading.columns import logic_of
from exemption_lists.services.entry_fields import EntryFields
from exemption_lists.web.range_field import RangesField

LINES = 4000
MANDATE_HELP = (
    "应当：必须适用。行政处罚法第三十三条第一款前段（违法行为轻微并及时改正，没有危害后果）、第二款（没有主观过错）。<br>"
    "可以：由执法机关决定。第三十三条第一款后段（首次违法、危害后果轻微并及时改正）。"
)
AMOUNTS_HELP = "金额以元填写，例如 5,000 或 1.2万元。适用对象不分的留空。"
SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("违法行为与处理", ("serial", "kind", "mandate", "scope", "violation_name", "domain", "category")),
    ("适用条件", ("logic", "condition_text", "exclusions", "follow_up", "coercive_measure")),
    ("依据", ("violated_provisions", "penalty_provisions")),
    ("罚款", ("statutory_ranges", "fine_ranges", "fine_rule")),
    ("写给公众", ("plain_words", "example", "note")),
)


class LinesField(forms.CharField):
    """A text area whose value is its non-empty lines."""

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(max_length=LINES * 5, widget=forms.Textarea(attrs={"rows": rows}), **options)

    def clean(self, value: Any) -> list[str]:
        text = str(super().clean(value))
        return [line.strip() for line in text.splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value


class EntryForm(OpenedForm):
    """Everything about an entry but its typed condition. `lock_version` is what the editor saw."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput)
    serial = forms.CharField(
        label="序号",
        max_length=60,
        help_text="按公布的写法，例如 17 或 3-1",
        widget=forms.TextInput(attrs={"class": "input-short"}),
        error_messages={"required": "填写序号"},
    )
    kind = forms.ChoiceField(label="类型", choices=LeniencyKind.choices)
    mandate = forms.ChoiceField(label="效力", choices=Mandate.choices, help_text=MANDATE_HELP)
    scope = forms.ChoiceField(
        label="适用范围", choices=EntryScope.choices, help_text="通用条款适用于各类违法行为，不写具体行为"
    )
    violation_name = forms.CharField(
        label="违法行为", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    domain = forms.CharField(label="执法领域", required=False, max_length=200)
    category = forms.CharField(label="类别", required=False, max_length=400)
    logic = forms.ChoiceField(
        label="各项条件之间", choices=[("all", "同时满足"), ("any", "满足其一")], widget=forms.RadioSelect
    )
    condition_text = LinesField(label="适用条件", help_text="按公布的文字，每行一项，不写序号", rows=5)
    follow_up = LinesField(label="配套措施", help_text="不罚也还要做的事，每行一项", rows=3)
    exclusions = LinesField(label="排除情形", help_text="每行一项", rows=3)
    violated_provisions = LinesField(
        label="违反依据", help_text="每行一条，例如 《中华人民共和国价格法》第十三条第一款", rows=3
    )
    penalty_provisions = LinesField(label="处罚依据", help_text="每行一条", rows=3)
    coercive_measure = forms.CharField(
        label="免予的强制措施", required=False, max_length=400, help_text="只在“免予行政强制”时填写"
    )
    statutory_ranges = RangesField(label="法定罚款幅度", help_text=AMOUNTS_HELP)
    fine_ranges = RangesField(label="从轻或减轻后的罚款幅度", help_text="只在“从轻处罚”“减轻处罚”时填写")
    fine_rule = forms.CharField(
        label="罚款确定方法",
        required=False,
        max_length=2000,
        help_text="不能写成金额的写在这里，例如按货值的倍数。只在“从轻处罚”“减轻处罚”时填写",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    plain_words = forms.CharField(
        label="通俗解释",
        required=False,
        max_length=2000,
        help_text="用日常的话说明什么情况可以适用。只作说明，不改变条件",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    example = forms.CharField(
        label="举例",
        required=False,
        max_length=2000,
        help_text="不写真实的人名、企业名",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    note = forms.CharField(
        label="备注", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("scope") == EntryScope.MATTER and not str(cleaned.get("violation_name", "")).strip():
            self.add_error("violation_name", "填写违法行为；适用于各类违法行为的，把适用范围改为“通用条款”")
        ranges, rule = cleaned.get("fine_ranges", []), str(cleaned.get("fine_rule", ""))
        for problem in misplaced_fine(kind=str(cleaned.get("kind")), fine_ranges=ranges, fine_rule=rule):
            self.add_error("fine_ranges" if ranges else "fine_rule", problem)
        return cleaned

    @property
    def sections(self) -> list[tuple[str, list[BoundField]]]:
        """The visible fields under their headings, in the order of the page."""
        return [(title, [self[name] for name in names]) for title, names in SECTIONS]

    def fields_of_entry(self) -> EntryFields:
        """The cleaned values for the service; citations as references."""
        values = self.service_values()
        for name in ("violated_provisions", "penalty_provisions"):
            values[name] = references_of(values[name])
        return EntryFields(**values)


def understood_provisions(references: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each citation as printed, and how it was understood ("" when it names no article we understand)."""
    return [
        {
            "printed": reference.get("text") or wording.provision_text(reference),
            "understood": wording.provision_text({**reference, "text": ""})
            if reference.get("article")
            else "",
        }
        for reference in references
    ]


def initial_about(violation: Violation | None) -> dict[str, Any]:
    """What the register already says about the violation a new entry is for; nothing without one."""
    if violation is None:
        return {}
    return {
        "violation_name": violation.name,
        "violated_provisions": violation.violated_text,
        "penalty_provisions": violation.punished_text,
    }


def initial_of(entry: ListEntry, lock_version: int) -> dict[str, Any]:
    """The form's values for an entry."""
    return {
        "lock_version": lock_version,
        "serial": entry.serial,
        "kind": entry.kind,
        "mandate": entry.mandate,
        "scope": entry.scope,
        "violation_name": entry.violation_name,
        "domain": entry.domain,
        "category": entry.category,
        "logic": logic_of(entry.condition).value,
        "condition_text": entry.condition_text,
        "follow_up": entry.follow_up,
        "exclusions": [exclusion["text"] for exclusion in entry.exclusions],
        "violated_provisions": [_printed(reference) for reference in entry.violated_provisions],
        "penalty_provisions": [_printed(reference) for reference in entry.penalty_provisions],
        "coercive_measure": entry.coercive_measure,
        "statutory_ranges": typed_cells(entry.statutory_ranges),
        "fine_ranges": typed_cells(entry.fine_ranges),
        "fine_rule": entry.fine_rule,
        "plain_words": entry.plain_words,
        "example": entry.example,
        "note": entry.note,
    }


def _printed(reference: dict[str, Any]) -> str:
    return str(reference.get("text") or wording.provision_text(reference)).replace("\n", " ")
