"""What every area of the register does alike: scope, paging, queries, history, merging, template, export, import."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from enforcement.ledger.models import LedgerEntry
from enforcement.spreadsheets.guard import open_guarded
from enforcement.spreadsheets.writing import WorkbookColumn, WorkbookSheet, write_workbook
from enforcement.web.register.catalogue import AREAS
from enforcement.web.register.surface import RegisterSurface
from tests.cast import Cast, raise_cast
from tests.enforcement.register.specimens import SPECIMENS, Specimen

pytestmark = pytest.mark.django_db

# Of the list itself: its rows, what they prefetch, and the choices of filters; without those of signing in.
MOST_LIST_QUERIES = 4

ALL = pytest.mark.parametrize("surface", AREAS, ids=lambda surface: surface.slug)
WRITTEN = pytest.mark.parametrize(
    "surface", [one for one in AREAS if one.form is not None], ids=lambda surface: surface.slug
)
IMPORTED = pytest.mark.parametrize(
    "surface", [one for one in AREAS if one.table and one.takes_imports], ids=lambda surface: surface.slug
)


SEARCHED = pytest.mark.parametrize(
    "surface", [one for one in AREAS if one.search], ids=lambda surface: surface.slug
)
EXPORTED = pytest.mark.parametrize(
    "surface", [one for one in AREAS if one.table], ids=lambda surface: surface.slug
)


def found(client: Client, surface: RegisterSurface, words: str) -> Any:
    """The list after a search, sent as the area sends it."""
    if not surface.search_is_private:
        return client.get(address(surface, "list"), {"q": words})
    answer = client.post(address(surface, "search"), {"q": words})
    assert words not in unquote(answer["Location"])
    return client.get(answer["Location"])


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


def signed_in(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(getattr(cast, name))
    return client


def address(surface: RegisterSurface, name: str, *arguments: Any) -> str:
    return reverse(f"register_{surface.slug}:{name}", args=arguments)


def test_every_area_has_a_specimen() -> None:
    assert {surface.slug for surface in AREAS} == SPECIMENS.keys()


@ALL
def test_the_list_pages_by_key_and_shows_every_row_once(cast: Cast, surface: RegisterSurface) -> None:
    specimen = SPECIMENS[surface.slug]
    made = {str(row.pk) for row in specimen.make_rows(cast, 120)}
    client, seen, url = signed_in(cast, specimen.reader), [], address(surface, "list")
    pages = 0
    while url:
        page = client.get(url)
        seen += [line["url"] for line in page.context["lines"]]
        pages += 1
        url = address(surface, "list") + page.context["next_url"] if page.context["next_url"] else ""
    assert pages >= 3
    assert len(seen) == len(set(seen))
    assert {address(surface, "row", key) for key in made} <= set(seen)


@ALL
def test_a_longer_list_costs_no_more_queries(cast: Cast, surface: RegisterSurface) -> None:
    specimen = SPECIMENS[surface.slug]
    client, url = signed_in(cast, specimen.reader), address(surface, "list")
    client.get(url)
    with CaptureQueriesContext(connection) as to_arrive:
        client.get(address(surface, "row", "没有"))
    counts = []
    for count in (2, 60):
        mark = transaction.savepoint()
        specimen.make_rows(cast, count)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(url).status_code == 200
        counts.append(len(caught))
        transaction.savepoint_rollback(mark)
    assert counts[0] == counts[1]
    assert counts[1] - len(to_arrive) <= MOST_LIST_QUERIES


@ALL
def test_a_broken_cursor_and_an_odd_filter_show_the_first_page(cast: Cast, surface: RegisterSurface) -> None:
    client = signed_in(cast, SPECIMENS[surface.slug].reader)
    filters = "&".join(f"{one.name}=nothing" for one in surface.filters)
    for after in ("x", "W10", "bm90", "W251bGxd"):
        assert client.get(f"{address(surface, 'list')}?after={after}&q=x&{filters}").status_code == 200
    assert client.get(f"{address(surface, 'list')}?after=%00").status_code == 400


@SEARCHED
def test_what_the_search_does_not_find_is_said_in_the_words_of_the_search(
    cast: Cast, surface: RegisterSurface
) -> None:
    page = found(signed_in(cast, SPECIMENS[surface.slug].reader), surface, "无此内容")
    assert "没有找到与“无此内容”相符的" in page.content.decode()
    assert 'name="q" type="search" value="无此内容"' in page.content.decode()
    # The address of a private search takes no visits: the top bar must not lead there.
    assert "palette-open" not in page.content.decode()


@ALL
def test_a_row_out_of_sight_does_not_exist(cast: Cast, surface: RegisterSurface) -> None:
    specimen = SPECIMENS[surface.slug]
    row = specimen.make_rows(cast, 1)[0]
    client = signed_in(cast, specimen.reader)
    assert client.get(address(surface, "row", row.pk)).status_code == 200
    for absent in ("99999999999999999999", "没有", "0"):
        assert client.get(address(surface, "row", absent)).status_code == 404
    if specimen.outsider:
        outside = signed_in(cast, specimen.outsider)
        assert outside.get(address(surface, "row", row.pk)).status_code == 404
        assert address(surface, "row", row.pk) not in outside.get(address(surface, "list")).content.decode()


@ALL
def test_a_row_reads_as_on_the_day_and_not_before_it_was_registered(
    cast: Cast, surface: RegisterSurface
) -> None:
    specimen = SPECIMENS[surface.slug]
    row = specimen.make_rows(cast, 1)[0]
    client, url = signed_in(cast, specimen.reader), address(surface, "row", row.pk)
    day = timezone.localdate()
    page = client.get(url, {"on": day.isoformat()}).content.decode()
    assert f"{day} 的内容，不是现在的内容" in page
    assert "还没有登记这个" in client.get(url, {"on": "1999-01-01"}).content.decode()
    assert "日期应写成" in client.get(url, {"on": "明天"}).content.decode()


@WRITTEN
def test_a_registrar_creates_and_changes_a_row_with_history_and_ledger(
    cast: Cast, surface: RegisterSurface
) -> None:
    specimen = SPECIMENS[surface.slug]
    client, row = signed_in(cast, specimen.writer), created(cast, surface)
    field, first, _second = specimen.edited
    url = address(surface, "edit", row.pk)
    without_reason = client.post(url, {**form_of(client, url), field: first})
    assert without_reason.status_code == 400
    assert "填写修改原因" in without_reason.content.decode()
    assert first in without_reason.content.decode()
    saved = client.post(url, {**form_of(client, url), field: first, "reason": "按新规定更正"}, follow=True)
    page = saved.content.decode()
    assert "按新规定更正" in page
    assert first in page
    row.refresh_from_db()
    assert row.lock_version == 2
    assert row.history.count() == 2
    assert row.history.first().history_user == getattr(cast, specimen.writer)
    actions = list(LedgerEntry.objects.order_by("pk").values_list("action", flat=True))[-2:]
    # Parties are also entered from cases, by a service of their own with an action of its own.
    assert actions[0] in ("register_row_added", "party_registered")
    assert actions[1] == "register_row_changed"


@WRITTEN
def test_saving_without_a_change_leaves_no_trace(cast: Cast, surface: RegisterSurface) -> None:
    row = created(cast, surface)
    client, url = signed_in(cast, SPECIMENS[surface.slug].writer), address(surface, "edit", row.pk)
    before = LedgerEntry.objects.count()
    client.post(url, {**form_of(client, url), "reason": "没有改动"})
    row.refresh_from_db()
    assert (row.lock_version, row.history.count(), LedgerEntry.objects.count()) == (1, 1, before)


@WRITTEN
def test_nobody_without_a_duty_that_reaches_the_row_may_write_it(
    cast: Cast, surface: RegisterSurface
) -> None:
    specimen = SPECIMENS[surface.slug]
    row = created(cast, surface)
    for name in (specimen.stranger, "officer"):
        answer = signed_in(cast, name).post(address(surface, "edit", row.pk), {"reason": "越权修改"})
        assert answer.status_code in (403, 404)
    row.refresh_from_db()
    assert row.lock_version == 1
    assert signed_in(cast, "officer").get(address(surface, "create")).status_code == 403


@WRITTEN
def test_two_edits_of_one_field_lead_to_the_merge_page_and_nothing_typed_is_lost(
    cast: Cast, surface: RegisterSurface
) -> None:
    specimen = SPECIMENS[surface.slug]
    row = created(cast, surface)
    field, first, second = specimen.edited
    client, url = signed_in(cast, specimen.writer), address(surface, "edit", row.pk)
    opened = form_of(client, url)
    client.post(url, {**opened, field: first, "reason": "先保存的人"})
    stale = client.post(url, {**opened, field: second, "reason": "后保存的人"})
    page = stale.content.decode()
    assert stale.status_code == 409
    assert first in page
    assert second in page
    assert "请选择保留哪一段，或合并" in page
    row.refresh_from_db()
    assert getattr(row, field) == first

    carried = merge_form(stale)
    unanswered = client.post(url, carried)
    assert unanswered.status_code == 409
    assert "保留哪一段" in unanswered.content.decode()
    both = f"{first}、{second}"
    written = {**carried, f"choice-{field}": "written", f"written-{field}": both}
    assert client.post(url, written).status_code == 302
    row.refresh_from_db()
    assert (getattr(row, field), row.lock_version) == (both, 3)


@WRITTEN
def test_the_merge_page_keeps_theirs_when_asked(cast: Cast, surface: RegisterSurface) -> None:
    specimen = SPECIMENS[surface.slug]
    row = created(cast, surface)
    field, first, second = specimen.edited
    client, url = signed_in(cast, specimen.writer), address(surface, "edit", row.pk)
    opened = form_of(client, url)
    client.post(url, {**opened, field: first, "reason": "先保存的人"})
    carried = merge_form(client.post(url, {**opened, field: second, "reason": "后保存的人"}))
    client.post(url, {**carried, f"choice-{field}": "theirs"})
    row.refresh_from_db()
    assert (getattr(row, field), row.lock_version) == (first, 2)


@IMPORTED
def test_a_filled_template_is_looked_at_and_then_written_as_a_whole(
    cast: Cast, surface: RegisterSurface
) -> None:
    specimen = SPECIMENS[surface.slug]
    client = signed_in(cast, specimen.writer)
    template = client.get(address(surface, "template"))
    sheet = open_guarded(template.content)[0]
    labels = [cell.text.rstrip("*") for cell in sheet.rows()[1]]
    assert specimen.new_table_row is not None
    row, before = specimen.new_table_row(cast), _count(surface)
    check = upload(client, surface, labels, [row])
    assert _count(surface) == before
    page = client.get(check).content.decode()
    assert "将要写入的变化" in page
    plan = client.get(check).context["plan"]
    answer = client.post(check, {"plan": plan.digest}, follow=True)
    assert "已写入：新增 1" in answer.content.decode()
    assert _count(surface) == before + 1
    again = upload(client, surface, labels, [row])
    assert "与现有内容相同，没有可写入的变化" in client.get(again).content.decode()


@IMPORTED
def test_an_export_read_back_changes_nothing(cast: Cast, surface: RegisterSurface) -> None:
    specimen = SPECIMENS[surface.slug]
    specimen.make_rows(cast, 5)
    client = signed_in(cast, specimen.writer)
    exported = client.post(address(surface, "export"), {"purpose": "核对登记内容"})
    assert exported["Content-Disposition"].startswith("attachment")
    file = SimpleUploadedFile("导出.xlsx", exported.content)
    check = client.post(address(surface, "import"), {"file": file})["Location"]
    page = client.get(check)
    assert page.context["problem_count"] == 0
    assert page.context["plan"].writes == 0
    assert page.context["plan"].unchanged >= 5


@EXPORTED
def test_an_export_needs_a_purpose_and_is_recorded(cast: Cast, surface: RegisterSurface) -> None:
    specimen = SPECIMENS[surface.slug]
    client = signed_in(cast, specimen.writer)
    assert client.post(address(surface, "export"), {"purpose": ""}).status_code == 400
    assert not LedgerEntry.objects.filter(action="register_exported").exists()
    client.post(address(surface, "export"), {"purpose": "年度核对"})
    entry = LedgerEntry.objects.get(action="register_exported")
    assert (entry.reason, entry.subject_id) == ("年度核对", surface.slug)


def _count(surface: RegisterSurface) -> int:
    return surface.kind.model._default_manager.count()


def created(cast: Cast, surface: RegisterSurface) -> Any:
    """A row made through the form."""
    specimen: Specimen = SPECIMENS[surface.slug]
    assert specimen.form_values is not None
    before = set(surface.kind.model._default_manager.values_list("pk", flat=True))
    answer = signed_in(cast, specimen.writer).post(address(surface, "create"), specimen.form_values(cast))
    assert answer.status_code == 302, answer.content.decode()
    return surface.kind.model._default_manager.exclude(pk__in=before).get()


def form_of(client: Client, url: str) -> dict[str, Any]:
    """What the browser would send for the form as it is shown."""
    form = client.get(url).context["form"]
    values = {field.html_name: field.value() for field in form}
    return {name: value for name, value in values.items() if value not in (None, False, "")}


def merge_form(answer: Any) -> dict[str, Any]:
    """The hidden fields of a merge page, without any choice."""
    merge = answer.context["merge"]
    carried: dict[str, Any] = {}
    for name, value in merge.hidden:
        carried.setdefault(name, []).append(value)
    carried |= {f"clash-{one.name}": "1" for one in merge.to_choose}
    carried |= {one.choice_name: one.choice for one in merge.settled}
    return carried


def upload(client: Client, surface: RegisterSurface, labels: list[str], rows: list[dict[str, str]]) -> str:
    """The address of the check page for a file with these rows."""
    sheet = WorkbookSheet(
        surface.title,
        tuple(WorkbookColumn(label) for label in labels),
        [[row.get(label, "") for label in labels] for row in rows],
    )
    file = SimpleUploadedFile("登记表.xlsx", write_workbook([sheet]))
    answer = client.post(address(surface, "import"), {"file": file})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])
