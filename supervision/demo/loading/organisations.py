"""What happened to regions and agencies, and who acts for whom, in the demonstration."""

from __future__ import annotations

from enforcement.models import RegionChange
from enforcement.seed.region_changes import read_region_changes


def load_region_changes() -> None:
    """The real changes of Yunnan's divisions since 1981."""
    RegionChange.objects.bulk_create(
        [
            RegionChange(
                kind=one.kind,
                year=one.year,
                effective_on=one.effective_on,
                old_code=one.old_code,
                old_name=one.old_name,
                new_code=one.new_code,
                new_name=one.new_name,
                form=one.form,
                basis=one.basis,
                recorded_by="系统",
            )
            for one in read_region_changes()
        ]
    )
