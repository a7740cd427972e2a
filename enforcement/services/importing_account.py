"""Who imports when a document is read by a command instead of a page."""

from __future__ import annotations

from enforcement.actors import Actor, Role, actor_for
from enforcement.errors import InvalidInput
from enforcement.models import Account, Agency, RoleGrant


def agency_by_code(code: str) -> Agency:
    """The agency of a code. Raises `InvalidInput` in Chinese when there is none."""
    agency = Agency.objects.filter(code=code).first()
    if agency is None:
        raise InvalidInput.from_problems(
            "unknown_agency", [f"没有编码为“{code}”的执法主体。请核对机构编码。"]
        )
    return agency


def compiler_for(agency: Agency, *, username: str = "") -> Actor:
    """The named account, or the first compiler whose grant covers the agency. Raises `InvalidInput`."""
    if username:
        account = Account.objects.filter(username=username, is_active=True).first()
        if account is None:
            raise InvalidInput.from_problems(
                "unknown_account", [f"没有可用的账号“{username}”。请核对用户名。"]
            )
        return actor_for(account)
    prefixes = [agency.region_code[:length] for length in (2, 4, 6, 9)]
    grant = (
        RoleGrant.objects.filter(
            role=Role.COMPILER, region_code__in=prefixes, line_code__in=["", agency.line_code]
        )
        .filter(account__is_active=True)
        .select_related("account")
        .order_by("-region_code", "id")
        .first()
    )
    if grant is None:
        raise InvalidInput.from_problems(
            "no_compiler", [f"{agency.name}没有编制人员账号。请先授权，或用 --account 指定。"]
        )
    return actor_for(grant.account)
