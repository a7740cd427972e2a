"""The printed rights, given to a real role: it can append, and cannot do anything else to the ledger."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, ProgrammingError, connection, transaction

from config.embedded import database
from config.embedded.layout import project_layout
from enforcement.ledger.models import CommitmentSalt, LedgerEntry
from enforcement.ledger.verify import verify_chains
from enforcement.management.commands.print_grants import APPEND_ONLY
from enforcement.services.make_checkpoint import make_checkpoint
from tests.cast import raise_cast
from tests.enforcement.ledger_writing import publish, write

pytestmark = pytest.mark.django_db


def printed(role: str) -> str:
    out = StringIO()
    call_command("print_grants", role, stdout=out)
    return out.getvalue()


@contextmanager
def as_role(role: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


@pytest.fixture(scope="module")
def role() -> Iterator[str]:
    """A role of this process; the embedded server's own administrator makes it, as a deployer would."""
    name = f"hengdu_web_{os.getpid()}"
    administrator = database._connect(project_layout(), database="postgres")
    administrator.autocommit = True
    with administrator.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {name} NOLOGIN")
        cursor.execute(f"GRANT {name} TO {database.DATABASE_ROLE}")
    yield name
    with administrator.cursor() as cursor:
        cursor.execute(f"DROP ROLE {name}")
    administrator.close()


@pytest.fixture
def web_role(role: str, db: None) -> str:
    """With the printed rights, given inside the test's transaction and gone with it."""
    with connection.cursor() as cursor:
        cursor.execute(printed(role))
    return role


def test_the_role_can_work_and_append(web_role: str) -> None:
    with as_role(web_role):
        raise_cast()
        write("A", 2)
        publish("list/1")
        make_checkpoint(force=True)
        assert LedgerEntry.objects.count() == 3
        assert CommitmentSalt.objects.filter(name="nothing").delete() == (0, {})
    assert verify_chains().breaks == []


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize(
    "statement",
    ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE", "ALTER TABLE {} DISABLE TRIGGER ALL"],
)
def test_it_can_do_nothing_else_to_what_is_final(web_role: str, table: str, statement: str) -> None:
    """Refused as a right, before any trigger is asked."""
    refused = pytest.raises(ProgrammingError, match=r"permission denied|must be owner")
    with as_role(web_role), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_it_cannot_replace_a_salt(web_role: str) -> None:
    with as_role(web_role), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        CommitmentSalt.objects.update(name="x")


@pytest.mark.parametrize("role", ["", "Web", "web; DROP TABLE x", "web-1", "1web"])
def test_only_plain_names_are_taken(role: str) -> None:
    with pytest.raises(CommandError, match="角色名"):
        printed(role)
