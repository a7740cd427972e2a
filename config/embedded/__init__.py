"""Embedded PostgreSQL and Valkey: real servers out of wheels, for every machine that names no server of its own.

`ensure_servers()` is called by entry points (manage.py, the test session) and never by importing settings.
"""

from config.embedded.layout import ServerLayout, layout_in, project_layout
from config.embedded.lifetime import ensure_servers, stop_when_unused

__all__ = ["ServerLayout", "ensure_servers", "layout_in", "project_layout", "stop_when_unused"]
