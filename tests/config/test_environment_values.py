"""Environment values: what is accepted, and that everything else stops the start-up with a sentence to act on."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env

NAME = "HENGDU_PROBE"


@pytest.mark.parametrize("word", ["1", "true", "TRUE", "yes", "on", " on "])
def test_true_words(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv(NAME, word)
    assert env.env_bool(NAME, default=False) is True


@pytest.mark.parametrize("word", ["0", "false", "No", "off"])
def test_false_words(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv(NAME, word)
    assert env.env_bool(NAME, default=True) is False


@pytest.mark.parametrize("default", [True, False])
def test_unset_and_empty_give_the_default(monkeypatch: pytest.MonkeyPatch, default: bool) -> None:
    monkeypatch.delenv(NAME, raising=False)
    assert env.env_bool(NAME, default=default) is default
    monkeypatch.setenv(NAME, "")
    assert env.env_bool(NAME, default=default) is default


@pytest.mark.parametrize("word", ["ture", "2", "是", "enabled"])
def test_unknown_word_is_refused_with_name_and_value(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv(NAME, word)
    with pytest.raises(ImproperlyConfigured, match=f"{NAME}.*{word}"):
        env.env_bool(NAME, default=False)


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("16", 16)])
def test_numbers_on_the_boundaries(monkeypatch: pytest.MonkeyPatch, text: str, number: int) -> None:
    monkeypatch.setenv(NAME, text)
    assert env.env_int(NAME, default=2, minimum=1, maximum=16) == number


@pytest.mark.parametrize("text", ["0", "17", "-1", "1.5", "两", "１"])
def test_numbers_outside_the_boundaries_are_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv(NAME, text)
    with pytest.raises(ImproperlyConfigured, match="1 到 16"):
        env.env_int(NAME, default=2, minimum=1, maximum=16)


def test_choice_names_the_choices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "prod")
    with pytest.raises(ImproperlyConfigured, match="local、production"):
        env.env_choice(NAME, default="local", choices=("local", "production"))


def test_value_may_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("文件里的值\n", encoding="utf-8")
    monkeypatch.delenv(NAME, raising=False)
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "secret"))
    assert env.env_text(NAME) == "文件里的值"
    monkeypatch.setenv(NAME, "直接给出的值")
    assert env.env_text(NAME) == "直接给出的值"


def test_missing_file_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(NAME, raising=False)
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "absent"))
    with pytest.raises(ImproperlyConfigured, match="无法读取"):
        env.env_text(NAME)


@pytest.mark.parametrize(
    "value",
    ["", "k7Qz2Lm9Wp" * 4 + "abcdefghi", "x" * 60, "please-change-me" * 5, "django-insecure-" + "x" * 60],
)
def test_weak_secrets_are_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("SECRET_KEY", value)
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        env.env_secret("SECRET_KEY")


def test_long_secret_is_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "k7Qz2Lm9Wp" * 5)
    assert env.env_secret("SECRET_KEY") == "k7Qz2Lm9Wp" * 5


@pytest.mark.parametrize("url", ["sqlite:///db", "mysql://h/n", "postgresql://h/"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        env.env_database("DATABASE_URL", url)


def test_socket_and_network_databases_are_understood() -> None:
    socket = env.env_database("DATABASE_URL", "postgresql://hengdu@%2Ftmp%2Fsockets/hengdu")
    assert (socket["HOST"], socket["USER"], socket["NAME"]) == ("/tmp/sockets", "hengdu", "hengdu")
    network = env.env_database("DATABASE_URL", "postgresql://u:p%40ss@db.example:5433/law")
    assert (network["HOST"], network["PORT"], network["PASSWORD"]) == ("db.example", 5433, "p@ss")


@pytest.mark.parametrize(
    ("url", "accepted"), [("redis://h:6379/0", True), ("unix:///s?db=0", True), ("amqp://h", False)]
)
def test_broker_addresses(url: str, accepted: bool) -> None:
    if accepted:
        assert env.env_redis("REDIS_URL", url) == url
    else:
        with pytest.raises(ImproperlyConfigured, match="REDIS_URL"):
            env.env_redis("REDIS_URL", url)


def test_misspelt_names_stop_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    env.refuse_unknown_names()
    monkeypatch.setenv("HENGDU_MOED", "production")
    with pytest.raises(ImproperlyConfigured, match="HENGDU_MOED"):
        env.refuse_unknown_names()


def test_kept_secret_is_private_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret_key"
    first = env.kept_secret(path)
    assert len(first) >= env.SECRET_KEY_MIN_LENGTH
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert env.kept_secret(path) == first


def test_truncated_secret_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    path.write_text("short", encoding="ascii")
    with pytest.raises(ImproperlyConfigured, match="不完整"):
        env.kept_secret(path)


REQUIRED: list[tuple[str, Callable[[], object]]] = [
    ("ALLOWED_HOSTS", lambda: env.env_required("ALLOWED_HOSTS")),
    ("DATABASE_URL", lambda: env.env_required("DATABASE_URL")),
]


@pytest.mark.parametrize(("name", "read"), REQUIRED)
def test_required_names_are_named(
    monkeypatch: pytest.MonkeyPatch, name: str, read: Callable[[], object]
) -> None:
    monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv(f"{name}_FILE", raising=False)
    with pytest.raises(ImproperlyConfigured, match=name):
        read()


def test_kept_data_keys_are_private_and_stay(tmp_path: Path) -> None:
    path = tmp_path / "var" / "data_keys"
    first = env.kept_data_keys(path)
    assert first.startswith("k1:intl:")
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert env.kept_data_keys(path) == first
    assert os.listdir(path.parent) == ["data_keys"]


def test_unusable_data_keys_stop_the_start_without_being_shown() -> None:
    with pytest.raises(ImproperlyConfigured, match="HENGDU_DATA_KEYS") as refused:
        env.checked_data_keys("k1:intl:c2VjcmV0")
    assert "c2VjcmV0" not in str(refused.value)
