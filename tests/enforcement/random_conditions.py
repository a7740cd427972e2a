"""Random condition trees and cases over one fact of every type, for the trials that hold several readers equal."""

from datetime import date
from decimal import Decimal

from enforcement.conditions.parse import OPERATORS_BY_TYPE
from enforcement.conditions.tree import AllOf, AnyOf, Compare, Not, Operator
from enforcement.conditions.vocabulary import FactDefinition, FactType, Vocabulary

DOMAINS = {
    "flag": (True, False),
    "count": (0, 1, 2, 3),
    "ratio": (Decimal("0"), Decimal("0.1"), Decimal("0.099999"), Decimal("0.100001"), Decimal("10.5")),
    "money": (0, 1, 800_000, 800_001),
    "kind": ("甲", "乙", "丙"),
    "grade": ("无", "轻微", "一般", "严重"),
    "text": ("", "甲", "甲乙"),
    "day": (date(2024, 2, 29), date(2024, 12, 31), date(2025, 1, 1)),
}
VOCABULARY = Vocabulary(
    [
        FactDefinition("flag", "是否", FactType.BOOLEAN),
        FactDefinition("count", "次数", FactType.INTEGER, "次"),
        FactDefinition("ratio", "倍数", FactType.DECIMAL, "倍"),
        FactDefinition("money", "金额", FactType.MONEY, "元"),
        FactDefinition("kind", "类别", FactType.CHOICE, options=("甲", "乙", "丙")),
        # The options rise against the order of their characters, so that comparing text would be noticed.
        FactDefinition("grade", "后果", FactType.GRADE, options=("无", "轻微", "一般", "严重")),
        FactDefinition("text", "文字", FactType.TEXT),
        FactDefinition("day", "日期", FactType.DATE),
    ]
)


def random_leaf(random):
    code = random.choice(list(DOMAINS))
    # An empty text is no comparison value.
    domain = [value for value in DOMAINS[code] if value != ""]
    operator = random.choice(sorted(OPERATORS_BY_TYPE[VOCABULARY[code].type]))
    if operator is Operator.BETWEEN:
        low, high = sorted(random.choices(range(len(domain)), k=2), key=lambda i: rank(code, domain[i]))
        return Compare(code, operator, (domain[low], domain[high]))
    if operator in (Operator.IN, Operator.NOT_IN):
        return Compare(code, operator, tuple(random.sample(domain, random.randint(1, 2))))
    return Compare(code, operator, random.choice(domain))


def random_tree(random, depth=3):
    shape = random.random()
    if depth == 0 or shape < 0.3:
        return random_leaf(random)
    if shape < 0.45:
        return Not(random_tree(random, depth - 1))
    kind = AllOf if shape < 0.72 else AnyOf
    smallest = 0 if kind is AllOf and random.random() < 0.05 else 1
    return kind(tuple(random_tree(random, depth - 1) for _ in range(random.randint(smallest, 3))))


def random_case(random):
    return {
        code: None if random.random() < 0.35 else random.choice(domain) for code, domain in DOMAINS.items()
    }


def rank(code, value):
    return DOMAINS[code].index(value) if code == "grade" else value
