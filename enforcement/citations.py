"""Citations as people write them: “《某法》第二十二条第四款” to law, article, paragraph, item, text. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

from enforcement.conditions.chinese_numbers import read_number

ProvisionReference: TypeAlias = dict[str, Any]

_NUMBER = r"[零〇一二三四五六七八九十百千两\d０-９]+"

_ARTICLE = re.compile(rf"第\s*({_NUMBER})\s*条(?:之({_NUMBER}))?")
_PARAGRAPH = re.compile(rf"第\s*({_NUMBER})\s*款")
_ITEM = re.compile(rf"第\s*[（(]?\s*({_NUMBER})\s*[）)]?\s*项")
_EDITION = re.compile(r"\s*[（(][^（）()]{0,30}?(?:\d{4}|修订|修正|公布|以下简称|简称)[^（）()]{0,30}[）)]")
_AND = re.compile(r"\s*(?:[、，,]|和|及|以及|与|或者|或)\s*")
_LAW = re.compile(r"《([^《》]{1,200}(?:《[^《》]{0,200}》[^《》]{0,200}){0,3})》")
_NAME_WITHOUT_MARKS = re.compile(
    r"^(?:违反|根据|依据|按照)?([一-龥（）()]{2,40}?(?:法|条例|办法|规定|规则|细则|决定))(?=\s*第)"
)
# A new citation begins on a new line, after a semicolon, or right behind the last one; a law named inside
# quoted statutory text does not begin one.
_NEXT_START = re.compile(
    r"(?:[\n；;。]|(?<=[款条项）)》])\s*(?:[、，,]|和|及|以及|与))\s*"
    r"(?:[（(]?\d{1,2}[）)]?[.．、]?|[（(]?[一二三四五六七八九十]{1,3}[）)]?、?|[①-⑳])?\s*(?=《)"
)
_LEADING_NUMBER = re.compile(
    r"^\s*(?:[（(]\d{1,2}[）)]|\d{1,2}[.．、]|[一二三四五六七八九十]{1,3}、|[①-⑳])\s*"
)


@dataclass(frozen=True, slots=True)
class CitationReading:
    """The references of one cell, and the parts naming no article we understand (kept as text too)."""

    references: tuple[ProvisionReference, ...]
    unparsed: tuple[str, ...]


def read_citations(cell_text: str) -> CitationReading:
    """Every reference in the cell in printed order; joining their texts by new lines gives the cell back."""
    references: list[ProvisionReference] = []
    unparsed: list[str] = []
    for part in _parts(cell_text):
        found = _read_part(part)
        references.extend(found)
        if not found[0]["law"] or found[0]["article"] is None:
            unparsed.append(part)
    return CitationReading(tuple(references), tuple(unparsed))


def references_of(lines: Iterable[str]) -> list[ProvisionReference]:
    """Citations of several lines as references; what names no article stays as text."""
    return [reference for line in lines for reference in read_citations(line).references]


def print_citation(law: str, article: int | None, paragraph: int | None, item: int | None) -> str:
    """The printed form of a reference known only by its numbers: 《某法》第二十二条第四款."""
    units = ((article, "条"), (paragraph, "款"), (item, "项"))
    where = "".join(f"第{_printed_number(number)}{unit}" for number, unit in units if number is not None)
    return f"《{law}》{where}"


def _printed_number(number: int) -> str:
    """Chinese numerals as statutes print them, up to 9999: 110 is 一百一十, 105 is 一百零五, 12 is 十二."""
    printed, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            printed += ("零" if gap and printed else "") + "零一二三四五六七八九"[digit] + name
        gap = not digit
    return printed.removeprefix("一") if printed.startswith("一十") else printed or "零"


def _parts(text: str) -> list[str]:
    cuts = [0, *(found.end() for found in _NEXT_START.finditer(text)), len(text)]
    parts = (text[start:end] for start, end in pairwise(cuts))
    cleaned = (_LEADING_NUMBER.sub("", part).strip() for part in map(_without_joint, parts))
    return [part for part in cleaned if part]


def _without_joint(part: str) -> str:
    """A part without the joint that led to the next one (a comma, 和, the next number)."""
    part = re.sub(
        r"[\n；;]\s*(?:[（(]?\d{1,2}[）)]?[.．、]?|[一二三四五六七八九十]{1,3}、|[①-⑳])?\s*$", "", part
    )
    return re.sub(r"(?<=[款条项）)》])\s*(?:[、，,；;]|和|及|以及|与)\s*$", "", part)


def _read_part(part: str) -> list[ProvisionReference]:
    named = _LAW.search(part)
    bare = None if named else _NAME_WITHOUT_MARKS.match(part)
    if named is None and bare is None:
        return [_reference("", part)]
    law = named.group(1).strip() if named else (bare.group(1) if bare else "")
    position = (named or bare).end()  # type: ignore[union-attr]
    if edition := _EDITION.match(part, position):
        position = edition.end()
    while blank := re.compile(r"[\s:：]+").match(part, position):
        position = blank.end()
    numbers, end = _numbers_at(part, position)
    if len(numbers) <= 1:
        return [_reference(law, part, *(numbers[0][0] if numbers else ()))]
    # Several articles of one law: each is printed alone, statutory text behind them stays with the last.
    head = part[: numbers[0][1]]
    texts = [head + printed for _, _, printed in numbers]
    texts[-1] += part[end:]
    return [_reference(law, text, *where) for (where, _, _), text in zip(numbers, texts, strict=True)]


def _numbers_at(part: str, position: int) -> tuple[list[tuple[tuple[int | None, ...], int, str]], int]:
    """Consecutive 条/款/项 groups: ((article, paragraph, item), start, text with its article repeated)."""
    found: list[tuple[tuple[int | None, ...], int, str]] = []
    article = paragraph = None
    article_text = paragraph_text = ""
    cursor = end = position
    while True:
        start = cursor
        item = None
        item_text = ""
        if group := _ARTICLE.match(part, cursor):
            article, article_text, paragraph, paragraph_text = _value(group), group.group(0), None, ""
            cursor = group.end()
        if group := _PARAGRAPH.match(part, cursor):
            paragraph, paragraph_text = _value(group), group.group(0)
            cursor = group.end()
        if group := _ITEM.match(part, cursor):
            item, item_text = _value(group), group.group(0)
            cursor = group.end()
        if cursor == start or article is None:
            return found, end
        found.append(((article, paragraph, item), start, article_text + paragraph_text + item_text))
        end = cursor
        joint = _AND.match(part, cursor)
        if joint is None:
            return found, end
        cursor = joint.end()


def _value(found: re.Match[str]) -> int | None:
    number = read_number(unicodedata.normalize("NFKC", found.group(1)))
    return None if number is None else int(number)


def _reference(
    law: str, text: str, article: int | None = None, paragraph: int | None = None, item: int | None = None
) -> ProvisionReference:
    return {"law": law, "article": article, "paragraph": paragraph, "item": item, "text": text.strip()}
