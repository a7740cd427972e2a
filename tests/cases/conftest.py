"""The small world of case tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.case_builders import CaseWorld


@pytest.fixture
def world(db: None) -> CaseWorld:
    """People, agencies and a violation, with a list and a standard in force."""
    # Imported here: this file is read before Django has loaded its models.
    from tests.case_builders import make_world, publish_list, publish_standard

    made = make_world()
    publish_list(made)
    publish_standard(made)
    return made


@pytest.fixture
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages take the day of the case builders for today."""
    from django.utils import timezone

    from tests.case_builders import TODAY

    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)
