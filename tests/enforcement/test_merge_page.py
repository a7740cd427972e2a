"""What the merge page asks and how its answer becomes the form's."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.http import QueryDict

from enforcement.web.date_field import ChineseDateField
from enforcement.web.documents.lines_field import LinesField
from enforcement.web.merge import MergePage, merge_page, merged_data, raw_data


class Sample(forms.Form):
    lock_version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label="名称", required=False)
    lines = LinesField(label="证据")
    kinds = forms.MultipleChoiceField(label="类别", required=False, choices=[("a", "甲"), ("b", "乙")])
    is_open = forms.BooleanField(label="公开", required=False)
    day = ChineseDateField(label="日期", required=False)


OPENED = {
    "name": "一",
    "lines": ["照片", "笔录"],
    "kinds": ["a"],
    "is_open": True,
    "day": dt.date(2026, 3, 5),
}


def bound(**changes: object) -> Sample:
    form = Sample(raw_data(Sample(initial={"lock_version": 1, **OPENED, **changes}, prefix="p")), prefix="p")
    assert form.is_valid()
    return form


def page(mine: Sample, theirs: Sample, base: Sample | None) -> MergePage:
    return merge_page(mine=mine, theirs=theirs, base=base, version=2, who="李明", at=None)


def names(made: MergePage) -> tuple[list[str], list[str]]:
    return [one.name for one in made.to_choose], [one.name for one in made.settled]


def test_what_nobody_changed_is_not_asked() -> None:
    assert names(page(bound(), bound(), bound())) == ([], [])
    assert names(page(bound(), bound(), None)) == ([], [])


def test_a_date_typed_in_another_way_is_no_change() -> None:
    data = raw_data(Sample(initial={"lock_version": 1, **OPENED}, prefix="p"))
    data["p-day"] = "2026年3月5日"
    typed = Sample(data, prefix="p")
    assert typed.is_valid()
    assert names(page(typed, bound(), bound())) == ([], [])


def test_each_change_is_the_change_of_one_person_or_asked() -> None:
    mine = bound(name="二", lines=["笔录", "照片"], kinds=["b"])
    theirs = bound(name="三", is_open=False, day=None)
    asked, settled = names(page(mine, theirs, bound()))
    assert asked == ["name"]
    assert settled == ["lines", "kinds", "is_open", "day"]


def test_texts_stand_in_words_and_long_ones_get_room() -> None:
    made = page(bound(kinds=["a", "b"], lines=["甲"]), bound(kinds=["b"], lines=["乙"], is_open=False), None)
    shown = {one.name: (one.mine, one.theirs, one.may_write, one.is_long) for one in made.fields}
    assert shown["kinds"] == ("甲、乙", "乙", False, False)
    assert shown["is_open"] == ("是", "否", False, False)
    assert shown["lines"] == ("甲", "乙", True, True)


def test_the_answer_becomes_what_the_form_would_have_sent() -> None:
    mine, theirs = bound(name="二", kinds=["b"]), Sample(initial={"lock_version": 2, **OPENED}, prefix="p")
    posted = QueryDict(mutable=True)
    for name, value in page(mine, bound(), None).hidden:
        posted.appendlist(name, value)
    posted["choice-kinds"], posted["choice-name"], posted["written-name"] = "theirs", "written", "合并"
    data, unanswered = merged_data(posted, theirs)
    form = Sample(data, prefix="p")
    assert form.is_valid()
    assert unanswered == ()
    assert form.cleaned_data == {"lock_version": 2, **OPENED, "name": "合并"}
    del posted["choice-name"]
    posted["clash-name"] = "1"
    assert merged_data(posted, theirs)[1] == ("name",)
