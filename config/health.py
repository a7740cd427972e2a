"""`/healthz`: does this process reach its database and its broker?"""

from __future__ import annotations

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.backoff import NoBackoff
from redis.retry import Retry


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        return False


def broker_answers() -> bool:
    try:
        # One try: the caller asks again soon, and must not wait for a broker that is down.
        options = {"socket_timeout": 2, "socket_connect_timeout": 2, "retry": Retry(NoBackoff(), 0)}
        with redis.Redis.from_url(settings.REDIS_URL, **options) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when both answer, 503 otherwise; says which, and nothing about where they are."""
    found = {"database": database_answers(), "broker": broker_answers()}
    return JsonResponse(found, status=200 if all(found.values()) else 503)
