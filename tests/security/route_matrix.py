"""Who gets which answer from every route: 30 people (each duty at the owning, a foreign and the superior agency) and
a stranger, against one object each. The expected answers stand in `route_matrix.csv`, which is reviewed by hand.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from enforcement.actors import ADMINISTRATORS, WORKING_ROLES, Role
from enforcement.models import Account, Agency, RoleGrant
from tests.architecture.routes import Route, all_routes
from tests.browser.page_table import PAGES
from tests.browser.staged_demonstration import StagedDemonstration
from tests.security.route_arguments import MORE_ARGUMENTS, POSTED

TABLE = Path(__file__).parent / "route_matrix.csv"
# The staged cases belong to the county's market office, the documents to the province's.
RELATIONS = {"own": "WH-SCJG", "other": "GD-SCJG", "superior": "YN-SCJG"}
COLUMNS = ("route", "method", "anonymous", *RELATIONS)
LOGIN = "/login/"
LETTERS: dict[Role, str] = {
    Role.OFFICER: "O",
    Role.APPROVER: "A",
    Role.LEGAL_REVIEWER: "L",
    Role.COMPILER: "C",
    Role.PUBLISHER: "P",
    Role.SUPERVISOR: "S",
    Role.REGISTRAR: "R",
    Role.SYSTEM_ADMIN: "X",
    Role.SECURITY_ADMIN: "Y",
    Role.AUDIT_ADMIN: "Z",
}
# A page of another audience is closed to a duty wherever it is held; that is asked once, at the owning agency.
AUDIENCES: dict[str, list[Role]] = {
    "officer": [role for role in LETTERS if role in WORKING_ROLES],
    "supervisor": [Role.SUPERVISOR],
    "administrator": [role for role in LETTERS if role in ADMINISTRATORS],
}


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """Answers of one route and method: a word for the stranger, and per relation the duties by answer."""

    route: str
    method: str
    anonymous: str
    own: str
    other: str
    superior: str

    @property
    def key(self) -> tuple[str, str]:
        return (self.route, self.method)


def read_table() -> dict[tuple[str, str], MatrixRow]:
    """The reviewed table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [MatrixRow(**row) for row in csv.DictReader(file)]
    return {row.key: row for row in rows}


def write_table(rows: list[MatrixRow], path: Path) -> None:
    """Observed rows, for the reviewer to compare with the table."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([getattr(row, name) for name in COLUMNS] for row in rows)


def wanted_keys() -> list[tuple[str, str]]:
    """Every route with GET, and with POST where it changes something."""
    keys = []
    for route in all_routes():
        keys.append((route.name, "GET"))
        if route.name in POSTED:
            keys.append((route.name, "POST"))
    return keys


def address_of(route: Route, staged: StagedDemonstration) -> str:
    arguments = MORE_ARGUMENTS.get(route.name)
    if arguments is None and route.name in PAGES:
        arguments = PAGES[route.name].arguments
    return reverse(route.name, args=arguments(staged) if arguments is not None else ())


class Crowd:
    """One account per duty and relation, and who gets what."""

    def __init__(self) -> None:
        self.stranger = _client(None)
        self.people = {
            (relation, role): _client(_account(relation, code, role))
            for relation, code in RELATIONS.items()
            for role in Role
        }

    def row(self, route: Route, method: str, address: str) -> MatrixRow:
        """The observed row; nothing a request changed stays. What is public is asked by one signed-in person only."""
        if route.audience == "public":
            signed_in = ask(self.people["own", Role.OFFICER], method, address)
            return MatrixRow(route.name, method, ask(self.stranger, method, address), signed_in, "", "")
        duties = {
            relation: LETTERS if relation == "own" else AUDIENCES.get(route.audience or "", LETTERS)
            for relation in RELATIONS
        }
        answers = {
            relation: self._answers(relation, duties[relation], method, address) for relation in RELATIONS
        }
        return MatrixRow(
            route=route.name, method=method, anonymous=ask(self.stranger, method, address), **answers
        )

    def _answers(self, relation: str, duties: Iterable[Role], method: str, address: str) -> str:
        """`200:OALC 404:R 403:SXYZ`, the letters in the order of `LETTERS`; one answer for everybody stands alone."""
        by_answer: dict[str, str] = {}
        for role in duties:
            letter = LETTERS[role]
            answer = ask(self.people[relation, role], method, address)
            by_answer[answer] = by_answer.get(answer, "") + letter
        if len(by_answer) == 1:
            return next(iter(by_answer))
        return " ".join(f"{answer}:{by_answer[answer]}" for answer in sorted(by_answer))


def ask(client: Client, method: str, address: str) -> str:
    """The answer in a word: the status, or `login` where the person is asked to sign in."""
    cookies = client.cookies.output()
    with undone():
        response = client.get(address) if method == "GET" else client.post(address)
        location = response.headers.get("Location", "")
        # Signing out takes the cookie too; the next request is made by the same person again.
        client.cookies.clear()
        client.cookies.load(cookies.replace("Set-Cookie: ", ""))
        return "login" if location.startswith(LOGIN) else str(response.status_code)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    assert not connection.needs_rollback


def _client(account: Account | None) -> Client:
    client = Client(raise_request_exception=False)
    if account is not None:
        client.force_login(account)
    return client


def _account(relation: str, agency_code: str, role: Role) -> Account:
    agency = Agency.objects.get(code=agency_code)
    account = Account.objects.create_user(
        f"matrix-{relation}-{role.value}", None, display_name=f"矩阵{relation}", agency=agency
    )
    everywhere = role in ADMINISTRATORS
    RoleGrant.objects.create(
        account=account,
        role=role.value,
        region_code=agency.region_code,
        line_code="" if everywhere else agency.line_code,
    )
    return account


def observed_rows(staged: StagedDemonstration, keys: list[tuple[str, str]]) -> list[MatrixRow]:
    """The answers as they are now, for these routes and methods."""
    crowd = Crowd()
    addresses = {name: address_of(route, staged) for name, route in _routes().items()}
    return [crowd.row(_routes()[name], method, addresses[name]) for name, method in keys]


def _routes() -> dict[str, Route]:
    return {route.name: route for route in all_routes()}
