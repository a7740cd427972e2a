"""What a pasted block costs: 50 rows of eight cells, validated and written through `edit_cells`, as the table sends them.

Limit: 1 s at the 95th percentile of 12 pastes into a growing draft. In turn with it (A B A B) a paste of one row runs
through the same service: 50 rows must cost less than 10 times one row, so that the cost of a paste is not the cost of
each row again. A last block with one bad cell must be refused as a whole, and the draft hold exactly the others.
"""

from __future__ import annotations

import statistics
import time
from typing import Any

ROWS = 50
PASTES = 12
LIMIT_SECONDS = 1
LIMIT_RATIO = 10


def run() -> bool:
    """Print the figures; True when both limits are kept."""
    actor, version = _draft()
    block, single = [], []
    for turn in range(PASTES):
        block.append(_paste(actor, version, turn, ROWS))
        single.append(_paste(actor, version, turn + PASTES, 1))
    refused = _refused(actor, version)
    held = version.list_entries.count()
    if held != PASTES * (ROWS + 1) or not refused:
        raise AssertionError(f"the draft holds {held} entries, a bad block was refused: {refused}")
    p95 = sorted(block)[len(block) * 95 // 100 - 1]
    ratio = statistics.median(block) / statistics.median(single)
    verdict = "ok" if p95 <= LIMIT_SECONDS and ratio <= LIMIT_RATIO else "short"
    print(
        f"pasted_rows     {ROWS} rows: p50 {statistics.median(block):.3f} s  p95 {p95:.3f} s  limit {LIMIT_SECONDS} s; "
        f"over one row: {ratio:.1f}  limit {LIMIT_RATIO}  {verdict}"
    )
    return verdict == "ok"


def _draft() -> tuple[Any, Any]:
    from tests.builders import draft_list
    from tests.cast import raise_cast

    cast = raise_cast()
    return cast.actor("compiler"), draft_list(cast, entries=())


def _rows(turn: int, count: int, *, bad: bool = False) -> Any:
    from exemption_lists.grid_acts import Addition, GridActs

    return GridActs(
        additions=tuple(
            Addition(
                key=f"new-{number}",
                behind=f"new-{number - 1}" if number else None,
                cells={
                    "serial": f"{turn}-{number}",
                    "violation_name": f"未按规定公示第 {turn}-{number} 项收费",
                    "domain": "价格监管",
                    "penalty_provisions": "《中华人民共和国价格法》第四十二条\n《中华人民共和国行政处罚法》第三十三条第一款",
                    "condition_text": "12个月内首次发现\n危害后果轻微\n在责令期限内改正",
                    "kind": "不罚" if bad and number == count - 1 else "不予处罚",
                    "follow_up": "教育\n责令改正",
                    "exclusions": "在突发事件期间哄抬价格",
                },
            )
            for number in range(count)
        )
    )


def _paste(actor: Any, version: Any, turn: int, count: int) -> float:
    from exemption_lists.services.edit_cells import edit_cells

    acts = _rows(turn, count)
    started = time.perf_counter()
    edit_cells(actor=actor, version_id=version.pk, acts=acts)
    return time.perf_counter() - started


def _refused(actor: Any, version: Any) -> bool:
    from enforcement.errors import InvalidInput
    from exemption_lists.services.edit_cells import edit_cells

    try:
        edit_cells(actor=actor, version_id=version.pk, acts=_rows(PASTES * 2, ROWS, bad=True))
    except InvalidInput as refusal:
        return [one["row"] for one in refusal.data["cells"]] == [f"new-{ROWS - 1}"]
    return False
