"""A small table of scenes of our own wording."""

from __future__ import annotations

import json
from typing import Any


def scene(**changes: Any) -> dict[str, Any]:
    values = {
        "source": "甲",
        "object_class": "宾馆、旅店",
        "lead_agency": "公安部门",
        "joint_agencies": ["卫生健康部门", "消防救援机构"],
        "items": ["公共场所卫生许可", "消防安全"],
        "legal_basis": ["《中华人民共和国消防法》第五十三条"],
        "item_class": None,
        "sampling": "市级2% 区级10%",
        "level": "区级",
        "period": "3月至11月",
        "note": None,
    }
    return values | changes


SCENES = (
    scene(),
    scene(object_class="加油站", lead_agency="应急管理部门", sampling=None, legal_basis=[]),
    scene(object_class="娱乐场所", lead_agency="文化旅游部门或者公安部门", sampling="60-70家"),
)


def scene_bytes(*scenes: dict[str, Any]) -> bytes:
    sources = {"甲": {"authority": "某市", "title": "联合检查表", "date": "2025-01-01"}}
    return json.dumps({"sources": sources, "scenes": scenes or SCENES}, ensure_ascii=False).encode()
