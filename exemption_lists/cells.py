"""An entry as the cells of a table: every cell is text, lists one item a line. Pure.

`cells_of` and `read_cell` are inverse for what a person types; `read_cell` says what is wrong with a text in the words
of the form.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from enforcement import wording
from enforcement.citations import references_of
from exemption_lists.fine_amounts import range_problems
from exemption_lists.models import EntryScope, LeniencyKind, ListEntry, Mandate
from exemption_lists.reading.columns import logic_of
from exemption_lists.reading.fine_wording import print_fines, read_fines
from exemption_lists.services.entry_fields import EntryFields

CellKind = Literal["line", "text", "lines", "provisions", "choice", "ranges"]
LOGICS = (("all", "同时满足"), ("any", "满足其一"))
NAME_MISSING = "填写违法行为；适用于各类违法行为的，把适用范围改为“通用条款”"


class CellProblem(ValueError):
    """A text that a cell cannot hold; the message says what to do."""


@dataclass(frozen=True, slots=True)
class CellColumn:
    """One column of the table. `longest` counts characters; `shown` columns are there until the reader chooses."""

    name: str
    label: str
    kind: CellKind
    longest: int
    width: int
    choices: tuple[tuple[str, str], ...] = ()
    shown: bool = True

    def as_document(self) -> dict[str, Any]:
        """What the page's script needs."""
        return {
            "name": self.name,
            "label": self.label,
            "kind": self.kind,
            "width": self.width,
            "choices": [label for _value, label in self.choices],
            "shown": self.shown,
        }


def _choices(choices: Sequence[tuple[Any, Any]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(value), str(label)) for value, label in choices)


# The first two stay in sight when the table is moved sideways.
COLUMNS: tuple[CellColumn, ...] = (
    CellColumn("serial", "序号", "line", 60, 72),
    CellColumn("violation_name", "违法行为", "text", 2000, 232),
    CellColumn("domain", "执法领域", "line", 200, 112),
    CellColumn("violated_provisions", "违反依据", "provisions", 20_000, 208),
    CellColumn("penalty_provisions", "处罚依据", "provisions", 20_000, 208),
    CellColumn("condition_text", "适用条件", "lines", 20_000, 264),
    CellColumn("kind", "处理方式", "choice", 20, 120, _choices(LeniencyKind.choices)),
    CellColumn("mandate", "效力", "choice", 20, 80, _choices(Mandate.choices)),
    CellColumn("follow_up", "配套措施", "lines", 20_000, 184),
    CellColumn("exclusions", "排除情形", "lines", 20_000, 184),
    CellColumn("note", "备注", "text", 4000, 184),
    CellColumn("scope", "适用范围", "choice", 20, 104, _choices(EntryScope.choices), shown=False),
    CellColumn("logic", "各项条件之间", "choice", 20, 112, LOGICS, shown=False),
    CellColumn("category", "类别", "line", 400, 136, shown=False),
    CellColumn("coercive_measure", "免予的强制措施", "text", 400, 152, shown=False),
    CellColumn("statutory_ranges", "法定罚款幅度", "ranges", 4000, 176, shown=False),
    CellColumn("fine_ranges", "从轻或减轻后的罚款", "ranges", 4000, 176, shown=False),
    CellColumn("fine_rule", "罚款确定方法", "text", 1000, 176, shown=False),
    CellColumn("plain_words", "通俗解释", "text", 4000, 232, shown=False),
    CellColumn("example", "举例", "text", 4000, 232, shown=False),
)
BY_NAME: Mapping[str, CellColumn] = {column.name: column for column in COLUMNS}
NEW_ENTRY: Mapping[str, str] = {
    "kind": "不予处罚",
    "mandate": "应当",
    "scope": "具体事项",
    "logic": "同时满足",
}


def cells_of(entry: ListEntry) -> dict[str, str]:
    """The text of every cell, by the name of its column."""
    return {column.name: _cell(entry, column) for column in COLUMNS}


def _cell(entry: ListEntry, column: CellColumn) -> str:
    if column.name == "logic":
        return dict(LOGICS)[logic_of(entry.condition).value]
    value = getattr(entry, column.name)
    if column.name == "exclusions":
        value = [exclusion["text"] for exclusion in value]
    if column.kind == "choice":
        return dict(column.choices).get(value, "")
    if column.kind == "ranges":
        value = [print_fines([one]) for one in value]
    if column.kind == "provisions":
        value = [str(one.get("text") or wording.provision_text(one)).replace("\n", " ") for one in value]
    return "\n".join(value) if isinstance(value, list) else str(value)


def tidy(column: CellColumn, text: str) -> str:
    """The text as it is kept: no spaces around, lists without empty lines, a line without line breaks."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    if column.kind in ("lines", "provisions", "ranges"):
        return "\n".join(line for line in lines if line)
    if column.kind == "text":
        return "\n".join(lines).strip()
    return " ".join(line for line in lines if line)


def read_cell(column: CellColumn, text: str) -> Any:
    """The value a text stands for. Raises `CellProblem`."""
    kept = tidy(column, text)
    if "\x00" in kept:
        raise CellProblem(f"“{column.label}”里有不能保存的字符，请重新输入")
    if len(kept) > column.longest:
        raise CellProblem(f"“{column.label}”最多 {column.longest} 个字，现在是 {len(kept)} 个字。请改短")
    if column.kind == "choice":
        return _choice(column, kept)
    if column.name == "serial" and not kept:
        raise CellProblem("填写序号")
    if column.kind == "provisions":
        return references_of(kept.split("\n")) if kept else []
    if column.kind == "ranges":
        return _ranges(kept)
    if column.kind == "lines":
        return kept.split("\n") if kept else []
    return kept


def _ranges(text: str) -> list[dict[str, Any]]:
    """Amounts are read to the fen or not at all."""
    read = read_fines(text)
    for part in (*read.unread, *read.words):
        raise CellProblem(f"“{part[:20]}”认不准金额。写成“200元以上1000元以下”的样子，每行一项")
    ranges = list(read.ranges)
    for problem in range_problems(ranges):
        raise CellProblem(problem.removesuffix("。"))
    return ranges


def _choice(column: CellColumn, text: str) -> str:
    # “不予行政处罚” is how many published lists write it.
    spelled = text.replace("行政处罚", "处罚")
    for value, label in column.choices:
        if spelled == label:
            return value
    offered = "、".join(label for _value, label in column.choices)
    said = f"没有“{text[:20]}”这一项" if text else f"选择{column.label}"
    raise CellProblem(f"{said}。请从这些里选：{offered}")


def unread_citations(entry: ListEntry) -> dict[str, str]:
    """Columns with a citation that names no article; it is kept as text, so this does not block."""
    found = {}
    for column in COLUMNS:
        if column.kind != "provisions":
            continue
        unread = [
            one for one in getattr(entry, column.name) if not one.get("law") or one.get("article") is None
        ]
        if unread:
            found[column.name] = f"“{_shortened(unread[0])}”没有写明法律名称和条款，将按文字公布。请核对"
    return found


def _shortened(reference: Mapping[str, Any]) -> str:
    text = str(reference.get("text", ""))
    return text if len(text) <= 20 else f"{text[:20]}…"


def fields_of(entry: ListEntry) -> EntryFields:
    """What the form would hold of an entry, in full, so that writing it back changes nothing."""
    values: dict[str, Any] = {
        field.name: getattr(entry, field.name)
        for field in dataclasses.fields(EntryFields)
        if field.name not in ("logic", "exclusions")
    }
    return EntryFields(
        **values,
        logic=logic_of(entry.condition).value,
        exclusions=[exclusion["text"] for exclusion in entry.exclusions],
    )
