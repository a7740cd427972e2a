"""Production refuses to start on what would be unsafe, and says which variable to set."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import override_settings

from config.checks import check_production_settings

PROJECT = Path(__file__).resolve().parent.parent.parent
GOOD = {
    "HENGDU_MODE": "production",
    "SECRET_KEY": "k7Qz2Lm9Wp" * 6,
    "HENGDU_LEDGER_KEY": "p4Xv8Rt1Nc" * 6,
    "ALLOWED_HOSTS": "hengdu.example.gov.cn",
    "DATABASE_URL": "postgresql://hengdu:secret@db.example:5432/hengdu",
    "REDIS_URL": "redis://redis.example:6379/0",
    "HENGDU_DATA_KEYS": "k1:intl:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
}


def start(script: str, **changes: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HENGDU_", "DJANGO_"))}
    environment = kept | GOOD | changes
    environment = {name: value for name, value in environment.items() if value}
    return subprocess.run(
        [sys.executable, "-c", script],
        env=environment,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )


LOAD = "import config.settings as s; print(s.SESSION_COOKIE_NAME, s.SECURE_SSL_REDIRECT, s.DEBUG)"


def test_complete_production_environment_starts_safely() -> None:
    result = start(LOAD)
    assert result.stdout.split() == ["__Host-hengdu-session", "True", "False"], result.stderr[-500:]


@pytest.mark.parametrize(
    "name",
    ["SECRET_KEY", "HENGDU_LEDGER_KEY", "HENGDU_DATA_KEYS", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL"],
)
def test_each_missing_variable_stops_the_start(name: str) -> None:
    result = start(LOAD, **{name: ""})
    assert result.returncode == 1
    assert f"环境变量 {name}" in result.stderr


def test_unknown_mode_stops_the_start() -> None:
    result = start(LOAD, HENGDU_MODE="prod")
    assert result.returncode == 1
    assert "local、test、production" in result.stderr


def test_deployment_check_has_no_warning() -> None:
    script = (
        "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'config.settings'; django.setup();"
        "from django.core.management import call_command;"
        "call_command('check', deploy=True, fail_level='WARNING')"
    )
    result = start(script)
    assert result.returncode == 0, result.stderr[-2000:]


UNSAFE = [
    ("hengdu.E001", {"DEBUG": True}),
    ("hengdu.E002", {"ALLOWED_HOSTS": ["*"]}),
    ("hengdu.E003", {"CSRF_COOKIE_SECURE": False}),
    ("hengdu.E004", {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}),
    ("hengdu.E005", {"CONTENT_SECURITY_POLICY": {"DIRECTIVES": {"default-src": ["'self'"]}}}),
    (
        "hengdu.E005",
        {
            "CONTENT_SECURITY_POLICY": {
                "DIRECTIVES": {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"]}
            }
        },
    ),
    ("hengdu.E006", {"SECURE_HSTS_SECONDS": 60}),
    ("hengdu.E009", {"SECOND_FACTOR": "enrolled"}),
    ("hengdu.E007", {"DATABASE_URL": "postgresql://hengdu@%2Ftmp%2Fhengdu-0-0123456789/hengdu"}),
    ("hengdu.E008", {"DATA_KEYS": "k1:intl:AAAA"}),
    ("hengdu.E008", {"SEALING_DEVICE": "enforcement.crypto.device.NoSuchDevice"}),
    ("hengdu.E011", {"LEDGER_KEY": ""}),
    ("hengdu.E011", {"LEDGER_KEY": "one secret for everything", "SECRET_KEY": "one secret for everything"}),
]
SAFE = {
    "SECOND_FACTOR": "required",
    "MODE": "production",
    "DEBUG": False,
    "ALLOWED_HOSTS": ["hengdu.example.gov.cn"],
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.Argon2PasswordHasher"],
    "SECURE_HSTS_SECONDS": 31_536_000,
    "DATABASE_URL": "postgresql://hengdu:secret@db.example:5432/hengdu",
}


def test_safe_settings_pass_every_check() -> None:
    with override_settings(**SAFE):
        assert check_production_settings() == []


@pytest.mark.parametrize(("code", "change"), UNSAFE)
def test_each_unsafe_setting_is_found(code: str, change: dict[str, object]) -> None:
    with override_settings(**(SAFE | change)):
        assert [message.id for message in check_production_settings()] == [code]


def test_nothing_is_checked_outside_production() -> None:
    with override_settings(**(SAFE | {"MODE": "local", "DEBUG": True})):
        assert check_production_settings() == []
