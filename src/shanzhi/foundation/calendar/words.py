"""Time as a sentence for people, in the current language."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from .limits import Limit


def time_text(span: timedelta) -> str:
    """Rounded down to what matters: "2 hours 15 minutes", "1 day 4 hours", from three days on "3 days"."""
    minutes = int(abs(span) // timedelta(minutes=1))
    days, hours, minutes = minutes // 1440, minutes % 1440 // 60, minutes % 60
    parts = []
    if days:
        parts.append(ngettext("{count} day", "{count} days", days).format(count=days))
    if hours and days < 3:
        parts.append(ngettext("{count} hour", "{count} hours", hours).format(count=hours))
    if minutes and not days:
        parts.append(ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes))
    return " ".join(parts) or _("less than a minute")


def left_text(due: datetime | None, now: datetime, *, provisional: bool = False, paused: bool = False) -> str:
    """What a person reads beside a case: "2 hours 15 minutes left", "3 days overdue". Time on the wall, not counted time."""
    if paused or due is None:
        return _("Clock paused")
    span, soon = time_text(due - now), abs(due - now) < timedelta(minutes=1)
    if now > due:
        return _("Just overdue") if soon else _("{time} overdue").format(time=span)
    text = _("Less than a minute left") if soon else _("{time} left").format(time=span)
    return _("{text} (provisional)").format(text=text) if provisional else text


def limit_text(limit: Limit) -> str:
    """The limit in words: "3 working days", "4 working hours"."""
    match limit.counts:
        case "urgent":
            return _hours_text(limit.minutes)
        case "working-hours":
            hours, minutes = divmod(limit.minutes, 60)
            parts = [ngettext("{count} working hour", "{count} working hours", hours).format(count=hours)] * bool(hours)
            if minutes:
                parts.append(ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes))
            if hours:
                return " ".join(parts)
            return _("{time} of opening hours").format(time=parts[0])
        case "working-days":
            return ngettext("{count} working day", "{count} working days", limit.days).format(count=limit.days)
    if not limit.days:
        return _("the same day")
    text = ngettext("{count} natural day", "{count} natural days", limit.days).format(count=limit.days)
    return _("{text}, to the next workday if it ends on a rest day").format(text=text) if limit.rolls else text


def unit_text(limit: Limit) -> str:
    """What a bare number beside this limit counts: "hours", "working days"."""
    return {
        "urgent": pgettext("what a number counts", "hours"),
        "working-hours": pgettext("what a number counts", "working hours"),
        "working-days": pgettext("what a number counts", "working days"),
        "natural-days": pgettext("what a number counts", "natural days"),
    }[limit.counts]


def _hours_text(minutes: int) -> str:
    # "24 hours" is not "1 day": the reader would count natural days.
    hours, rest = divmod(minutes, 60)
    parts = [ngettext("{count} hour", "{count} hours", hours).format(count=hours)] * bool(hours)
    if rest:
        parts.append(ngettext("{count} minute", "{count} minutes", rest).format(count=rest))
    return " ".join(parts)
