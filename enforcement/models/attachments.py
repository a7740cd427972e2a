"""附件: a file somebody handed in, kept under a random id with its digest. It never changes (trigger)."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

MOST_BYTES = 10 * 1024 * 1024


class MediaType(models.TextChoices):
    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"


class Attachment(models.Model):
    """The name the file came with is not kept: it may hold what nobody wants in an address or a log.

    Who may read it is decided by the row that refers to it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    media_type = models.CharField("格式", max_length=20, choices=MediaType)
    content = models.BinaryField("内容")
    size = models.PositiveIntegerField("字节数")
    digest = models.CharField("摘要", max_length=64)
    stored_at = models.DateTimeField("上传时间", auto_now_add=True)
    stored_by = models.CharField("上传人", max_length=60, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="attachment_type_known", condition=Q(media_type__in=MediaType.values)
            ),
            models.CheckConstraint(
                name="attachment_size_within", condition=Q(size__gt=0) & Q(size__lte=MOST_BYTES)
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def extension(self) -> str:
        return {MediaType.PDF: "pdf", MediaType.JPEG: "jpg", MediaType.PNG: "png"}[MediaType(self.media_type)]
