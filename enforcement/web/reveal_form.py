"""The reason a person gives before personal data are shown in full."""

from __future__ import annotations

from django import forms

from enforcement.services.reveal_party import RevealPurpose, RevealReason


class RevealForm(forms.Form):
    """Nothing typed here is personal data; numbers that slip in are masked by the ledger."""

    purpose = forms.ChoiceField(
        label="查看目的",
        choices=RevealPurpose,
        widget=forms.RadioSelect,
        error_messages={"required": "选择查看目的"},
    )
    text = forms.CharField(
        label="理由",
        help_text="写明为什么现在需要完整信息，至少 5 个字。不要写号码、姓名。",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "写明查看的理由"},
    )

    def reason(self) -> RevealReason:
        return RevealReason(self.cleaned_data["purpose"], self.cleaned_data["text"])
