"""The small world of case tests, with a supervisor of the prefecture and one of another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.case_builders import CaseWorld


@pytest.fixture
def world(db: None) -> CaseWorld:
    from tests.case_builders import make_world, publish_list, publish_standard

    made = make_world()
    publish_list(made)
    publish_standard(made)
    return made


@pytest.fixture
def supervisor(world: CaseWorld) -> Any:
    return _supervisor("jiandu", "5301")


@pytest.fixture
def distant_supervisor(world: CaseWorld) -> Any:
    return _supervisor("yuanfang", "5329")


def _supervisor(username: str, region_code: str) -> Any:
    from enforcement.actors import Role
    from enforcement.models import Account, RoleGrant

    account = Account.objects.create_user(username, "a-long-test-password", display_name="监督人")
    RoleGrant.objects.create(account=account, role=Role.SUPERVISOR, region_code=region_code)
    return account
