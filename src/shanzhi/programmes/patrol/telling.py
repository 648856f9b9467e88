"""What was missed is told once, by name to the grid leader."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import override

from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.journal.services import Entry, append_many
from shanzhi.foundation.messages.services import Telling, notify_many
from shanzhi.registers.people import queries as people
from shanzhi.registers.places import queries as places

from .facts import OrderMissed
from .generating import LEADERS
from .models import Order

LOOKS_BACK = timedelta(days=7)


@transaction.atomic
def tell_missed(moment: datetime | None = None) -> int:
    """Orders whose hours are over and that nobody was told of yet; one notice a leader and day. Returns how many orders."""
    moment = moment or now()
    over = Order.objects.select_for_update(of=("self",)).select_related("place").filter(
        done_at=None, missed_at=None, ends__lt=moment, ends__gt=moment - LOOKS_BACK
    )  # fmt: skip
    orders = list(over.order_by("id"))
    leaders: dict[tuple, list[Order]] = {}
    for order in orders:
        for post in [held for role in LEADERS for held in people.holders(role, order.place.path)][:1]:
            leaders.setdefault((post.person_id, order.day), []).append(order)
    notify_many(tellings=[_telling(person, day, found) for (person, day), found in leaders.items()], by=SYSTEM)
    facts = [Entry(OrderMissed(standard=one.standard, day=one.day), one.id, one.place_id) for one in orders]
    append_many(facts, by=SYSTEM)
    Order.objects.filter(id__in=[one.id for one in orders]).update(missed_at=moment)
    return len(orders)


def _telling(person, day: date, orders: list[Order]) -> Telling:
    text = {
        "zh-hans": f"{day:%-m月%-d日}有 {len(orders)} 张巡查单没有查完：{_where(orders, 'zh-hans', '、')}。",
        "en": f"Not finished on {day:%-d %B}: {len(orders)} inspection order{'s' if len(orders) > 1 else ''}, {_where(orders, 'en', ', ')}.",
    }
    first = min(str(one.id) for one in orders)
    return Telling(
        to=person, text=text, kind="patrol.missed", link=f"/worker/rounds/?day={day.isoformat()}",
        key=f"patrol-missed:{day}:{first}",
    )  # fmt: skip


def _where(orders: list[Order], language: str, joint: str) -> str:
    with override(language):
        return joint.join(dict.fromkeys(places.marked_name(one.place) for one in orders[:3]))
