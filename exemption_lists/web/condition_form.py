"""The form of a typed condition: what was posted as groups and rows, and the act of the button that was pressed.

Every node is posted under its key, the positions joined by hyphens (2-1 is the first member of the second member, 0 the
outermost group): `node` lists the keys in order, `join-KEY` makes a group, `fact-KEY` … a row. A fact is posted by its
label, as typed or chosen, with `code-KEY` beside it for what the row held before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from django.http import QueryDict

from enforcement.conditions.tree import Operator
from enforcement.conditions.vocabulary import FactDefinition, Vocabulary
from enforcement.conditions.vocabulary.counting_windows import COUNTED, window_of
from enforcement.pinyin_initials import pinyin_initials
from exemption_lists import condition_edits as edits
from exemption_lists.condition_nodes import (
    EMPTY_FORM,
    MOST_NODES,
    GroupNode,
    Join,
    Mark,
    Node,
    Path,
    RowNode,
    Span,
)

ROOT_KEY = "0"
MOST_LEVELS = 14
MOST_VALUES = 100
OWN_TOPIC = "本条专用事实"
ACTS: Mapping[str, Callable[[GroupNode, Path], edits.Edited]] = {
    "add": edits.add_row,
    "first": edits.add_first_time,
    "group": edits.add_group,
    "remove": edits.remove,
    "wrap": edits.wrap,
    "unwrap": edits.unwrap,
    "up": edits.move_up,
    "down": edits.move_down,
}

_KEY = re.compile(r"[1-9]\d{0,2}(?:-[1-9]\d{0,2})*", re.ASCII)


@dataclass(frozen=True, slots=True)
class FactChoice:
    """A fact as the searchable list offers it."""

    code: str
    label: str
    topic: str
    initials: str


@dataclass(frozen=True, slots=True)
class PostedForm:
    """The form after its button, and the place the focus goes to (None: where it is). `touched` names the button."""

    root: GroupNode
    focus: Path | None = None
    touched: str = ""


def key_of(path: Path) -> str:
    """The key of a place in names and ids."""
    return "-".join(str(position + 1) for position in path) or ROOT_KEY


def fact_choices(standard: Vocabulary, own: Sequence[Mapping[str, Any]]) -> list[FactChoice]:
    """What a row may compare: the entry's own facts first, then the standard ones; windows are chosen in the row."""
    choices = [_choice(str(fact["code"]), _own_label(fact), OWN_TOPIC) for fact in own]
    for definition in standard.values():
        window = window_of(definition.code)
        if window is None or window.code == window.counted:
            choices.append(_choice(definition.code, definition.label, definition.topic or "其他"))
    return choices


def _choice(code: str, label: str, topic: str) -> FactChoice:
    return FactChoice(code, label, topic, pinyin_initials(label))


def _own_label(fact: Mapping[str, Any]) -> str:
    label = " ".join(str(fact["label"]).split())
    return f"由执法人员确认：{label}" if fact.get("confirmed_by_officer") else label


def read_post(data: QueryDict, choices: Sequence[FactChoice], definitions: Vocabulary) -> PostedForm:
    """The form as posted, after the act of the button. Odd posts give a smaller form, never an error."""
    root = _posted_root(data, _Facts(choices, definitions))
    verb, _, key = data.get("act", "").partition("-")
    if verb not in ACTS or not (key == ROOT_KEY or _KEY.fullmatch(key)):
        return PostedForm(root)
    path = () if key == ROOT_KEY else tuple(int(part) - 1 for part in key.split("-"))
    changed, focus = ACTS[verb](root, path)
    if not changed.children:
        changed = replace(changed, children=(RowNode(),))
    return PostedForm(changed, focus, verb)


class _Facts:
    """Reads what stands in the fact field of a row: a label as chosen or typed, or a code."""

    def __init__(self, choices: Sequence[FactChoice], definitions: Vocabulary) -> None:
        self.definitions = definitions
        self.label_of = {choice.code: choice.label for choice in choices}
        self.code_of: dict[str, str] = {}
        for choice in choices:
            self.code_of.setdefault(choice.label, choice.code)

    def code(self, text: str, held: str) -> str:
        words = " ".join(text.split())
        if held and words in (held, shown_fact(held, self.label_of, self.definitions)):
            return held
        return words if words in self.definitions else self.code_of.get(words, words)


def shown_fact(code: str, label_of: Mapping[str, str], definitions: Mapping[str, FactDefinition]) -> str:
    """The words of a fact in its field; words that name no fact stay as typed."""
    if code in label_of:
        return label_of[code]
    return definitions[code].label if code in definitions else code


def _posted_root(data: QueryDict, facts: _Facts) -> GroupNode:
    keys = [key for key in dict.fromkeys(data.getlist("node")) if _KEY.fullmatch(key)][:MOST_NODES]
    below: dict[str, list[str]] = {}
    for key in keys:
        parent = key.rpartition("-")[0] or ROOT_KEY
        if key.count("-") < MOST_LEVELS:
            below.setdefault(parent, []).append(key)

    def group(key: str) -> GroupNode:
        members = tuple(node(child) for child in below.get(key, ()))
        return GroupNode(_join(data, key), members, _mark(data, key))

    def node(key: str) -> Node:
        return group(key) if f"join-{key}" in data else _posted_row(data, key, facts)

    root = group(ROOT_KEY)
    return root if root.children or root.mark == "empty" else replace(root, children=EMPTY_FORM.children)


def _join(data: QueryDict, key: str) -> Join:
    posted = data.get(f"join-{key}", "")
    return next((join for join in get_args(Join) if join == posted), "all")


def _mark(data: QueryDict, key: str) -> Mark:
    posted = data.get(f"mark-{key}", "single")
    return next((mark for mark in get_args(Mark) if mark == posted), "single")


def _posted_row(data: QueryDict, key: str, facts: _Facts) -> RowNode:
    held = data.get(f"code-{key}", "")
    fact = facts.code(data.get(f"fact-{key}", ""), held)
    if held and fact != held and not (fact in COUNTED and held in COUNTED):
        # Another fact: the old comparison would be read as an answer to a question nobody put.
        return RowNode(fact, values=("1",)) if fact in COUNTED else RowNode(fact)
    posted = data.get(f"span-{key}", "all")
    span: Span = next((one for one in get_args(Span) if one == posted), "all")
    return RowNode(
        fact=fact,
        op=data.get(f"op-{key}", Operator.EQ.value),
        values=tuple(data.getlist(f"value-{key}")[:MOST_VALUES]),
        span=span,
        months=data.get(f"months-{key}", "")[:10],
    )
