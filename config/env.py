"""Reading of environment variables: every value is checked, and an unknown one stops the start-up.

A secret may also be given as a file: `SECRET_KEY_FILE=/run/secrets/key` is read when `SECRET_KEY` is not set.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote

import environ
from django.core.exceptions import ImproperlyConfigured

from enforcement.crypto.key_ring import KeyRingInvalid, new_key_text, read_key_ring
from enforcement.secure_addresses import is_secure_address

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off"})
SECRET_KEY_MIN_LENGTH = 50
SECRET_KEY_MIN_VARIETY = 10

# A misspelt HENGDU_ name would otherwise be ignored in silence.
KNOWN_NAMES = frozenset(
    {
        "HENGDU_MODE",
        "HENGDU_DEBUG",
        "HENGDU_LOG_LEVEL",
        "HENGDU_VAR",
        "HENGDU_TEST_SESSION",
        "HENGDU_BEHIND_PROXY",
        "HENGDU_DATABASE_TLS",
        "HENGDU_WORKERS",
        "HENGDU_CHROMIUM",
        "HENGDU_PASSWORD_PROFILE",
        "HENGDU_SECOND_FACTOR",
        "HENGDU_FAILED_CHECK",
        "HENGDU_OIDC_ISSUER",
        "HENGDU_OIDC_CLIENT_ID",
        "HENGDU_OIDC_CLIENT_SECRET",
        "HENGDU_OIDC_CLIENT_SECRET_FILE",
        "HENGDU_OIDC_TWO_FACTOR_ACR",
        "HENGDU_LEDGER_KEY",
        "HENGDU_LEDGER_KEY_FILE",
        "HENGDU_LEDGER_FORMER_KEYS",
        "HENGDU_LEDGER_FORMER_KEYS_FILE",
        "HENGDU_API_RATE",
        "HENGDU_WITNESS",
        "HENGDU_FACT_STORE",
        "HENGDU_FONTS",
        "HENGDU_DATA_KEYS",
        "HENGDU_DATA_KEYS_FILE",
    }
)


def env_text(name: str, *, default: str = "") -> str:
    """Value of `name` without surrounding blanks, from the variable or from the file `<name>_FILE` names."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    path = os.environ.get(f"{name}_FILE", "").strip()
    if not path:
        return default
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE 指向的文件“{path}”无法读取，需检查路径和权限。") from error


def env_bool(name: str, *, default: bool) -> bool:
    value = env_text(name).lower()
    if not value:
        return default
    if value in TRUE_WORDS:
        return True
    if value in FALSE_WORDS:
        return False
    raise ImproperlyConfigured(f"环境变量 {name} 的值“{value}”无法识别。可填写 true 或 false。")


def env_int(name: str, *, default: int, minimum: int, maximum: int) -> int:
    """Whole number within [minimum, maximum]."""
    value = env_text(name)
    if not value:
        return default
    if not (value.isascii() and value.isdigit()) or not minimum <= int(value) <= maximum:
        raise ImproperlyConfigured(
            f"环境变量 {name} 的值“{value}”无法使用。可填写 {minimum} 到 {maximum} 的整数。"
        )
    return int(value)


def env_choice(name: str, *, default: str, choices: Sequence[str]) -> str:
    value = env_text(name, default=default)
    if value not in choices:
        raise ImproperlyConfigured(f"环境变量 {name} 的值“{value}”无法识别。可填写：{'、'.join(choices)}。")
    return value


def env_list(name: str) -> list[str]:
    """Comma-separated values, blanks dropped."""
    return [part.strip() for part in env_text(name).split(",") if part.strip()]


def env_required(name: str) -> str:
    value = env_text(name)
    if not value:
        raise ImproperlyConfigured(f"生产模式需要环境变量 {name}（或 {name}_FILE）。请先设置再启动。")
    return value


def env_secret(name: str) -> str:
    """A required secret, long enough not to be guessed and not the placeholder of an example file."""
    value = env_required(name)
    is_example = "change" in value.lower() or value.startswith("django-insecure")
    if is_example or len(value) < SECRET_KEY_MIN_LENGTH or len(set(value)) < SECRET_KEY_MIN_VARIETY:
        raise ImproperlyConfigured(
            f"环境变量 {name} 需要至少 {SECRET_KEY_MIN_LENGTH} 个字符的随机值，示例值不能使用。"
        )
    return value


def env_database(name: str, url: str) -> dict[str, object]:
    """Django settings of one PostgreSQL database from its URL; any other engine is refused."""
    if not url.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured(f"环境变量 {name} 需要以 postgresql:// 开头，本系统只使用 PostgreSQL。")
    database: dict[str, object] = dict(environ.Env.db_url_config(url))
    # A socket folder stands percent-encoded in the place of the host.
    database["HOST"] = unquote(str(database.get("HOST", "")))
    if not database.get("NAME"):
        raise ImproperlyConfigured(
            f"环境变量 {name} 缺少数据库名，格式为 postgresql://用户:密码@主机:端口/库名。"
        )
    return database


def env_redis(name: str, url: str) -> str:
    if not url.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured(f"环境变量 {name} 需要以 redis://、rediss:// 或 unix:// 开头。")
    return url


def env_issuer(name: str) -> str:
    """Address of an identity provider, blank when not set: https, or plain http on this machine."""
    value = env_text(name)
    if value and not is_secure_address(value):
        raise ImproperlyConfigured(f"环境变量 {name} 的值“{value}”无法使用。需要以 https:// 开头的地址。")
    return value


def env_needed_with(name: str, other: str) -> str:
    """Value of `name`; required as soon as `other` is set."""
    value = env_text(name)
    if env_text(other) and not value:
        raise ImproperlyConfigured(f"设置了 {other}，还需要环境变量 {name}（或 {name}_FILE）。")
    return value


def refuse_unknown_names() -> None:
    """Stop when a HENGDU_ variable is set that nothing reads."""
    unknown = sorted(name for name in os.environ if name.startswith("HENGDU_") and name not in KNOWN_NAMES)
    if unknown:
        known = "、".join(sorted(KNOWN_NAMES))
        raise ImproperlyConfigured(f"环境变量 {'、'.join(unknown)} 无法识别。可用的名称：{known}。")


def kept_secret(path: Path) -> str:
    """The secret stored at `path`, made on first use and readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_secret(path)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
    return _read_secret(path)


def checked_data_keys(text: str) -> str:
    """The text of a key ring (`enforcement.crypto.key_ring`), once it can be read; the message shows no key."""
    try:
        read_key_ring(text)
    except KeyRingInvalid as problem:
        raise ImproperlyConfigured(f"环境变量 HENGDU_DATA_KEYS 无法使用。{problem}") from None
    return text


def kept_data_keys(path: Path) -> str:
    """The key ring stored at `path`, made with one key on first use and readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="ascii") as file:
            file.write(new_key_text("k1", "intl") + "\n")
        # A link either makes the whole file or finds that another program was first.
        with suppress(FileExistsError):
            os.link(file.name, path)
        os.unlink(file.name)
    return checked_data_keys(path.read_text(encoding="ascii"))


def _read_secret(path: Path) -> str:
    value = path.read_text(encoding="ascii").strip()
    if len(value) < SECRET_KEY_MIN_LENGTH:
        raise ImproperlyConfigured(f"密钥文件“{path}”内容不完整，删除后重新启动会生成新的密钥。")
    return value
