"""The merge page: somebody else saved first, so both texts stand beside each other and the person chooses.

A view that catches `StaleVersion` builds a `MergePage` from three forms (mine as posted, theirs from the row as it is
now, base from the version I opened, when it is known) and shows `components/merge_form.html`. The page posts to the same
address; `merged_data` turns that post into what the form would have been sent with. See docs/register.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils import timezone

from enforcement.merging_edits import MergeState, merge_edits

MERGING = "merging"
DRAFT_PLACE = "draft_place"
MINE, THEIRS, WRITTEN = "mine", "theirs", "written"
# Fields that are about the save and not about the row.
OPENED_AS = "opened_as"
ABOUT_THE_SAVE = ("lock_version", "reason", OPENED_AS)
_LONG_TEXT = 60


@dataclass(frozen=True, slots=True)
class MergeField:
    """One field on the merge page, with both texts; `needs_choice` when both people changed it."""

    name: str
    label: str
    mine: str
    theirs: str
    base: str | None
    needs_choice: bool
    may_write: bool
    is_long: bool
    choice: str
    written: str

    @property
    def choice_name(self) -> str:
        return f"choice-{self.name}"

    @property
    def written_name(self) -> str:
        return f"written-{self.name}"


@dataclass(frozen=True, slots=True)
class MergePage:
    """Everything `components/merge_form.html` shows. `hidden` are (name, value) pairs that carry what I typed."""

    sentence: str
    fields: tuple[MergeField, ...]
    hidden: tuple[tuple[str, str], ...]
    unanswered: tuple[str, ...] = ()

    @property
    def to_choose(self) -> tuple[MergeField, ...]:
        return tuple(one for one in self.fields if one.needs_choice)

    @property
    def settled(self) -> tuple[MergeField, ...]:
        """Changed by one of the two only: taken over without asking."""
        return tuple(one for one in self.fields if not one.needs_choice)

    @property
    def problems(self) -> list[dict[str, str]]:
        """For the error summary, when a choice was forgotten."""
        labels = {one.name: one.label for one in self.fields}
        return [
            {"text": f"选择“{labels[name]}”保留哪一段", "target": f"merge-{name}-mine"}
            for name in self.unanswered
        ]


def merge_page(
    *,
    mine: forms.Form,
    theirs: forms.Form,
    base: forms.Form | None,
    version: int,
    who: str,
    at: dt.datetime | None,
    unanswered: tuple[str, ...] = (),
    posted: Mapping[str, Any] | None = None,
    opened_as: str = "",
) -> MergePage:
    """The page for three forms of one kind, `theirs` and `base` bound to what is stored and to what I opened.

    `version` is the `lock_version` of the row as it is now; `who` saved it at `at`. `posted` is an earlier answer,
    `opened_as` what a form that remembers its opening shall remember from now on.
    """
    merged = merge_edits(
        base=None if base is None else _comparable(base), mine=_comparable(mine), theirs=_comparable(theirs)
    )
    answers = posted or {}
    fields = tuple(
        MergeField(
            name=one.name,
            label=str(mine[one.name].label),
            mine=shown_text(mine, one.name),
            theirs=shown_text(theirs, one.name),
            base=None if base is None else shown_text(base, one.name),
            needs_choice=one.state is MergeState.CLASH,
            may_write=_is_free_text(mine[one.name]),
            is_long=_is_long(mine[one.name], theirs[one.name]),
            choice=_default_choice(one.state, str(answers.get(f"choice-{one.name}", ""))),
            written=str(answers.get(f"written-{one.name}", "")) or shown_text(mine, one.name),
        )
        for one in merged
        if one.state is not MergeState.SAME
    )
    labels = "、".join(f"“{one.label}”" for one in fields if one.needs_choice)
    return MergePage(
        _sentence(labels, who, at), fields, tuple(_carried(mine, version, opened_as)), unanswered
    )


def is_merging(posted: Mapping[str, Any]) -> bool:
    """True for a post of the merge page."""
    return MERGING in posted


def merged_data(posted: QueryDict, theirs: forms.Form) -> tuple[QueryDict, tuple[str, ...]]:
    """What the form is bound to after the choices of the merge page, and the fields where a choice is missing."""
    data = posted.copy()
    unanswered = []
    for name in theirs.fields:
        if name in ABOUT_THE_SAVE:
            continue
        choice, sent_as = posted.get(f"choice-{name}"), theirs.add_prefix(name)
        if choice == THEIRS:
            data.setlist(sent_as, raw_values(theirs[name]))
        elif choice == WRITTEN:
            data[sent_as] = posted.get(f"written-{name}", "")
        elif choice is None and f"clash-{name}" in posted:
            unanswered.append(name)
    return data, tuple(unanswered)


def raw_data(form: forms.Form) -> QueryDict:
    """What a browser would send for the form as it stands, to bind a second form to the content of a row."""
    data = QueryDict(mutable=True)
    for field in form:
        values = raw_values(field)
        if values:
            data.setlist(field.html_name, values)
    return data


def raw_values(field: BoundField) -> list[str]:
    """The texts a browser would send for the value of one field."""
    value = field.value()
    if isinstance(field.field.widget, forms.CheckboxInput):
        return ["on"] if value in (True, "on", "true", "True") else []
    if value is None:
        return []
    if isinstance(value, list | tuple | set | QuerySet):
        return [_raw(one) for one in value]
    return [_raw(value)]


def _raw(value: Any) -> str:
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


def _comparable(form: forms.Form) -> dict[str, Any]:
    return {name: _settled(form, name) for name in form.fields if name not in ABOUT_THE_SAVE}


def _settled(form: forms.Form, name: str) -> Any:
    """The cleaned value in a form that can be compared; the raw texts when the form could not clean it."""
    if not form.is_bound or name not in getattr(form, "cleaned_data", {}):
        return raw_values(form[name])
    value = form.cleaned_data[name]
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if isinstance(value, set | QuerySet):
        return sorted(_raw(one) for one in value)
    return _raw(value) if isinstance(value, Model) else value


def shown_text(form: forms.Form, name: str) -> str:
    """The value of a field in words."""
    field, value = form[name], getattr(form, "cleaned_data", {}).get(name)
    choices = getattr(field.field, "choices", None)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Model):
        return str(value)
    if isinstance(value, QuerySet):
        return "、".join(str(one) for one in value)
    texts = raw_values(field)
    if callable(own := getattr(field.field, "shown_text", None)):
        return str(own(texts))
    if choices is not None and not isinstance(field.field, forms.ModelChoiceField):
        words = {str(code): str(word) for code, word in _flat(choices)}
        texts = [words.get(text, text) for text in texts]
    return "、".join(texts)


def _flat(choices: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    for code, word in choices:
        if isinstance(word, list | tuple):
            yield from _flat(word)
        else:
            yield code, word


def _is_free_text(field: BoundField) -> bool:
    return type(field.field) in (forms.CharField,) or isinstance(field.field.widget, forms.Textarea)


def _is_long(mine: BoundField, theirs: BoundField) -> bool:
    if isinstance(mine.field.widget, forms.Textarea):
        return True
    return max(len(text) for text in ["", *raw_values(mine), *raw_values(theirs)]) > _LONG_TEXT


def _default_choice(state: MergeState, answered: str) -> str:
    if state is MergeState.CLASH:
        return answered if answered in (MINE, THEIRS, WRITTEN) else ""
    return THEIRS if state is MergeState.THEIRS else MINE


def _carried(mine: forms.Form, version: int, opened_as: str) -> Iterable[tuple[str, str]]:
    yield MERGING, "1"
    if DRAFT_PLACE in mine.data:
        # The draft of the edit form is dropped once the merged content is saved, not before.
        yield DRAFT_PLACE, str(mine.data[DRAFT_PLACE])
    for field in mine:
        if field.name == "lock_version":
            yield field.html_name, str(version)
        elif field.name == OPENED_AS:
            yield field.html_name, opened_as
        else:
            yield from ((field.html_name, text) for text in raw_values(field))


def _sentence(labels: str, who: str, at: dt.datetime | None) -> str:
    when = f"在 {timezone.localtime(at):%H:%M} " if at is not None else ""
    if labels:
        return f"{who or '其他人'}{when}修改了{labels}。请选择保留哪一段，或合并。您填写的内容都在下面，还没有保存。"
    return f"{who or '其他人'}{when}修改了同一条内容，与您的修改不冲突。核对合并后的内容，然后保存。"
