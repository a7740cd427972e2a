"""Pages of those who handle cases and compile lists: everything under /officer/."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path(prefix, include(module))
    for prefix, module in (
        ("lists/", "exemption_lists.web.urls_officer"),
        ("standards/", "discretion.web.urls_officer"),
        ("joint-inspections/", "joint_inspection.web.urls_officer"),
        ("", "cases.web.urls_officer"),
    )
    if find_spec(module)
]
