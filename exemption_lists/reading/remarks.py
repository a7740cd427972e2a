"""Remark rows (备注, 注, 说明): the document's own notes, and the exclusions hidden among them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_REMARK_LABEL = re.compile(
    r"^\s*(?:(?:备\s*注|附\s*注|注\s*释|注|说\s*明|有关说明|填表说明)\s*\d{0,2}(?:[:：].*)?$|[*＊※])",
    re.DOTALL,
)
_LABEL_ALONE = re.compile(r"^\s*(?:备\s*注|附\s*注|注\s*释|注|说\s*明|有关说明|填表说明)\s*[:：]?\s*")
_ITEM_NUMBER = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、]|[（(][一二三四五六七八九十\d]{1,3}[）)]|[①-⑳])\s*"
)
_EXCLUSION = re.compile(r"不适用|不得适用|不在此限|不予适用|不属于本(?:清单|目录)|除外")
_NAMES_ENTRIES = re.compile(
    r"第?\s*[0-9０-９一二三四五六七八九十]+(?:\s*[、至-]\s*[0-9０-９一二三四五六七八九十]+)*\s*(?:项|条|号)|序号\s*\d"
)
_AS_BEFORE = re.compile(r"[（(]?\s*(?:同(?:前|上)(?:表|述|页)?|与(?:前|上)表相同|见(?:前|上)表)\s*[）)]?")


@dataclass(frozen=True, slots=True)
class Remarks:
    """`exclusions` concern every entry, `partial` ones name single entries, `as_before` refers back."""

    notes: tuple[str, ...]
    exclusions: tuple[str, ...]
    partial: tuple[str, ...]
    as_before: bool


def begins_remark(text: str) -> bool:
    """Whether the first cell of a row announces a remark."""
    return bool(_REMARK_LABEL.match(text))


def continues_remark(text: str) -> bool:
    """Whether a lone cell after a remark goes on with it rather than being the title of a next table."""
    return bool(_ITEM_NUMBER.match(text)) or text.endswith(("。", "；", ";")) or len(text) > 40


def read_remarks(texts: list[str]) -> Remarks:
    """One note per line; a line saying that something 不适用 is an exclusion, without number and stop."""
    notes: list[str] = []
    exclusions: list[str] = []
    partial: list[str] = []
    as_before = False
    for text in texts:
        body = _LABEL_ALONE.sub("", text, count=1)
        for line in filter(None, map(str.strip, body.split("\n"))):
            notes.append(line)
            statement = _ITEM_NUMBER.sub("", line).rstrip("。；;")
            if _AS_BEFORE.search(line) and len(_AS_BEFORE.sub("", line)) <= 12:
                as_before = True
            elif _EXCLUSION.search(statement):
                (partial if _NAMES_ENTRIES.search(statement) else exclusions).append(statement)
    return Remarks(tuple(notes), tuple(exclusions), tuple(partial), as_before)
