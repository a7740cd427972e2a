"""Forms of the shared document pages: they clean shapes; the services know the rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from enforcement.models import Agency
from enforcement.models.documents import ReviewVerdict
from enforcement.web.date_field import ChineseDateField

# First path parts that are pages of their own below the index.
RESERVED_SLUGS = frozenset({"new", "import", "effective"})


class DocumentForm(forms.Form):
    """A new document."""

    title = forms.CharField(
        label="名称",
        max_length=160,
        error_messages={"required": "填写名称"},
    )
    slug = forms.SlugField(
        label="网址代号",
        max_length=60,
        help_text="小写字母、数字和连字符，例如 market-2026。发布后写进每条的永久链接，不再改动",
        error_messages={"required": "填写网址代号", "invalid": "网址代号只能用字母、数字和连字符"},
    )
    agency: forms.ModelChoiceField[Agency] = forms.ModelChoiceField(
        label="编制机关",
        queryset=None,
        empty_label=None,
        error_messages={"required": "选择编制机关", "invalid_choice": "您没有为这个机关编制的职责"},
    )

    def __init__(self, *args: Any, agencies: QuerySet[Agency], noun: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["title"].help_text = f"例如“某市市场监管领域{noun}”"
        field = self.fields["agency"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = agencies

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"]).lower()
        if slug in RESERVED_SLUGS:
            raise forms.ValidationError(f"“{slug}”是系统页面的地址。请换一个网址代号")
        return slug


class ReviewForm(forms.Form):
    """Opinion of legal review."""

    verdict = forms.ChoiceField(
        label="结论",
        choices=ReviewVerdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "选择同意或者退回修改"},
    )
    text = forms.CharField(
        label="审核意见",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="写明审核了什么、依据什么；退回的，写明要改哪一条、怎么改",
        error_messages={"required": "填写审核意见"},
    )


class PublishForm(forms.Form):
    """What stands on the published version beside its entries."""

    document_number = forms.CharField(
        label="发文字号",
        max_length=60,
        help_text="例如 云市监规〔2026〕2号",
        error_messages={"required": "填写发文字号"},
    )
    issued_on = ChineseDateField(label="成文日期", error_messages={"required": "填写成文日期"})
    effective_from = ChineseDateField(label="生效日期", error_messages={"required": "填写生效日期"})
    effective_until = ChineseDateField(
        label="失效日期", required=False, help_text="试行的版本填写；从这一天起不再适用"
    )
    change_summary = forms.CharField(
        label="修订说明",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="公众在版本时间线上看到的说明：改了什么、为什么改",
    )


class RepealForm(forms.Form):
    """The act that ends a published version."""

    document_number = forms.CharField(
        label="发文字号",
        max_length=60,
        help_text="废止文件的文号，例如 云市监规〔2026〕2号",
        error_messages={"required": "填写发文字号"},
    )
    issued_on = ChineseDateField(label="成文日期", error_messages={"required": "填写成文日期"})
    ends_on = ChineseDateField(
        label="失效日期",
        help_text="从这一天起不再适用。还没有生效的，填写生效当天或更早的日期，就是撤回",
        error_messages={"required": "填写失效日期"},
    )
    reason = forms.CharField(
        label="原因",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="公众会看到，例如依据的规定已经修改",
        error_messages={"required": "填写废止的原因"},
    )


class ReasonForm(forms.Form):
    """A written reason for giving up or sending back."""

    reason = forms.CharField(
        label="原因",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "填写原因"},
    )
