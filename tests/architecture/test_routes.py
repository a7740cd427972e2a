"""Every route declares its audience, and the first part of its address says the same."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.architecture.routes import Route, all_routes

# Redirect of the bare host, health check of the container; login and logout are for everyone.
WITHOUT_PREFIX = {
    "/": None,
    "/healthz": None,
    "/login/": "public",
    "/login/code/": "public",
    "/login/sso/": "public",
    "/login/sso/callback/": "public",
    "/logout/": "public",
}
STAFF = ("account", "officer", "supervisor", "administrator")
EXAMPLE_VALUES = {
    "int": "1",
    "slug": "x",
    "str": "x",
    "uuid": "00000000-0000-0000-0000-000000000000",
    "path": "x",
}


def example_address(route: Route) -> str:
    return re.sub(
        r"<(?:(\w+):)?\w+>", lambda match: EXAMPLE_VALUES.get(match.group(1) or "str", "x"), route.path
    )


def expected_audience(path: str) -> str | None:
    if path in WITHOUT_PREFIX:
        return WITHOUT_PREFIX[path]
    if path.startswith("/api/v1/open/"):
        return "open_api"
    return path.split("/")[1]


ROUTES = all_routes()


def test_there_are_routes_for_each_audience() -> None:
    assert {"officer", "supervisor", "public"} <= {route.audience for route in ROUTES}


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_audience_is_declared_and_fits_the_address(route: Route) -> None:
    assert route.audience == expected_audience(route.path)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_every_route_has_a_name(route: Route) -> None:
    assert not route.name.endswith("None")


@pytest.mark.django_db
@pytest.mark.parametrize("route", [r for r in ROUTES if r.audience in STAFF], ids=lambda route: route.path)
def test_a_stranger_is_sent_to_the_login_page(client: Client, route: Route) -> None:
    for method in (client.get, client.post):
        response = method(example_address(route))
        assert (response.status_code, response.headers.get("Location", "").split("?")[0]) in {
            (302, "/login/"),
            (405, ""),
        }


@pytest.mark.django_db
@pytest.mark.parametrize("route", [r for r in ROUTES if r.audience == "api"], ids=lambda route: route.path)
def test_a_stranger_is_told_in_json_to_sign_in(client: Client, route: Route) -> None:
    for method in (client.get, client.post, client.patch, client.put, client.delete):
        response = method(example_address(route))
        assert response.status_code == 401
        assert response.json()["code"] == "not_authenticated"


@pytest.mark.django_db
@pytest.mark.parametrize("route", [r for r in ROUTES if r.audience == "public"], ids=lambda route: route.path)
def test_what_is_not_there_for_the_public_answers_404_and_never_an_error(
    client: Client, route: Route
) -> None:
    assert client.get(example_address(route)).status_code in {200, 302, 400, 404, 405}
