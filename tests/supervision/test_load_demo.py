"""`load_demo` fills an empty database through the ordinary services, and only an empty one."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cases.models import Case, Decision, Proposal
from enforcement.models import Account, Agency, Officer, Party, Region, RuleVersion
from supervision.demo.accounts import demo_accounts
from supervision.verification import verify_everything

pytestmark = pytest.mark.django_db


def test_small_demonstration_is_whole_and_verifiable() -> None:
    call_command("load_demo", "--size", "small", "--today", "2026-11-23", stdout=StringIO())
    assert Region.objects.filter(level="prefecture").count() == 16
    assert Region.objects.filter(level="county").count() == 129
    assert Region.objects.filter(level="township").count() > 1400
    levels = {len(code) for code in Agency.objects.values_list("region_code", flat=True)}
    assert levels == {2, 4, 6, 9}
    assert Agency.objects.values("line_code").distinct().count() >= 3
    assert Officer.objects.count() >= 60
    assert Party.objects.count() == 300
    published = RuleVersion.objects.published().in_force_on(dt.date(2026, 11, 23))
    kinds = set(published.values_list("document__kind", flat=True))
    assert kinds == {"exemption_list", "benchmark_standard", "joint_inspection_list", "responsibility_list"}
    assert Case.objects.count() == 60
    assert Decision.objects.exists()
    assert (
        Proposal.objects.filter(follows_analysis=True).count()
        > Proposal.objects.filter(follows_analysis=False).count()
    )
    assert verify_everything().breaks == []
    for account in demo_accounts():
        assert Account.objects.get(username=account.username).check_password(account.password)


def test_refuses_a_database_that_holds_agencies() -> None:
    call_command("load_demo", "--size", "small", "--today", "2026-11-23", stdout=StringIO())
    with pytest.raises(CommandError, match="只载入空数据库"):
        call_command("load_demo", stdout=StringIO())
