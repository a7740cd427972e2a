"""Endpoints of cases: the same selectors and services as the pages, JSON in place of forms."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases.models import Case
from cases.selectors.case_list import SavedView, list_cases
from cases.selectors.case_page import CaseView, case_view, find_case
from cases.selectors.opening import officers_of, party_by_identifier, violation_with_code
from cases.services.open_case import NewCase, open_case
from cases.services.read_shared_case import note_shared_reading
from cases.services.record_facts import FactAnswer, record_facts, record_narrative
from cases.services.register_party import PartyDetails, own_agency, register_party
from cases.web.api import shapes
from cases.web.api.acts import ACTS, ONLY_IN_PERSON, Asked
from cases.web.api.case_documents import case_document, party_document, row_document
from cases.web.pages import today
from cases.workflow import Act
from enforcement.actors import CASE_ROLES, Role
from enforcement.errors import InvalidInput, NotPermitted, StaleVersion
from enforcement.operations.once import Answer
from enforcement.web.api.endpoint import Endpoint
from enforcement.web.api.shapes import ErrorShape, StrictShape
from enforcement.web.fresh_sign_in import is_fresh

NAMESPACE = uuid.UUID("0c9a2f0e-8a57-4b0f-9a43-2c6f1e5d7b10")
READING = CASE_ROLES | {Role.SUPERVISOR}
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, required=True, description="这次操作的标识，重发时不变"
)
IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="读到的版本，即 ETag"
)
REFUSED = dict.fromkeys((401, 403, 404, 409, 412, 422, 428, 429), ErrorShape)


def taken(shape: type[StrictShape], request: Request) -> dict[str, Any]:
    """The checked fields of the body."""
    form = shape(data=request.data)
    form.is_valid(raise_exception=True)
    return dict(form.validated_data)


class CaseEndpoint(Endpoint):
    """An endpoint about one case that the actor may see."""

    def view_of(self, case_id: int) -> CaseView:
        """404 for what is not visible, as for what is not there."""
        case = find_case(actor=self.actor, case_id=case_id, today=today())
        if case is None:
            raise Http404
        note_shared_reading(actor=self.actor, case=case, today=today())
        return case_view(actor=self.actor, case=case, today=today())

    def detail(self, case_id: int, status: int = 200) -> Response:
        view = self.view_of(case_id)
        response = Response(case_document(self.actor, view), status=status)
        response["ETag"] = f'"{view.case.lock_version}"'
        return response


class Cases(Endpoint):
    """List and filing."""

    duties = READING

    @extend_schema(
        operation_id="list_cases",
        summary="案件列表",
        description="按立案日期从新到旧，每页 50 件。",
        parameters=[
            OpenApiParameter("view", str, enum=[one.value for one in SavedView], description="视图"),
            OpenApiParameter("after", str, description="上一页应答中的 next"),
        ],
        responses={200: shapes.CasePageGiven, **REFUSED},
    )
    def get(self, request: Request) -> Response:
        wanted = request.query_params.get("view", "")
        view = SavedView(wanted) if wanted in set(SavedView) else SavedView.ALL
        cursor = request.query_params.get("after", "")
        page = list_cases(actor=self.actor, view=view, query="", cursor=cursor, today=today())
        return Response(
            {"results": [row_document(self.actor, case) for case in page.cases], "next": page.next_cursor}
        )

    @extend_schema(
        operation_id="open_case",
        summary="立案",
        description="当事人须先登记。承办人至少两名，执法证在立案当日有效。",
        parameters=[IDEMPOTENCY_KEY],
        request=shapes.NewCaseShape,
        responses={201: shapes.ActGiven, **REFUSED},
    )
    def post(self, request: Request) -> Response:
        fields = taken(shapes.NewCaseShape, request)
        return self.once(lambda: self._open(fields))

    def _open(self, fields: dict[str, Any]) -> Answer:
        agency = own_agency(self.actor)
        number = fields.pop("party")
        party = party_by_identifier(actor=self.actor, **number)
        violation = violation_with_code(agency=agency, code=fields.pop("violation_code"))
        missing = {
            "party": [] if party else ["当事人还没有登记，或者号码不对。请先登记当事人"],
            "violation_code": [] if violation else ["本条线没有这个案由"],
        }
        problems = {name: sentences for name, sentences in missing.items() if sentences}
        if party is None or violation is None:
            words = [sentence for sentences in problems.values() for sentence in sentences]
            raise InvalidInput("case_invalid", "；".join(words), {"problems": words, "fields": problems})
        key = f"{self.actor.account_id}:{self.request.headers['Idempotency-Key']}"
        new = NewCase(
            violation_id=violation.pk,
            party_id=party.pk,
            **{**fields, "handler_ids": tuple(fields["handler_ids"])},
        )
        case, _ = open_case(actor=self.actor, operation_id=uuid.uuid5(NAMESPACE, key), new=new, today=today())
        return Answer(201, act_result(case, Act.OPEN))


class OneCase(CaseEndpoint):
    duties = READING

    @extend_schema(
        operation_id="read_case",
        summary="案件详情",
        description="应答带 ETag。身份证号和电话遮蔽。available_actions 列出每个动作现在能否办理及原因。",
        responses={200: shapes.CaseGiven, **REFUSED},
    )
    def get(self, request: Request, case_id: int) -> Response:
        return self.detail(case_id)


class CaseFacts(CaseEndpoint):
    @extend_schema(
        operation_id="record_facts",
        summary="记录裁量事实",
        description="只写给出的事实。全部有效才写入。版本过时的，应答 412，附您的内容和现在的内容。",
        parameters=[IF_MATCH],
        request=shapes.FactsShape,
        responses={200: shapes.CaseGiven, **REFUSED},
    )
    def patch(self, request: Request, case_id: int) -> Response:
        view, version = self.view_of(case_id), self.version_read(required=True)
        facts = taken(shapes.FactsShape, request)["facts"]
        answers = {
            code: FactAnswer("" if one["value"] is None else one["value"], one["source"], one["note"])
            for code, one in facts.items()
        }
        try:
            record_facts(
                actor=self.actor, case_id=case_id, answers=answers, today=today(), expected_lock=version
            )
        except StaleVersion as stale:
            held = self.view_of(case_id).case
            current = {code: held.facts.get(code, {}).get("value") for code in facts}
            raise both_values(
                stale, held, {code: one["value"] for code, one in facts.items()}, current
            ) from None
        except Case.DoesNotExist:
            raise NotPermitted("not_permitted", "您可以查看本案，但不能办理。") from None
        return self.detail(view.case.pk)


class CaseNarrative(CaseEndpoint):
    @extend_schema(
        operation_id="record_narrative",
        summary="记录违法事实与证据",
        parameters=[IF_MATCH],
        request=shapes.NarrativeShape,
        responses={200: shapes.CaseGiven, **REFUSED},
    )
    def put(self, request: Request, case_id: int) -> Response:
        view, version = self.view_of(case_id), self.version_read(required=True)
        fields = taken(shapes.NarrativeShape, request)
        try:
            record_narrative(
                actor=self.actor, case_id=case_id, today=today(), expected_lock=version, **fields
            )
        except StaleVersion as stale:
            held = self.view_of(case_id).case
            current = {"narrative": held.narrative, "evidence": list(held.evidence), "place": held.place}
            raise both_values(stale, held, fields, current) from None
        except Case.DoesNotExist:
            raise NotPermitted("not_permitted", "您可以查看本案，但不能办理。") from None
        return self.detail(view.case.pk)


class CaseAct(CaseEndpoint):
    @extend_schema(
        operation_id="act_on_case",
        summary="办理一个动作",
        description=(
            "动作名见 available_actions。签发决定书须由本人登录后办理，不接受接口密钥。"
            "可以在 If-Match 中给出读到的版本。"
        ),
        parameters=[
            IDEMPOTENCY_KEY,
            OpenApiParameter("act", str, OpenApiParameter.PATH, enum=[act.value for act in ACTS]),
        ],
        request=PolymorphicProxySerializer(
            component_name="ActBody",
            serializers=list(dict.fromkeys(offered.shape for offered in ACTS.values())),
            resource_type_field_name=None,
        ),
        responses={200: shapes.ActGiven, **REFUSED},
    )
    def post(self, request: Request, case_id: int, act: str) -> Response:
        if act not in {one.value for one in ACTS}:
            raise Http404
        self.view_of(case_id)
        wanted = Act(act)
        if wanted in ONLY_IN_PERSON and (self.by_program or not is_fresh(request._request)):
            raise NotPermitted(
                "fresh_sign_in_needed",
                "签发决定书须由本人刚刚确认过身份，不接受接口密钥。请在案件页面签发。",
            )
        offered = ACTS[wanted]
        asked = Asked(
            actor=self.actor,
            case_id=case_id,
            fields=taken(offered.shape, request),
            today=today(),
            version=self.version_read(required=False),
        )
        return self.once(lambda: self._act(asked, wanted))

    def _act(self, asked: Asked, act: Act) -> Answer:
        try:
            reference = ACTS[act].run(asked)
        except Case.DoesNotExist:
            raise NotPermitted("not_permitted", "您可以查看本案，但不能办理。") from None
        return Answer(200, act_result(self.view_of(asked.case_id).case, act, reference))


class Parties(Endpoint):
    duties = frozenset({Role.OFFICER})

    @extend_schema(
        operation_id="register_party",
        summary="登记当事人",
        description="号码已登记过的，返回原有的当事人，不修改。",
        parameters=[IDEMPOTENCY_KEY],
        request=shapes.NewParty,
        responses={200: shapes.PartyRegistered, 201: shapes.PartyRegistered, **REFUSED},
    )
    def post(self, request: Request) -> Response:
        fields = taken(shapes.NewParty, request)

        def register() -> Answer:
            party, is_new = register_party(actor=self.actor, details=PartyDetails(**fields))
            # The name is not kept with the operation; whoever asks again looks the party up.
            return Answer(201 if is_new else 200, {"id": party.pk, "is_new": is_new})

        return self.once(register)


class PartyLookup(Endpoint):
    duties = frozenset({Role.OFFICER})

    @extend_schema(
        operation_id="find_party",
        summary="按号码查找当事人",
        description="须给出完整号码。用 POST，号码不进入地址。",
        request=shapes.PartyNumber,
        responses={200: shapes.PartyGiven, **REFUSED},
    )
    def post(self, request: Request) -> Response:
        agency = own_agency(self.actor)
        party = party_by_identifier(actor=self.actor, **taken(shapes.PartyNumber, request))
        if party is None:
            raise Http404
        return Response(party_document(self.actor, party, within=agency))


class Officers(Endpoint):
    duties = frozenset({Role.OFFICER, Role.APPROVER})

    @extend_schema(
        operation_id="list_officers",
        summary="本机关可以承办案件的执法人员",
        responses={200: shapes.OfficerGiven(many=True), **REFUSED},
    )
    def get(self, request: Request) -> Response:
        officers = officers_of(agency=own_agency(self.actor))
        return Response([{"id": one.pk, "name": one.name} for one in officers])


def act_result(case: Case, act: Act, reference: str = "") -> dict[str, Any]:
    """Numbers and stages only: this is what `Operation` keeps."""
    return {
        "case_id": case.pk,
        "number": case.number,
        "act": act.value,
        "status": str(case.status),
        "status_label": case.get_status_display(),
        "lock_version": case.lock_version,
        "reference": reference,
    }


def both_values(
    stale: StaleVersion, held: Case, sent: dict[str, Any], current: dict[str, Any]
) -> StaleVersion:
    """The refusal of a stale version with what was sent beside what stands there now."""
    return StaleVersion(
        stale.code,
        stale.message.replace("；您填写的内容还在页面上", ""),
        {"lock_version": held.lock_version, "sent": sent, "current": current},
    )
