"""Every text column is registered as personal or as not personal; a person's report holds all of theirs and no more."""

from __future__ import annotations

import json
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models

from enforcement.actors import Role
from enforcement.ledger.models import LedgerEntry
from enforcement.models import RoleGrant, SensitiveRead
from enforcement.spreadsheets.guard import open_guarded
from supervision.personal_data.register import LEVELS, PERSONS, listed_fields, personal_fields, text_fields
from tests.case_builders import NOT_CORRECTED, CaseWorld, answer, make_case, make_party, valid_id_number

NUMBER, OTHER_NUMBER, PHONE = valid_id_number(71), valid_id_number(72), "13812340000"


def test_every_text_column_is_registered_once() -> None:
    listed = Counter(listed_fields())
    found = set(text_fields())
    missing = sorted(found - set(listed))
    assert missing == [], (
        "list each in supervision/personal_data/register.yaml, under personal or not_personal"
    )
    assert sorted(set(listed) - found) == [], "no longer there: take them out of register.yaml"
    assert [name for name, count in listed.items() if count > 1] == []


def test_a_new_column_would_be_noticed() -> None:
    class Guest(models.Model):
        nickname = models.CharField(max_length=20)

        class Meta:
            app_label = "enforcement"
            managed = False

        def __str__(self) -> str:
            return self.nickname

    try:
        assert "enforcement.Guest.nickname" in set(text_fields()) - set(listed_fields())
    finally:
        del apps.all_models["enforcement"]["guest"]
        apps.clear_cache()


@pytest.mark.parametrize("entry", personal_fields(), ids=lambda entry: entry.key)
def test_every_personal_column_says_why_how_long_and_whose(entry) -> None:
    assert all((entry.purpose, entry.basis, entry.retention, entry.shown))
    assert entry.level in LEVELS
    assert entry.person in PERSONS
    # The way from the person to the row is one the models know.
    str(entry.model_class._base_manager.filter(**{entry.by: 1}).query)


def test_sealed_columns_are_registered_as_sensitive() -> None:
    from enforcement.crypto.fields import EncryptedTextField

    levels = {entry.key: entry.level for entry in personal_fields()}
    for entry in personal_fields():
        if isinstance(entry.model_class._meta.get_field(entry.field), EncryptedTextField):
            assert levels[entry.key] == "敏感个人信息"


@pytest.fixture
def registrar(world: CaseWorld) -> str:
    account = world.accounts["approver"]
    RoleGrant.objects.create(account=account, role=Role.REGISTRAR, region_code="53", line_code="")
    return account.username


@pytest.mark.django_db
def test_a_report_holds_everything_about_one_party_and_nothing_of_another(
    world: CaseWorld, registrar: str, tmp_path: Path
) -> None:
    party = make_party(world, kind="person", name="马丽华", identifier=NUMBER, phone=PHONE)
    other = make_party(world, kind="person", name="李想", identifier=OTHER_NUMBER, phone="13987654321")
    case = answer(world, make_case(world, party=party, place="青藤路"), NOT_CORRECTED)
    make_case(world, party=other, place="别处")
    path, out = tmp_path / "report.json", StringIO()
    arguments = ["--party", str(party.pk), "--by", registrar, "--purpose", "应本人要求提供副本"]
    call_command("personal_data_report", *arguments, str(path), stdout=out)
    text = path.read_text(encoding="utf-8")
    for own in ("马丽华", NUMBER, PHONE, case.narrative, "青藤路"):
        assert own in text
    for foreign in ("李想", OTHER_NUMBER, "13987654321", "别处"):
        assert foreign not in text
    models_told = {line["where"] for line in json.loads(text)}
    assert {"enforcement.Party", "修改历史 enforcement.Party", "cases.Case"} <= models_told
    entry = LedgerEntry.objects.get(action="personal_data_reported")
    assert NUMBER not in repr(entry.__dict__)
    assert SensitiveRead.objects.get().kind == "report"
    sheet = tmp_path / "report.xlsx"
    call_command("personal_data_report", *arguments, str(sheet), stdout=out)
    assert NUMBER in repr(open_guarded(sheet.read_bytes())[0].rows())


@pytest.mark.django_db
def test_a_report_on_staff_holds_account_and_officer(
    world: CaseWorld, registrar: str, tmp_path: Path
) -> None:
    path = tmp_path / "staff.json"
    account = world.accounts["officer"]
    make_case(world)
    call_command(
        "personal_data_report",
        "--account",
        account.username,
        "--by",
        registrar,
        "--purpose",
        "应本人要求提供副本",
        str(path),
        stdout=StringIO(),
    )
    text = path.read_text(encoding="utf-8")
    assert account.password not in text
    models_told = {line["where"] for line in json.loads(text)}
    assert {"enforcement.Account", "enforcement.Officer", "enforcement.LedgerEntry"} <= models_told


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("by", "purpose", "sentence"),
    [
        ("officer", "应本人要求提供副本", "职责范围"),
        ("registrar", "看看", "至少 5 个字"),
        ("nobody", "应本人要求提供副本", "没有可用的账号"),
    ],
)
def test_a_report_is_refused_without_duty_or_purpose(
    world: CaseWorld, registrar: str, tmp_path: Path, by: str, purpose: str, sentence: str
) -> None:
    party = make_party(world, kind="person", name="马丽华", identifier=NUMBER)
    path = tmp_path / "report.json"
    who = {"officer": world.accounts["officer"].username, "registrar": registrar}.get(by, by)
    with pytest.raises(CommandError, match=sentence):
        call_command(
            "personal_data_report", "--party", str(party.pk), "--by", who, "--purpose", purpose, str(path)
        )
    assert not path.exists()
    assert not SensitiveRead.objects.exists()
