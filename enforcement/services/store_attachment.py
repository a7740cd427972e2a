"""Keeping a file that was handed in: its kind read from its first bytes, its size limited, its digest taken."""

from __future__ import annotations

import hashlib

from enforcement.actors import Actor
from enforcement.errors import InvalidInput
from enforcement.models.attachments import MOST_BYTES, Attachment, MediaType

MEBIBYTE = 1024 * 1024
# What a file is called or claims to be proves nothing; how it begins does.
SIGNATURES = (
    (b"%PDF-", MediaType.PDF),
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
)


def checked_media_type(content: bytes) -> MediaType:
    """The kind of file. Raises InvalidInput when it is empty, too large, or neither PDF nor a scan."""
    if not content:
        raise InvalidInput.from_problems("attachment_invalid", ["这个文件是空的，请重新选择"])
    if len(content) > MOST_BYTES:
        raise InvalidInput.from_problems(
            "attachment_invalid",
            [
                f"文件应小于 {MOST_BYTES // MEBIBYTE} MB，这份是 {-(-len(content) // MEBIBYTE)} MB。"
                "可压缩图片或降低扫描分辨率"
            ],
        )
    for beginning, media_type in SIGNATURES:
        if content.startswith(beginning):
            return media_type
    raise InvalidInput.from_problems(
        "attachment_invalid", ["只收 PDF、JPG、PNG 格式的文件，请转换后重新选择"]
    )


def store_attachment(*, actor: Actor, content: bytes) -> Attachment:
    """The kept file, inside the caller's transaction. Raises InvalidInput."""
    media_type = checked_media_type(content)
    return Attachment.objects.create(
        media_type=media_type,
        content=content,
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        stored_by=actor.name,
    )
