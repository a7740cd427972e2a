"""The description of the interface (OpenAPI 3), for those who may call it."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.views import SpectacularAPIView
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from enforcement.actors import CASE_ROLES, Role
from enforcement.web.api.permission import HasDuty


class Description(SpectacularAPIView):
    """YAML, or JSON with `?format=json`."""

    duties: ClassVar[frozenset[Role]] = CASE_ROLES | {Role.SUPERVISOR}
    permission_classes = (HasDuty,)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Errors are JSON as everywhere, whatever form of the description was asked for."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        if answer.status_code >= 400:
            answer.accepted_renderer = JSONRenderer()
            answer.accepted_media_type = answer.accepted_renderer.media_type
        return answer


description = Description.as_view()
description.audience = "api"  # type: ignore[attr-defined]


class OpenDescription(SpectacularAPIView):
    """The same for what is open to everybody."""

    permission_classes = ()
    authentication_classes = ()


open_description = OpenDescription.as_view(
    urlconf="config.urls_open_api",
    custom_settings={
        "TITLE": "衡度公开接口",
        "DESCRIPTION": "读取已公布的清单，计算适用清单，按事实试算。不需要登录，不保存任何内容。",
    },
)
open_description.audience = "open_api"  # type: ignore[attr-defined]
