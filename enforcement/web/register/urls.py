"""The addresses of one surface, to be included by those who show it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from enforcement.web.access import View, working_page
from enforcement.web.fresh_sign_in import fresh_sign_in
from enforcement.web.register import edit_views, exchange_views, list_views, row_views
from enforcement.web.register.places import RegisterPlace
from enforcement.web.register.surface import RegisterSurface
from enforcement.web.submitted_once import submitted_once

# What `include` takes: patterns and their namespace.
Included = tuple[list[URLPattern], str]


def register_urls(surface: RegisterSurface) -> Included:
    """The officers' pages: `path("lines/", include(register_urls(LINES)))` gives `register_lines:list` and so on.

    `list`, `row`; where its search is private `search`; where the surface has a form `create`, `edit`; where rows end
    `end`; where it has a table `export`, and where the table may be imported at all `template`, `import`,
    `import_check`, `import_marked`.
    """
    return pages_of(RegisterPlace(surface, f"register_{surface.slug}"), working_page)


def pages_of(place: RegisterPlace, audience: Callable[[View], View]) -> Included:
    """The pages of a place for an audience; a read-only place has no pages that write."""
    surface, writes = place.surface, not place.read_only

    def page(route: str, view: Callable[..., Any], name: str) -> URLPattern:
        return path(route, audience(view), {"place": place}, name=name)

    patterns = [page("", list_views.row_list, "list")]
    if surface.search_is_private:
        patterns.append(page("search/", list_views.private_search, "search"))
    if surface.form is not None and writes:
        patterns += [
            page("new/", submitted_once(edit_views.create_page), "create"),
            page("rows/<str:key>/edit/", edit_views.edit_page, "edit"),
        ]
    if surface.kind.end_field and writes:
        patterns.append(page("rows/<str:key>/end/", row_views.end_page, "end"))
    if surface.table is not None:
        # What leaves the system is asked for by somebody who has just shown who they are.
        patterns.append(page("export/", fresh_sign_in(exchange_views.export_page), "export"))
    if surface.table is not None and surface.takes_imports and writes:
        patterns += [
            page("template/", exchange_views.template_file, "template"),
            page("import/", exchange_views.import_upload, "import"),
            page("import/<slug:digest>/", exchange_views.import_check, "import_check"),
            page("import/<slug:digest>/marked/", exchange_views.marked_file, "import_marked"),
        ]
    patterns.append(page("rows/<str:key>/", row_views.row_page, "row"))
    return patterns, place.namespace
