"""The cast, and a registrar of the whole province."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from enforcement.actors import Actor
    from tests.cast import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    from tests.cast import raise_cast

    return raise_cast()


@pytest.fixture
def registrar(cast: Cast) -> Actor:
    """Keeps the register of every line of the province."""
    return cast.actor("registrar")


@pytest.fixture
def county_registrar(cast: Cast) -> Actor:
    """Keeps the register of one line of the county only."""
    from enforcement.actors import Role, actor_for
    from tests.cast import make_account

    return actor_for(make_account("county_registrar", "登记员丑", cast.county_market, Role.REGISTRAR))
