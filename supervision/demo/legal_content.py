"""Laws, provisions, department lines and violations of the demonstration, read from YAML. Pure: no database.

A citation is written `简称 条.款.项` in the YAML; 0 stands for a level the provision does not have.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

CONTENT_FOLDER = Path(__file__).parent
BASE_FACTS = {
    "货值金额": "goods_value",
    "违法所得": "illegal_gains",
    "广告费用": "ad_cost",
    "建设项目总投资额": "project_investment",
}
# The words a statute puts before a fine, as conditions on known facts (money in fen).
_NOT_CORRECTED = {"fact": "corrected_within_order", "op": "eq", "value": False}
_GRAVE = {"fact": "circumstances", "op": "eq", "value": "严重"}
_NOT_GRAVE = {"fact": "circumstances", "op": "le", "value": "一般"}
# 道路运输条例 第六十三条 leaves a gain of exactly the limit unnamed; it is taken with the milder branch.
_GAINS_TO_10000 = {"fact": "illegal_gains", "op": "le", "value": 1_000_000}
GATES: Mapping[str, dict[str, Any]] = {
    "货值金额不足一万元": {"fact": "goods_value", "op": "lt", "value": 1_000_000},
    "货值金额一万元以上": {"fact": "goods_value", "op": "ge", "value": 1_000_000},
    "拒不改正": _NOT_CORRECTED,
    "逾期未改正": _NOT_CORRECTED,
    "逾期不改正": _NOT_CORRECTED,
    "没有逾期不改正": {"fact": "corrected_within_order", "op": "eq", "value": True},
    "情节严重": _GRAVE,
    "情节没有达到严重": _NOT_GRAVE,
    "广告费用可以计算": {"fact": "ad_cost", "op": "gt", "value": 0},
    "广告费用无法计算或者明显偏低": {"fact": "ad_cost", "op": "eq", "value": 0},
    "违法所得超过一万元": {"fact": "illegal_gains", "op": "gt", "value": 1_000_000},
    "没有违法所得或者违法所得不足一万元且情节没有达到严重": {"all": [_GAINS_TO_10000, _NOT_GRAVE]},
    "没有违法所得或者违法所得不足一万元且情节严重": {"all": [_GAINS_TO_10000, _GRAVE]},
    "违法所得超过二万元": {"fact": "illegal_gains", "op": "gt", "value": 2_000_000},
    "没有违法所得或者违法所得不足二万元": {"fact": "illegal_gains", "op": "le", "value": 2_000_000},
}
# Fines for 个人 and 单位 side by side exclude each other; a 个体工商户 is fined as an individual.
SUBJECT_GATES: Mapping[str, dict[str, Any]] = {
    "个人": {"fact": "subject_kind", "op": "in", "value": ["个人", "个体工商户"]},
    "单位": {"fact": "subject_kind", "op": "eq", "value": "单位"},
}
_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")


class ContentError(ValueError):
    """A content file refers to something that does not exist; a mistake of ours, never of a user."""


@dataclass(frozen=True, slots=True)
class ProvisionSeed:
    """One provision and our own summary of it."""

    article: int
    paragraph: int | None
    item: int | None
    gist: str


@dataclass(frozen=True, slots=True)
class LawSeed:
    """One revision of a law; `effective_until` is exclusive."""

    alias: str
    name: str
    level: str
    effective_from: dt.date
    effective_until: dt.date | None
    provisions: tuple[ProvisionSeed, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """A provision as it is cited, independent of the revision of the law."""

    law: str
    article: int
    paragraph: int | None
    item: int | None

    @property
    def text(self) -> str:
        """《法律》第…条第…款第…项"""
        parts = [f"《{self.law}》第{chinese_number(self.article)}条"]
        if self.paragraph is not None:
            parts.append(f"第{chinese_number(self.paragraph)}款")
        if self.item is not None:
            parts.append(f"第{chinese_number(self.item)}项")
        return "".join(parts)

    def to_reference(self) -> dict[str, Any]:
        """The JSON form kept in entries, benchmarks and decisions."""
        return {
            "law": self.law,
            "article": self.article,
            "paragraph": self.paragraph,
            "item": self.item,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class FineComponent:
    """One statutory fine. `minimum` and `maximum` are fen for `fixed_yuan`, else a multiple or a percentage of `base`."""

    basis: str
    base: str | None
    minimum: Decimal
    maximum: Decimal
    subject: str | None = None
    applies_when: str | None = None

    def to_document(self) -> dict[str, Any]:
        """The JSON form of `Violation.statutory_fine`: that of a benchmark component, amounts as integer fen."""
        fixed = self.basis == "fixed_yuan"
        low, high = (int(one) if fixed else str(one) for one in (self.minimum, self.maximum))
        return {
            "subject": self.subject or "",
            "basis": "fixed" if fixed else self.basis,
            "minimum": low if self.minimum else None,
            "maximum": high,
            "base": BASE_FACTS[self.base] if self.base else "",
            "unit": {"fixed_yuan": "元", "multiple": "倍", "percent": "%"}[self.basis],
            "applies_when": self._gate(),
        }

    def _gate(self) -> dict[str, Any] | None:
        """The condition of this branch of the statute, None when it always applies."""
        gates = [GATES[self.applies_when]] if self.applies_when else []
        if self.subject is not None and self.subject in SUBJECT_GATES:
            gates.append(SUBJECT_GATES[self.subject])
        return {"all": gates} if gates else None


@dataclass(frozen=True, slots=True)
class ViolationSeed:
    """违法行为（案由）. It may be cited for acts in [acts_from, acts_until)."""

    code: str
    name: str
    line_code: str
    violated: tuple[Citation, ...]
    punished_by: tuple[Citation, ...]
    fines: tuple[FineComponent, ...]
    is_high_frequency: bool
    key_area: str
    acts_from: dt.date | None
    acts_until: dt.date | None

    def covers(self, act_date: dt.date) -> bool:
        if self.acts_from is not None and act_date < self.acts_from:
            return False
        return self.acts_until is None or act_date < self.acts_until

    @property
    def statutory_fine(self) -> list[dict[str, Any]]:
        return [component.to_document() for component in self.fines]


def chinese_number(number: int) -> str:
    """1 to 9999 in Chinese numerals as statutes write them: 一十 is 十, 1107 is 一千一百零七."""
    digits = [int(char) for char in str(number)]
    text, gap = "", False
    for position, digit in enumerate(digits):
        power = len(digits) - position - 1
        if digit == 0:
            gap = True
            continue
        text += ("零" if gap and text else "") + _DIGITS[digit] + _UNITS[power]
        gap = False
    return text.removeprefix("一") if text.startswith("一十") else text


@cache
def load_yaml(name: str) -> Any:
    """One content file, parsed once. Callers must not change what they get."""
    return yaml.safe_load((CONTENT_FOLDER / name).read_text(encoding="utf-8"))


def _split_path(path: str) -> tuple[int, int | None, int | None]:
    numbers = [int(part) for part in path.split(".")] + [0, 0]
    return numbers[0], numbers[1] or None, numbers[2] or None


@cache
def read_laws() -> tuple[LawSeed, ...]:
    """All laws with the provisions the demonstration cites."""
    return tuple(
        LawSeed(
            alias=alias,
            name=law["name"],
            level=law["level"],
            effective_from=law["effective_from"],
            effective_until=law.get("effective_until"),
            provisions=tuple(
                ProvisionSeed(*_split_path(path), gist=gist) for path, gist in law["provisions"].items()
            ),
        )
        for alias, law in load_yaml("laws.yaml").items()
    )


@cache
def _laws_by_alias() -> dict[str, LawSeed]:
    return {law.alias: law for law in read_laws()}


@cache
def cite(text: str) -> Citation:
    """`食品安全法 124.1.5` as a citation. Raises `ContentError` unless the provision is in `laws.yaml`."""
    alias, _, path = text.partition(" ")
    law = _laws_by_alias().get(alias)
    if law is None:
        raise ContentError(f"laws.yaml 里没有“{alias}”")
    article, paragraph, item = _split_path(path)
    if (article, paragraph, item) not in {(p.article, p.paragraph, p.item) for p in law.provisions}:
        raise ContentError(f"laws.yaml 的“{alias}”里没有 {path}")
    return Citation(law=law.name, article=article, paragraph=paragraph, item=item)


def read_lines() -> dict[str, str]:
    """Name of each department line by its code."""
    return dict(load_yaml("violations.yaml")["lines"])


@cache
def read_violations() -> tuple[ViolationSeed, ...]:
    return tuple(_violation(row) for row in load_yaml("violations.yaml")["violations"])


@cache
def violations_by_code() -> dict[str, ViolationSeed]:
    return {violation.code: violation for violation in read_violations()}


def _violation(row: Mapping[str, Any]) -> ViolationSeed:
    return ViolationSeed(
        code=row["code"],
        name=row["name"],
        line_code=row["line"],
        violated=tuple(cite(text) for text in row["violated"]),
        punished_by=tuple(cite(text) for text in row["punished"]),
        fines=tuple(_fine(fine) for fine in row["fine"]),
        is_high_frequency=row.get("high_frequency", False),
        key_area=row.get("key_area", ""),
        acts_from=row.get("acts_from"),
        acts_until=row.get("acts_until"),
    )


def _fine(row: Mapping[str, Any]) -> FineComponent:
    basis = next(key for key in ("yuan", "multiple", "percent") if key in row)
    fen_per_unit = 100 if basis == "yuan" else 1
    low, high = (Decimal(str(figure)) * fen_per_unit for figure in row[basis])
    return FineComponent(
        basis="fixed_yuan" if basis == "yuan" else basis,
        base=row.get("of"),
        minimum=low,
        maximum=high,
        subject=row.get("subject"),
        applies_when=row.get("when"),
    )
