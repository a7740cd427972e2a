"""The two forms of a proposal: adopting the advice, and departing from it."""

from __future__ import annotations

from typing import Any

from django import forms

from cases.analysis import Analysis, ConsideredEntry
from cases.entry_uses import StatedReasons
from cases.proposal_rules import ProposalDraft
from cases.statuses import DepartureClass, Outcome
from cases.web.fields import MoneyField
from cases.web.forms import area
from enforcement.web.documents.lines_field import LinesField


class AdoptForm(forms.Form):
    """采纳建议: only what the advice leaves open."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput)
    education = forms.CharField(
        label="教育内容",
        required=False,
        help_text="不予处罚的，应当对当事人进行教育。写明内容和方式。",
        max_length=2000,
        widget=area(3),
        error_messages={"required": "不予处罚的，应当对当事人进行教育。写明教育的内容和方式"},
    )
    mitigation_basis = forms.CharField(
        label="减轻处罚的依据和理由", required=False, max_length=2000, widget=area(3)
    )
    other_measures = LinesField(
        label="其他处理",
        help_text="每行一项，例如：没收违法所得、责令改正。",
    )

    def __init__(self, *args: Any, analysis: Analysis, **options: Any) -> None:
        super().__init__(*args, **options)
        self.analysis = analysis
        no_penalty = analysis.outcome is Outcome.NO_PENALTY
        self.subjects = [] if no_penalty else [one.subject for one in analysis.ranges]
        for place, one in enumerate(analysis.ranges if not no_penalty else ()):
            hint = f"本档幅度：{one.text}。单位元，可写 8,000 或 0.8万。"
            self._add_fine(place, one.subject, hint, required=len(analysis.ranges) == 1)
        if no_penalty:
            self.fields["education"].required = True
        else:
            del self.fields["education"]
        if analysis.outcome is not Outcome.MITIGATED:
            del self.fields["mitigation_basis"]
        self.order_fields(
            ["lock_version", *self.fine_names, "mitigation_basis", "education", "other_measures"]
        )

    def _add_fine(self, place: int, subject: str, hint: str, *, required: bool = False) -> None:
        name = "fine" if place == 0 else f"fine_{place}"
        label = f"罚款金额（{subject}）" if subject else "罚款金额"
        self.fields[name] = MoneyField(
            label=label, help_text=hint, required=required, error_messages={"required": f"填写{label}"}
        )

    @property
    def fine_names(self) -> list[str]:
        return ["fine" if place == 0 else f"fine_{place}" for place in range(len(self.subjects))]

    def fines(self) -> dict[str, int]:
        """Fen by subject, for what was filled in."""
        typed = zip(self.subjects, self.fine_names, strict=True)
        return {subject: fen for subject, name in typed if (fen := self.cleaned_data.get(name)) is not None}

    def draft(self) -> ProposalDraft:
        data = self.cleaned_data
        outcome = self.analysis.outcome
        return ProposalDraft(
            outcome=outcome.value if outcome else "",
            follows_analysis=True,
            fines=self.fines(),
            tier_label=self.analysis.tier_label if outcome is not Outcome.NO_PENALTY else "",
            other_measures=tuple(data["other_measures"]),
            mitigation_basis=data.get("mitigation_basis", ""),
            education=data.get("education", ""),
        )


class DepartForm(AdoptForm):
    """不采纳建议: outcome and amounts are free inside the statute, reasons are demanded."""

    outcome = forms.ChoiceField(
        label="处理方式",
        choices=Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": "选择处理方式"},
    )
    tier_label = forms.CharField(label="裁量档次", required=False, max_length=120)
    departure_class = forms.ChoiceField(
        label="不采纳的类别",
        choices=DepartureClass,
        widget=forms.RadioSelect,
        error_messages={"required": "选择不采纳的类别"},
    )
    departure_reasons = forms.CharField(
        label="不采纳的理由",
        help_text="至少 20 字。理由进入审批、文书，并接受监督。",
        max_length=4000,
        widget=area(5),
        error_messages={"required": "写明不采纳的理由，至少 20 字"},
    )

    def __init__(self, *args: Any, analysis: Analysis, **options: Any) -> None:
        super().__init__(*args, analysis=analysis, **options)
        self.subjects = [one.subject for one in analysis.statutory] or self.subjects or [""]
        for place, subject in enumerate(self.subjects):
            limit = analysis.statutory[place].text if place < len(analysis.statutory) else ""
            hint = f"法定幅度：{limit}。" if limit else ""
            self._add_fine(place, subject, f"{hint}不罚款的留空。单位元，可写 8,000 或 0.8万。")
        for name in ("education", "mitigation_basis"):
            self.fields[name] = self.base_fields[name]
        self.met = [one for one in analysis.grounds.entries if one.is_met]
        if analysis.entry_id is not None:
            self.fields["departure_reasons"].help_text += "也是不适用所建议条目的理由。"
        reasons = self._ask_about_entries()
        self.order_fields(
            [
                "lock_version",
                "outcome",
                "entry_id",
                "tier_label",
                *self.fine_names,
                "departure_class",
                "departure_reasons",
                *reasons,
            ]
        )

    def _ask_about_entries(self) -> list[str]:
        """Which entry the departure rests on, and why each other one is not applied; the service says which it needs.

        The reasons for not following the advice are also those for not applying the entry it rests on.
        """
        if not self.met:
            return []
        choices = [(str(one.entry_id), f"{one.label}（{one.demand}）") for one in self.met]
        self.fields["entry_id"] = forms.TypedChoiceField(
            label="适用的清单条目",
            help_text="下列条目的条件都符合。拟作的处理以其中一条为依据的，选择它。",
            choices=[("", "不以清单条目为依据"), *choices],
            coerce=int,
            empty_value=None,
            required=False,
        )
        names = []
        for one in self.met:
            if one.entry_id != self.analysis.entry_id:
                names += self._ask_why_not(one)
        return names

    def _ask_why_not(self, entry: ConsideredEntry) -> list[str]:
        kind, reasons = f"entry_class_{entry.entry_id}", f"entry_reasons_{entry.entry_id}"
        self.fields[kind] = forms.ChoiceField(
            label=f"不适用{entry.label}（{entry.demand}）的类别",
            choices=DepartureClass,
            widget=forms.RadioSelect,
            required=False,
        )
        self.fields[reasons] = forms.CharField(
            label=f"不适用{entry.label}的理由",
            help_text=f"该条条件符合：{entry.because}。拟作的处理比该条重的，至少写 20 字。",
            max_length=4000,
            widget=area(4),
            required=False,
        )
        return [kind, reasons]

    def _entry_reasons(self) -> dict[int, StatedReasons]:
        data = self.cleaned_data
        return {
            one.entry_id: StatedReasons(
                data[f"entry_class_{one.entry_id}"], data[f"entry_reasons_{one.entry_id}"].strip()
            )
            for one in self.met
            if one.entry_id != self.analysis.entry_id
        }

    def draft(self) -> ProposalDraft:
        data = self.cleaned_data
        return ProposalDraft(
            outcome=data["outcome"],
            follows_analysis=False,
            fines=self.fines(),
            tier_label=data["tier_label"].strip(),
            other_measures=tuple(data["other_measures"]),
            departure_class=data["departure_class"],
            departure_reasons=data["departure_reasons"],
            mitigation_basis=data.get("mitigation_basis", ""),
            education=data.get("education", ""),
            entry_id=data.get("entry_id"),
            entry_reasons=self._entry_reasons(),
        )
