"""What is particular to laws, provisions and violations in the register: by form and by import."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from enforcement.actors import Role
from enforcement.models import Law, Provision, ProvisionSuccession, Violation
from enforcement.register_tables.catalogue import table_of
from enforcement.web.register.catalogue import AREAS
from tests.builders import entry_fields, publish_list
from tests.cast import MARKET, Cast, make_account, raise_cast
from tests.enforcement.law_register import AIR, DAY, GONE, NEW, OLD, reference, register_laws
from tests.enforcement.register.test_every_area import signed_in, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


@pytest.fixture
def laws(cast: Cast) -> dict[str, Law]:
    return register_laws()


def checked(cast: Cast, slug: str, *rows: dict[str, str]) -> Any:
    """The check page of an import."""
    surface = next(one for one in AREAS if one.slug == slug)
    labels = [column.label for column in table_of(slug).columns]
    client = signed_in(cast, "registrar")
    return client.get(upload(client, surface, labels, list(rows)))


def problems_of(page: Any) -> list[str]:
    return [f"{one.cell} {one.sentence}" for one in page.context["problems"]]


def write(cast: Cast, slug: str, *rows: dict[str, str]) -> None:
    page = checked(cast, slug, *rows)
    assert page.context["problem_count"] == 0, problems_of(page)
    client = signed_in(cast, "registrar")
    address = page.wsgi_request.path
    answer = client.post(address, {"plan": page.context["plan"].digest}, follow=True)
    assert "已写入" in answer.content.decode()


def law_row(name: str, begins: str, ends: str = "", **more: str) -> dict[str, str]:
    row = {"名称": name, "施行日期": begins, "失效日期": ends, "效力层级": "法律", "本次变动": "制定"}
    return row | more


def test_an_overlapping_text_is_refused_by_import_and_by_form(cast: Cast, laws: dict[str, Law]) -> None:
    page = checked(
        cast,
        "laws",
        law_row(AIR, (GONE - DAY).isoformat()),
        law_row("甲法", "2020-01-01"),
        law_row("甲法", "2021-01-01"),
        law_row("乙法", "2020-01-01", "2021-01-01"),
        law_row("乙法", "2021-01-01"),
    )
    assert [one.split()[0] for one in problems_of(page)] == ["B2", "B3", "B4"]
    form = {"name": AIR, "effective_from": "2020.1.1", "level": "law", "change_kind": "revised"}
    answer = signed_in(cast, "registrar").post(reverse("register_laws:create"), form)
    assert answer.status_code == 400
    assert "另一文本在这段时间内也有效" in answer.content.decode()
    assert Law.objects.count() == 3


def test_the_old_text_gets_its_last_day_and_the_new_one_begins_in_one_file(cast: Cast) -> None:
    Law.objects.create(name="甲法", level="law", effective_from=dt.date(2018, 1, 1))
    write(
        cast,
        "laws",
        law_row("甲法", "2018-01-01", "2020-01-01", 失效原因="被新文本替代"),
        law_row("甲法", "2020-01-01", 本次变动="修订"),
    )
    old, new = Law.objects.order_by("effective_from")
    assert (old.effective_until, old.ending, old.lock_version) == (new.effective_from, "replaced", 2)
    write(
        cast,
        "laws",
        law_row(
            "甲法", "2018-01-01", "2020-01-01", 失效原因="被新文本替代", 由何文本接续="甲法（2020-01-01）"
        ),
    )
    old.refresh_from_db()
    assert old.succeeded_by == new and old.history.count() == 3


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"公布日期": "2020-01-02"}, "公布日期不能晚于施行日期"),
        ({"失效日期": "2020-01-01"}, "失效日期应晚于施行日期"),
        ({"失效原因": "废止"}, "填写失效日期"),
        ({"效力层级": "宪法性文件"}, "不在可选的内容里"),
        ({"由何文本接续": "没有的法"}, "系统里没有这个由何文本接续"),
    ],
)
def test_impossible_texts_are_named_by_cell(cast: Cast, more: dict[str, str], words: str) -> None:
    (problem,) = problems_of(checked(cast, "laws", law_row("甲法", "2020-01-01") | more))
    assert words in problem


def test_dates_that_contradict_each_other_are_refused_in_the_form(cast: Cast, laws: dict[str, Law]) -> None:
    client, url = signed_in(cast, "registrar"), reverse("register_laws:edit", args=[laws["code"].pk])
    form = {
        "lock_version": "1",
        "reason": "更正",
        "level": "law",
        "change_kind": "enacted",
        "promulgated_on": "2026.8.16",
        "ending": "repealed",
    }
    page = client.post(url, form).content.decode()
    assert "公布日期不能晚于施行日期" in page and "填写失效日期" in page


def test_one_provision_twice_in_a_file_is_named_also_without_paragraph(
    cast: Cast, laws: dict[str, Law]
) -> None:
    code = {"法律": "示范环境法典", "内容提要": "甲"}
    page = checked(cast, "provisions", code | {"条": "7"}, code | {"条": "7"}, code | {"条": "0"})
    first, second = problems_of(page)
    assert first.startswith("B3") and "与第 2 行是同一条款" in first
    assert second.startswith("B4") and "应在 1 到 9999 之间" in second


def test_a_provision_that_is_registered_is_changed_and_not_doubled(cast: Cast, laws: dict[str, Law]) -> None:
    row = {"法律": f"{AIR}（2018-01-01）", "条": "5", "内容提要": "新的提要"}
    write(cast, "provisions", row)
    assert Provision.objects.get(law=laws["old"], article=5).gist == "新的提要"
    form = {"law": str(laws["old"].pk), "article": "5", "gist": ""}
    answer = signed_in(cast, "registrar").post(reverse("register_provisions:create"), form)
    assert answer.status_code == 400


def test_a_title_with_several_texts_needs_its_day(cast: Cast, laws: dict[str, Law]) -> None:
    (problem,) = problems_of(checked(cast, "provisions", {"法律": AIR, "条": "8"}))
    assert "系统里没有这个法律" in problem


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("《示范大气法》（2022-06-01）第五条", "《示范大气法》（2018-01-01）第五条", "写反"),
        ("《示范大气法》（2022-06-01）第五条", "《示范大气法》（2022-06-01）第七十二条第一款", "不同的文本"),
        ("《示范大气法》（2022-06-01）第五条", "《示范大气法》（2022-06-01）第八十条", ""),
    ],
)
def test_a_succession_leads_from_an_earlier_to_a_later_text(
    cast: Cast, laws: dict[str, Law], old: str, new: str, words: str
) -> None:
    before = ProvisionSuccession.objects.count()
    (problem,) = problems_of(checked(cast, "provision-successions", {"旧条款": old, "新条款": new}))
    assert words in problem
    url = reverse("register_provision-successions:create")
    answer = signed_in(cast, "registrar").post(url, {"old": old, "new": new, "note": ""})
    assert answer.status_code == 400 and old in answer.content.decode()
    assert ProvisionSuccession.objects.count() == before


def violation_row(**more: str) -> dict[str, str]:
    row = {"编码": "M-9", "名称": "超标排放", "条线": MARKET, "高频执法事项": "是"}
    return row | {"违反依据": f"《{AIR}》第五条", "处罚依据": f"《{AIR}》（2018-01-01）第七十条第一款"} | more


def test_citations_become_links_to_the_newest_or_the_named_text(cast: Cast, laws: dict[str, Law]) -> None:
    write(cast, "violations", violation_row(法定罚款="5000元以下"))
    row = Violation.objects.get(code="M-9")
    assert [one.law for one in row.violated.all()] == [laws["new"]]
    assert [one.law for one in row.punished_by.all()] == [laws["old"]]
    assert row.statutory_fine[0]["maximum"] == 500_000
    write(cast, "violations", violation_row(违反依据="《示范环境法典》第二百四十一条", 法定罚款="5000元以下"))
    assert [one.law for one in row.violated.all()] == [laws["code"]]
    assert row.history.count() == 2


def test_unknown_citations_and_fines_are_named_by_cell(cast: Cast, laws: dict[str, Law]) -> None:
    page = checked(
        cast, "violations", violation_row(违反依据="《没有的法》第一条", 法定罚款="罚款若干", 条线="无")
    )
    found = problems_of(page)
    assert {one.split()[0] for one in found} == {"C2", "D2", "F2"}
    for words in ("没有登记“《没有的法》第一条”", "没有读懂“罚款若干”", "系统里没有这个条线"):
        assert any(words in one for one in found), words


def test_an_unknown_citation_keeps_the_form(cast: Cast, laws: dict[str, Law]) -> None:
    form = {"code": "M-9", "name": "超标", "line": MARKET, "violated_text": "《没有的法》第一条"}
    answer = signed_in(cast, "registrar").post(reverse("register_violations:create"), form)
    page = answer.content.decode()
    assert answer.status_code == 400 and "没有登记“《没有的法》第一条”" in page and "超标" in page
    assert not Violation.objects.exists()


def test_a_registrar_of_one_line_writes_its_violations_and_no_laws(cast: Cast, laws: dict[str, Law]) -> None:
    client = Client()
    client.force_login(
        make_account("line-registrar", "条线登记人", cast.province_market, Role.REGISTRAR, line_code=MARKET)
    )
    form = {"code": "M-9", "name": "超标", "line": MARKET}
    assert client.post(reverse("register_violations:create"), form).status_code == 302
    other = client.post(reverse("register_violations:create"), form | {"code": "M-8", "line": "ecology"})
    assert other.status_code == 400 and "职责范围不包括" in other.content.decode()
    law = {"name": "甲法", "effective_from": "2020.1.1", "level": "law", "change_kind": "enacted"}
    assert client.post(reverse("register_laws:create"), law).status_code == 400
    assert not Law.objects.filter(name="甲法").exists()


def test_the_page_of_a_law_shows_revisions_provisions_and_lists_to_look_at(
    cast: Cast, laws: dict[str, Law], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *args: GONE + 9 * DAY)
    entry = entry_fields(penalty_provisions=[reference(70, 1)])
    publish_list(cast, entries=(entry,), effective_from=OLD)
    client = signed_in(cast, "officer")
    page = client.get(reverse("register_laws:row", args=[laws["old"].pk])).content.decode()
    for words in ("已被新文本替代", NEW.isoformat(), "第七十条第一款", "法律已修订，请核对", "运输应当密闭"):
        assert words in page, words
    provision = Provision.objects.get(law=laws["new"], article=72)
    page = client.get(reverse("register_provisions:row", args=[provision.pk])).content.decode()
    assert "由此而来" in page and "后来改为" in page
    index = client.get(reverse("register:index"))
    assert "法律法规" in index.content.decode()


def test_a_violation_shows_its_provisions_and_its_fine_in_words(cast: Cast, laws: dict[str, Law]) -> None:
    write(cast, "violations", violation_row(法定罚款="5000元以下"))
    row = Violation.objects.get(code="M-9")
    page = signed_in(cast, "officer").get(reverse("register_violations:row", args=[row.pk])).content.decode()
    for words in ("0元至5,000元", "《示范大气法》（2018-01-01）第七十条第一款", "运输应当密闭"):
        assert words in page, words


def test_a_longer_law_costs_no_more_queries(cast: Cast, laws: dict[str, Law]) -> None:
    client, url = signed_in(cast, "officer"), reverse("register_laws:row", args=[laws["old"].pk])
    client.get(url)
    counts = []
    for first in (100, 200):
        Provision.objects.bulk_create(
            Provision(law=laws["old"], article=number) for number in range(first, first + 40)
        )
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1]
