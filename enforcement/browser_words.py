"""A browser named in a few words, so that people recognise their own sessions. Pure; nothing rests on it."""

from __future__ import annotations

# The first that occurs wins: nearly every browser also calls itself Chrome and Safari.
BROWSERS = (
    ("Edg/", "Edge"),
    ("QQBrowser/", "QQ 浏览器"),
    ("MicroMessenger/", "微信"),
    ("UOS", "统信浏览器"),
    ("Firefox/", "火狐浏览器"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", "鸿蒙"),
    ("OpenHarmony", "鸿蒙"),
    ("Android", "安卓手机"),
    ("iPhone", "苹果手机"),
    ("iPad", "苹果平板"),
    ("Windows", "Windows 电脑"),
    ("Macintosh", "苹果电脑"),
    ("Linux", "Linux 电脑"),
)


def browser_words(user_agent: str) -> str:
    """For example “Chrome，Windows 电脑”; “其他浏览器” when nothing is recognised."""
    browser = next((word for sign, word in BROWSERS if sign in user_agent), "其他浏览器")
    system = next((word for sign, word in SYSTEMS if sign in user_agent), "")
    return f"{browser}，{system}" if system else browser
