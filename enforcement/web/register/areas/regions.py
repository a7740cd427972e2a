"""行政区划 as pages: codes and names are given from outside and only read here."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from enforcement.models.agencies import RegionLevel
from enforcement.register_tables import regions as table
from enforcement.registrar import keeps_every_line
from enforcement.selectors.region_changes import changes_of
from enforcement.selectors.regions import list_regions, prefecture_choices, regions_below, search_regions
from enforcement.web.register.surface import (
    ActLink,
    Facts,
    ListColumn,
    RegisterSurface,
    RowFilter,
    Section,
)


def _facts(row: Any) -> Facts:
    return (
        ("代码", row.code),
        ("名称", row.name),
        ("层级", row.get_level_display()),
        ("上级", row.parent.name if row.parent_id else "没有"),
        *((("设立日期", row.established_on.isoformat()),) if row.established_on else ()),
        *((("撤销日期", row.abolished_on.isoformat()),) if row.abolished_on else ()),
    )


def _sections(actor: Any, row: Any, on: Any) -> tuple[Section, ...]:
    changes = _changes(actor, row)
    if on is not None or row.level == RegionLevel.TOWNSHIP:
        return (changes,)
    below = regions_below(actor=actor, code=row.code)
    return (
        Section(
            title="下一级行政区划",
            id="below",
            columns=("名称", "代码"),
            rows=tuple(
                ({"text": region.name, "url": reverse("register_regions:row", args=[region.pk])}, region.code)
                for region in below
            ),
            empty="没有下一级行政区划。",
        ),
        changes,
    )


def _changes(actor: Any, row: Any) -> Section:
    """What happened to this code, with the page of all changes one click away."""
    return Section(
        title="区划变更",
        id="changes",
        columns=("变更", "类型", "依据"),
        rows=tuple(
            (one.sentence(), one.get_kind_display(), one.basis)
            for one in changes_of(actor=actor, code=row.code)
        ),
        empty="没有登记这个代码的变更。",
        acts=(ActLink("全部区划变更", reverse("region_changes:list")),),
    )


def _acts(actor: Any, row: Any) -> tuple[ActLink, ...]:
    if row.abolished_on is not None or not keeps_every_line(actor, region_code=row.code):
        return ()
    return (ActLink("登记区划变更", f"{reverse('region_changes:record')}?code={row.code}"),)


REGIONS = RegisterSurface(
    kind=table.REGION,
    title="行政区划",
    unit="个行政区划",
    introduction="省、州（市）、县（市、区）、乡（镇、街道）的代码和名称，职责范围按代码前缀划定",
    columns=(
        ListColumn("名称", lambda row: row.name),
        ListColumn("代码", lambda row: row.code),
        ListColumn("层级", lambda row: row.get_level_display()),
        ListColumn("上级", lambda row: row.parent.name if row.parent_id else ""),
    ),
    list_rows=lambda actor: list_regions(actor=actor),
    search=search_regions,
    order=("code",),
    filters=(
        RowFilter(
            "level",
            "层级",
            lambda actor: RegionLevel.choices,
            lambda rows, code: rows.filter(level=code),
        ),
        RowFilter(
            "within",
            "州（市）",
            lambda actor: prefecture_choices(actor=actor),
            lambda rows, code: rows.filter(code__startswith=code),
        ),
    ),
    facts_of=_facts,
    related=("parent",),
    may_open=table.may_read,
    sections=_sections,
    acts=_acts,
    table=table.REGIONS,
    takes_imports=False,
)
