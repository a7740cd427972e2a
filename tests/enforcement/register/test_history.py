"""What a row held on a day, and that nobody rewrites it afterwards."""

from __future__ import annotations

import datetime as dt

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from simple_history.utils import get_history_model_for_model

from enforcement.actors import SYSTEM
from enforcement.errors import InvalidInput, NotPermitted, StaleVersion
from enforcement.models import Line, Region
from enforcement.models.register_rows import RegisterRow
from enforcement.register_tables.lines import LINE
from enforcement.selectors.register_history import (
    end_of_day,
    history_of,
    row_as_on,
    row_of_version,
    rows_as_on,
    set_related_of_day,
)
from enforcement.services.bulk_register_rows import create_rows, update_rows
from enforcement.services.register_rows import add_row, change_row, end_row
from tests.cast import PROVINCE, Cast, raise_cast

pytestmark = pytest.mark.django_db

FIRST, LATER = dt.date(2026, 3, 4), dt.date(2026, 6, 1)


@pytest.fixture
def cast() -> Cast:
    return raise_cast()


@pytest.fixture
def water(cast: Cast) -> Line:
    """A line registered on the first day and reworded on the later one."""
    (row,) = create_rows(
        actor=SYSTEM,
        model=Line,
        rows=[Line(code="water", name="水利", remit="取水")],
        reason="首次登记",
        at=end_of_day(FIRST) - dt.timedelta(minutes=1),
    )
    row.remit = "取水、河道"
    update_rows(
        actor=cast.actor("registrar"),
        model=Line,
        rows=[row],
        fields=["remit"],
        reason="补全",
        at=end_of_day(LATER - dt.timedelta(days=1)),
    )
    return row


@pytest.mark.parametrize(
    ("day", "remit"),
    [
        (FIRST - dt.timedelta(days=1), None),
        (FIRST, "取水"),
        (LATER - dt.timedelta(days=1), "取水"),
        (LATER, "取水、河道"),
    ],
)
def test_a_row_reads_as_it_stood_at_the_end_of_the_day(water: Line, day: dt.date, remit: str | None) -> None:
    found = row_as_on(model=Line, key="water", day=day)
    assert (found.remit if found else None) == remit
    on_that_day = {row.code: row.remit for row in rows_as_on(model=Line, day=day, code="water")}
    assert on_that_day == ({} if remit is None else {"water": remit})


def test_rows_as_on_a_day_are_narrowed_by_what_they_held_that_day(water: Line) -> None:
    assert rows_as_on(model=Line, day=LATER, remit="取水") == []
    assert [row.code for row in rows_as_on(model=Line, day=FIRST, remit="取水")] == ["water"]


def test_related_rows_are_those_of_the_day(cast: Cast) -> None:
    city = Region(code="5305", name="旧市", level="prefecture", parent_id=PROVINCE)
    county = Region(code="530502", name="某县", level="county", parent_id="5305")
    at = end_of_day(FIRST) - dt.timedelta(minutes=1)
    create_rows(actor=SYSTEM, model=Region, rows=[city, county], reason="首次登记", at=at)
    city.name = "新市"
    later = end_of_day(LATER - dt.timedelta(days=1))
    update_rows(actor=SYSTEM, model=Region, rows=[city], fields=["name"], reason="更名", at=later)
    for day, name in ((FIRST, "旧市"), (LATER, "新市")):
        row = row_as_on(model=Region, key=county.pk, day=day)
        assert row is not None
        set_related_of_day(row=row, related=("parent",), day=day)
        assert row.parent.name == name


def test_the_history_says_what_changed_before_and_after_by_whom_and_why(cast: Cast, water: Line) -> None:
    newest, first = history_of(
        model=Line, key="water", facts_of=lambda row: (("名称", row.name), ("职责范围", row.remit))
    )
    assert [(one.label, one.before, one.after) for one in newest.changes] == [
        ("职责范围", "取水", "取水、河道")
    ]
    assert (newest.who, newest.reason, newest.is_first) == ("登记员癸", "补全", False)
    assert (first.who, first.is_first) == ("系统", True)


def test_the_version_that_somebody_opened_can_be_read_again(water: Line) -> None:
    assert row_of_version(model=Line, key="water", version=1).remit == "取水"
    assert row_of_version(model=Line, key="water", version=2).remit == "取水、河道"
    assert row_of_version(model=Line, key="water", version=3) is None


@pytest.mark.parametrize("act", ["update", "delete"])
def test_a_line_of_history_is_never_changed(water: Line, act: str) -> None:
    lines = Line.history.filter(code="water")
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        lines.update(remit="别的") if act == "update" else lines.delete()


def test_every_history_table_refuses_changes() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "JOIN pg_proc p ON p.oid = t.tgfoid WHERE p.proname LIKE 'hengdu_refuse_any_change%'"
        )
        guarded = {name for (name,) in cursor.fetchall()}
    kept = {
        get_history_model_for_model(model)._meta.db_table
        for model in apps.get_models()
        if issubclass(model, RegisterRow)
    }
    assert {"enforcement_linehistory", "enforcement_regionhistory"} <= kept
    assert kept - guarded == set()


# --- Services ---------------------------------------------------------------------------------------------------------


def test_a_stale_version_saves_nothing(cast: Cast, water: Line) -> None:
    with pytest.raises(StaleVersion):
        change_row(
            actor=cast.actor("registrar"),
            kind=LINE,
            key="water",
            values={"remit": "别的"},
            expected_version=1,
            reason="迟了",
        )
    water.refresh_from_db()
    assert water.remit == "取水、河道"


def test_problems_are_named_by_field_in_the_words_of_the_column(cast: Cast) -> None:
    with pytest.raises(InvalidInput) as refused:
        add_row(actor=cast.actor("registrar"), kind=LINE, values={"code": "x", "name": "市场监管"})
    assert refused.value.data["fields"] == {"name": ["名称“市场监管”已被使用。换一个名称"]}
    with pytest.raises(InvalidInput, match="代码只用字母"):
        add_row(actor=cast.actor("registrar"), kind=LINE, values={"code": "水", "name": "水利"})


def test_a_line_is_the_whole_province_s_and_only_its_registrar_writes_it(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        add_row(actor=cast.actor("city_registrar"), kind=LINE, values={"code": "x", "name": "某"})
    with pytest.raises(NotPermitted):
        end_row(
            actor=cast.actor("province_compiler"),
            kind=LINE,
            key="market",
            on=LATER,
            expected_version=1,
            reason="越权",
        )


def test_an_ended_row_keeps_its_content_and_its_day(cast: Cast, water: Line) -> None:
    end_row(
        actor=cast.actor("registrar"), kind=LINE, key="water", on=LATER, expected_version=2, reason="机构改革"
    )
    water.refresh_from_db()
    assert (water.ended_on, water.remit, water.lock_version) == (LATER, "取水、河道", 3)
    assert row_as_on(model=Line, key="water", day=timezone.localdate()).ended_on == LATER
