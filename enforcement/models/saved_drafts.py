"""What a person typed into a form and has not sent yet."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from enforcement.crypto.fields import EncryptedTextField, SealedRow
from enforcement.models.accounts import Account

PLACE_LENGTH = 200


class SavedDraft(SealedRow):
    """自动保存的草稿: the typed fields of one form of one person, as the browser sent them.

    `place` is the path that the form is sent to (and its position among several of the same path); it carries no
    query. `fields` is a JSON object of names and lists of values. It may hold personal data of a case that does not
    exist yet, so it is sealed, belongs to its author alone and goes once it has been sent or has grown old.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="saved_drafts")
    place = models.CharField("表单", max_length=PLACE_LENGTH)
    fields = EncryptedTextField("填写的内容", bound_to="saved_draft.fields")
    saved_at = models.DateTimeField("保存时间")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "place"], name="saved_draft_once_per_form"),
        ]
        indexes: ClassVar = [models.Index(fields=["saved_at"], name="saved_draft_age")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.place}"
