"""A JSON table of joint-inspection scenes → drafts, with a warning for everything odd. Pure.

Nothing is guessed: a lead that differs by object, a sampling written as numbers of enterprises, a missing legal basis
stay as the table has them and are named.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from enforcement.errors import InvalidInput

TEXT_FIELDS = ("item_class", "sampling", "level", "period", "note")
SPREADSHEET_ENDINGS = (".xlsx", ".xls", ".et")
NO_SPREADSHEET = "综合查一次清单目前按 JSON 导入，还不能读取 Excel 表格。请把表格转成 JSON 后再导入。"
MAX_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class DraftScene:
    """One scene as the table has it. `source` names the published table it came from."""

    serial: str
    object_class: str
    lead_agency: str
    joint_agencies: tuple[str, ...]
    items: tuple[str, ...]
    legal_basis: tuple[str, ...] = ()
    item_class: str = ""
    sampling: str = ""
    level: str = ""
    period: str = ""
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class SceneReading:
    """All scenes of one file, in its order."""

    scenes: tuple[DraftScene, ...]
    warnings: tuple[str, ...] = field(default=())


def read_scene_file(*, name: str, content: bytes) -> SceneReading:
    """Read a file by its name and bytes; a spreadsheet is named as not yet readable."""
    if name.lower().endswith(SPREADSHEET_ENDINGS):
        raise InvalidInput.from_problems("not_json", [NO_SPREADSHEET])
    return read_scenes(content)


def read_scenes(content: bytes) -> SceneReading:
    """Read a file `{"sources": {...}, "scenes": [...]}`. Raises `InvalidInput` with every problem found."""
    table = _parsed(content)
    raw_scenes = table.get("scenes")
    if not isinstance(raw_scenes, list) or not raw_scenes:
        raise InvalidInput.from_problems(
            "no_scenes", ["文件里没有“scenes”列表，或列表是空的。请选择综合查一次清单的 JSON 文件。"]
        )
    sources = table.get("sources")
    problems: list[str] = []
    scenes: list[DraftScene] = []
    for number, raw in enumerate(raw_scenes, start=1):
        found = _problems_of(raw, number)
        problems.extend(found)
        if not found:
            scenes.append(_scene(raw, number, sources if isinstance(sources, dict) else {}))
    if problems:
        raise InvalidInput.from_problems("scene_problems", problems)
    warnings = [warning for scene in scenes for warning in _warnings_of(scene)]
    return SceneReading(scenes=tuple(scenes), warnings=(*warnings, *_overlaps(scenes)))


def _parsed(content: bytes) -> Mapping[str, Any]:
    if len(content) > MAX_BYTES:
        raise InvalidInput.from_problems("too_big", ["文件应小于 10 MB，没有读取。请分成几份导入。"])
    try:
        table = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError):
        raise InvalidInput.from_problems(
            "not_json", ["文件不是完整的 JSON，没有读取任何内容。请重新导出后再试。"]
        ) from None
    if not isinstance(table, dict):
        raise InvalidInput.from_problems("not_a_table", ["文件最外层应是一个对象，内含“scenes”列表。"])
    return table


def _problems_of(raw: Any, number: int) -> list[str]:
    if not isinstance(raw, dict):
        return [f"第 {number} 项不是一个对象。"]
    problems = [
        f"第 {number} 项缺少{label}。"
        for key, label in (("object_class", "监管对象类别"), ("lead_agency", "牵头单位"))
        if not isinstance(raw.get(key), str) or not raw[key].strip()
    ]
    for key, label in (("joint_agencies", "协同单位"), ("items", "检查事项"), ("legal_basis", "执法依据")):
        value = raw.get(key) or []
        if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
            problems.append(f"第 {number} 项的{label}应是文字的列表。")
    if not raw.get("items"):
        problems.append(f"第 {number} 项没有检查事项。")
    problems.extend(
        f"第 {number} 项的 {key} 应是文字。"
        for key in TEXT_FIELDS
        if raw.get(key) is not None and not isinstance(raw[key], str)
    )
    return problems


def _scene(raw: Mapping[str, Any], number: int, sources: Mapping[str, Any]) -> DraftScene:
    source = sources.get(str(raw.get("source")), {})
    named = [
        str(source[key])
        for key in ("authority", "title", "date")
        if isinstance(source, dict) and source.get(key)
    ]
    return DraftScene(
        serial=str(raw.get("serial") or number),
        object_class=raw["object_class"].strip(),
        lead_agency=raw["lead_agency"].strip(),
        joint_agencies=tuple(raw.get("joint_agencies") or ()),
        items=tuple(raw["items"]),
        legal_basis=tuple(raw.get("legal_basis") or ()),
        source="，".join(named),
        **{key: (raw.get(key) or "").strip() for key in TEXT_FIELDS},
    )


def _warnings_of(scene: DraftScene) -> list[str]:
    where = f"第 {scene.serial} 项“{scene.object_class}”："
    warnings = []
    if not scene.joint_agencies:
        warnings.append(f"{where}没有协同单位，不构成联合检查。")
    if not scene.legal_basis:
        warnings.append(f"{where}没有写明执法依据。")
    if not scene.sampling:
        warnings.append(f"{where}没有写明抽查比例或频次。")
    if "或" in scene.lead_agency or "（" in scene.lead_agency or "(" in scene.lead_agency:
        warnings.append(f"{where}牵头单位因对象而不同，请确认后拆成几项，或保留原文。")
    if scene.lead_agency in scene.joint_agencies:
        warnings.append(f"{where}牵头单位同时列为协同单位。")
    return warnings


def _overlaps(scenes: list[DraftScene]) -> list[str]:
    """The same object class twice means an enterprise may be visited twice."""
    first_seen: dict[str, str] = {}
    warnings = []
    for scene in scenes:
        earlier = first_seen.setdefault(scene.object_class, scene.serial)
        if earlier != scene.serial:
            warnings.append(
                f"第 {earlier} 项与第 {scene.serial} 项的监管对象都是“{scene.object_class}”，请核对能否合并。"
            )
    return warnings
