"""Reads of the party register."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from enforcement.crypto.fields import matching
from enforcement.identifiers import LENGTH, compact_identifier
from enforcement.models import Party


def parties_with_identifier(words: str) -> QuerySet[Party]:
    """The party whose whole 统一社会信用代码 or 身份证号 this is; none for anything shorter, which could be browsed.

    Not narrowed by scope: the caller narrows what leads to the party.
    """
    number = compact_identifier(words)
    if len(number) != LENGTH:
        return Party.objects.none()
    return Party.objects.filter(Q(uscc=number) | matching(Party, "id_number_index", number))
