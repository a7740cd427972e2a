"""说明预警: the agency's answer to a supervisor's question."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpResponse

from cases.selectors.leniency_alarms import alarm_in_case
from cases.services.reply_to_alarm import reply_to_alarm
from cases.web.forms import area
from cases.web.pages import act_page, today
from cases.workflow import Act
from enforcement.web.access import ActorRequest, working_page
from enforcement.web.submitted_once import submitted_once


class ReplyForm(forms.Form):
    """What the agency has to say about an alarm."""

    reply = forms.CharField(
        label="说明",
        help_text="写明事实、依据和处理理由，至少 10 字。",
        max_length=4000,
        widget=area(5),
        error_messages={"required": "写明情况和依据，至少 10 字"},
    )


@working_page
@submitted_once
def reply(request: ActorRequest, case_id: int, alarm_id: int) -> HttpResponse:
    alarm = alarm_in_case(actor=request.actor, case_id=case_id, alarm_id=alarm_id)
    if alarm is None or not alarm.inquiry:
        raise Http404("没有找到这条预警，或者监督机关没有要求说明。")
    return act_page(
        request,
        case_id,
        Act.REPLY_TO_ALARM,
        lambda view: ReplyForm(request.POST or None),
        lambda data: reply_to_alarm(
            actor=request.actor, case_id=case_id, alarm_id=alarm_id, today=today(), **data
        ),
        button="提交说明",
        done="说明已提交给监督机关。",
        more=lambda view: {"alarm": alarm},
    )
