"""A stranger downloads proof, content and key from the public pages and checks them with the documented script."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Decision
from cases.services.later_steps import DeliveryMethod, deliver_document
from enforcement.ledger.keys import current_key
from enforcement.ledger.models import LedgerEntry, PublicLogEntry
from enforcement.models import RuleVersion
from enforcement.services.make_checkpoint import make_checkpoint
from exemption_lists.models import ListEntry
from tests.case_builders import (
    MINOR_CORRECTED,
    TODAY,
    CaseWorld,
    answer,
    decide,
    make_case,
    make_world,
    publish_list,
    publish_standard,
)

pytestmark = pytest.mark.django_db
SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "verify_inclusion.py"


@pytest.fixture
def world() -> CaseWorld:
    made = make_world()
    publish_list(made)
    publish_standard(made)
    return made


def deliver(world: CaseWorld, decision: Decision) -> None:
    deliver_document(
        actor=world.officer,
        case_id=decision.case_id,
        delivered_on=TODAY,
        method=DeliveryMethod.DIRECT,
        receiver="当事人",
        today=TODAY,
    )


@pytest.fixture
def decision(world: CaseWorld) -> Decision:
    made = decide(world, answer(world, make_case(world), MINOR_CORRECTED))
    deliver(world, made)
    make_checkpoint(force=True)
    return made


def run(folder: Path, *, script: Path = SCRIPT, isolated: bool = True) -> tuple[int, str]:
    flags = ["-I"] if isolated else ["-I", "-S"]
    result = subprocess.run(
        [sys.executable, *flags, str(script), "proof.json", "key.pem", "content.json"],
        cwd=folder,
        capture_output=True,
        text=True,
        env={},
        check=False,
    )
    return result.returncode, result.stdout


def download(client: Client, folder: Path, page: str) -> None:
    """Follow the links of a public page, as a person would."""
    proof = client.get(page).context["proof"]
    key_id = current_key().key_id
    for name, address in {
        "proof.json": proof.url,
        "content.json": proof.content_url,
        "key.pem": reverse("ledger_public:key", args=[key_id]),
    }.items():
        response = client.get(address)
        assert response.status_code == 200
        assert "attachment" in response["Content-Disposition"]
        (folder / name).write_bytes(response.content)


def pages(decision: Decision) -> dict[str, str]:
    addresses = {"decision": reverse("decisions_public:decision", args=[decision.slug])}
    namespaces = {"exemption_list": "lists_public", "benchmark_standard": "standards_public"}
    for version in RuleVersion.objects.published().select_related("document"):
        address = reverse(
            f"{namespaces[version.document.kind]}:version", args=[version.document.slug, version.number]
        )
        addresses[version.document.kind] = address
    return addresses


class TestAStrangerChecks:
    @pytest.mark.parametrize("kind", ["decision", "exemption_list", "benchmark_standard"])
    def test_proof_content_and_signature_agree(
        self, client: Client, decision: Decision, tmp_path: Path, kind: str
    ) -> None:
        download(client, tmp_path, pages(decision)[kind])
        code, said = run(tmp_path)
        assert (code, said.count("相符"), "不符" in said) == (0, 3, False), said

    def test_the_downloaded_script_is_the_documented_one_and_short(self, client: Client) -> None:
        response = client.get(reverse("ledger_public:script"))
        assert response.content == SCRIPT.read_bytes()
        assert len(SCRIPT.read_text().splitlines()) <= 50

    def test_without_the_library_the_signature_is_said_to_be_unchecked(
        self, client: Client, decision: Decision, tmp_path: Path
    ) -> None:
        download(client, tmp_path, pages(decision)["decision"])
        code, said = run(tmp_path, isolated=False)
        assert (code, "没有核对 检查点的签名" in said, "不符" in said) == (2, True, False), said


def edit_proof(change: Callable[[dict[str, Any]], None]) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        proof = json.loads((folder / "proof.json").read_text())
        change(proof)
        (folder / "proof.json").write_text(json.dumps(proof, ensure_ascii=False))

    return edit


def _change_path(proof: dict[str, Any]) -> None:
    proof["path"][0] = "00" * 32


def _grow_path(proof: dict[str, Any]) -> None:
    proof["path"].append("00" * 32)


def _change_root(proof: dict[str, Any]) -> None:
    proof["root"] = "00" * 32


def _change_signed_root(proof: dict[str, Any]) -> None:
    proof["checkpoint"]["content"] = proof["checkpoint"]["content"].replace(proof["root"], "00" * 32)
    proof["root"] = "00" * 32


def _change_time(proof: dict[str, Any]) -> None:
    proof["checkpoint"]["content"] = proof["checkpoint"]["content"].replace('"made_at":"2', '"made_at":"1')


def _change_signature(proof: dict[str, Any]) -> None:
    proof["checkpoint"]["signature"] = base64.b64encode(b"\0" * 64).decode()


FALSIFIED: dict[str, Callable[[Path], None]] = {
    "leaf: label": edit_proof(lambda proof: proof["leaf"].update(label="别的清单")),
    "leaf: digest": edit_proof(lambda proof: proof["leaf"].update(digest="0" * 64)),
    "leaf: sequence": edit_proof(lambda proof: proof["leaf"].update(sequence=2)),
    "leaf: time": edit_proof(lambda proof: proof["leaf"].update(recorded_at="2020-01-01T00:00:00+00:00")),
    "path": edit_proof(_change_path),
    "longer path": edit_proof(_grow_path),
    "shorter path": edit_proof(lambda proof: proof["path"].pop()),
    "root": edit_proof(_change_root),
    "signed root": edit_proof(_change_signed_root),
    "time of the checkpoint": edit_proof(_change_time),
    "signature": edit_proof(_change_signature),
    "content": lambda folder: (folder / "content.json").write_bytes(
        (folder / "content.json").read_bytes().replace("云".encode(), "雲".encode(), 1) + b" "
    ),
    "key": lambda folder: (folder / "key.pem").write_text(
        "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n"
    ),
}


def test_whatever_is_falsified_is_found(client: Client, decision: Decision, tmp_path: Path) -> None:
    honest = tmp_path / "honest"
    honest.mkdir()
    download(client, honest, pages(decision)["exemption_list"])
    assert run(honest)[0] == 0
    passed = []
    for name, falsify in FALSIFIED.items():
        folder = tmp_path / name.replace(": ", "-")
        shutil.copytree(honest, folder)
        falsify(folder)
        code, said = run(folder)
        if (code, "不符" in said) != (1, True):
            passed.append((name, said))
    assert passed == []


class TestWhatIsPublic:
    def test_a_decision_enters_the_log_when_it_is_served_and_not_before(
        self, client: Client, world: CaseWorld
    ) -> None:
        made = decide(world, answer(world, make_case(world), MINOR_CORRECTED))
        address = reverse("ledger_public:proof", args=["decision", made.slug])
        make_checkpoint(force=True)
        assert not PublicLogEntry.objects.filter(kind="decision").exists()
        assert client.get(address).status_code == 404
        deliver(world, made)
        act = PublicLogEntry.objects.get(kind="decision")
        entry = LedgerEntry.objects.get(chain=act.chain, sequence=act.entry_sequence)
        assert (act.key, entry.hash, entry.subject_id) == (made.slug, act.entry_hash, str(made.case_id))

    def test_until_the_next_checkpoint_the_page_says_to_wait(self, client: Client, world: CaseWorld) -> None:
        made = decide(world, answer(world, make_case(world), MINOR_CORRECTED))
        make_checkpoint(force=True)
        deliver(world, made)
        page = client.get(reverse("decisions_public:decision", args=[made.slug]))
        assert "核验凭证在一分钟内生成" in page.content.decode()
        assert client.get(reverse("ledger_public:proof", args=["decision", made.slug])).status_code == 404
        make_checkpoint(force=True)
        page = client.get(reverse("decisions_public:decision", args=[made.slug]))
        assert "核验凭证 json" in page.content.decode()

    def test_the_entry_page_links_the_proof_of_its_version(self, client: Client, decision: Decision) -> None:
        version = RuleVersion.objects.published().get(document__kind="exemption_list")
        entry = ListEntry.objects.filter(version=version)[0]
        page = client.get(
            reverse("lists_public:entry", args=[version.document.slug, version.number, entry.slug])
        )
        proof = reverse("ledger_public:proof", args=["exemption_list", version.public_key])
        assert proof in page.content.decode()

    def test_proof_and_checkpoint_hold_no_person_and_no_activity(
        self, client: Client, decision: Decision
    ) -> None:
        texts = [
            client.get(reverse("ledger_public:proof", args=["decision", decision.slug])).content.decode(),
            client.get(reverse("ledger_public:checkpoint", args=[1])).content.decode(),
        ]
        for text in texts:
            assert decision.case.party.name not in text
            assert "heads" not in text.replace("heads_digest", "")


class TestTheGuide:
    def test_it_shows_key_acts_and_checkpoints(self, client: Client, decision: Decision) -> None:
        page = client.get(reverse("ledger_public:index")).content.decode()
        assert current_key().key_id in page
        assert decision.number in page
        assert reverse("ledger_public:checkpoint", args=[1]) in page

    def test_it_costs_the_same_whatever_there_is(
        self, client: Client, world: CaseWorld, django_assert_num_queries: Any
    ) -> None:
        from tests.enforcement.ledger_writing import publish

        address = reverse("ledger_public:index")
        counts = []
        for round_ in range(2):
            for number in range(12 * round_):
                publish(f"list/{number}")
                make_checkpoint(force=True)
            make_checkpoint(force=True)
            with django_assert_num_queries(3) as counted:
                client.get(address)
            counts.append(len(counted))
        assert counts[0] == counts[1]

    def test_pages_go_back_by_number(self, client: Client) -> None:
        from tests.enforcement.ledger_writing import write

        for _ in range(23):
            write("A")
            make_checkpoint(force=True)
        first = client.get(reverse("ledger_public:index"))
        assert first.context["next_url"] == "?before=4"
        second = client.get(reverse("ledger_public:index") + "?before=4")
        assert [row.number for row in second.context["page"].rows] == [3, 2, 1]

    @pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "", "٣"])
    def test_a_strange_page_is_no_error(self, client: Client, before: str) -> None:
        assert client.get(reverse("ledger_public:index"), {"before": before}).status_code == 200

    @pytest.mark.parametrize(
        "address",
        [
            "/public/proofs/decision/nothing.json",
            "/public/proofs/x/../../etc/passwd.json",
            "/public/proofs/x/" + "a" * 500 + ".json",
            "/public/ledger/checkpoints/99999999999999999999.json",
            "/public/ledger/keys/unknown.pem",
        ],
    )
    def test_what_is_not_there_is_404(self, client: Client, address: str) -> None:
        assert client.get(address).status_code == 404
