"""Where an imported table goes: into a draft of the actor's, or into a new document that gets a name and address."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from enforcement.models import Agency, RuleVersion
from enforcement.web.documents.forms import RESERVED_SLUGS

NEW_DOCUMENT = "new"
NEEDED_FOR_A_NEW_DOCUMENT = {
    "title": "填写{noun}的名称",
    "slug": "填写{noun}的网址代号",
    "agency": "选择编制机关",
}


class TargetForm(forms.Form):
    """`cleaned_data["draft"]` is the chosen draft, or None for a new document.

    `noun` names what is made, `draft_note` says what happens to a draft's entries.
    """

    noun: ClassVar[str] = "新文件"
    draft_note: ClassVar[str] = "（替换现有内容）"

    target = forms.ChoiceField(
        label="写入",
        help_text="选择一份草稿，或者建立新的",
        error_messages={"required": "选择写入哪里", "invalid_choice": "这份草稿已不能写入。重新选择"},
    )
    title = forms.CharField(label="名称", max_length=160, required=False, help_text="建立新的时填写")
    slug = forms.SlugField(
        label="网址代号",
        max_length=60,
        required=False,
        help_text="建立新的时填写：小写字母、数字和连字符，发布后写进永久链接",
        error_messages={"invalid": "网址代号只能用字母、数字和连字符"},
    )
    agency: forms.ModelChoiceField[Agency] = forms.ModelChoiceField(
        label="编制机关",
        queryset=None,
        required=False,
        empty_label=None,
        error_messages={"invalid_choice": "您没有为这个机关编制的职责"},
    )

    def __init__(
        self, *args: Any, drafts: QuerySet[RuleVersion], agencies: QuerySet[Agency], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self._drafts = {draft.document.slug: draft for draft in drafts}
        target, agency = self.fields["target"], self.fields["agency"]
        assert isinstance(target, forms.ChoiceField)
        assert isinstance(agency, forms.ModelChoiceField)
        named = [(slug, f"草稿：{draft}{self.draft_note}") for slug, draft in self._drafts.items()]
        target.choices = [*named, (NEW_DOCUMENT, f"建立{self.noun}")]
        agency.queryset = agencies
        for name in NEEDED_FOR_A_NEW_DOCUMENT:
            field: Any = self.fields[name]
            field.label = f"{self.noun}的{field.label}"
            field.is_conditional = True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["draft"] = self._drafts.get(cleaned.get("target", NEW_DOCUMENT))
        cleaned["slug"] = str(cleaned.get("slug", "")).lower()
        if cleaned["draft"] is None:
            for name, problem in NEEDED_FOR_A_NEW_DOCUMENT.items():
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, problem.format(noun=self.noun))
            if cleaned["slug"] in RESERVED_SLUGS:
                self.add_error("slug", "这个网址代号是系统页面的地址。请换一个")
        return cleaned
