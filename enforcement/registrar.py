"""Who may keep the register of a place and line. Pure."""

from __future__ import annotations

from enforcement.actors import Actor, Role
from enforcement.errors import NotPermitted

WHOLE_PROVINCE = 2


def require_registrar(actor: Actor, *, region_code: str, line_code: str) -> None:
    """Raises NotPermitted unless the actor keeps the register of this region and line."""
    if actor.is_system or actor.may(Role.REGISTRAR, region_code=region_code, line_code=line_code):
        return
    raise NotPermitted(
        "not_permitted", "您没有登记这个地区和条线的职责，没有写入任何内容。如因工作需要，请联系管理员授权。"
    )


def keeps_every_line(actor: Actor, *, region_code: str) -> bool:
    """True for a registrar of every line of a region, whom what concerns the region itself asks for."""
    return actor.is_system or any(
        grant.role == Role.REGISTRAR and grant.line_code is None and region_code.startswith(grant.region_code)
        for grant in actor.grants
    )


def require_registrar_of_all_lines(actor: Actor, *, region_code: str) -> None:
    """Raises NotPermitted unless the actor keeps every line of the region."""
    if not keeps_every_line(actor, region_code=region_code):
        raise NotPermitted(
            "not_permitted", "登记行政区划变更，需要该地区全部条线的登记职责。请联系管理员授权。"
        )
