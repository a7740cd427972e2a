"""A throw-away database on the servers the tests use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests import environment


@contextmanager
def throw_away_database() -> Iterator[None]:
    """Django set up in test mode with an empty, migrated database that is dropped afterwards."""
    environment.prepare()
    import django

    django.setup()
    environment.start_servers()
    from django.db import connection
    from django.test.utils import setup_test_environment, teardown_test_environment

    setup_test_environment()
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()
