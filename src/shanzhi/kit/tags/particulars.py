"""The head of a case's page, an action's form and the particulars: not templates, or one for each set of lines that there are."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .case_clock import case_clock
from .cases import steps
from .fields import field, form_errors, photo_picker
from .interest import interest_form
from .marks import badge, icon, status, synthetic, unbroken, when
from .parts import text as safe
from .stencils import stencil

register = template.Library()
NOBODY_SEEN = mark_safe('<div id="reporter" class="stack gap-2"></div>')


@register.simple_tag(takes_context=True)
def case_particulars(context: Context) -> SafeString:
    """Of the context of casepage.staff_page."""
    case, view, seen, following = context["case"], context["view"], context.get("seen"), context.get("following")
    hidden, made_by = context.get("reporter_hidden"), context.get("made_by")
    values: dict[str, Any] = {
        "number": case.number,
        "place": view.place,
        "spot": case.spot,
        "title": view.category,
        "condition": context.get("condition"),
        # Where there is danger nothing is mediated: an agreement is no aim.
        "closing": "" if view.ladder and view.ladder.hushed else context.get("closing"),
        "subject": context.get("subject"),
        "unit": view.unit,
        "taker": context.get("taker"),
        "opened": when(case.opened_at, style="full"),
        "due": when(case.due_at, style="due") if case.due_at else "",
        "following": ngettext("%(n)s other", "%(n)s others", following) % {"n": following} if following else "",
        "reporter_hidden": hidden,
        "made_by": made_by,
        "interest": interest_form(context, context["page_url"], context["nearness"]) if context.get("may_recuse") else "",
    }  # fmt: skip
    if not hidden and not made_by:
        values |= {
            "reporter": render_to_string("kit/casepage/reporter.html", {"seen": seen}) if seen else NOBODY_SEEN,
            "page_url": context["page_url"],
            "csrf_token": context.get("csrf_token", ""),
        }
    shown = {"synthetic": bool(case.place.synthetic), "seen": bool(seen), "sides": view.ladder is not None}
    holes = {name: value for name, value in values.items() if value}
    return stencil("kit/casepage/particulars.html", tuple(shown.values()), shown, holes)


@register.simple_tag
def case_head(view: Any) -> SafeString:
    """Where the case stands: of a CaseView."""
    case = view.case
    if case.final:
        closed = safe(_("Closed:") if view.done else _("Ended:"))
        clock = f'<span class="muted small">{closed} {when(case.closed_at)}</span>'
    else:
        clock = case_clock(case)
    marks = badge(_("Urgent"), tone="urgent", icon="alert-triangle") if case.urgency == "urgent" else ""
    made_up = synthetic() if case.synthetic else ""
    stands = {"done": view.done, "walked": view.walked, "over": case.final, "tone": view.tone, "end": view.state}
    line = steps(case.stage, labels=view.labels, **stands)
    return mark_safe(  # noqa: S308 - escaped
        f'<div class="row wrap gap-3">{status(view.state, view.tone)}{clock}{marks}{made_up}</div>\n{line}\n'
        f'<p class="strong">{unbroken(view.sentence)}</p>'
    )


@register.simple_tag(takes_context=True)
def deed_form(context: Context, deed: Any, action_url: str, next: str = "") -> SafeString:
    """The form of a casepage.Deed; `next`: where to go when it is done."""
    offer = deed.offer
    hidden = {"csrfmiddlewaretoken": context.get("csrf_token", ""), "key": deed.key, "expect": deed.expect}
    hidden |= {name: value for name, value in (("hand", offer.hand), ("next", next)) if value}
    sent = "".join(f'<input type="hidden" name="{name}" value="{safe(value)}">' for name, value in hidden.items())
    asked = "".join(field(bound) for bound in deed.form)
    pictures = "".join(
        photo_picker(one.name, upload="/api/files", most=one.most, required=one.required, label=one.label, photos=one.photos, error=one.error)
        for one in deed.pickers
    )  # fmt: skip
    drawing = icon(deed.icon) if deed.icon else ""
    return mark_safe(  # noqa: S308 - escaped
        f'<form method="post" action="{safe(action_url)}" class="form" novalidate>{sent}\n{form_errors(deed.form)}\n{asked}\n{pictures}\n'
        f'<div class="actions"><button class="button primary">{drawing}{safe(offer.title)}</button></div></form>'
    )
