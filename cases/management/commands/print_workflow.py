"""The procedure as a document, drawn from the table: `print_workflow > docs/workflow.md`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cases.statuses import CaseStatus
from cases.workflow import STANDING_ACTS, TRANSITIONS, Route, StandingAct, Transition
from enforcement.actors import ROLE_LABELS, Role

HEAD = """# 案件流程

由 `python manage.py print_workflow` 从 `cases/workflow.py` 的表生成，不要手改。只有 `cases.services.advance_case` 改变案件的阶段。

每个动作之前还有一道共同的门（`cases/officer_gate.py`，行政处罚法第四十二条、第四十三条）：已回避的人不能办理本案的任何事项；
以执法人员身份办理的，须是本案承办人，执法证当日有效并载明本条线、本地区，不是辅助人员。发生日期与今天不同的，发生当日也要符合。

| 动作 | 从 | 到 | 适用 | 由谁 | 条件 | 依据 |
|---|---|---|---|---|---|---|
"""
STANDING_HEAD = """
不改变阶段的动作：

| 动作 | 阶段 | 由谁 | 条件 | 依据 |
|---|---|---|---|---|
"""


def workflow_document() -> str:
    """The whole document: the table, then the chart."""
    rows = "\n".join(_row(transition) for transition in TRANSITIONS)
    standing = "\n".join(_standing_row(act) for act in STANDING_ACTS)
    return f"{HEAD}{rows}\n{STANDING_HEAD}{standing}\n\n```mermaid\nstateDiagram-v2\n{_chart()}\n```\n"


def _row(transition: Transition) -> str:
    sources = "、".join(CaseStatus(source).label for source in sorted(transition.sources))
    roles = "、".join(ROLE_LABELS[role] for role in Role if role in transition.roles)
    guards = "、".join(f"`{guard.__name__}`" for guard in transition.guards)
    cells = (
        f"{transition.label} `{transition.name}`",
        sources,
        transition.target.label,
        transition.route.value,
        roles,
        guards,
        transition.law_reference,
    )
    return f"| {' | '.join(cells)} |"


def _standing_row(act: StandingAct) -> str:
    sources = "、".join(CaseStatus(source).label for source in sorted(act.sources))
    roles = "、".join(ROLE_LABELS[role] for role in Role if role in act.roles)
    guards = "、".join(f"`{guard.__name__}`" for guard in act.guards)
    return f"| {act.label} `{act.name}` | {sources} | {roles} | {guards} | {act.law_reference} |"


def _chart() -> str:
    lines = [f"    [*] --> {CaseStatus.INVESTIGATION.value}: 立案"]
    for transition in TRANSITIONS:
        words = transition.label + ("" if transition.route is Route.ANY else f"（{transition.route.value}）")
        lines += [
            f"    {source} --> {transition.target.value}: {words}" for source in sorted(transition.sources)
        ]
    lines += [f"    {status.value}: {status.label}" for status in CaseStatus]
    return "\n".join(lines)


class Command(BaseCommand):
    help = "Print the case procedure as Markdown."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(workflow_document(), ending="")
