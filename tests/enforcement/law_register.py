"""A small register of law for tests: one law with two texts, repealed by a code."""

from __future__ import annotations

import datetime as dt

from enforcement.models import Law, Provision, ProvisionSuccession

AIR, CODE = "示范大气法", "示范环境法典"
OLD, NEW, GONE = dt.date(2018, 1, 1), dt.date(2022, 6, 1), dt.date(2026, 8, 15)
DAY = dt.timedelta(days=1)


def register_laws() -> dict[str, Law]:
    """Article 5 stays through both texts; 70.1 became 72.1 and then article 241 of the code."""
    code = Law.objects.create(name=CODE, effective_from=GONE)
    new = Law.objects.create(
        name=AIR,
        effective_from=NEW,
        effective_until=GONE,
        change_kind="revised",
        ending="repealed",
        succeeded_by=code,
    )
    old = Law.objects.create(
        name=AIR, effective_from=OLD, effective_until=NEW, ending="replaced", succeeded_by=new
    )
    for law in (old, new):
        Provision.objects.create(law=law, article=5, gist="排放应当符合标准")
    moved_old = Provision.objects.create(law=old, article=70, paragraph=1, gist="运输应当密闭")
    moved_new = Provision.objects.create(law=new, article=72, paragraph=1, gist="运输应当密闭")
    in_code = Provision.objects.create(law=code, article=241)
    ProvisionSuccession.objects.create(old=moved_old, new=moved_new)
    ProvisionSuccession.objects.create(old=moved_new, new=in_code)
    return {"old": old, "new": new, "code": code}


def reference(article: int, paragraph: int | None = None, *, law: str = AIR) -> dict[str, object]:
    return {"law": law, "article": article, "paragraph": paragraph, "item": None, "text": ""}
