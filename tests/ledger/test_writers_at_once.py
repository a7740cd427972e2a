"""Writers on different chains do not wait for each other; writers on one chain break no link. No stop-watch is used."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import OperationalError, connection, transaction

from enforcement.ledger.models import LedgerEntry, PublicLogEntry
from enforcement.ledger.verify import verify_chains
from tests.enforcement.ledger_writing import publish, write

pytestmark = pytest.mark.django_db(transaction=True)

CHAINS = [f"agency-{number}" for number in range(6)]
# Far longer than any append takes: only a writer that waits for a lock reaches it.
PATIENCE = 20


def at_once(*works: Callable[[], None]) -> list[BaseException]:
    """Run all in threads of their own; what they raised. A thread that never ends fails the test."""
    raised: list[BaseException] = []

    def run(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,), daemon=True) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads), "a writer is still waiting"
    return raised


def test_five_agencies_commit_while_the_sixth_holds_its_transaction_open() -> None:
    """The one open transaction has appended and not committed; the others finish before it does."""
    with transaction.atomic():
        write(CHAINS[0])
        assert at_once(*[lambda chain=chain: write(chain, 5) for chain in CHAINS[1:]]) == []
        done = LedgerEntry.objects.filter(chain__in=CHAINS[1:]).count()
        assert done == 25
    assert verify_chains().breaks == []


def test_a_writer_on_the_same_chain_does_wait() -> None:
    """The other side of the boundary: without it the test above would prove nothing."""

    def impatient() -> None:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '300ms'")
            write(CHAINS[0])

    with transaction.atomic():
        write(CHAINS[0])
        (error,) = at_once(impatient)
        assert isinstance(error, OperationalError)
        assert "lock timeout" in str(error)
    assert LedgerEntry.objects.count() == 1


def test_an_open_publication_holds_up_nobody_but_other_publications() -> None:
    with transaction.atomic():
        publish("list/1", chain=CHAINS[0])
        assert at_once(*[lambda chain=chain: write(chain) for chain in CHAINS[1:]]) == []


def test_six_writers_on_one_chain_break_no_link() -> None:
    assert at_once(*[lambda: write("crowded", 15)] * 6) == []
    found = verify_chains()
    assert (found.entries, found.breaks) == (90, [])


def test_six_publishers_grow_one_tree() -> None:
    works = [
        lambda chain=chain: [publish(f"{chain}/{number}", chain=chain) for number in range(4)] and None
        for chain in CHAINS
    ]
    assert at_once(*works) == []
    assert list(PublicLogEntry.objects.order_by("sequence").values_list("sequence", flat=True)) == list(
        range(1, 25)
    )
    assert verify_chains().breaks == []
