"""Known and unknown user names take alike: 2,000 pairs of wrong passwords, each pair in random order.

With the cheap hasher of the tests, so that what differs besides the hash would show and not drown in Argon2's time.
"""

from __future__ import annotations

import random
import statistics
import time
from typing import Any

import pytest
from django.test import Client

from enforcement.models import SignInFailure
from tests.cast import Cast
from tests.enforcement.accounts.signing_in import enter, with_password

PAIRS = 2000
MOST_MILLISECONDS = 5.0


def milliseconds(client: Client, username: str) -> float:
    started = time.perf_counter()
    enter(client, username, "wrong-password")
    return (time.perf_counter() - started) * 1000


@pytest.mark.slow
@pytest.mark.django_db
def test_known_and_unknown_names_take_alike(cast: Cast, record_property: Any) -> None:
    with_password(cast.officer)
    client, order = Client(), random.Random(20261125)
    gaps = []
    for number in range(PAIRS):
        names = ["officer", f"nobody{number % 7}"]
        order.shuffle(names)
        took = {name: milliseconds(client, name) for name in names}
        gaps.append(took["officer"] - next(value for name, value in took.items() if name != "officer"))
        SignInFailure.objects.all().delete()
    median = statistics.median(gaps)
    spread = statistics.quantiles(gaps, n=20)
    record_property("median_gap_ms", median)
    print(f"median gap {median:.3f} ms, 5 % {spread[0]:.2f} ms, 95 % {spread[-1]:.2f} ms over {PAIRS} pairs")
    assert abs(median) <= MOST_MILLISECONDS
