"""Icons, badges, times, clocks."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import segno
from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from shanzhi.foundation.base.moment import today
from shanzhi.kit import build

from .parts import known, part
from .parts import text as safe

register = template.Library()
STAGE_TONES = {1: "waiting", 2: "waiting", 3: "working", 4: "working", 5: "checking", 6: "done"}


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """An icon by its Tabler name. Without a label it is hidden from screen readers."""
    return _icon(build.drawing(str(name)), size, str(label))


@lru_cache(maxsize=1024)
def _icon(inside: str, size: str, label: str) -> SafeString:
    drawing = mark_safe(inside)  # noqa: S308 - from the icon package
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="icon {}" viewBox="0 0 24 24" {}>{}</svg>', size, spoken, drawing)


@register.simple_tag
def badge(text: object, tone: str = "neutral", icon: str = "") -> SafeString:
    mark = globals()["icon"](icon, "sm") if icon else ""
    return mark_safe(f'<span class="badge tone-{known(tone)}">{mark}{safe(text)}</span>')  # noqa: S308 - escaped


@register.simple_tag
def status(text: object, tone: str = "waiting") -> SafeString:
    return mark_safe(f'<span class="status tone-{known(tone)}">{safe(text)}</span>')  # noqa: S308 - escaped


@register.filter
def stage_tone(stage: int | None) -> str:
    """1–6 of the six-step loop → tone."""
    return STAGE_TONES.get(stage or 0, "neutral")


@register.simple_tag
def synthetic(short: bool = False) -> SafeString:
    """Marks a person, grid or case that was made up."""
    return _synthetic(short, get_language())


@lru_cache(maxsize=16)
def _synthetic(short: bool, _language: str | None) -> SafeString:
    return part("synthetic", short=short)


@register.simple_tag
def when(at: datetime | date | None, style: str = "near") -> SafeString:
    """A moment: near (today 14:32), full, due (the end of a limit), by (that, near), date, ago. A day without a time shows as a date."""
    if at is None:
        return mark_safe("")
    if not isinstance(at, datetime):
        return format_html('<time datetime="{}">{}</time>', at.isoformat(), _date(at))
    if style == "near":
        return _when(at, today(), get_language())
    return _written(at, style)


@register.simple_tag
def reported(at: datetime | None) -> SafeString:
    return _said(_("Reported %s"), at)


@register.simple_tag
def finished(at: datetime | None, well: bool = True) -> SafeString:
    """`well`: it was settled, and not taken back, refused or joined."""
    return _said(_("Closed %s") if well else pgettext("a case, when", "Ended %s"), at)


def _said(words: str, at: datetime | None) -> SafeString:
    return mark_safe(safe(words) % when(at)) if at else mark_safe("")  # noqa: S308 - escaped


@lru_cache(maxsize=8192)
def _when(at: datetime, _today: date, _language: str | None) -> SafeString:
    """Whoever looks at a list looks at it again: the same moments stand in it all day."""
    return _written(at, "near")


KEPT = re.compile(
    r"[A-Z]{2,}-\d{6}-[0-9A-Z]{5,9}|(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:\d{1,2}时| \d{1,2}:\d\d)?|\d{1,2} [A-Z][a-z]{2} (?:\d{4} )?\d\d:\d\d"
)


@register.filter
def unbroken(text: str) -> SafeString:
    """A sentence whose days, hours and numbers of cases each stay on one line."""
    return mark_safe(KEPT.sub(r'<span class="nowrap">\g<0></span>', safe(text)))  # noqa: S308 - escaped


def _written(at: datetime, style: str) -> SafeString:
    local = timezone.localtime(at)
    text = {"full": _full, "due": _due, "by": _by, "date": _date, "ago": _ago}.get(style, _near)(local)
    # What paper says: there is no today on it.
    whole = _due(local) if style in ("due", "by") else text if style == "date" else _full(local)
    return mark_safe(  # noqa: S308 - escaped
        f'<time datetime="{local.isoformat(timespec="seconds")}" title="{safe(whole)}">{safe(text)}</time>'
    )


def _near(at: datetime) -> str:
    day, this = at.date(), today()
    clock = f"{at:%H:%M}"
    if day == this:
        return _("today {clock}").format(clock=clock)
    if day == this - timedelta(days=1):
        return _("yesterday {clock}").format(clock=clock)
    if day == this + timedelta(days=1):
        return _("tomorrow {clock}").format(clock=clock)
    return f"{_day(day, day.year == this.year, get_language())} {clock}"


def _date(at: date) -> str:
    return _day(at.date() if isinstance(at, datetime) else at, False, get_language())


@lru_cache(maxsize=2048)
def _day(day: date, this_year: bool, _language: str | None) -> str:
    return date_format(day, _("j M") if this_year else _("j M Y"))


def _full(at: datetime) -> str:
    return f"{_date(at)} {at:%H:%M}"


def _due(at: datetime) -> str:
    """A limit that falls on midnight ends the day before it."""
    if at.time() == time.min:
        return _("the end of {day}").format(day=_date(at - timedelta(days=1)))
    return _full(at)


def _by(at: datetime) -> str:
    if at.time() == time.min:
        day = at.date() - timedelta(days=1)
        return _("the end of {day}").format(day=_day(day, day.year == today().year, get_language()))
    return _near(at)


def _ago(at: datetime) -> str:
    minutes = int((timezone.now() - at).total_seconds() // 60)
    if minutes < 1:
        return _("just now")
    return _("{time} ago").format(time=span(minutes)) if minutes < 60 * 24 * 7 else _date(at)


@register.filter
def span(minutes: float | timedelta | None) -> str:
    """Minutes → 2 h 5 min; from two days on, days and hours; under one minute in words. No number is parted from its unit."""
    if minutes is None:
        return ""
    total = int(minutes.total_seconds() // 60) if isinstance(minutes, timedelta) else int(minutes)
    days, rest = divmod(total, 1440)
    hours, left = divmod(rest, 60)
    if days >= 2:
        return _parts(ngettext("{n} day", "{n} days", days).format(n=days), hours and _("{n} h").format(n=hours))
    hours += days * 24
    if not hours and not left:
        return _("under 1 min")
    if not hours:
        return _parts(_("{n} min").format(n=left))
    return _parts(_("{n} h").format(n=hours), left and _("{n} min").format(n=left))


def _parts(*texts: str | int) -> str:
    return " ".join(str(text).replace(" ", "\N{NO-BREAK SPACE}") for text in texts if text)


@register.filter
def distance(metres: float | None) -> str:
    if metres is None:
        return ""
    return _parts(_("{n} m").format(n=round(metres)) if metres < 1000 else _("{n} km").format(n=f"{metres / 1000:.1f}"))


@register.simple_tag
def clock(
    due: datetime | None,
    warn: datetime | None = None,
    start: datetime | None = None,
    stopped: datetime | None = None,
    provisional: bool = False,
) -> SafeString:
    """Remaining time until `due`; amber from `warn` on, vermilion when overdue, still when `stopped`."""
    if due is None:
        return mark_safe("")
    at = timezone.now()
    seconds = (due - (stopped or at)).total_seconds()
    text = remaining(seconds)
    tone = "stopped" if stopped else "over" if seconds < 0 else "warn" if warn and at >= warn else ""
    # Not a template: lists show fifty of them.
    marks = (("due", due), ("warn", warn), ("start", start), ("stopped", stopped))
    times = "".join(f' {name}="{at.isoformat()}"' for name, at in marks if at)
    colour = f' data-tone="{tone}"' if tone else ""
    drawing = icon("player-pause" if stopped else "clock-exclamation" if tone == "over" else "clock")
    guessed = safe(_("(provisional)")) if provisional else ""
    maybe = f" <span>{guessed}</span>" if guessed else ""
    limit = "" if stopped else _limit(due, get_language())
    return mark_safe(  # noqa: S308 - escaped
        f'<sz-clock{times}{colour}>{drawing}<time datetime="{due.isoformat()}"{limit}>{safe(text)}</time>{maybe}</sz-clock>'
    )


@lru_cache(maxsize=8192)
def _limit(due: datetime, _language: str | None) -> str:
    """What is left means nothing on paper: there the limit itself is printed."""
    return f' title="{safe(_("Due") + _(": "))}{safe(_due(timezone.localtime(due)))}"'


def remaining(seconds: float) -> str:
    """Below zero: by how much it is late."""
    return _remaining(int(abs(seconds) // 60), seconds >= 0, get_language())


@lru_cache(maxsize=4096)
def _remaining(minutes: int, left: bool, _language: str | None) -> str:
    if minutes < 1:
        return _("under 1 min left") if left else _("under 1 min overdue")
    text = span(minutes)
    return _("{time} left").format(time=text) if left else _("{time} overdue").format(time=text)


@register.simple_tag
def qr(text: str, label: str = "") -> SafeString:
    drawing = segno.make(text, error="m", micro=False).svg_inline(
        omitsize=True, border=0, svgclass=None, lineclass=None
    )
    return format_html(
        '<div class="qr" role="img" aria-label="{}">{}</div>',
        label or _("QR code"),
        mark_safe(drawing),  # noqa: S308 - drawn by segno
    )
