"""Published lists, versions, entries, and what an agency applies on a day. Open to everybody."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from enforcement.errors import InvalidInput
from enforcement.ledger.canonical import digest_of
from enforcement.models import Agency, DocumentKind, RuleVersion
from enforcement.selectors import documents as selectors
from enforcement.selectors.agencies import agency_by_code
from enforcement.typed_dates import read_date
from enforcement.web.api.endpoint import OpenEndpoint
from enforcement.web.api.shapes import ErrorShape
from exemption_lists.effective_list import effective_list
from exemption_lists.selectors import entries_of
from exemption_lists.web.api import documents, shapes

KIND = DocumentKind.EXEMPTION_LIST
PAGE = 50
REFUSED = dict.fromkeys((404, 422, 429), ErrorShape)
ON = OpenApiParameter("on", dt.date, description="按哪一天，例如 2026-03-05；不给的为今天")


def day_in(request: Request) -> dt.date:
    """The day asked for, today without one. Raises `InvalidInput` for what is no day."""
    typed = request.query_params.get("on", "").strip()
    day = read_date(typed) if typed else timezone.localdate()
    if day is None:
        problem = "日期应写成 2026-03-05"
        raise InvalidInput(
            "input_invalid", f"on：{problem}", {"problems": [problem], "fields": {"on": [problem]}}
        )
    return day


def agency_with(code: str) -> Agency:
    """The agency of a code; 404 for an unknown one."""
    agency = agency_by_code(code)
    if agency is None:
        raise Http404
    return agency


class Lists(OpenEndpoint):
    @extend_schema(
        operation_id="open_list_lists",
        summary="已公布的减免责清单",
        parameters=[
            ON,
            OpenApiParameter("line", str, description="条线代码"),
            OpenApiParameter("agency", str, description="编制机关编码"),
            OpenApiParameter("after", str, description="上一页应答中的 next"),
        ],
        responses={200: shapes.ListsGiven, **REFUSED},
    )
    def get(self, request: Request) -> Response:
        on = day_in(request)
        rows = selectors.published_rows(
            kind=KIND,
            on=on,
            line_code=request.query_params.get("line", ""),
            agency_code=request.query_params.get("agency", ""),
            after=request.query_params.get("after", ""),
            most=PAGE + 1,
        )
        shown = [documents.list_document(row) for row in rows[:PAGE]]
        following = shown[-1]["slug"] if len(rows) > PAGE else ""
        answer = {"on": on, "results": shown, "next": following}
        return self.answer(answer, tag=digest_of([on, shown])[:32], fresh=True)


class OneList(OpenEndpoint):
    @extend_schema(
        operation_id="open_read_list",
        summary="一份清单和它的版本",
        parameters=[ON],
        responses={200: shapes.OneListGiven, **REFUSED},
    )
    def get(self, request: Request, slug: str) -> Response:
        on = day_in(request)
        found = selectors.published_rows(kind=KIND, on=on, slug=slug, most=1)
        if not found:
            raise Http404
        placed = selectors.place_in_time(found[0].document.versions.all(), on=on)
        document = documents.list_document(found[0])
        document["versions"] = [documents.version_document(row) for row in placed]
        return self.answer(document, tag=digest_of([on, document])[:32], fresh=True)


class OneVersion(OpenEndpoint):
    @extend_schema(
        operation_id="open_read_version",
        summary="一个版本的全部条目",
        description="已公布的内容不再改变；validity 按今天。",
        responses={200: shapes.OneVersionGiven, **REFUSED},
    )
    def get(self, request: Request, slug: str, number: int) -> Response:
        version = published_version(slug, number)
        today = timezone.localdate()
        siblings = selectors.versions_of(version.document, published_only=True)
        place = next(
            row for row in selectors.place_in_time(siblings, on=today) if row.version.pk == version.pk
        )
        answer: dict[str, Any] = documents.version_document(place)
        answer |= {"list": slug, "title": version.document.title}
        answer["entries"] = [documents.entry_document(entry, version) for entry in entries_of(version)]
        tag = digest_of([version.digest, place.validity.value, place.until])[:32]
        return self.answer(answer, tag=tag, fresh=True)


class OneEntry(OpenEndpoint):
    @extend_schema(
        operation_id="open_read_entry", summary="一条", responses={200: shapes.EntryGiven, **REFUSED}
    )
    def get(self, request: Request, slug: str, number: int, entry_slug: str) -> Response:
        version = published_version(slug, number)
        entry = entries_of(version).filter(slug=entry_slug).first()
        if entry is None:
            raise Http404
        tag = digest_of([version.digest, entry.slug])[:32]
        return self.answer(documents.entry_document(entry, version), tag=tag)


class Effective(OpenEndpoint):
    @extend_schema(
        operation_id="open_effective_list",
        summary="一个机关在一天适用的清单",
        description="本机关的清单和上级同一条线的清单合成一份；covered 是由其他条目代替的。",
        parameters=[OpenApiParameter("agency", str, required=True, description="执法机关编码"), ON],
        responses={200: shapes.EffectiveGiven, **REFUSED},
    )
    def get(self, request: Request) -> Response:
        on = day_in(request)
        agency = agency_with(request.query_params.get("agency", ""))
        found = effective_list(agency=agency, on=on)
        answer = {
            "agency": agency.name,
            "agency_code": agency.code,
            "on": on,
            "applying": [documents.effective_document(one) for one in found.applying],
            "covered": [documents.effective_document(one) for one in found.covered],
        }
        digests = sorted({one.row.version.digest for one in (*found.applying, *found.covered)})
        return self.answer(answer, tag=digest_of([agency.code, on, digests])[:32], fresh=True)


def published_version(slug: str, number: int) -> RuleVersion:
    """404 unless it is published."""
    version = selectors.find_published_version(kind=KIND, slug=slug, number=number)
    if version is None:
        raise Http404
    return version
