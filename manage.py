#!/usr/bin/env python
"""Command line of the project. Starts the embedded servers first when none are named by the environment."""

import os
import sys

# These neither read the database nor send tasks.
WITHOUT_SERVERS = frozenset(
    {
        "help",
        "version",
        "--help",
        "-h",
        "--version",
        "collectstatic",
        "findstatic",
        "makemessages",
        "compilemessages",
    }
    | {"check", "diffsettings"}
)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    if len(sys.argv) > 1 and sys.argv[1] not in WITHOUT_SERVERS:
        from config.embedded import ensure_servers

        if os.environ.get("HENGDU_MODE") != "production":
            ensure_servers()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
