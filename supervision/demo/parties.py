"""三百 invented parties with valid check digits and identifiers that no register has issued. Pure.

Organisation codes begin with XX and personal numbers end in sequence 000; neither is ever assigned.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from random import Random

from stdnum.cn import ric, uscc

from enforcement.seed.regions import region_names
from supervision.demo.people import GIVEN_NAMES, SURNAMES

SEED = 20220051
PARTY_COUNT = 300
COUNTIES = (
    "530102", "530103", "530111", "530181", "530302", "530381",
    "532301", "532302", "532503", "532504", "532901", "532923",
)  # fmt: skip
BRAND_FIRST = "禾榆澜桉岚杉沐棠砚璟霁筠蓼荞葵桦"
BRAND_SECOND = "驿穗笙漪塬坞湾垣岫洄畔泽麓汀渡屿"

# Trade: (what an enterprise is called, what a sole trader is called).
TRADES: dict[str, tuple[str, str]] = {
    "餐饮": ("餐饮管理有限公司", "米线馆"),
    "食品零售": ("商贸有限公司", "副食店"),
    "电商": ("网络科技有限公司", "网店"),
    "广告": ("文化传媒有限公司", "广告工作室"),
    "制造": ("金属制品有限公司", "五金加工坊"),
    "建材": ("建材有限公司", "砂石经营部"),
    "施工": ("建筑工程有限公司", "装饰服务部"),
    "货运": ("物流有限公司", "货运部"),
    "客运": ("客运有限公司", "租车行"),
    "维修": ("汽车服务有限公司", "汽修店"),
    "养殖": ("农牧有限公司", "养殖场"),
    "商场": ("百货有限公司", "服装店"),
}
PERSON_TRADE = "个人"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class PartySeed:
    """行政相对人; `kind` is a value of `enforcement.models.PartyKind`, `trade` says what it does."""

    kind: str
    name: str
    uscc: str | None
    id_number: str | None
    representative: str
    address: str
    phone: str
    region_code: str
    trade: str


@cache
def demo_parties() -> tuple[PartySeed, ...]:
    """The parties in a fixed order; case plans name them by their index."""
    random = Random(SEED)  # noqa: S311 - a reproducible demonstration, not a secret
    brands = [first + second for first in BRAND_FIRST for second in BRAND_SECOND]
    random.shuffle(brands)
    return tuple(_party(index, brands[index % len(brands)], random) for index in range(PARTY_COUNT))


def _party(index: int, brand: str, random: Random) -> PartySeed:
    region = COUNTIES[index % len(COUNTIES)]
    person = random.choice(SURNAMES) + random.choice(GIVEN_NAMES)
    address = (
        f"{region_names()[region]}{random.choice(BRAND_FIRST)}{random.choice(BRAND_SECOND)}路{index + 1}号"
    )
    phone = f"000-{index:08d}"
    if index % 5 == 4:
        return PartySeed(
            "person", person, None, personal_number(region, index), "", address, phone, region, PERSON_TRADE
        )
    trade = list(TRADES)[(index // len(COUNTIES)) % len(TRADES)]
    enterprise, shop = TRADES[trade]
    place = region_names()[region]
    if index % 5 in (1, 3):
        name, kind = f"{place}{brand}{shop}", "sole_trader"
    else:
        name, kind = (
            f"{place.removesuffix('区').removesuffix('市').removesuffix('县')}{brand}{enterprise}",
            "enterprise",
        )
    return PartySeed(
        kind, name, credit_code(region, index, kind), None, person, address, phone, region, trade
    )


def credit_code(region: str, index: int, kind: str) -> str:
    """统一社会信用代码 (GB 32100) over an organisation code (GB 11714) in a range that is not issued."""
    body = f"XX{index:06d}"
    total = sum(
        weight * _ALPHABET.index(char) for weight, char in zip(_ORGANISATION_WEIGHTS, body, strict=True)
    )
    check = 11 - total % 11
    organisation = body + {10: "X", 11: "0"}.get(check, str(check))
    number = f"9{'1' if kind == 'enterprise' else '2'}{region}{organisation}"
    return number + str(uscc.calc_check_digit(number))


def personal_number(region: str, index: int) -> str:
    """身份证号 (GB 11643) with the sequence 000, which is never assigned."""
    born = dt.date(1962, 3, 1) + dt.timedelta(days=index * 47)
    number = f"{region}{born:%Y%m%d}000"
    return number + str(ric.calc_check_digit(number + "0"))
