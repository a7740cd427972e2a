"""移交案件: the head of an agency whose duties moved chooses running cases and who takes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cases.models import Case
from cases.selectors.handovers import agencies_waiting, running_cases, takers
from cases.services.hand_over_cases import hand_over_cases
from cases.web.forms import add_refusal, area
from cases.web.pages import today
from enforcement.errors import Refusal
from enforcement.models import Agency
from enforcement.web.access import ActorRequest, working_page


class HandOverForm(forms.Form):
    """Which cases go to which successor, and why."""

    cases = forms.MultipleChoiceField(
        label="移交的案件",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "选择要移交的案件", "invalid_choice": "有的案件已不在列表中，请重新选择"},
    )
    successor = forms.ChoiceField(
        label="接收机关",
        widget=forms.RadioSelect,
        error_messages={"required": "选择接收机关", "invalid_choice": "选择列表中的接收机关"},
    )
    reason = forms.CharField(
        label="移交说明",
        help_text="例如“机构合并，未结案件连同卷宗移交”。记入案件历史和双方账本",
        max_length=300,
        widget=area(3),
        error_messages={"required": "写明移交的情况"},
    )

    def __init__(
        self, *args: Any, cases: Iterable[Case], successors: Iterable[Agency], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["cases"].choices = [  # type: ignore[attr-defined]
            (str(case.pk), f"{case.number}　{case.violation.name}（{case.get_status_display()}）")
            for case in cases
        ]
        self.fields["successor"].choices = [  # type: ignore[attr-defined]
            (str(agency.pk), agency.name) for agency in successors
        ]


@working_page
def hand_over(request: ActorRequest, agency_id: int) -> HttpResponse:
    waiting = next(
        (
            one.agency
            for one in agencies_waiting(actor=request.actor, on=today())
            if one.agency.pk == agency_id
        ),
        None,
    )
    if waiting is None:
        raise Http404("没有等待移交的案件，或者您没有移交它们的职责。")
    form = HandOverForm(
        request.POST or None,
        cases=running_cases(actor=request.actor, agency=waiting),
        successors=takers(agency=waiting, on=today()),
    )
    if form.is_valid():
        done = _handed_over(request, waiting, form)
        if done is not None:
            return done
    context = {
        "form": form,
        "agency": waiting,
        "crumbs": [
            {"label": "案件", "url": reverse("cases:list")},
            {"label": "移交案件", "url": ""},
        ],
    }
    return render(request, "cases/hand_over.html", context, status=400 if form.is_bound else 200)


def _handed_over(request: ActorRequest, agency: Agency, form: HandOverForm) -> HttpResponse | None:
    """A redirect when the cases moved, None when the form shows why not."""
    chosen = form.cleaned_data
    try:
        moved = hand_over_cases(
            actor=request.actor,
            from_agency_id=agency.pk,
            to_agency_id=int(chosen["successor"]),
            case_ids=[int(key) for key in chosen["cases"]],
            reason=chosen["reason"],
            today=today(),
        )
    except Refusal as refusal:
        add_refusal(form, refusal)
        return None
    messages.success(
        request, f"已向{moved[0].to_name}移交 {len(moved)} 件案件。请由接收机关的负责人确定承办人。"
    )
    return redirect("cases:home")
