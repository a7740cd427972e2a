from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine


@pytest.fixture
def clock() -> Iterator[Any]:
    """A clock that stands still until it is moved."""
    with time_machine.travel(time.time(), tick=False) as moving:
        yield moving


@pytest.fixture
def cast() -> Any:
    # Django is not set up yet when this file is read.
    from tests.cast import raise_cast

    return raise_cast()
