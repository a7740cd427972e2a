"""The acts on officers, certificates and equipment: which row, which form, which service."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from enforcement.selectors.people import colleagues_of
from enforcement.services.people.certificate_acts import (
    lift_suspension,
    record_check,
    revoke_certificate,
    suspend_certificate,
)
from enforcement.services.people.equipment_acts import (
    hand_out_equipment,
    record_calibration,
    take_back_equipment,
)
from enforcement.services.people.keep_officer import record_leaving
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.register.areas.certificates import CERTIFICATES
from enforcement.web.register.areas.equipment import EQUIPMENT_AREA
from enforcement.web.register.areas.officers import OFFICERS
from enforcement.web.register.people.act_forms import (
    CalibrateForm,
    CheckForm,
    HandOutForm,
    LeaveForm,
    LiftForm,
    RevokeForm,
    SuspendForm,
    TakeBackForm,
)
from enforcement.web.register.people.act_pages import RowAct, act_page, posted
from enforcement.web.register.places import RegisterPlace, row_or_404, today

OFFICERS_PLACE = RegisterPlace(OFFICERS, "register_officers")
CERTIFICATES_PLACE = RegisterPlace(CERTIFICATES, "register_certificates")
EQUIPMENT_PLACE = RegisterPlace(EQUIPMENT_AREA, "register_equipment")


@working_page
def leave(request: ActorRequest, key: int) -> HttpResponse:
    """离岗 of an officer."""
    row = row_or_404(request, OFFICERS_PLACE, str(key))
    form = LeaveForm(posted(request), initial={"left_on": today(), "lock_version": row.lock_version})
    act = RowAct(
        place=OFFICERS_PLACE,
        row=row,
        label="登记离岗",
        perform=lambda cleaned: record_leaving(
            actor=request.actor,
            officer_id=row.pk,
            left_on=cleaned["left_on"],
            expected_version=cleaned["lock_version"],
            reason=cleaned["reason"],
        ),
        done=f"已登记{row.name}离岗。",
    )
    return act_page(request, act=act, form=form)


@working_page
def suspend(request: ActorRequest, key: int) -> HttpResponse:
    """暂扣 of a certificate."""
    row = row_or_404(request, CERTIFICATES_PLACE, str(key))
    act = RowAct(
        place=CERTIFICATES_PLACE,
        row=row,
        label="暂扣执法证",
        perform=lambda cleaned: suspend_certificate(actor=request.actor, certificate_id=row.pk, **cleaned),
        done=f"已暂扣执法证 {row.number}。",
    )
    return act_page(request, act=act, form=SuspendForm(posted(request), initial={"starts_on": today()}))


@working_page
def lift(request: ActorRequest, key: int, suspension: int) -> HttpResponse:
    """恢复 of a certificate."""
    row = row_or_404(request, CERTIFICATES_PLACE, str(key))
    if suspension not in {one.pk for one in row.suspensions.all()}:
        raise Http404("没有找到这次暂扣。请返回执法证重新选择。")
    act = RowAct(
        place=CERTIFICATES_PLACE,
        row=row,
        label="恢复执法证",
        perform=lambda cleaned: lift_suspension(
            actor=request.actor, certificate_id=row.pk, suspension_id=suspension, **cleaned
        ),
        done=f"已登记执法证 {row.number} 的恢复日期。",
    )
    return act_page(request, act=act, form=LiftForm(posted(request), initial={"resumes_on": today()}))


@working_page
def revoke(request: ActorRequest, key: int) -> HttpResponse:
    """注销 or 吊销 of a certificate."""
    row = row_or_404(request, CERTIFICATES_PLACE, str(key))
    act = RowAct(
        place=CERTIFICATES_PLACE,
        row=row,
        label="注销或者吊销执法证",
        perform=lambda cleaned: revoke_certificate(actor=request.actor, certificate_id=row.pk, **cleaned),
        done=f"已登记执法证 {row.number} 失效。",
    )
    return act_page(request, act=act, form=RevokeForm(posted(request), initial={"revoked_on": today()}))


@working_page
def check(request: ActorRequest, key: int) -> HttpResponse:
    """年度审验 of a certificate."""
    row = row_or_404(request, CERTIFICATES_PLACE, str(key))
    form = CheckForm(posted(request), initial={"year": today().year, "checked_on": today()})
    act = RowAct(
        place=CERTIFICATES_PLACE,
        row=row,
        label="登记年度审验",
        perform=lambda cleaned: record_check(
            actor=request.actor, certificate_id=row.pk, today=today(), **cleaned
        ),
        done=f"已登记执法证 {row.number} 的年度审验。",
    )
    return act_page(request, act=act, form=form)


@working_page
def hand_out(request: ActorRequest, key: int) -> HttpResponse:
    """领用 of a piece of equipment."""
    row = row_or_404(request, EQUIPMENT_PLACE, str(key))
    holders = colleagues_of(actor=request.actor, agency_id=row.agency_id, day=today())
    act = RowAct(
        place=EQUIPMENT_PLACE,
        row=row,
        label="登记领用",
        perform=lambda cleaned: hand_out_equipment(
            actor=request.actor,
            equipment_id=row.pk,
            holder_id=int(cleaned["holder"]),
            held_from=cleaned["held_from"],
            today=today(),
        ),
        done=f"已登记{row}的领用人。",
    )
    form = HandOutForm(posted(request), holders=holders, initial={"held_from": today()})
    return act_page(request, act=act, form=form)


@working_page
def take_back(request: ActorRequest, key: int) -> HttpResponse:
    """交还 of a piece of equipment."""
    row = row_or_404(request, EQUIPMENT_PLACE, str(key))
    act = RowAct(
        place=EQUIPMENT_PLACE,
        row=row,
        label="登记交还",
        perform=lambda cleaned: take_back_equipment(
            actor=request.actor, equipment_id=row.pk, today=today(), **cleaned
        ),
        done=f"已登记{row}的交还。",
    )
    return act_page(request, act=act, form=TakeBackForm(posted(request), initial={"returned_on": today()}))


@working_page
def calibrate(request: ActorRequest, key: int) -> HttpResponse:
    """检定 of an instrument."""
    row = row_or_404(request, EQUIPMENT_PLACE, str(key))
    act = RowAct(
        place=EQUIPMENT_PLACE,
        row=row,
        label="登记检定",
        perform=lambda cleaned: record_calibration(
            actor=request.actor, equipment_id=row.pk, today=today(), **cleaned
        ),
        done=f"已登记{row}的检定。",
    )
    return act_page(request, act=act, form=CalibrateForm(posted(request)))
