"""影响模拟 as a panel on the pages of a list's version, for the compiler and for legal review."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from cases.models import ReplayRun
from cases.selectors.replay_runs import runs_of
from cases.web.replay_presentation import HIDDEN_NOTE, change_rows, headline, progress_words
from enforcement.actors import Actor
from enforcement.models import RuleVersion
from enforcement.web.documents.version_parts import VersionPart

TITLE = "影响模拟"


def replay_part(actor: Actor, version: RuleVersion) -> VersionPart:
    """The last result in short, or what there is to do."""
    url = reverse("replays:page", args=[version.document.slug, version.number])
    runs = runs_of(version, on=timezone.localdate())
    if runs.latest is not None and runs.latest.is_under_way:
        return VersionPart("replay", TITLE, progress_words(runs.latest), url, "查看进度")
    if runs.done is None:
        words = "还没有模拟过：若这个版本当时生效，哪些案件结论不同。"
        return VersionPart("replay", TITLE, words, url, "去模拟")
    document = runs.done.result or {}
    rows = change_rows(document, most=5)
    return VersionPart(
        "replay",
        TITLE,
        headline(document),
        url,
        "按条目、事项、州市、月份查看",
        aside=as_of_words(runs.done),
        warning=runs.outdated,
        note=HIDDEN_NOTE if any(row[0] == "其余" for row in rows) else "",
        columns=("原结论", "新结论", "件数"),
        rows=rows,
    )


def as_of_words(run: ReplayRun) -> str:
    """截至 11月22日 24:00, the instant for which the result is exact."""
    if run.as_of is None:
        return ""
    moment = timezone.localtime(run.as_of)
    return f"截至 {moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M}"
