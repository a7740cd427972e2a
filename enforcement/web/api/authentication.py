"""Who calls: a program with its key, or a script of our own pages with the session and the CSRF token."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from enforcement.models import Account
from enforcement.services.api_keys import account_of_key

BEARER = b"bearer"


class ApiKeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer <key>`."""

    def authenticate(self, request: Request) -> tuple[Account, str] | None:
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != BEARER:
            return None
        text = parts[1].decode("ascii", errors="replace") if len(parts) == 2 else ""
        account = account_of_key(text=text, now=timezone.now())
        if account is None:
            raise AuthenticationFailed("接口密钥无效、已停用或者已过期。请在“我的账号”中重新签发。")
        return account, "api_key"

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class SameSiteSession(SessionAuthentication):
    """The signed-in session; unsafe methods need the CSRF token."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"


class ApiKeyScheme(OpenApiAuthenticationExtension):
    """How the description of the interface speaks of keys."""

    target_class = ApiKeyAuthentication
    name = "接口密钥"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "在“我的账号”签发的接口密钥"}


class SameSiteSessionScheme(OpenApiAuthenticationExtension):
    target_class = SameSiteSession
    name = "同站会话"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "hengdu-session", "description": "本站页面上的脚本"}
