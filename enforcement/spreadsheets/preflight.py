"""Looking at a workbook without parsing it: is it one, is it too large, does it carry a document type?

Costs one pass of decompression over the parts, at most 100 MiB, and stops at the first thing that is wrong.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

from enforcement.errors import InvalidInput

from . import limits
from .refusals import refuse

_ZIP_SIGNATURE = b"PK\x03\x04"
_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_XML_ENDINGS = (".xml", ".rels", ".vml")
_CHUNK = 256 * 1024
# A tag cut by the edge of a chunk is seen whole because this much of the previous chunk is kept.
_OVERLAP = 512
_PROLOGUE_LIMIT = 64 * 1024

_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\s[^>]*?ref\s*=\s*[\"']([A-Za-z0-9:$]+)[\"']")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,9})$")


def check_workbook(content: bytes) -> None:
    """Raise InvalidInput unless `content` looks like an .xlsx workbook of a size we are willing to parse."""
    _check_signature(content)
    if len(content) > limits.MAX_PACKED_BYTES:
        raise refuse("file_too_large", megabytes=f"{len(content) / limits.MEBIBYTE:.0f}")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_package(package)
            for part in package.infolist():
                _check_part(package, part)
    except InvalidInput:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise refuse("damaged") from error


def _check_signature(content: bytes) -> None:
    if content.startswith(_OLE_SIGNATURE):
        raise refuse("password" if _ENCRYPTED_STREAM in content else "old_format")
    if not content:
        raise refuse("empty_file")
    if not content.startswith(_ZIP_SIGNATURE):
        raise refuse("not_a_spreadsheet")


def _check_package(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if len(parts) > limits.MAX_PARTS:
        raise refuse("too_many_parts", parts=len(parts))
    if any(part.flag_bits & 1 for part in parts):
        raise refuse("password")
    names = {part.filename.lower() for part in parts}
    if "xl/workbook.bin" in names:
        raise refuse("old_format")
    if "xl/workbook.xml" not in names or "[content_types].xml" not in names:
        raise refuse("not_a_spreadsheet")
    if sum(part.file_size for part in parts) > limits.MAX_UNPACKED_BYTES:
        raise refuse("unpacked_too_large")
    for part in parts:
        packed = max(part.compress_size, 1)
        if part.file_size > limits.RATIO_FREE_BYTES and part.file_size / packed > limits.MAX_RATIO:
            raise refuse("packed_too_tightly")


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Read one part to its end (so that its checksum is verified) under the checks its kind deserves."""
    name = part.filename.lower()
    if not name.endswith(_XML_ENDINGS):
        _drain(package, part, lambda chunk: None)
        return
    with package.open(part) as stream:
        _check_prologue(stream.read(_PROLOGUE_LIMIT))
    if name.startswith("xl/worksheets/") and name.endswith(".xml"):
        _drain(package, part, _SheetScan().feed)
    else:
        _drain(package, part, lambda chunk: None)


def _drain(package: zipfile.ZipFile, part: zipfile.ZipInfo, feed: Callable[[bytes], None]) -> None:
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            feed(chunk)


class _RootReached(Exception):
    """The first element has begun: no document type can follow any more."""


def _check_prologue(beginning: bytes) -> None:
    """A document type may stand only before the first element, so nothing after it needs parsing."""
    parser = expat.ParserCreate()

    def on_doctype(*_: object) -> None:
        raise refuse("document_type")

    def on_declaration(version: str, encoding: str | None, standalone: int) -> None:
        if encoding and encoding.lower() not in {"utf-8", "us-ascii"}:
            raise refuse("encoding")

    def on_element(*_: object) -> None:
        raise _RootReached

    parser.StartDoctypeDeclHandler = on_doctype
    parser.XmlDeclHandler = on_declaration
    parser.StartElementHandler = on_element
    if beginning[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in beginning[:4]:
        raise refuse("encoding")
    try:
        parser.Parse(beginning, False)
    except _RootReached:
        return
    except expat.ExpatError as error:
        raise refuse("damaged") from error
    raise refuse("damaged")


class _SheetScan:
    """Counts rows and cells of one sheet in its raw text and stops as soon as there are too many."""

    def __init__(self) -> None:
        self._tail = b""
        self._rows = 0
        self._cells = 0
        self._dimension_seen = False

    def feed(self, chunk: bytes) -> None:
        window = self._tail + chunk
        if not self._dimension_seen and (declared := _DIMENSION.search(window)):
            self._dimension_seen = True
            _check_dimension(declared.group(1).decode("ascii").upper())
        # Tags that began in the kept tail were counted with the chunk before.
        skip = len(self._tail)
        self._rows += sum(1 for found in _ROW.finditer(window) if found.end() > skip)
        self._cells += sum(1 for found in _CELL.finditer(window) if found.end() > skip)
        if self._rows > limits.MAX_ROWS:
            raise refuse("too_many_rows")
        if self._cells > limits.MAX_CELLS:
            raise refuse("too_many_cells")
        self._tail = window[-_OVERLAP:]


def _check_dimension(reference: str) -> None:
    """A declared used area beyond the limits is refused before a single row is read."""
    found = _REFERENCE.match(reference.rpartition(":")[2])
    if not found:
        return
    if int(found.group(2)) > limits.MAX_ROWS:
        raise refuse("too_many_rows")
    if column_number(found.group(1)) > limits.MAX_COLUMNS:
        raise refuse("too_many_columns")


def column_number(letters: str) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
