"""Shared components render their states with words, ids and roles, not with colour alone."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

import pytest
from django import forms
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import include, path

from enforcement.templatetags import hengdu


class NoticeForm(forms.Form):
    day = forms.DateField(label="违法行为发生日期", help_text="例如 2026.11.17")
    telephone = forms.CharField(label="联系电话", required=False)
    outcome = forms.ChoiceField(label="处理", choices=[("a", "不予处罚")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="已逐项核对")


def component(name: str, **context: Any) -> str:
    return " ".join(render_to_string(f"components/{name}.html", context).split())


def test_a_field_carries_hint_and_error_for_screen_readers() -> None:
    page = str(NoticeForm({"day": ""})["day"].as_field_group())
    assert 'aria-describedby="id_day_helptext id_day_error"' in page
    assert 'id="id_day_helptext"' in page
    assert 'id="id_day_error"' in page
    assert 'aria-invalid="true"' in page
    assert "填写违法行为发生日期" in page
    assert "（选填）" not in page


def test_an_optional_field_says_so() -> None:
    page = str(NoticeForm()["telephone"].as_field_group())
    assert "（选填）" in page
    assert 'class="input"' in page
    assert "aria-invalid" not in page


def test_a_group_of_choices_is_a_fieldset_with_labels() -> None:
    page = str(NoticeForm({})["outcome"].as_field_group())
    assert "<fieldset" in page
    assert "<legend>处理</legend>" in page
    assert '<label for="id_outcome_0">不予处罚</label>' in page
    assert "选择处理" in page


def test_the_error_summary_counts_and_links_to_each_field() -> None:
    form = NoticeForm({})
    form.add_error(None, "这份申请已经提交")
    page = component("error_summary", form=form)
    assert "有 4 处需要改" in page
    assert '<a href="#id_day">填写违法行为发生日期</a>' in page
    assert '<a href="#id_outcome_0">选择处理</a>' in page
    assert '<a href="#id_agreed">确认“已逐项核对”</a>' in page
    assert "<li> 这份申请已经提交 </li>" in page


def test_a_form_without_errors_has_no_summary() -> None:
    assert component("error_summary", form=NoticeForm()) == ""


def test_the_reasons_tree_nests_and_says_each_state_in_words() -> None:
    inner = {
        "state": "unknown",
        "text": "没有多付价款",
        "source": "补录",
        "source_url": "/fill/",
        "note": "",
        "children": [],
    }
    outer = {
        "state": "met",
        "text": "危害后果轻微",
        "source": "",
        "source_url": "",
        "note": "已足够",
        "children": [inner],
    }
    page = component("reasons_tree", rows=[outer])
    assert page.count("<ol") == 2
    assert page.index("满足</span>") < page.index("未查明</span>")
    assert '<a href="/fill/">补录</a>' in page


@pytest.mark.parametrize(
    ("days_left", "name", "words"),
    [
        (6, "is-normal", "剩 6 个工作日"),
        (5, "is-soon", "剩 5 个工作日"),
        (2, "is-urgent", "剩 2 个工作日"),
        (-1, "is-overdue", "逾期 1 个工作日"),
    ],
)
def test_a_deadline_chip_shows_urgency_words_and_date(days_left: int, name: str, words: str) -> None:
    page = component("deadline_chip", days_left=days_left, due_on=date(2026, 11, 7), rule="作出后七日")
    assert name in page
    assert words in page
    assert "2026年11月7日 · 作出后七日" in page


def test_a_calendar_deadline_counts_days_and_says_why_it_may_move() -> None:
    note = "（2027 年放假安排公布前为暂定）"
    page = component(
        "deadline_chip", days_left=40, due_on=date(2027, 1, 4), rule="某期限", unit="日", note=note
    )
    assert "剩 40 日</b>" in page
    assert "2027年1月4日 · 某期限" in page
    assert page.index("某期限") < page.index(note)
    assert "has-note" in page
    assert "has-note" not in component("deadline_chip", days_left=40, due_on=date(2026, 12, 4), note="")


def test_a_paused_deadline_gives_its_reason_and_no_days() -> None:
    page = component("deadline_chip", days_left=1, due_on=date(2026, 11, 7), paused_reason="检测期间")
    assert "期限已中止" in page
    assert "检测期间" in page
    assert "剩" not in page


@pytest.mark.parametrize(
    ("outcome", "word"), [("NO_PENALTY", "不予处罚"), ("一般", "一般处罚"), ("移送司法", "移送司法")]
)
def test_an_outcome_tag_has_a_word(outcome: str, word: str) -> None:
    assert word in component("outcome_tag", outcome=outcome)


def test_a_table_cell_may_be_nil_or_empty() -> None:
    columns = [{"label": "事项"}, {"label": "件数", "number": True}, {"label": "说明"}]
    page = component(
        "table", caption="件数", columns=columns, rows=[["明码标价", {"text": 0, "tone": "", "url": ""}, ""]]
    )
    assert '<td role="cell" data-label="件数" class="number"> 0 </td>' in page
    assert '<td role="cell" data-label="说明" class=" is-empty"> </td>' in page


def test_a_difference_is_marked_as_insertion_and_deletion() -> None:
    parts = [{"op": "del", "text": "五种"}, {"op": "add", "text": "<十种>"}, {"op": "same", "text": "以下"}]
    page = component("diff_parts", parts=parts)
    assert '【删除】</span>五种</del><ins class="worded">' in page
    assert "【新增】</span>&lt;十种&gt;</ins>以下" in page


def test_the_split_bar_fills_its_width_without_rounding_gaps() -> None:
    placed = hengdu.split_bar(
        [{"label": "不予处罚", "count": 19}, {"label": "从轻", "count": 3}, {"label": "一般", "count": 1}]
    )
    assert [segment["x"] for segment in placed] == [0, 826, 956]
    assert placed[-1]["x"] + placed[-1]["width"] == 996
    assert hengdu.split_bar([{"label": "从轻", "count": 0}])[0]["width"] == 0


def test_the_pager_offers_only_the_ways_that_exist() -> None:
    page = component("pager", summary="第 1–50 件", next_url="?after=x")
    assert "下一页" in page
    assert "上一页" not in page


@pytest.mark.parametrize(
    ("value", "words"), [("2026-03-05", "2026年3月5日"), (date(2026, 3, 5), "2026年3月5日"), (None, "")]
)
def test_a_date_filter_reads_dates_and_iso_text(value: Any, words: str) -> None:
    assert hengdu.date_zh(value) == words


def test_money_filters_leave_an_unknown_amount_empty() -> None:
    assert hengdu.money(None) == ""
    assert hengdu.money_upper(None) == ""
    assert hengdu.money(800_000, "元") == "8,000元"


class SmallSite:
    """A URLconf with two public columns: what an installation without the others looks like."""

    urlpatterns: ClassVar = [
        path("public/", HttpResponse),
        path("public/lists/", include([path("", HttpResponse)])),
    ]


def test_the_public_site_shows_only_the_columns_that_exist(settings: Any) -> None:
    settings.ROOT_URLCONF = SmallSite
    columns = hengdu.public_columns("/public/lists/market/v2/")
    assert [(column["label"], column["current"]) for column in columns] == [
        ("首页", False),
        ("清单公示", True),
    ]
    assert [column["current"] for column in hengdu.public_columns("/public/")] == [True, False]


def test_a_page_about_a_delegation_belongs_to_the_column_of_agencies() -> None:
    current = [one["label"] for one in hengdu.public_columns("/public/delegations/7/") if one["current"]]
    assert current == ["执法主体"]


def test_error_pages_need_no_request(settings: Any) -> None:
    settings.ROOT_URLCONF = SmallSite
    for status in (400, 403, 404, 500, 503):
        page = render_to_string(f"{status}.html", {"request_id": "7F3A2BCD"})
        assert "编号 7F3A2BCD" in page
        assert '<main class="plain-main' in page
    assert "清单公示" in render_to_string("404.html")
