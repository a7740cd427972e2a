"""What the entries say about given facts, and the facts that may be given. Nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from enforcement.conditions.describe import ReasonItem, reasons
from enforcement.conditions.facts import FactError, parse_fact
from enforcement.conditions.tree import FactValue
from enforcement.conditions.vocabulary import STANDARD, FactDefinition, Vocabulary, merge_declared
from enforcement.errors import InvalidInput
from enforcement.models import DocumentKind
from enforcement.selectors.documents import versions_in_force
from enforcement.selectors.matters import violation_named
from enforcement.web.api.endpoint import OpenEndpoint
from exemption_lists.matching import EntryMatch, MatchableEntry, match_entries
from exemption_lists.models import LeniencyKind, Mandate
from exemption_lists.selectors import entries_of_versions
from exemption_lists.web.api import shapes
from exemption_lists.web.api.published import REFUSED, agency_with

NOTICE = "试算结果仅供参考，以执法机关依法认定为准。"
KIND_ORDER = tuple(LeniencyKind)


class FactsVocabulary(OpenEndpoint):
    @extend_schema(
        operation_id="open_list_facts",
        summary="可以使用的事实",
        description="条件里的 fact 就是这里的代码；x_ 开头的是一条专用的事实，见条目的 declared_facts。",
        responses={200: shapes.FactGiven(many=True), **REFUSED},
    )
    def get(self, request: Request) -> Response:
        return self.answer([_fact(one) for one in STANDARD.values()], tag=f"facts-{len(STANDARD)}")


class Evaluation(OpenEndpoint):
    @extend_schema(
        operation_id="open_evaluate",
        summary="按事实试算",
        description="给出机关、违法行为和已查明的事实，得到每一条是否符合、为什么、还要查明什么。不保存任何内容。",
        request=shapes.EvaluationShape,
        responses={200: shapes.EvaluationGiven, **REFUSED},
        examples=[
            OpenApiExample(
                "未明码标价",
                request_only=True,
                value={
                    "agency": "WH-SCJG",
                    "on": "2026-03-05",
                    "violation": "SCJG-005",
                    "facts": {"offence_count": 1, "harm": "轻微", "illegal_gains": 0},
                },
            )
        ],
    )
    def post(self, request: Request) -> Response:
        form = shapes.EvaluationShape(data=request.data)
        form.is_valid(raise_exception=True)
        asked = form.validated_data
        agency = agency_with(asked["agency"])
        on = asked.get("on") or timezone.localdate()
        violation = violation_named(asked["violation"], line_code=agency.line_code)
        versions = versions_in_force(
            kinds=(DocumentKind.EXEMPTION_LIST,),
            region_code=agency.region_code,
            line_code=agency.line_code,
            on=on,
        )
        entries = entries_of_versions(
            version_ids=list(versions.values_list("pk", flat=True)),
            violation_id=violation.pk if violation else None,
            violation_name=violation.name if violation else asked["violation"],
        )
        vocabulary = _vocabulary(entries)
        facts = _facts(asked.get("facts", {}), vocabulary)
        matches = sorted(match_entries(entries, facts, vocabulary), key=_order)
        return Response(
            {
                "agency_code": agency.code,
                "on": on,
                "violation": violation.name if violation else asked["violation"],
                "entries": [_judged(match) for match in matches],
                "notice": NOTICE,
            }
        )


def _vocabulary(entries: Iterable[MatchableEntry]) -> Vocabulary:
    declared = merge_declared(*(entry.declared_facts for entry in entries))
    return STANDARD.with_declared(declared) if declared else STANDARD


def _facts(given: Mapping[str, Any], vocabulary: Vocabulary) -> dict[str, FactValue | None]:
    """The answers, typed. Raises `InvalidInput` naming every fact that is unknown or of another type."""
    answers: dict[str, FactValue | None] = {}
    problems: dict[str, list[str]] = {}
    for code, raw in given.items():
        if code not in vocabulary:
            problems[f"facts.{code}"] = ["没有这个事实代码，可以使用的见 /api/v1/open/facts/"]
            continue
        try:
            answers[code] = parse_fact(vocabulary[code], raw)
        except FactError as error:
            problems[f"facts.{code}"] = [str(error)]
    if problems:
        sentences = [f"{place}：{words[0]}" for place, words in problems.items()]
        raise InvalidInput("input_invalid", "；".join(sentences), {"problems": sentences, "fields": problems})
    return answers


def _order(match: EntryMatch) -> tuple[int, bool, bool, int]:
    entry = match.entry
    kind = KIND_ORDER.index(LeniencyKind(entry.kind))
    return (kind, entry.mandate != Mandate.MUST, entry.is_general, -len(entry.region_code))


def _judged(match: EntryMatch) -> dict[str, Any]:
    entry = match.entry
    explained = [match.conditions, *match.exclusions]
    return {
        "list": entry.document_slug,
        "version": entry.version_number,
        "slug": entry.slug,
        "serial": entry.serial,
        "verdict": f"{Mandate(entry.mandate).label}{LeniencyKind(entry.kind).label}",
        "truth": match.truth.value,
        "truth_label": match.truth.label,
        "reasons": [line for one in explained for line in _lines(reasons(one, match.vocabulary))],
        "open_facts": [
            {
                "fact": code,
                "label": match.vocabulary[code].label,
                "question": match.vocabulary[code].question,
            }
            for code in match.open_facts
        ],
        "page": entry.public_path,
    }


def _lines(item: ReasonItem, depth: int = 0) -> list[dict[str, Any]]:
    """The reasons as lines with their depth."""
    own = {"text": item.text, "truth": item.truth.value, "depth": depth}
    return [own, *(line for child in item.children for line in _lines(child, depth + 1))]


def _fact(one: FactDefinition) -> dict[str, Any]:
    return {
        "code": one.code,
        "label": one.label,
        "type": one.type.value,
        "unit": one.unit,
        "options": list(one.options),
        "question": one.question,
        "topic": one.topic,
        "legal_source": one.legal_source,
        "computed": one.computed,
    }
