"""Typed access to a JSON object that collects every problem, in Chinese, with its path."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from enforcement.conditions.parse import ConditionError, parse_condition
from enforcement.conditions.tree import ALWAYS, Condition
from enforcement.conditions.vocabulary import Vocabulary

Parsed = TypeVar("Parsed")
Choice = TypeVar("Choice", bound=StrEnum)


class DocumentReader:
    """One object of the document. A wrong value is recorded in `problems` and replaced by a harmless default."""

    def __init__(
        self,
        document: object,
        *,
        path: str,
        vocabulary: Vocabulary,
        problems: list[str],
        keys: frozenset[str],
    ) -> None:
        self.path, self.vocabulary, self.problems = path, vocabulary, problems
        self.values: Mapping[str, Any] = document if isinstance(document, Mapping) else {}
        if not isinstance(document, Mapping):
            self.problem("应为一个对象")
        for extra in sorted(set(map(str, self.values)) - keys):
            self.problem(f"没有“{extra}”这一项")

    def problem(self, sentence: str) -> None:
        self.problems.append(f"{self.path}：{sentence}")

    def text(self, key: str, default: str = "") -> str:
        value = self.values.get(key, default)
        if isinstance(value, str):
            return value
        self.problem(f"“{key}”应为文字")
        return default

    def flag(self, key: str, default: bool) -> bool:
        value = self.values.get(key, default)
        if isinstance(value, bool):
            return value
        self.problem(f"“{key}”应为是或否")
        return default

    def integer(self, key: str) -> int | None:
        value = self.values.get(key)
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
            return value
        self.problem(f"“{key}”应为非负整数（金额以分计）")
        return None

    def required_integer(self, key: str) -> int:
        if self.values.get(key) is None:
            self.problem(f"缺少“{key}”")
        return self.integer(key) or 0

    def decimal(self, key: str, *, negative: bool = False) -> Decimal | None:
        value = self.values.get(key)
        if value is None:
            return None
        try:
            number = Decimal(value) if isinstance(value, str) else None
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite() or (number < 0 and not negative):
            self.problem(f"“{key}”应为用文字写的数，如“3.5”")
            return None
        return number

    def required_decimal(self, key: str, *, negative: bool = False) -> Decimal:
        if self.values.get(key) is None:
            self.problem(f"缺少“{key}”")
        return self.decimal(key, negative=negative) or Decimal(0)

    def choice(self, key: str, kind: type[Choice], default: Choice) -> Choice:
        value = self.values.get(key, default.value)
        try:
            return kind(value)
        except ValueError:
            self.problem(f"“{key}”应为{'、'.join(one.value for one in kind)}之一")
            return default

    def fact(self, key: str, *, required: bool) -> str:
        code = self.text(key)
        if code and code not in self.vocabulary:
            self.problem(f"“{key}”引用的事实“{code}”没有定义")
        if required and not code:
            self.problem(f"缺少“{key}”所指的事实")
        return code

    def condition(self, key: str) -> Condition | None:
        document = self.values.get(key)
        if document is None:
            return None
        try:
            return parse_condition(document, self.vocabulary)
        except ConditionError as error:
            self.problems.extend(f"{self.path}·{key}：{problem}" for problem in error.problems)
            return ALWAYS

    def texts(self, key: str) -> tuple[str, ...]:
        values = self._sequence(key)
        if all(isinstance(value, str) for value in values):
            return tuple(values)
        self.problem(f"“{key}”应为一组文字")
        return ()

    def children(self, key: str, read: Callable[[object, str], Parsed]) -> tuple[Parsed, ...]:
        return tuple(
            read(child, f"{self.path}·{key}[{position}]")
            for position, child in enumerate(self._sequence(key), start=1)
        )

    def _sequence(self, key: str) -> Sequence[Any]:
        values = self.values.get(key, [])
        if isinstance(values, list):
            return values
        self.problem(f"“{key}”应为一个列表")
        return []
