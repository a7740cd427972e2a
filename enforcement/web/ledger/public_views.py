"""核验: how anyone checks that what is published was not changed afterwards. No login, no script needed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from enforcement.actors import PUBLIC
from enforcement.ledger.keys import current_key, known_keys
from enforcement.selectors import public_log
from enforcement.selectors.public_log import ProofState
from enforcement.web.access import public_page
from enforcement.web.ledger.addresses import proof_address

COLUMNS = (
    {"label": "编号"},
    {"label": "时间"},
    {"label": "公开记录数", "number": True},
    {"label": "根（前 16 位）"},
)
SCRIPT = Path(settings.BASE_DIR) / "docs" / "verify_inclusion.py"


@public_page
def index(request: HttpRequest) -> HttpResponse:
    """What the public log is, how to check it, the newest acts and the checkpoints."""
    before = request.GET.get("before", "")
    page = public_log.checkpoints(
        actor=PUBLIC, before=int(before) if before.isdecimal() and len(before) < 18 else None
    )
    context = {
        "crumbs": [{"label": "首页", "url": reverse("public:home")}, {"label": "公开核验"}],
        "page": page,
        "newest": page.rows[0] if page.rows and not before else None,
        "checkpoint_columns": COLUMNS,
        "checkpoint_rows": [_checkpoint_row(row) for row in page.rows],
        "act_rows": [_act_row(row) for row in public_log.newest_acts(actor=PUBLIC)],
        "first_url": reverse("ledger_public:index") if before else "",
        "next_url": f"?before={page.next_before}" if page.next_before else "",
        "keys": [
            {"id": key_id, "pem": key.public_pem(), "is_current": key_id == current_key().key_id}
            for key_id, key in known_keys().items()
        ],
    }
    return render(request, "ledger/public_index.html", context)


@public_page
def public_key(request: HttpRequest, key_id: str) -> HttpResponse:
    """The key in use, or one that it replaced."""
    key = known_keys().get(key_id)
    if key is None:
        raise Http404("没有这个编号的公钥。")
    return _download(key.public_pem().encode("ascii"), f"ledger-{key_id}.pem", "application/x-pem-file")


@public_page
def checkpoint(request: HttpRequest, number: int) -> HttpResponse:
    found = public_log.find_checkpoint(actor=PUBLIC, number=number)
    if found is None:
        raise Http404("没有这个编号的检查点。")
    return _json_download(public_log.public_checkpoint_document(found), f"checkpoint-{number}.json")


@public_page
def script(request: HttpRequest) -> HttpResponse:
    """The script of docs/, exactly as tested."""
    return _download(SCRIPT.read_bytes(), SCRIPT.name, "text/x-python; charset=utf-8")


@public_page
def proof(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The inclusion proof of one published version or decision."""
    found = public_log.inclusion_proof(actor=PUBLIC, kind=kind, key=key)
    if found is None:
        raise Http404("没有这份核验凭证。刚公布的内容，凭证在一分钟内生成。")
    return _json_download(found, f"proof-{kind}-{key.replace('/', '-v')}.json")


def _checkpoint_row(row: Any) -> list[Any]:
    root = json.loads(row.content)["log_root"]
    return [
        {"text": f"第 {row.number} 份", "url": reverse("ledger_public:checkpoint", args=[row.number])},
        f"{timezone.localtime(row.made_at):%Y-%m-%d %H:%M:%S}",
        row.log_size,
        f"{root[:16]}…",
    ]


def _act_row(row: public_log.RecordedAct) -> dict[str, Any]:
    ready = row.state is ProofState.READY
    return {"act": row.act, "url": proof_address(row.act.kind, row.act.key) if ready else ""}


def _json_download(document: dict[str, Any], name: str) -> HttpResponse:
    response = JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _download(content: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
