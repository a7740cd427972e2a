"""Parties of the demonstration, with object classes, credit tiers and a few earlier names."""

from __future__ import annotations

import datetime as dt

from enforcement.actors import SYSTEM
from enforcement.models import ClassMembership, CreditRating, FormerName, ObjectClass, Party
from enforcement.services.bulk_register_rows import create_rows
from supervision.demo.loading.regions_and_lines import FIRST_LOAD, registered_at
from supervision.demo.parties import PartySeed, demo_parties

# (code, name, what belongs to it, trades of the demonstration that do).
OBJECT_CLASSES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("catering", "餐饮服务单位", "取得食品经营许可、从事餐饮服务的单位和个体工商户", ("餐饮",)),
    ("food-sale", "食品销售单位", "从事食品批发、零售的单位和个体工商户", ("食品零售",)),
    ("online-trade", "网络交易经营者", "通过互联网销售商品或者提供服务的经营者", ("电商",)),
    ("advertising", "广告经营者", "从事广告设计、制作、代理、发布的单位", ("广告",)),
    ("industrial-product", "工业产品生产单位", "生产工业产品的单位", ("制造", "建材")),
    ("road-transport", "道路运输经营者", "从事道路客运、货运的单位和个体工商户", ("货运", "客运")),
    ("vehicle-repair", "机动车维修经营者", "从事机动车维修的单位和个体工商户", ("维修",)),
    ("livestock", "畜禽养殖场", "达到规模标准的养殖场", ("养殖",)),
    ("shopping-centre", "商场超市", "营业面积较大的零售场所", ("商场",)),
)
RENAMED_EVERY, RATED_KINDS = 37, ("enterprise", "sole_trader")
TIERS = "ABABBACABBD"
SOURCE = "企业信用风险分类平台"


def load_parties(*, today: dt.date) -> list[Party]:
    """The parties in the order of their seeds."""
    seeds = demo_parties()
    classes = _load_classes(today)
    parties = create_rows(
        actor=SYSTEM,
        model=Party,
        rows=[_party(seed) for seed in seeds],
        reason=FIRST_LOAD,
        at=registered_at(today),
    )
    paired = list(zip(parties, seeds, strict=True))
    ClassMembership.objects.bulk_create(
        ClassMembership(party=party, object_class=classes[seed.trade], since=dt.date(2024, 1, 1))
        for party, seed in paired
        if seed.trade in classes
    )
    CreditRating.objects.bulk_create(
        CreditRating(party=party, tier=tier, from_day=day, source=SOURCE, recorded_by="系统")
        for index, (party, seed) in enumerate(paired)
        if seed.kind in RATED_KINDS
        for tier, day in _tiers(index, today)
    )
    FormerName.objects.bulk_create(
        FormerName(
            party=party,
            name=party.name.replace("有限公司", "经营部"),
            used_until=today - dt.timedelta(days=200 + index),
            basis="登记机关准予变更登记通知书",
            recorded_by="系统",
        )
        for index, (party, seed) in enumerate(paired)
        if seed.kind == "enterprise" and index % RENAMED_EVERY == 0
    )
    return parties


def _load_classes(today: dt.date) -> dict[str, ObjectClass]:
    """Object classes by the trades that belong to them."""
    rows = create_rows(
        actor=SYSTEM,
        model=ObjectClass,
        rows=[ObjectClass(code=code, name=name, remit=remit) for code, name, remit, _ in OBJECT_CLASSES],
        reason=FIRST_LOAD,
        at=registered_at(today),
    )
    return {trade: row for row, (*_, trades) in zip(rows, OBJECT_CLASSES, strict=True) for trade in trades}


def _party(seed: PartySeed) -> Party:
    return Party(
        kind=seed.kind,
        name=seed.name,
        uscc=seed.uscc,
        id_number=seed.id_number,
        representative=seed.representative,
        address=seed.address,
        phone=seed.phone,
        region_code=seed.region_code,
        line_code="SCJG",
    )


def _tiers(index: int, today: dt.date) -> list[tuple[str, dt.date]]:
    """Two ratings, a year apart; the later one differs for some."""
    return [
        (TIERS[index % len(TIERS)], today - dt.timedelta(days=500)),
        (TIERS[(index * 3 + 1) % len(TIERS)], today - dt.timedelta(days=135)),
    ]
