"""Keeping what a person has typed but not sent: 填写的内容不因会话过期、断网或误关页面而丢失.

A draft is a private note without legal effect: it is not in the ledger, and nobody but its author can read it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from enforcement.actors import Actor
from enforcement.errors import InvalidInput
from enforcement.models.saved_drafts import PLACE_LENGTH, SavedDraft
from enforcement.services.draft_version import require_account

# A long narrative with sixty pieces of evidence is far below this.
MOST_CHARACTERS = 200_000
KEPT_DAYS = 30
DRAFTS_EACH = 200

Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class TypedFields:
    """What was typed and when it was kept."""

    fields: dict[str, list[str]]
    saved_at: dt.datetime


def keep_draft(*, actor: Actor, place: str, fields: Fields, now: dt.datetime) -> TypedFields:
    """Replace the actor's draft of the form at `place`. Nothing typed at all drops it.

    Raises `NotPermitted` without a login and `InvalidInput` for a draft that is too long or oddly shaped.
    """
    author, own = require_account(actor), _own(actor)
    _require_shape(place, fields)
    typed = {name: list(values) for name, values in fields.items()}
    if not any(value.strip() for values in typed.values() for value in values):
        own.filter(place=place).delete()
        return TypedFields(typed, now)
    text = json.dumps(typed, ensure_ascii=False)
    if len(text) > MOST_CHARACTERS:
        raise InvalidInput.from_problems(
            "draft_too_long", ["填写的内容太长，没有自动保存。可先提交一部分，或者在本机另存一份。"]
        )
    SavedDraft.objects.update_or_create(
        account_id=author, place=place, defaults={"fields": text, "saved_at": now}
    )
    _drop_oldest(own)
    return TypedFields(typed, now)


def find_draft(*, actor: Actor, place: str) -> TypedFields | None:
    """The actor's draft of this form, None when there is none."""
    found = _own(actor).filter(place=place).first()
    return TypedFields(json.loads(found.fields), found.saved_at) if found is not None else None


def discard_draft(*, actor: Actor, place: str) -> None:
    """The form was sent, or its author does not want the draft; harmless when there is none."""
    if actor.account_id is not None:
        _own(actor).filter(place=place).delete()


def purge_drafts(*, now: dt.datetime) -> int:
    """Drop what nobody came back for in 30 days; gives the number. Safe to run twice."""
    gone, _ = SavedDraft.objects.filter(saved_at__lt=now - dt.timedelta(days=KEPT_DAYS)).delete()
    return gone


def _own(actor: Actor) -> QuerySet[SavedDraft]:
    return SavedDraft.objects.filter(account_id=require_account(actor))


def _require_shape(place: str, fields: Fields) -> None:
    sound = (
        place.startswith("/")
        and len(place) <= PLACE_LENGTH
        and "?" not in place
        and isinstance(fields, Mapping)
        and all(
            isinstance(values, list) and all(isinstance(value, str) for value in values)
            for values in fields.values()
        )
    )
    if not sound:
        raise InvalidInput.from_problems("draft_malformed", ["草稿的格式不对，没有保存。请刷新页面后再试。"])


def _drop_oldest(own: QuerySet[SavedDraft]) -> None:
    """One person keeps a bounded number of drafts, so that nobody can fill the table."""
    too_old = own.order_by("-saved_at").values("pk")[DRAFTS_EACH:]
    own.filter(pk__in=list(too_old.values_list("pk", flat=True))).delete()
