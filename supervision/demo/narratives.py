"""Believable statements of facts, put together from our own sentences and the case's own figures. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from enforcement.conditions.facts import plain_decimal
from enforcement.conditions.tree import FactValue
from enforcement.conditions.vocabulary import STANDARD, FactType
from supervision.demo.legal_content import load_yaml

NARRATIVES_FILE = "narratives.yaml"
DEFAULT_ITEMS = "食品"
FEN_PER_YUAN = 100


@dataclass(frozen=True, slots=True)
class SceneOfInspection:
    """Who found what, where and when."""

    day: dt.date
    agency: str
    officers: tuple[str, str]
    party: str
    address: str
    place: str


def narrative_of(
    *, violation_code: str, scene: SceneOfInspection, facts: Mapping[str, FactValue], random: Random
) -> str:
    """Opening, finding and closing; every figure named in the finding is that of `facts`."""
    content = load_yaml(NARRATIVES_FILE)
    line = violation_code.partition("-")[0]
    opening = random.choice(content["roadside" if line in content["roadside_lines"] else "openings"])
    finding = random.choice(content["findings"][violation_code])
    words = {**_figures(facts), **_things(violation_code, line, content, random)}
    first, second = scene.officers
    return "".join(
        (
            opening.format(
                day=f"{scene.day.year}年{scene.day.month}月{scene.day.day}日",
                agency=scene.agency,
                first=first,
                second=second,
                party=scene.party,
                address=scene.address,
                place=scene.place,
            ),
            "经查，" + finding.format(**words),
            random.choice(content["closings"]),
        )
    )


def figures_named_in(violation_code: str) -> frozenset[str]:
    """Codes of the facts the findings of this violation state in figures."""
    findings = load_yaml(NARRATIVES_FILE)["findings"][violation_code]
    return frozenset(code for code in STANDARD if any(f"{{{code}}}" in finding for finding in findings))


def _figures(facts: Mapping[str, FactValue]) -> dict[str, str]:
    return {code: _figure(code, value) for code, value in facts.items() if code in STANDARD}


def _figure(code: str, value: FactValue) -> str:
    if STANDARD[code].type is FactType.MONEY and isinstance(value, int):
        yuan, fen = divmod(value, FEN_PER_YUAN)
        return f"{yuan}.{fen:02d}" if fen else str(yuan)
    return str(value) if isinstance(value, (int, str, dt.date)) else plain_decimal(value)


def _things(violation_code: str, line: str, content: Mapping[str, Any], random: Random) -> dict[str, str]:
    groups = content["item_groups"]
    group = groups.get(violation_code, groups.get(line, DEFAULT_ITEMS))
    return {
        "n": str(random.randint(2, 9)),
        "item": random.choice(content["items"][group]),
        "device": random.choice(content["items"]["设备"]),
    }
