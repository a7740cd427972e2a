"""The verifier as an auditor runs it: one file, another folder, no project and no Django."""

from __future__ import annotations

import ast
import base64
import datetime as dt
import json
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from enforcement.ledger import verifier
from enforcement.ledger.export import export_rows
from enforcement.ledger.keys import current_key
from enforcement.ledger.verifier import read_witness, verify
from enforcement.ledger.verify import ledger_keys
from enforcement.services.make_checkpoint import make_checkpoint
from tests.enforcement.ledger_writing import publish, write
from tests.ledger.attacks import rechain

PROGRAM = Path(verifier.__file__)


@pytest.fixture
def handed_over(db: None, settings: Any, tmp_path: Path) -> Path:
    """A folder with the program, an export, the witness and the keys, as an auditor would receive them."""
    for number in range(3):
        write("5301-market", 4)
        publish(f"list/{number}")
        make_checkpoint(force=True)
    folder = tmp_path / "audit"
    folder.mkdir()
    shutil.copy(PROGRAM, folder / "verifier.py")
    shutil.copytree(settings.WITNESS_DIR, folder / "witness")
    call_command("export_ledger", str(folder / "ledger.jsonl"), stdout=StringIO())
    for name, options in {"key.pem": [], "mac.txt": ["--mac"]}.items():
        shown = StringIO()
        call_command("ledger_key", *options, stdout=shown)
        (folder / name).write_text(shown.getvalue())
    return folder


def run(folder: Path, *options: str) -> tuple[int, str]:
    command = [sys.executable, "-I", "verifier.py", "ledger.jsonl", *options]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, env={}, check=False)
    assert result.stderr == ""
    return result.returncode, result.stdout


WITH_ALL = ("--witness", "witness", "--key", "key.pem", "--mac-key", "mac.txt")


def change_line(folder: Path, contained: str, old: str, new: str) -> None:
    path = folder / "ledger.jsonl"
    lines = path.read_text().splitlines()
    place = next(number for number, line in enumerate(lines) if contained in line)
    assert old in lines[place]
    lines[place] = lines[place].replace(old, new)
    path.write_text("\n".join(lines) + "\n")


def test_it_imports_nothing_of_the_project_and_stays_one_small_file() -> None:
    tree = ast.parse(PROGRAM.read_text())
    names = {
        alias.name.split(".")[0]
        for node in ast.walk(tree)
        for alias in (
            node.names
            if isinstance(node, ast.Import)
            else [ast.alias(node.module or ".")]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert names <= set(sys.stdlib_module_names) | {"cryptography"}


def test_everything_agrees_after_honest_work(handed_over: Path) -> None:
    code, said = run(handed_over, *WITH_ALL)
    assert (code, "全部相符" in said) == (0, True), said
    assert "账本 2 条链、15 条记录；公开记录 3 条；检查点 3 份" in said


@pytest.mark.parametrize("left_out", ["witness", "key"])
def test_what_was_not_checked_is_said_and_is_not_success(handed_over: Path, left_out: str) -> None:
    options = {"witness": ("--key", "key.pem"), "key": ("--witness", "witness")}[left_out]
    code, said = run(handed_over, *options)
    assert code == 2
    assert "没有核验：" in said


def test_a_changed_line_is_found(handed_over: Path) -> None:
    change_line(handed_over, '"sequence":2,"subject', '"actor_name":"系统"', '"actor_name":"别人"')
    code, said = run(handed_over, *WITH_ALL)
    assert code == 1
    assert "第 2 条内容与摘要不符" in said


def test_a_cut_tail_is_found_with_the_witness_and_only_with_it(handed_over: Path) -> None:
    path = handed_over / "ledger.jsonl"
    lines = path.read_text().splitlines()
    last = max(number for number, line in enumerate(lines) if '"chain":"5301-market"' in line)
    path.write_text("\n".join([*lines[: last - 1], *lines[last + 1 :]]) + "\n")
    code, said = run(handed_over, *WITH_ALL)
    assert code == 1
    assert "末尾被截去" in said
    code, said = run(handed_over, "--key", "key.pem", "--mac-key", "mac.txt")
    assert (code, "全部相符" in said) == (2, True)


def test_another_signature_and_an_unknown_key_are_found(handed_over: Path) -> None:
    path = sorted((handed_over / "witness").glob("*/*.json"))[1]
    document = json.loads(path.read_text())
    document["signature"] = base64.b64encode(b"\0" * 64).decode()
    path.write_text(json.dumps(document))
    assert "签名不对" in run(handed_over, *WITH_ALL)[1]
    (handed_over / "key.pem").write_text("00" * 32)
    assert "不认识的密钥" in run(handed_over, *WITH_ALL)[1]


@pytest.mark.parametrize(
    "line", ["{", "[]", "7", '{"type":"entry"}', '{"type":"entry","chain":1,"sequence":"x"}']
)
def test_a_line_that_cannot_be_read_is_a_break_and_never_a_crash(handed_over: Path, line: str) -> None:
    with (handed_over / "ledger.jsonl").open("a") as file:
        file.write(line + "\n")
    code, said = run(handed_over, *WITH_ALL)
    assert code == 1
    assert "无法读取" in said


def test_a_file_that_is_not_there_is_said(handed_over: Path) -> None:
    (handed_over / "ledger.jsonl").unlink()
    assert run(handed_over, *WITH_ALL)[0] == 2


def test_an_act_added_with_the_key_to_a_quiet_chain_is_dated_by_the_witness(db: None, settings: Any) -> None:
    """Linked, authenticated and later than the entry before: only the checkpoints say that it was not there yet."""
    write("quiet", 2)
    make_checkpoint(force=True)
    rows, witness = list(export_rows()), list(read_witness(Path(settings.WITNESS_DIR)))
    _made_later(witness[0], rows, dt.timedelta(days=30))
    assert verify(rows, witness=witness, keys=ledger_keys()).breaks == []
    added = dict(rows[-1])
    rows.append(added)
    rechain(rows[1:], 2, key=current_key())
    (found,) = verify(rows, witness=witness, keys=ledger_keys()).breaks
    assert found == "链 quiet：第 3 条的时间被提前：检查点 1 时还没有它"


def _made_later(document: dict[str, Any], rows: list[dict[str, Any]], by: dt.timedelta) -> None:
    content = json.loads(document["content"])
    made_at = dt.datetime.fromisoformat(content["made_at"])
    document["content"] = document["content"].replace(
        content["made_at"], (made_at + by).isoformat(timespec="microseconds")
    )
    signature = current_key().signing.sign(document["content"].encode())
    document["signature"] = base64.b64encode(signature).decode()
    rows[0]["content"] = document["content"]
