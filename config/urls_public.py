"""Pages for citizens and enterprises, without signing in: everything under /public/."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path(prefix, include(module))
    for prefix, module in (
        ("lists/", "exemption_lists.web.urls_public"),
        ("standards/", "discretion.web.urls_public"),
        ("joint-inspections/", "joint_inspection.web.urls_public"),
        ("decisions/", "cases.web.urls_public"),
        ("", "cases.web.urls_public_home"),
    )
    if find_spec(module)
]
