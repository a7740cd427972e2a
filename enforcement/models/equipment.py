"""执法装备: recorders and instruments, their calibration, and who holds them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from enforcement.calibration import CalibratedDays, InstrumentTerm
from enforcement.models.agencies import Agency
from enforcement.models.officers import Officer
from enforcement.models.register_rows import RegisterRow, row_history
from enforcement.scoping import Scoped, ScopedQuerySet, pattern_index
from enforcement.spans import no_overlap


class EquipmentKind(models.TextChoices):
    BODY_CAMERA = "body_camera", "执法记录仪"
    CAMERA = "camera", "照相、摄像设备"
    TERMINAL = "terminal", "移动执法终端"
    METER = "meter", "测量仪器"
    SAMPLER = "sampler", "采样设备"
    DRONE = "drone", "无人机"
    VEHICLE = "vehicle", "执法车辆"
    OTHER = "other", "其他装备"


class Equipment(Scoped, RegisterRow):
    """One piece. `retired_on` is the first day on which it is no longer in use."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="equipment")
    inventory_number = models.CharField("资产编号", max_length=40)
    kind = models.CharField("装备类别", max_length=12, choices=EquipmentKind)
    model_name = models.CharField("品牌型号", max_length=80)
    serial_number = models.CharField("出厂编号", max_length=60, blank=True)
    needs_calibration = models.BooleanField("需要检定或者校准", default=False)
    acquired_on = models.DateField("启用日期")
    retired_on = models.DateField("停用日期", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()
    history = row_history("执法装备")

    class Meta:
        ordering: ClassVar = ["region_code", "inventory_number", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "inventory_number"],
                name="equipment_numbered_once",
                violation_error_message="本机构已有这个资产编号。请核对编号。",
            ),
            models.CheckConstraint(name="equipment_kind_known", condition=Q(kind__in=EquipmentKind.values)),
            models.CheckConstraint(
                name="equipment_use_ordered",
                condition=Q(retired_on__isnull=True) | Q(retired_on__gte=F("acquired_on")),
                violation_error_message="停用日期不能早于启用日期。",
            ),
        ]
        indexes: ClassVar = [pattern_index("equipment_scope")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.inventory_number}"

    @property
    def term(self) -> InstrumentTerm:
        """What the rule about sources needs; one query unless `calibrations` was prefetched."""
        return InstrumentTerm(
            label=str(self),
            needs_calibration=self.needs_calibration,
            acquired_on=self.acquired_on,
            retired_on=self.retired_on,
            calibrations=[CalibratedDays(one.done_on, one.valid_until) for one in self.calibrations.all()],
        )


class ThroughEquipment(ScopedQuerySet):
    """Rows that belong to a piece of equipment are seen by whoever sees it."""

    scope_path = "equipment__"


class Calibration(RegisterRow):
    """检定 or 校准 with its paper; good from `done_on` to `valid_until`, both included."""

    equipment = models.ForeignKey(Equipment, on_delete=models.PROTECT, related_name="calibrations")
    certificate_number = models.CharField("检定证书编号", max_length=60)
    body = models.CharField("检定机构", max_length=80)
    done_on = models.DateField("检定日期")
    valid_until = models.DateField("有效期至")

    objects = ThroughEquipment.as_manager()
    history = row_history("检定记录")

    class Meta:
        ordering: ClassVar = ["-done_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["equipment", "certificate_number"],
                name="calibration_recorded_once",
                violation_error_message="这份检定证书已经登记过。",
            ),
            models.CheckConstraint(
                name="calibration_span_ordered",
                condition=Q(valid_until__gte=F("done_on")),
                violation_error_message="有效期至不能早于检定日期。",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["valid_until"], name="calibration_ends")]

    def __str__(self) -> str:
        return self.certificate_number


class Custody(RegisterRow):
    """Who holds a piece: from `held_from` until the day it was returned; the next holder may begin on that day."""

    equipment = models.ForeignKey(Equipment, on_delete=models.PROTECT, related_name="custodies")
    holder = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="custodies")
    held_from = models.DateField("领用日期")
    returned_on = models.DateField("交还日期", null=True, blank=True)

    objects = ThroughEquipment.as_manager()
    history = row_history("领用记录")

    class Meta:
        ordering: ClassVar = ["-held_from", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="custody_span_ordered",
                condition=Q(returned_on__isnull=True) | Q(returned_on__gte=F("held_from")),
                violation_error_message="交还日期不能早于领用日期。",
            ),
            no_overlap(
                name="custody_one_holder",
                owner="equipment_id",
                first="held_from",
                last="returned_on",
                bounds="[)",
                message="这件装备在这段时间已由别人领用。先登记交还，再登记领用。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.equipment_id}: {self.held_from}"
