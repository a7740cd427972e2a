"""Provisions by what a person types of them: part of a law's title and, if they like, the number of an article."""

from __future__ import annotations

import re
import unicodedata

from django.db.models import Q

from enforcement import wording
from enforcement.conditions.chinese_numbers import read_number
from enforcement.models import Provision

_ARTICLE = re.compile(r"第?\s*(\d+|[零〇一二三四五六七八九十百千]+)\s*条?(?:\s*第.*)?$")
_MARKS = re.compile(r"[《》（）()\s]+")
MOST = 12


def provisions_like(typed: str) -> list[str]:
    """Citations that fit, laws by title, articles by number; at most twelve. One query.

    “价格 42” and “《价格法》第四十二条” find 《中华人民共和国价格法》第四十二条. The newest text of a title comes first,
    and a citation that several texts share stands once.
    """
    text = unicodedata.normalize("NFKC", typed).strip()[:80]
    found = _ARTICLE.search(text)
    article = _number(found.group(1)) if found and found.start() else None
    words = [word for word in _MARKS.split(text[: found.start()] if found and article else text) if word]
    if not words:
        return []
    wanted = Q()
    for word in words:
        wanted &= Q(law__name__icontains=word)
    if article is not None:
        wanted &= Q(article=article)
    rows = (
        Provision.objects.filter(wanted)
        .select_related("law")
        .order_by("law__name", "-law__effective_from", "article", "paragraph", "item")
    )
    return list(dict.fromkeys(wording.provision_text(row.as_reference()) for row in rows[: MOST * 4]))[:MOST]


def _number(text: str) -> int | None:
    number = int(text) if text.isdigit() else read_number(text)
    return None if number is None else int(number)
