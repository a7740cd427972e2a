"""Model fields for sealed text and its blind index.

A model that holds sealed text derives from `SealedRow`. `seal_id` is drawn before the row has a key and is part of
what every cipher text of the row is bound to, together with the name of the column: a value copied to another row
or column does not open. It cannot be bound to the primary key, which is not known before the insert.

Reading the attribute opens the value when it is first asked for; a list that shows no sealed text opens nothing.
Sealed columns cannot be filtered, only tested for NULL; exact search goes through the blind index:
`Party.objects.filter(matching(Party, "id_number_index", "5301…"))`.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from enforcement.crypto.device import sealing_device

Normalise = Callable[[str], str]
TOKEN_LENGTH = 80


class SealedRow(models.Model):
    """Mixin: the identity that sealed values of a row are bound to. Never changed once the row exists."""

    seal_id = models.UUIDField("密封标识", default=uuid.uuid4, editable=False, unique=True)

    class Meta:
        abstract = True


class StoredText(str):
    """A value as the database holds it, not opened yet."""

    __slots__ = ()


class SealedAttribute(DeferredAttribute):
    """Opens the stored value at the first reading and keeps both, so that an untouched value is stored as it was."""

    field: EncryptedTextField

    # With a setter this is a data descriptor: otherwise the instance's own dictionary would answer first.
    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if not isinstance(value, StoredText):
            return value
        plain = sealing_device().open(value, place=self.field.place_of(instance))
        instance.__dict__[self.field.attname] = plain
        instance.__dict__[self.field.kept_name] = (plain, value)
        return plain


class EncryptedTextField(models.TextField):
    """Text sealed with the installation's data key. `bound_to` names the column in the seal, for good.

    NULL and the empty string are stored as they are. In migrations the column is an ordinary text field, so that
    they need nothing of this module.
    """

    descriptor_class = SealedAttribute

    def __init__(self, *args: Any, bound_to: str = "", **options: Any) -> None:
        self.bound_to = bound_to
        super().__init__(*args, **options)

    def clone(self) -> EncryptedTextField:
        copy: EncryptedTextField = super().clone()
        copy.bound_to = self.bound_to
        return copy

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, _path, positional, named = super().deconstruct()
        return name, "django.db.models.TextField", positional, named

    def place_of(self, instance: Any) -> str:
        """Column and row in the form the seal covers."""
        return f"{self.bound_to}|{instance.seal_id}"

    @property
    def kept_name(self) -> str:
        """Where an instance keeps (plain text, stored form) of a value it has opened or written."""
        return f"_stored_{self.attname}"

    def stored_form(self, instance: Any) -> str | None:
        """What to write for the attribute's present value: its kept cipher text while that is of the sealing key.

        A value under an older key is sealed anew by any save, so that no save can bring back what a rotation
        running at the same time has just replaced.
        """
        value = instance.__dict__.get(self.attname)
        if value is None or value == "":
            return value
        device = sealing_device()
        if isinstance(value, StoredText):
            if device.is_current(value):
                return value
            value = device.open(value, place=self.place_of(instance))
        plain, stored = instance.__dict__.get(self.kept_name, (None, ""))
        if plain != value or not device.is_current(stored):
            stored = StoredText(device.seal(str(value), place=self.place_of(instance)))
            instance.__dict__[self.kept_name] = (value, stored)
        return stored

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        return self.stored_form(model_instance)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return StoredText(value) if value else value

    def get_prep_value(self, value: Any) -> Any:
        if value is None or value == "" or isinstance(value, StoredText):
            return None if value is None else str(value)
        raise FieldError(f"“{self.name}”是加密字段，只能随整行保存；精确查找使用它的盲索引。")

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def get_transform(self, lookup_name: str) -> Any:
        return None


class BlindIndexField(models.CharField):
    """Keyed digest of the normalised text of `source`: equal texts have equal tokens, and nothing else can be told.

    Filled when the row is saved. Unique constraints of the source stand on this column.
    """

    def __init__(
        self, *args: Any, source: str = "", normalise: Normalise = str.strip, **options: Any
    ) -> None:
        self.source, self.normalise = source, normalise
        options.setdefault("max_length", TOKEN_LENGTH)
        options.setdefault("editable", False)
        super().__init__(*args, **options)

    def clone(self) -> BlindIndexField:
        copy: BlindIndexField = super().clone()
        copy.source, copy.normalise = self.source, self.normalise
        return copy

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, _path, positional, named = super().deconstruct()
        return name, "django.db.models.CharField", positional, named

    def tokens(self, text: str) -> list[str]:
        """Every token the column may hold for `text`; none for a text that is empty once normalised."""
        wanted, column = self.normalise(text), f"{self._sealed_field().bound_to}"
        return list(sealing_device().index_tokens(wanted, column=column)) if wanted else []

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        """The sealing key's token, NULL for an empty source; the token at hand while the source was not opened."""
        token = getattr(model_instance, self.attname)
        source = model_instance.__dict__.get(self.source)
        if not isinstance(source, StoredText) or not sealing_device().is_current(token or ""):
            found = self.tokens(getattr(model_instance, self.source) or "")
            token = found[0] if found else None
            setattr(model_instance, self.attname, token)
        return token

    def _sealed_field(self) -> EncryptedTextField:
        field = self.model._meta.get_field(self.source)
        if not isinstance(field, EncryptedTextField):
            raise FieldError(f"“{self.source}”不是加密字段。")
        return field


def index_tokens(model: type[models.Model], index: str, text: str) -> list[str]:
    """Every token the blind index `index` may hold for `text`: the sealing key's first, the oldest key's last."""
    field = model._meta.get_field(index)
    if not isinstance(field, BlindIndexField):
        raise FieldError(f"“{index}”不是盲索引。")
    return field.tokens(text)


def matching(model: type[models.Model], index: str, text: str) -> models.Q:
    """Condition for the rows whose sealed text equals `text` once normalised, whatever key they are under."""
    return models.Q(**{f"{index}__in": index_tokens(model, index, text)})
