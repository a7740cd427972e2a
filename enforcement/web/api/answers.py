"""Every error of the interface as `{"code", "message", "data"}` in Chinese, the document form of a Refusal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response

from enforcement.errors import InvalidInput, NotPermitted, Refusal, StaleVersion

NOT_FOUND = "没有找到，或者您没有查看的权限。"
PRECONDITION_REQUIRED = 428
# Refusals that say something about the person or the request, not about the state of the thing.
STATUS_OF_CODE = {
    "not_permitted": 403,
    "recused": 403,
    "officer_not_qualified": 403,
    "not_a_case_handler": 403,
    "second_person": 403,
    "handler_reviews": 403,
    "fresh_sign_in_needed": 403,
    "operation_reused": 422,
    "precondition_required": PRECONDITION_REQUIRED,
}
WORDS: dict[type[exceptions.APIException], tuple[str, str]] = {
    exceptions.NotAuthenticated: ("not_authenticated", "请先登录，或者在 Authorization 中提供接口密钥。"),
    exceptions.ParseError: ("not_json", "请求的内容不是有效的 JSON。"),
    exceptions.MethodNotAllowed: ("method_not_allowed", "这个地址不接受这种请求方法。"),
    exceptions.NotAcceptable: ("not_acceptable", "本接口只提供 JSON。"),
    exceptions.UnsupportedMediaType: (
        "unsupported_media_type",
        "请用 Content-Type: application/json 发送 JSON。",
    ),
    exceptions.NotFound: ("not_found", NOT_FOUND),
}


def status_of(refusal: Refusal) -> int:
    """403 for the person, 412 for a stale version, 422 for the input, 409 for the state of the thing."""
    if refusal.code in STATUS_OF_CODE:
        return STATUS_OF_CODE[refusal.code]
    if isinstance(refusal, NotPermitted):
        return 403
    if isinstance(refusal, StaleVersion):
        return 412
    return 422 if isinstance(refusal, InvalidInput) else 409


def error_answer(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """The answer for an exception of a view; None lets an unforeseen one go on to the server's error page."""
    if isinstance(error, Refusal):
        return Response(error.as_document(), status=status_of(error))
    if isinstance(error, Http404):
        return _answer("not_found", NOT_FOUND, 404)
    if isinstance(error, PermissionDenied):
        return _answer("not_permitted", "您没有使用这个接口的职责。", 403)
    if isinstance(error, exceptions.ValidationError):
        return _invalid(error)
    if isinstance(error, exceptions.Throttled):
        seconds = int(getattr(error, "wait", None) or 60) + 1
        answer = _answer("too_many_requests", f"请求过于频繁，请在 {seconds} 秒后再试。", 429)
        answer["Retry-After"] = str(seconds)
        return answer
    if isinstance(error, exceptions.APIException):
        return _foreseen(error)
    return None


def _foreseen(error: exceptions.APIException) -> Response:
    if isinstance(error, exceptions.AuthenticationFailed):
        return _with_challenge(error, _answer("authentication_failed", str(error.detail), 401))
    if isinstance(error, exceptions.PermissionDenied):
        is_csrf = "CSRF" in str(error.detail)
        words = "页面的校验信息已过期，请刷新页面后再试。" if is_csrf else "您没有使用这个接口的职责。"
        return _answer("csrf_failed" if is_csrf else "not_permitted", words, 403)
    code, words = WORDS.get(type(error), ("request_refused", "这个请求不能办理。"))
    return _with_challenge(error, _answer(code, words, error.status_code))


def _with_challenge(error: exceptions.APIException, answer: Response) -> Response:
    challenge = getattr(error, "auth_header", "")
    if challenge and answer.status_code == 401:
        answer["WWW-Authenticate"] = challenge
    return answer


def _invalid(error: exceptions.ValidationError) -> Response:
    fields = _flat(error.detail)
    problems = [f"{name}：{words}" for name, sentences in fields.items() for words in sentences]
    return Response(
        {
            "code": "input_invalid",
            "message": "；".join(problems),
            "data": {"problems": problems, "fields": fields},
        },
        status=422,
    )


def _flat(detail: Any, place: str = "") -> dict[str, list[str]]:
    """`{"handlers.0": ["…"]}` from the nested form of the framework."""
    if isinstance(detail, Mapping):
        found: dict[str, list[str]] = {}
        for name, inner in detail.items():
            inside = place if name == "non_field_errors" else f"{place}.{name}".strip(".")
            found |= _flat(inner, inside)
        return found
    if isinstance(detail, list) and any(isinstance(one, Mapping | list) for one in detail):
        found = {}
        for number, inner in enumerate(detail):
            if inner:
                found |= _flat(inner, f"{place}.{number}".strip("."))
        return found
    sentences = detail if isinstance(detail, list) else [detail]
    return {place or "请求": [str(one) for one in sentences]}


def _answer(code: str, message: str, status: int) -> Response:
    return Response({"code": code, "message": message, "data": {}}, status=status)
