"""System checks for settings that would be unsafe in production."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import ProgrammingError

from enforcement.crypto.device import sealing_device
from enforcement.crypto.key_ring import KeyRingInvalid
from enforcement.crypto.suites import SealBroken
from enforcement.selectors.accounts import accounts_with_password
from supervision.demo.accounts import DEMO_PASSWORD, demo_accounts


def _production_problems() -> list[tuple[str, str, bool]]:
    """(id, sentence, holds) of each promise about production settings."""
    return [
        ("hengdu.E001", "生产模式不能打开 DEBUG。", not settings.DEBUG),
        ("hengdu.E002", "ALLOWED_HOSTS 不能使用通配符“*”。", "*" not in settings.ALLOWED_HOSTS),
        ("hengdu.E003", "会话和 CSRF Cookie 需要 Secure。", _cookies_are_secure()),
        ("hengdu.E004", "口令散列的首选算法应为 Argon2。", "Argon2" in settings.PASSWORD_HASHERS[0]),
        ("hengdu.E005", "内容安全策略的 default-src 应为 'none'。", _policy_is_strict()),
        ("hengdu.E006", "HSTS 有效期应不少于一年。", settings.SECURE_HSTS_SECONDS >= 365 * 24 * 60 * 60),
        ("hengdu.E007", "生产模式需要外部数据库，不能使用内置数据库。", not _uses_embedded_database()),
        ("hengdu.E008", "数据密钥无法密封和打开内容。", _data_keys_work()),
        (
            "hengdu.E009",
            "生产模式的 HENGDU_SECOND_FACTOR 只能是 required。",
            settings.SECOND_FACTOR == "required",
        ),
        (
            "hengdu.E011",
            "HENGDU_LEDGER_KEY 需要单独生成，不能与 SECRET_KEY 相同，也不能缺少。",
            bool(settings.LEDGER_KEY) and settings.LEDGER_KEY != settings.SECRET_KEY,
        ),
    ]


@register(Tags.security)
def check_production_settings(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Errors, so that migrate and start-up stop; nothing is checked outside production."""
    if settings.MODE != "production":
        return []
    return [Error(message, id=code) for code, message, holds in _production_problems() if not holds]


@register(Tags.database)
def check_no_default_account(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """No account of the demonstration with its printed password in production; asked by migrate and at the start."""
    if settings.MODE != "production" or not databases:
        return []
    try:
        names = accounts_with_password([one.username for one in demo_accounts()], DEMO_PASSWORD)
    except ProgrammingError:
        return []  # before the first migration there are no accounts at all
    if not names:
        return []
    sentence = f"账号 {'、'.join(names)} 使用演示密码，生产环境不能启动。请停用这些账号，或重置密码。"
    return [Error(sentence, id="hengdu.E010")]


def _cookies_are_secure() -> bool:
    return bool(settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE)


def _policy_is_strict() -> bool:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    sources = [source for values in directives.values() for source in values]
    return directives.get("default-src") == ["'none'"] and not {"'unsafe-inline'", "'unsafe-eval'"} & set(
        sources
    )


def _uses_embedded_database() -> bool:
    return "%2Fhengdu-" in settings.DATABASE_URL


def _data_keys_work() -> bool:
    """One value through the device of the settings; a plugged-in device is tried like the software one."""
    try:
        device = sealing_device()
        return device.open(device.seal("衡度", place="check|start"), place="check|start") == "衡度"
    except (SealBroken, KeyRingInvalid, ImportError):
        return False
