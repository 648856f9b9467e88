"""My tasks: what waits for me, what is open around me, what I have done."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shanzhi.doors.worker import duty
from shanzhi.doors.worker.cards import cards
from shanzhi.doors.worker.pages import page
from shanzhi.kit.casepage import on_duty
from shanzhi.kit.live import stream_address
from shanzhi.registers.people.middleware import ActorRequest

PAGE = 20
LISTS = {"grid": duty.around, "done": duty.done}


@never_cache
@require_safe
@on_duty
def tasks(request: ActorRequest) -> HttpResponse:
    by = request.actor
    box = request.GET.get("box", "")
    values = {
        "box": box if box in LISTS else "todo",
        "options": [("todo", _("To do")), ("grid", _("In my area")), ("done", _("What I have done"))],
        "stream": stream_address(request, paths=[post.place_path for post in by.posts]),
    }
    if box in LISTS:
        rows = Paginator(LISTS[box](by), PAGE).get_page(request.GET.get("page"))
        return page(
            request, "tasks", values | {"page": rows, "cards": cards(rows.object_list, request.actor)}, tab="tasks"
        )
    return page(request, "tasks", values | {"heaps": heaps(by)}, tab="tasks")


def heaps(by) -> list[dict]:
    """Heaps with something in them; a long one shows its most pressing and says how many there are."""
    found = []
    for one in duty.boxes(by):
        rows = cards(one.cases[:PAGE], by)
        if rows:
            number = len(rows) if len(rows) < PAGE else one.cases.count()
            found.append(
                {"key": one.key, "title": one.title, "cards": rows, "number": number, "more": number - len(rows)}
            )
    return found
