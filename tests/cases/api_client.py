"""A program that calls the interface with a key."""

from __future__ import annotations

import uuid
from typing import Any

from django.test import Client
from django.utils import timezone

from cases.models import Case
from enforcement.actors import actor_for
from enforcement.services.api_keys import issue_api_key
from tests.case_builders import CaseWorld
from tests.cases.doors import Door

ROOT = "/api/v1"


class Program:
    """Calls as one account, with a key unless `in_person` (a signed-in session)."""

    def __init__(self, world: CaseWorld, username: str, *, in_person: bool = False) -> None:
        self.client, self.headers = Client(), {}
        if in_person:
            self.client.force_login(world.accounts[username])
            return
        actor = actor_for(world.accounts[username])
        _, text = issue_api_key(actor=actor, purpose="测试", days=30, now=timezone.now())
        self.headers = {"Authorization": f"Bearer {text}"}

    def get(self, path: str) -> Any:
        return self.client.get(f"{ROOT}{path}", headers=self.headers)

    def send(self, method: str, path: str, body: Any, **headers: str) -> Any:
        """JSON with a fresh Idempotency-Key unless `headers` name one."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(
            method,
            f"{ROOT}{path}",
            data=_json(body),
            content_type="application/json",
            headers={"Idempotency-Key": str(uuid.uuid4()), **self.headers, **named},
        )

    def do(self, door: Door, world: CaseWorld, case: Case, **headers: str) -> Any:
        """The act of a door, having read the case as it is now."""
        body = door.body(world, case)
        version = f'"{Case.objects.values_list("lock_version", flat=True).get(pk=case.pk)}"'
        if door.act == "record_facts":
            return self.send("PATCH", f"/cases/{case.pk}/facts/", body, **{"If_Match": version, **headers})
        if door.act == "record_narrative":
            return self.send("PUT", f"/cases/{case.pk}/narrative/", body, **{"If_Match": version, **headers})
        return self.send("POST", f"/cases/{case.pk}/acts/{door.act}/", body, **headers)


def _json(body: Any) -> str:
    import json

    return body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
