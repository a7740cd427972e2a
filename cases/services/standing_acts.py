"""The frame of acts that leave a case in its stage: one transaction, the case locked, the gate asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from cases.guards import CaseSituation
from cases.models import Case
from cases.services.advance_case import lock_case, require_standing_act
from cases.services.refused_acts import enforcement_act
from cases.workflow import Act
from enforcement.actors import Actor


@contextmanager
def standing_act_on(
    *, actor: Actor, case_id: int, act: Act, today: dt.date, expected_lock: int | None = None
) -> Iterator[tuple[Case, CaseSituation]]:
    """The locked case and the situation in which the act may be done, or its Refusal; all or nothing."""
    with enforcement_act(actor=actor, case_id=case_id, act=act):
        case = lock_case(actor=actor, case_id=case_id, expected_lock=expected_lock)
        yield case, require_standing_act(actor=actor, case=case, act=act, today=today)
