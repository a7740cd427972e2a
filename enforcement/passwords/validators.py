"""What a new password must be like; `settings.PASSWORD_PROFILE` chooses which of these are asked.

`standard`: at least 12 characters, not common, not like the person. `dengbao` adds three kinds of characters and no
going back to the last five. Every refusal says what is wrong and what to do.
"""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError

from enforcement.models import Account, FormerPassword

MINIMUM_LENGTH = 12
REMEMBERED = 5
FEWEST_DIFFERENT = 5
SHORTEST_NAME = 4
KINDS = (r"[A-Z]", r"[a-z]", r"[0-9]", r"[^A-Za-z0-9]")
KINDS_NEEDED = 3
# Words of this trade and place that no international list holds.
LOCAL_WORDS = frozenset(
    {
        "hengdu",
        "yunnan",
        "kunming",
        "zhifa",
        "xingzheng",
        "zhifajian",
        "shichang",
        "jianguan",
        "gongan",
        "mima",
    }
    | {"caipan", "caiquan", "woaini", "woaizhongguo", "zhonghua", "zhongguo", "admin", "administrator"}
)


class LongEnough(MinimumLengthValidator):
    def __init__(self) -> None:
        super().__init__(min_length=MINIMUM_LENGTH)

    def get_error_message(self) -> str:
        return f"密码至少 {self.min_length} 个字符。可以用几个不相关的词连起来。"

    def get_help_text(self) -> str:
        return f"至少 {self.min_length} 个字符。"


class NotCommon(CommonPasswordValidator):
    """Against 20,000 common passwords, also when digits and signs only surround one of them."""

    def validate(self, password: str, user: Account | None = None) -> None:
        core = re.sub(r"[^a-z]", "", password.lower())
        is_known = {password.lower().strip(), core} & self.passwords or core in LOCAL_WORDS
        if is_known or len(set(password)) < FEWEST_DIFFERENT:
            raise ValidationError(self.get_error_message(), code="password_too_common")

    def get_error_message(self) -> str:
        return "这个密码太常见，容易被猜到。请换一个，可以用几个不相关的词连起来。"

    def get_help_text(self) -> str:
        return "不使用常见的密码。"


class NotLikeThePerson(UserAttributeSimilarityValidator):
    def __init__(self) -> None:
        super().__init__(user_attributes=("username", "display_name"))

    def validate(self, password: str, user: Any = None) -> None:
        """Also refuses a password that holds the whole user name, however long the rest is."""
        name = getattr(user, "username", "").lower()
        if len(name) >= SHORTEST_NAME and name in password.lower():
            raise ValidationError(self.get_error_message(), code="password_too_similar")
        super().validate(password, user)

    def get_error_message(self) -> str:
        return "密码与用户名或姓名太像。请换一个。"

    def get_help_text(self) -> str:
        return "与用户名、姓名不相像。"


class MixedCharacters:
    """等保: three of the four kinds of characters."""

    def validate(self, password: str, user: Account | None = None) -> None:
        if sum(bool(re.search(kind, password)) for kind in KINDS) < KINDS_NEEDED:
            raise ValidationError(
                "密码应含大写字母、小写字母、数字、符号中的至少三类。请补充后再试。",
                code="password_too_plain",
            )

    def get_help_text(self) -> str:
        return "含大写字母、小写字母、数字、符号中的至少三类。"


class NotUsedBefore:
    """等保: neither the present password nor one of the four before it."""

    def validate(self, password: str, user: Any = None) -> None:
        if not isinstance(user, Account) or user.pk is None:
            return
        former = FormerPassword.objects.filter(account=user)[: REMEMBERED - 1]
        used = [user.password, *former.values_list("encoded", flat=True)]
        if any(check_password(password, encoded) for encoded in used):
            raise ValidationError(
                f"这个密码在最近 {REMEMBERED} 次里用过。请换一个没有用过的。", code="password_used_before"
            )

    def get_help_text(self) -> str:
        return f"不同于最近 {REMEMBERED} 次的密码。"
