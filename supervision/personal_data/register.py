"""The register of personal data (`register.yaml`), read and compared with the models as they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.db import models

FILE = Path(__file__).with_name("register.yaml")
OWN_APPS = frozenset(
    {"enforcement", "exemption_lists", "discretion", "joint_inspection", "cases", "supervision", "config"}
)
PERSONS = ("party", "account", "officer")
LEVELS = ("公开信息", "个人信息", "敏感个人信息")
# What can hold something about a person. Choices, numbers and dates are told by the rows they stand in.
TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)


@dataclass(frozen=True, slots=True)
class PersonalField:
    """One column with personal data: whose it is (`person`, found by `by`), why, how long, how sensitive, where shown."""

    model: str
    field: str
    person: str
    by: str
    purpose: str
    basis: str
    retention: str
    level: str
    shown: str

    @property
    def key(self) -> str:
        return f"{self.model}.{self.field}"

    @property
    def model_class(self) -> type[models.Model]:
        return apps.get_model(self.model)


@cache
def _document() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return document


def personal_fields() -> tuple[PersonalField, ...]:
    """Every column with personal data, in the order of the file."""
    uses = _document()["uses"]
    return tuple(
        PersonalField(
            model=model, field=name, person=entry["person"], by=entry["by"], **uses[entry["use"]], **told
        )
        for model, entry in _document()["personal"].items()
        for name, told in entry["fields"].items()
    )


def listed_fields() -> list[str]:
    """`app.Model.field` of everything the file names, personal or not; a field named twice comes twice."""
    others = [
        f"{model}.{name}"
        for part in ("names_of_staff", "not_personal")
        for model, names in _document()[part].items()
        for name in names
    ]
    return [one.key for one in personal_fields()] + others


def text_fields() -> Iterator[str]:
    """`app.Model.field` of every column that can hold text, but for histories, which follow their model."""
    for model in apps.get_models():
        if model._meta.app_label not in OWN_APPS or hasattr(model, "history_object"):
            continue
        for field in model._meta.local_fields:
            if isinstance(field, TEXTS) and not field.choices:
                yield f"{model._meta.label}.{field.attname}"
