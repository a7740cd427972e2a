"""Provisions an entry cites beside the law in force on a day. Pure: `KnownLaw`s come from the register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from enforcement import wording
from enforcement.documents import CitingEntry, Finding
from exemption_lists.checks.checked_entry import error, warning

MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class KnownText:
    """One text of a law: its days, the articles the register holds of it (none: only the title is registered), and the
    title of the law that took over ("" when none did).
    """

    effective_from: dt.date
    effective_until: dt.date | None
    articles: frozenset[int]
    became: str = ""

    def is_in_force_on(self, day: dt.date) -> bool:
        return self.effective_from <= day and (self.effective_until is None or day < self.effective_until)


def citation_findings(
    entries: Iterable[CitingEntry], texts: Mapping[str, Sequence[KnownText]], *, on: dt.date
) -> list[Finding]:
    """Laws that are not in force on the day, articles they do not have, and laws nobody registered."""
    findings: list[Finding] = []
    unknown: dict[str, None] = {}
    for entry in entries:
        cited: dict[str, set[int]] = {}
        for reference in entry.references:
            if law := law_name(reference):
                article = reference.get("article")
                cited.setdefault(law, set()).update({article} if isinstance(article, int) else ())
        unknown |= dict.fromkeys(law for law in cited if law not in texts)
        for law, articles in cited.items():
            if law in texts:
                findings += _of_law(entry, law, articles, texts, beside=cited.keys(), on=on)
    if unknown:
        findings.append(_unknown(list(unknown)))
    return findings


def law_name(reference: Mapping[str, object]) -> str:
    """The title without the marks around it."""
    return str(reference.get("law") or "").strip().removeprefix("《").removesuffix("》")


def _of_law(
    entry: CitingEntry,
    law: str,
    articles: Iterable[int],
    texts: Mapping[str, Sequence[KnownText]],
    *,
    beside: Collection[str],
    on: dt.date,
) -> list[Finding]:
    current = next((text for text in texts[law] if text.is_in_force_on(on)), None)
    head = f"第 {entry.serial} 条："
    place = {"slug": entry.slug, "field": "penalty_provisions"}
    if current is None:
        if _has_counterpart(law, texts, beside, on):
            return []
        text = f"{head}引用的《{law}》{_standing(texts[law], on)}。改为现行规定后再发布。"
        return [error("law_not_in_force", text, **place)]
    missing = sorted(one for one in articles if current.articles and one not in current.articles)
    return [
        warning(
            "article_not_registered",
            f"{head}法律库里现行的《{law}》没有登记第{number}条。核对条号，或者补充登记。",
            **place,
        )
        for number in missing
    ]


def _has_counterpart(
    law: str, texts: Mapping[str, Sequence[KnownText]], beside: Collection[str], on: dt.date
) -> bool:
    """Whether the entry also cites, in force on the day, the law that took over or the one it will take over from.

    Lists around a codification cite both texts, for acts before and after it.
    """
    after = {text.became for text in texts[law]}
    for other in beside:
        known = texts.get(other, ())
        linked = other in after or any(text.became == law for text in known)
        if linked and any(text.is_in_force_on(on) for text in known):
            return True
    return False


def _standing(texts: Sequence[KnownText], on: dt.date) -> str:
    ended = [text.effective_until for text in texts if text.effective_until and text.effective_until <= on]
    if ended:
        return f"已于{wording.date_zh(max(ended))}失效，{wording.date_zh(on)}没有现行文本"
    return f"自{wording.date_zh(min(text.effective_from for text in texts))}起才施行"


def _unknown(laws: list[str]) -> Finding:
    named = "、".join(f"《{law}》" for law in laws[:MOST_NAMED])
    more = f"等 {len(laws)} 部" if len(laws) > MOST_NAMED else ""
    return warning(
        "law_not_registered",
        f"法律库里没有{named}{more}，没有核对是否现行有效。请人工核对。",
        field="penalty_provisions",
    )
