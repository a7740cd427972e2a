"""Shapes of what the interface takes: explicit fields, and nothing beside them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

UNKNOWN_FIELD = "不接受这个字段"


class StrictShape(serializers.Serializer[Any]):
    """Refuses every field it does not name, so that nobody believes to have set what only the system sets."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            unknown = {name: [UNKNOWN_FIELD] for name in data if name not in self.fields}
            if unknown:
                raise serializers.ValidationError(unknown)
        return super().to_internal_value(data)


class ErrorShape(serializers.Serializer[Any]):
    """错误"""

    code = serializers.CharField(help_text="供程序判断的代码")
    message = serializers.CharField(help_text="给人看的一句话：发生了什么，该怎么办")
    data = serializers.DictField(help_text="细节，例如 fields：每个字段的问题")  # type: ignore[assignment]
