"""立案 against the agency's responsibility list: refused only by a list that is in force and lacks the matter."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from cases.models import Case
from enforcement.actors import Actor, Role, actor_for
from enforcement.errors import InvalidInput
from enforcement.models import Account, DocumentKind, RoleGrant, RuleVersion
from enforcement.models.documents import ReviewVerdict
from enforcement.responsibility.content import BODY
from enforcement.responsibility.fields import MatterFields
from enforcement.services.draft_version import create_document
from enforcement.services.edit_matter import import_matters
from enforcement.services.publish_version import publish_version, review_version, submit_version
from tests.case_builders import ACT_DATE, VIOLATION_NAME, CaseWorld, make_case

NOTE = "还没有公布权责清单"


def _actor(world: CaseWorld, name: str, role: Role) -> Actor:
    account = Account.objects.create_user(name, None, display_name=name, agency=world.agency)
    RoleGrant.objects.create(
        account=account,
        role=role,
        region_code=world.agency.region_code,
        line_code=world.agency.line_code,
    )
    return actor_for(account)


def publish_matters(world: CaseWorld, *names: str, effective_from: dt.date = ACT_DATE) -> RuleVersion:
    """The agency's own list with penalty matters of these names."""
    compiler = _actor(world, "qingdan", Role.COMPILER)
    _, version = create_document(
        actor=compiler,
        kind=DocumentKind.RESPONSIBILITY_LIST,
        slug="wh-powers",
        title="权责清单",
        agency=world.agency,
    )
    basis = ({"law": "中华人民共和国价格法", "article": 42, "paragraph": None, "item": None, "text": ""},)
    rows = [
        MatterFields(serial=str(number), name=name, kind="penalty", legal_basis=basis)
        for number, name in enumerate(names, start=1)
    ]
    import_matters(actor=compiler, version_id=version.pk, rows=rows)
    submit_version(actor=compiler, body=BODY, version_id=version.pk)
    review_version(
        actor=_actor(world, "qingdan-fazhi", Role.LEGAL_REVIEWER),
        body=BODY,
        version_id=version.pk,
        verdict=ReviewVerdict.AGREE,
        text="同意",
    )
    return publish_version(
        actor=_actor(world, "qingdan-fabu", Role.PUBLISHER),
        body=BODY,
        version_id=version.pk,
        document_number="演示〔2026〕1号",
        issued_on=effective_from,
        effective_from=effective_from,
    )


def test_without_a_list_the_case_is_opened_and_the_page_says_what_was_not_checked(world: CaseWorld) -> None:
    assert make_case(world).pk
    client = Client()
    client.force_login(Account.objects.get(pk=world.officer.account_id))
    assert NOTE in client.get("/officer/cases/new/").content.decode()
    publish_matters(world, VIOLATION_NAME, effective_from=dt.date(2020, 1, 1))
    assert NOTE not in client.get("/officer/cases/new/").content.decode()


def test_a_list_that_holds_the_violation_lets_it_pass(world: CaseWorld) -> None:
    publish_matters(world, VIOLATION_NAME, "其他行为")
    assert make_case(world).pk


def test_a_list_in_force_that_lacks_the_violation_refuses_and_says_what_to_do(world: CaseWorld) -> None:
    publish_matters(world, "其他行为")
    with pytest.raises(InvalidInput) as refused:
        make_case(world)
    (problem,) = refused.value.problems
    assert VIOLATION_NAME in problem and "移送有管辖权的机关" in problem
    assert not Case.objects.exists()


def test_a_list_that_begins_the_day_after_filing_does_not_refuse(world: CaseWorld) -> None:
    publish_matters(world, "其他行为", effective_from=ACT_DATE + dt.timedelta(days=1))
    assert make_case(world).pk
