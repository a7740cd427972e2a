"""The files of a published version: downloads, the list of their digests, and the version set for printing."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from enforcement.after_publication import announce_publication
from enforcement.errors import Refusal
from enforcement.models import RuleVersion, VersionFile
from enforcement.selectors.version_files import files_of, find_file
from enforcement.services.keep_version_files import keep_version_files
from enforcement.version_files import FileFormat, digest_list, plain_name, title_name
from enforcement.web.access import public_page
from enforcement.web.conditional import conditional_answer
from enforcement.web.documents import addresses
from enforcement.web.documents.published import published_or_404
from enforcement.web.documents.surface import DocumentSurface

# Setting this many rows in type takes some ten seconds; more is left to the worker.
MOST_ROWS_HERE = 150
A_DAY = 24 * 60 * 60
LATER = "这份 PDF 正在生成，几分钟后可以下载。现在可以下载 docx，或者打开打印页。"


@dataclass(frozen=True, slots=True)
class DownloadLine:
    """One file as a page offers it; size and digest are unknown until it was made."""

    file_format: FileFormat
    url: str
    kept: VersionFile | None


def download_lines(surface: DocumentSurface, version: RuleVersion) -> list[DownloadLine]:
    """The files of a version in the order they are offered. One query."""
    kept = files_of(version)
    return [
        DownloadLine(one, addresses.public_file(surface, version, one.value), kept.get(one))
        for one in FileFormat
    ]


@public_page
def download(
    request: HttpRequest, surface: DocumentSurface, slug: str, number: int, file_format: str
) -> HttpResponseBase:
    """One kept file; made on the spot when the worker has not come to it yet, the same bytes."""
    if file_format not in set(FileFormat):
        raise Http404("没有这种格式的文件。可下载 pdf、docx、xlsx 或者 json。")
    version, wanted = published_or_404(surface, slug, number), FileFormat(file_format)
    try:
        file = _kept_file(surface, version, wanted)
    except Refusal as refusal:
        return _not_yet(request, surface, version, refusal)
    return _sent(request, version, wanted, file)


def _kept_file(surface: DocumentSurface, version: RuleVersion, wanted: FileFormat) -> VersionFile:
    file = find_file(version, wanted)
    if file is not None:
        return file
    if wanted is FileFormat.PDF and surface.files.row_count(version) > MOST_ROWS_HERE:
        announce_publication(version.pk)
        raise Refusal("file_later", LATER)
    keep_version_files(source=surface.files, version=version, wanted=(wanted,))
    file = find_file(version, wanted)
    if file is None:
        raise Refusal("file_later", LATER)
    return file


def _not_yet(
    request: HttpRequest, surface: DocumentSurface, version: RuleVersion, refusal: Refusal
) -> HttpResponse:
    context = {
        "surface": surface,
        "version": version,
        "document": version.document,
        "message": refusal.message,
        "downloads": [
            one for one in download_lines(surface, version) if one.file_format is not FileFormat.PDF
        ],
        "print_url": addresses.public_print(surface, version),
        "version_url": addresses.public_version(surface, version),
    }
    response = render(request, "documents/file_later.html", context, status=503)
    response["Retry-After"] = "120"
    return response


def _sent(
    request: HttpRequest, version: RuleVersion, wanted: FileFormat, file: VersionFile
) -> HttpResponseBase:
    names = (
        f"filename=\"{plain_name(version, wanted)}\"; filename*=UTF-8''{quote(title_name(version, wanted))}"
    )
    return conditional_answer(
        request,
        bytes(file.content),
        media_type=wanted.media_type,
        changed_at=file.made_at,
        seconds=A_DAY,
        disposition=f"attachment; {names}",
    )


@public_page
def digests(request: HttpRequest, surface: DocumentSurface, slug: str, number: int) -> HttpResponse:
    """SHA-256 of every kept file, as `sha256sum -c` reads it. A file that was not made yet is not in it."""
    version = published_or_404(surface, slug, number)
    kept = files_of(version)
    lines = ((title_name(version, one), kept[one].digest) for one in FileFormat if one in kept)
    response = HttpResponse(digest_list(lines), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = (
        f'inline; filename="{version.document.slug}-v{version.number}-digests.txt"'
    )
    return response


@public_page
def print_page(request: HttpRequest, surface: DocumentSurface, slug: str, number: int) -> HttpResponse:
    """The version as it is set in the PDF, for the browser's own printing."""
    version = published_or_404(surface, slug, number)
    context = {
        "paper": surface.files.paper(version),
        "version_url": addresses.public_version(surface, version),
        "pdf_url": addresses.public_file(surface, version, FileFormat.PDF.value),
    }
    return render(request, "documents/paper_page.html", context)
