"""`manage.py serve`: everything on one machine with one command."""

from __future__ import annotations

import os
import socket
import sys
from argparse import ArgumentParser
from contextlib import closing
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config import env
from config.embedded import ensure_servers, stop_when_unused
from config.static_files import collect_when_changed
from config.supervisor import Child, Supervisor
from enforcement.models import Agency
from supervision.demo.accounts import demo_accounts

PORTS_TO_TRY = 50


class Command(BaseCommand):
    help = "启动全部服务：数据库、消息服务、网站、后台任务。按 Ctrl-C 停止。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, help="网站端口，默认取环境变量 PORT 或 8000；被占用时顺延。")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.IS_PRODUCTION:
            raise CommandError("生产环境请按 docs/operations.md 分别启动网站、后台任务和定时任务。")
        layout = ensure_servers()
        try:
            self.prepare()
            port = free_port(options["port"] or env.env_int("PORT", default=8000, minimum=1, maximum=65535))
            self.print_welcome(port)
            Supervisor(
                children(port),
                environment=child_environment(),
                report=self.stderr.write,
                every_few_seconds=self.keep_servers,
            ).run()
        except KeyboardInterrupt:
            self.stderr.write("启动已中断。")
        finally:
            if layout is not None:
                stop_when_unused(layout)
        self.stdout.write("已全部停止。")

    def prepare(self) -> None:
        """Bring the database and the static files up to date; load the demonstration the first time."""
        self.say("正在更新数据库结构……")
        call_command("migrate", interactive=False, verbosity=0)
        if not Agency.objects.exists():
            self.say("正在载入演示数据，首次启动需要一些时间……")
            call_command("load_demo")
        if collect_when_changed():
            self.say("已更新静态文件。")

    def keep_servers(self) -> None:
        """Restart an embedded server that died; the children reconnect by themselves."""
        try:
            ensure_servers()
        except Exception as error:
            self.stderr.write(f"内置服务暂时无法启动，稍后重试：{error}")

    def print_welcome(self, port: int) -> None:
        lines = ["", f"衡度已启动：http://127.0.0.1:{port}/", "", "演示账号（仅用于本机演示）："]
        lines += [
            f"  {account.audience}  {account.username} / {account.password}" for account in demo_accounts()
        ]
        self.say("\n".join([*lines, "", "按 Ctrl-C 停止。"]))

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def free_port(wanted: int) -> int:
    """`wanted`, or the next port nobody listens on."""
    for port in range(wanted, min(wanted + PORTS_TO_TRY, 65536)):
        with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise CommandError(f"从 {wanted} 起的 {PORTS_TO_TRY} 个端口都被占用，请用环境变量 PORT 指定其他端口。")


def children(port: int) -> list[Child]:
    """Web server, worker and scheduler as they run in production too, only smaller."""
    python = sys.executable
    celery = [python, "-m", "celery", "--app", "config.celery", "--quiet"]
    gunicorn = [python, "-m", "gunicorn", "config.wsgi:application", "--config", "python:config.gunicorn"]
    schedule = settings.CELERY_BEAT_SCHEDULE_FILENAME
    return [
        Child("网站服务", [*gunicorn, "--bind", f"127.0.0.1:{port}"]),
        Child("后台任务", [*celery, "worker", "--concurrency", "2", "--loglevel", "WARNING"]),
        # Without a pid file: one left by a crash would keep the next start from working.
        Child(
            "定时任务", [*celery, "beat", "--loglevel", "WARNING", "--schedule", schedule, "--pidfile", ""]
        ),
    ]


def child_environment() -> dict[str, str]:
    """The children get the addresses of the servers and start none themselves."""
    # The terminal shows what needs attention; HENGDU_LOG_LEVEL=INFO shows every request and task.
    return (
        {"HENGDU_LOG_LEVEL": "WARNING"}
        | os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": settings.DATABASE_URL,
            "REDIS_URL": settings.REDIS_URL,
        }
    )
