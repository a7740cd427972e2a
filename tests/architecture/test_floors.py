"""Imports go down the floors only. The contract has no exceptions, and would notice a breach."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
FLOORS = ["config", "supervision", "cases", "exemption_lists | discretion | joint_inspection", "enforcement"]
CHECK = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def contract() -> configparser.ConfigParser:
    parsed = configparser.ConfigParser()
    parsed.read(PROJECT / ".importlinter", encoding="utf-8")
    return parsed


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", CHECK, "--no-cache", "--config", str(folder / ".importlinter")]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def small_project(folder: Path, *, files: dict[str, str]) -> Path:
    """The seven packages, empty but for `files`, under the project's own contract."""
    shutil.copy(PROJECT / ".importlinter", folder / ".importlinter")
    for name in contract()["importlinter"]["root_packages"].split():
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text("", encoding="utf-8")
    for path, text in files.items():
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def test_the_project_keeps_the_contract() -> None:
    result = lint(PROJECT)
    assert result.returncode == 0, result.stdout[-3000:]


def test_the_contract_names_all_floors_and_ignores_nothing() -> None:
    parsed = contract()
    layers = parsed["importlinter:contract:floors"]
    assert [line for line in layers["layers"].splitlines() if line] == FLOORS
    assert "ignore_imports" not in layers
    assert [name for name in parsed.sections() if name.startswith("importlinter:contract")] == [layers.name]


def test_an_import_going_down_is_allowed(tmp_path: Path) -> None:
    project = small_project(tmp_path, files={"cases/rules.py": "import discretion\nimport enforcement\n"})
    assert lint(project).returncode == 0


def test_an_import_going_up_is_found(tmp_path: Path) -> None:
    project = small_project(tmp_path, files={"enforcement/late.py": "def f():\n    import cases\n"})
    result = lint(project)
    assert result.returncode == 1
    assert "enforcement.late -> cases" in result.stdout


def test_an_import_between_siblings_is_found(tmp_path: Path) -> None:
    project = small_project(tmp_path, files={"discretion/near.py": "import exemption_lists\n"})
    result = lint(project)
    assert result.returncode == 1
    assert "discretion.near -> exemption_lists" in result.stdout
