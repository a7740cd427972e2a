"""Forms of signing in and of one's own account: shape only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts


def _password(label: str, autocomplete: str, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=200,
        error_messages={"required": f"填写{label}", "max_length": f"{label}不能超过 200 个字符"},
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        **more,
    )


def _code(label: str, hint: str, **more: Any) -> forms.CharField:
    attributes = {"autocomplete": "one-time-code", "inputmode": "text", "class": "input input-short"}
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=40,
        error_messages={"required": f"填写{label}", "max_length": f"{label}太长，请核对"},
        widget=forms.TextInput(attrs={**attributes, "autocapitalize": "characters", "spellcheck": "false"}),
        **more,
    )


class SignInForm(forms.Form):
    username = forms.CharField(
        label="用户名",
        max_length=60,
        error_messages={"required": "填写用户名", "max_length": "用户名不能超过 60 个字符"},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = _password("密码", "current-password")


class CodeForm(forms.Form):
    code = _code("动态口令", "手机应用里现在显示的 6 位数字。手机不在身边的，填写一个没有用过的恢复码。")


class NewFactorForm(forms.Form):
    code = _code("动态口令", "添加后，手机应用里显示的 6 位数字。")


class ConfirmForm(forms.Form):
    """Password, and the code for those who have a second factor."""

    def __init__(self, *args: Any, with_code: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = _password("密码", "current-password")
        if with_code:
            self.fields["code"] = _code("动态口令", "手机应用里现在显示的 6 位数字，或一个恢复码。")


class PasswordForm(forms.Form):
    present = _password("现在的密码", "current-password")
    new = _password("新密码", "new-password")
    again = _password("再填一次新密码", "new-password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["again"].error_messages["required"] = "再填一次新密码"
        self.fields["new"].help_text = "".join(password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("new") and cleaned.get("again") and cleaned["new"] != cleaned["again"]:
            self.add_error("again", "两次填写的新密码不一致。请重新填写。")
        return cleaned
