"""Walking the five steps of an import through the browser's requests, as a person would who keeps what is preselected."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from exemption_lists.models import UploadedTable


def choose_file(
    client: Client, content: bytes, *, name: str = "清单.xlsx", document: str = ""
) -> UploadedTable:
    """Step 1; the kept upload."""
    query = f"?document={document}" if document else ""
    response = client.post(f"/officer/lists/import/{query}", {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 302, response.content.decode()
    return UploadedTable.objects.get(pk=int(response["Location"].split("/")[-3]))


def at(upload: UploadedTable, step: str) -> str:
    """The address of a step."""
    return f"/officer/lists/import/{upload.pk}/{step}/"


def preselected(client: Client, upload: UploadedTable) -> dict[str, str]:
    """What the form of step 2 would send as it stands."""
    form = client.get(at(upload, "columns")).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "on" if value is True else str(value) for name, value in values.items() if value}


def map_columns(client: Client, upload: UploadedTable, **changes: str) -> HttpResponse:
    """Step 2 with some answers changed: `t1_to="new"` stands for the field `t1-to`; "" leaves a field out."""
    values = preselected(client, upload)
    values |= {name.replace("_", "-"): value for name, value in changes.items()}
    response: Any = client.post(at(upload, "columns"), {name: v for name, v in values.items() if v})
    return response


def write(client: Client, upload: UploadedTable) -> HttpResponse:
    """Step 5 with what the page shows."""
    page = client.get(at(upload, "write"))
    seen = {
        f"seen-{one.planned.slug}": str(one.lock_version)
        for one in page.context["documents"]
        if one.lock_version
    }
    response: Any = client.post(at(upload, "write"), seen)
    return response


def import_whole(client: Client, content: bytes, *, name: str = "清单.xlsx", **changes: str) -> str:
    """All five steps; the address they end at."""
    upload = choose_file(client, content, name=name)
    response = map_columns(client, upload, **changes)
    assert response.status_code == 302, response.content.decode()
    for step in ("check", "compare"):
        assert client.get(at(upload, step)).status_code == 200
    response = write(client, upload)
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])
