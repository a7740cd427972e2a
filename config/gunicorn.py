"""Settings of the web server; `--bind` is given on the command line."""

from config import env

worker_class = "gthread"
workers = env.env_int("HENGDU_WORKERS", default=2, minimum=1, maximum=32)
threads = 4
timeout = 60
graceful_timeout = 10
keepalive = 5
max_requests = 2000
max_requests_jitter = 200
# Our middleware writes one line per request.
accesslog = None
errorlog = "-"
loglevel = "warning"
# Its control socket would be written to the home folder.
control_socket_disable = True


def on_starting(server: object) -> None:
    """Production does not start on settings or accounts that would be unsafe (config/checks.py)."""
    import os

    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    if settings.IS_PRODUCTION:
        call_command("check", databases=["default"])
        connections.close_all()  # the workers are forked from here and open their own
