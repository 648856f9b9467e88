"""What to call the browser behind a session, so that people recognise it."""

from __future__ import annotations

from django.utils.translation import gettext as _

SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"), ("OpenHarmony", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"),
    ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "Mac"), ("Linux", "Linux"),
)  # fmt: skip
BROWSERS = (
    ("MicroMessenger", "WeChat"), ("wxwork", "WeCom"), ("DingTalk", "DingTalk"), ("Edg", "Edge"), ("Firefox", "Firefox"),
    ("QQBrowser", "QQ Browser"), ("UCBrowser", "UC Browser"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
TRANSLATED = {"WeChat": lambda: _("WeChat"), "WeCom": lambda: _("WeCom"), "DingTalk": lambda: _("DingTalk")}


def device(user_agent: str) -> str:
    """“WeChat · Android”; “Unknown device” when nothing is recognised."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    browser = TRANSLATED[browser]() if browser in TRANSLATED else browser
    return " · ".join(part for part in (browser, system) if part) or _("Unknown device")
