"""Which version governs, by each of the three rules, around the day of change."""

from datetime import date

import pytest

from discretion.rules.governing_version import VERSION_RULES, Governs, ProvisionVersion

CHANGE = date(2025, 7, 1)
OLD = ProvisionVersion(fine=(1_000, 10_000), last_day=date(2025, 6, 30))
LIGHTER = ProvisionVersion(fine=(500, 10_000), effective_from=CHANGE)
HEAVIER = ProvisionVersion(fine=(1_000, 20_000), effective_from=CHANGE)
CROSSING = ProvisionVersion(fine=(500, 20_000), effective_from=CHANGE)
UNKNOWN = ProvisionVersion(effective_from=CHANGE)
WITHOUT_MINIMUM = ProvisionVersion(fine=(None, 10_000), effective_from=CHANGE)


@pytest.mark.parametrize(
    ("rule", "act_end", "decided_on", "new", "applies"),
    [
        ("at_act", date(2025, 6, 30), date(2025, 9, 1), LIGHTER, Governs.OLD),
        ("at_act", CHANGE, date(2025, 9, 1), HEAVIER, Governs.NEW),
        ("at_decision", date(2025, 1, 1), date(2025, 6, 30), LIGHTER, Governs.OLD),
        ("at_decision", date(2025, 1, 1), CHANGE, HEAVIER, Governs.NEW),
        ("lighter", date(2025, 1, 1), CHANGE, LIGHTER, Governs.NEW),
        ("lighter", date(2025, 1, 1), date(2025, 6, 30), LIGHTER, Governs.OLD),
        ("lighter", date(2025, 1, 1), CHANGE, HEAVIER, Governs.OLD),
        ("lighter", CHANGE, date(2025, 9, 1), HEAVIER, Governs.NEW),
        ("lighter", date(2025, 1, 1), CHANGE, CROSSING, None),
        ("lighter", date(2025, 1, 1), CHANGE, UNKNOWN, None),
        ("lighter", date(2025, 1, 1), CHANGE, WITHOUT_MINIMUM, Governs.NEW),
    ],
)
def test_governing_version(
    rule: str, act_end: date, decided_on: date, new: ProvisionVersion, applies: Governs | None
) -> None:
    choice = VERSION_RULES[rule](old=OLD, new=new, act_end=act_end, decided_on=decided_on)
    assert choice.apply is applies
    assert choice.reason


def test_an_act_lawful_when_done_is_not_punished_later() -> None:
    lawful = ProvisionVersion(punishable=False, last_day=date(2025, 6, 30))
    choice = VERSION_RULES["lighter"](old=lawful, new=HEAVIER, act_end=date(2025, 1, 1), decided_on=CHANGE)
    assert (choice.apply, choice.no_penalty) == (Governs.OLD, True)
