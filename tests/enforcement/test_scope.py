"""Scope: a whole region prefix and a line, nothing without a grant."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from enforcement.actors import PUBLIC, SYSTEM, Actor, Role, ScopeGrant
from enforcement.models import Account, Agency, Line, Region, RoleGrant

pytestmark = pytest.mark.django_db


@pytest.fixture
def agencies() -> dict[str, Agency]:
    Line.objects.bulk_create([Line(code="market", name="市场监管"), Line(code="ecology", name="生态环境")])
    Region.objects.create(code="53", name="云南省", level="province")
    for code, name, level, parent in (
        ("5301", "昆明市", "prefecture", "53"),
        ("5329", "大理州", "prefecture", "53"),
        ("530102", "五华区", "county", "5301"),
        ("532901", "大理市", "county", "5329"),
    ):
        Region.objects.create(code=code, name=name, level=level, parent_id=parent)
    made = {}
    for region in Region.objects.all():
        for line in Line.objects.all():
            made[f"{region.code}-{line.code}"] = Agency.objects.create(
                code=f"{region.code}-{line.code}",
                name=f"{region.name}{line.name}局",
                short_name=f"{region.name}{line.name}",
                document_prefix="某",
                region=region,
                line=line,
                region_code=region.code,
                line_code=line.code,
            )
    return made


def actor(*grants: tuple[Role, str, str | None]) -> Actor:
    return Actor(
        account_id=1,
        name="某",
        grants=tuple(ScopeGrant(role=r, region_code=c, line_code=line) for r, c, line in grants),
    )


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (PUBLIC, set()),
        (Actor(account_id=1, name="无授权"), set()),
        (actor((Role.OFFICER, "530102", "market")), {"530102-market"}),
        (actor((Role.OFFICER, "5301", "market")), {"5301-market", "530102-market"}),
        (
            actor((Role.SUPERVISOR, "5329", None)),
            {"5329-market", "5329-ecology", "532901-market", "532901-ecology"},
        ),
        (
            actor((Role.OFFICER, "530102", "market"), (Role.APPROVER, "532901", "ecology")),
            {"530102-market", "532901-ecology"},
        ),
    ],
)
def test_visible_rows_are_those_of_the_grants(
    agencies: dict[str, Agency], who: Actor, expected: set[str]
) -> None:
    assert set(Agency.objects.visible_to(who).values_list("code", flat=True)) == expected


def test_the_system_sees_everything(agencies: dict[str, Agency]) -> None:
    assert Agency.objects.visible_to(SYSTEM).count() == len(agencies)


def test_roles_narrow_the_grants(agencies: dict[str, Agency]) -> None:
    who = actor((Role.OFFICER, "530102", "market"), (Role.SUPERVISOR, "53", None))
    assert Agency.objects.visible_to(who, roles=frozenset({Role.OFFICER})).count() == 1
    assert Agency.objects.visible_to(who).count() == len(agencies)


@pytest.mark.parametrize("code", ["5", "530", "53010", "5301021", "abc"])
def test_a_grant_is_a_whole_level(agencies: dict[str, Agency], code: str) -> None:
    account = Account.objects.create_user("someone", display_name="某")
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(account=account, role=Role.OFFICER, region_code=code)


def test_every_scoped_table_has_the_pattern_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns WHERE column_name = 'region_code'"
            " AND table_schema = 'public' AND table_name IN"
            " (SELECT table_name FROM information_schema.columns WHERE column_name = 'line_code')"
        )
        # Histories are read row by row, after the row itself was found within the scope.
        scoped = {row[0] for row in cursor.fetchall() if not row[0].endswith("history")} - {
            "enforcement_rolegrant"
        }
        cursor.execute(
            "SELECT tablename, indexdef FROM pg_indexes WHERE indexdef LIKE '%varchar_pattern_ops%'"
        )
        indexed = {
            table
            for table, definition in cursor.fetchall()
            if "region_code varchar_pattern_ops" in definition
        }
    assert scoped
    assert scoped <= indexed
