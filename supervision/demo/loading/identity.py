"""Who granted the duties of the demonstration and when, when passwords were last changed, and two accounts in between."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from enforcement.models import Account, Agency, RoleGrant

GRANTED_BEFORE = dt.timedelta(days=420)
PASSWORD_CHANGED_BEFORE = dt.timedelta(days=35)
# People who left or have just come: an account is closed, never deleted, and begins without a duty.
LEFT = ("li.wen", "李闻")
JUST_CAME = ("bai.ruoshui", "白若水")


def load_identity(
    *, accounts: dict[str, Account], agencies: dict[str, Agency], logins: list[str], today: dt.date
) -> None:
    """Duties as the security administrator of the province gave them; those of the three administrators came from the console."""
    morning = timezone.make_aware(dt.datetime.combine(today, dt.time(9, 30)))
    security = accounts["53-security_admin"]
    console = [accounts[f"53-{duty}"] for duty in ("system_admin", "security_admin", "audit_admin")]
    RoleGrant.objects.update(granted_at=morning - GRANTED_BEFORE)
    RoleGrant.objects.exclude(account__in=console).update(granted_by=security)
    Account.objects.filter(username__in=logins).update(password_changed_at=morning - PASSWORD_CHANGED_BEFORE)
    home = agencies["WH-SCJG"]
    Account.objects.create_user(LEFT[0], display_name=LEFT[1], agency=home, is_active=False)
    Account.objects.create_user(
        JUST_CAME[0],
        display_name=JUST_CAME[1],
        agency=home,
        must_change_password=True,
        password_changed_at=morning - dt.timedelta(days=1),
    )
