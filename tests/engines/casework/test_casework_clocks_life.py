"""Random lives of real cases through the real text, time passing: one clock runs, always the right one, to the minute."""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

sys.path.append(str(Path(__file__).parents[2] / "foundation" / "calendar"))
from clock_oracle import Slow  # noqa: E402

from cast_places import middle  # noqa: E402
from shanzhi.engines.casework import queries, services  # noqa: E402
from shanzhi.engines.casework.models import Case, Clock, Reminder  # noqa: E402
from shanzhi.foundation.base.actor import SYSTEM  # noqa: E402
from shanzhi.foundation.base.ids import new_id  # noqa: E402
from shanzhi.foundation.base.refusals import Refusal  # noqa: E402
from shanzhi.foundation.calendar.clock import SHANGHAI, Hours, Limit, parse_limit  # noqa: E402
from shanzhi.foundation.playbook.services import apply  # noqa: E402
from tries import tries  # noqa: E402

STARTS = ["2026-06-10T09:00", "2026-09-30T17:30", "2026-02-13T11:50", "2026-12-31T16:00", "2027-09-30T10:00"]
CATEGORIES = ["manhole-cover", "road-damage"]
# Every walk that matters for clocks: who does it, and what is filled in.
STEPS: dict[str, tuple[str, dict[str, Any]]] = {
    "registration": ("陈静", {}), "dispatch": ("陈静", {"unit": "city-housing"}), "acceptance": ("赵强", {}),
    "outside-wait": ("赵强", {"outside": "供电局", "reason": "断电"}), "outside-answer": ("赵强", {"note": "好了"}),
    "outside-reminder": ("赵强", {"note": "催了"}), "help": ("赵强", {"need": "people", "note": "缺人"}),
    "advice": ("陈静", {"note": "来了"}), "progress": ("赵强", {"note": "在办"}), "return": ("赵强", {"reason": "不归我们"}),
    "extension-request": ("赵强", {"limit": "1", "reason": "不够"}), "extension": ("陈静", {}),
    "extension-refusal": ("陈静", {"reason": "抓紧"}), "withdrawal": ("王秀英", {}),
}  # fmt: skip
RARE = {"withdrawal", "return"}


class Ledger:
    """What the handling clock should be, kept by hand from what was done."""

    def __init__(self) -> None:
        self.start: datetime | None = None
        self.limit: Limit | None = None
        self.pauses: list[tuple[datetime, datetime]] = []
        self.since: datetime | None = None
        self.asked = False

    def did(self, action: str, at: datetime, limit: Limit) -> None:
        match action:
            case "acceptance":
                self.start, self.limit, self.pauses, self.since, self.asked = at, limit, [], None, False
            case "outside-wait" | "help":
                self.since = at
            case "outside-answer" | "advice":
                self.pauses.append((self.since, at))
                self.since = None
            case "dispatch":
                self.start = self.since = None
            case "extension":
                more = Limit(counts=limit.counts, days=1) if limit.by_day else Limit(counts=limit.counts, minutes=60)
                self.limit = self.limit.plus(more)


class Life(RuleBasedStateMachine):
    cast: Any = None

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.ledger, self.case, self.traveller = Ledger(), None, None

    def teardown(self) -> None:
        if self.traveller:
            self.travel.stop()
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    @initialize(start=st.sampled_from(STARTS), category=st.sampled_from(CATEGORIES))
    def begin(self, start: str, category: str) -> None:
        self.now = datetime.fromisoformat(start).replace(tzinfo=SHANGHAI)
        self.travel = time_machine.travel(self.now, tick=False)
        self.traveller = self.travel.start()
        place = self.cast.city.willow_1
        opened = services.open_case(
            id=new_id(), procedure="six-step", place=place.id, words="井盖破了", by=self.cast.actor("王秀英"),
            position=middle(place), category=category,
        )  # fmt: skip
        self.case = opened.case
        self.limit = parse_limit(queries.catalogue_of(self.case.version_id).item(category).limit)
        self.category = category
        for action in ("registration", "dispatch", "acceptance"):
            self.attempt(action)

    @rule(minutes=st.sampled_from([1, 7, 30, 61, 180, 600, 1440, 2880, 7200]))
    def wait(self, minutes: int) -> None:
        self.pass_time(minutes)

    def pass_time(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.traveller.move_to(self.now)

    @rule(data=st.data())
    def act(self, data: st.DataObject) -> None:
        case = Case.objects.get(pk=self.case.pk)
        open_ = sorted(set(queries.procedure_of(case).from_state(case.state)) & set(STEPS))
        plain = [name for name in open_ if name not in RARE]
        if open_:
            self.attempt(data.draw(st.sampled_from(open_ if data.draw(st.integers(0, 9)) == 0 or not plain else plain)))

    def attempt(self, action: str) -> None:
        who, fields = STEPS[action]
        fields = fields | ({"category": self.category} if action == "registration" else {})
        try:
            services.act(case=self.case.pk, action=action, by=self.cast.actor(who), fields=fields)
        except Refusal:
            return
        self.ledger.did(action, self.now, self.limit)

    @rule(way=st.sampled_from([("outside-wait", "outside-answer"), ("help", "advice")]), minutes=st.integers(1, 6000))
    def stand_for_a_while(self, way: tuple[str, str], minutes: int) -> None:
        """Straight to what matters: chance alone seldom lets time pass between a pause and its end."""
        self.attempt(way[0])
        self.pass_time(minutes)
        self.attempt(way[1])

    @rule()
    def tick(self) -> None:
        services.tick()
        assert services.tick() == services.Ticked()

    @invariant()
    def one_clock_runs_and_it_is_right(self) -> None:
        if self.case is None:
            return
        case = Case.objects.get(pk=self.case.pk)
        procedure = queries.procedure_of(case)
        open_ = list(Clock.objects.filter(case=case, stopped=None))
        running = [clock for clock in open_ if clock.paused is None]
        stands = [clock for clock in open_ if clock.paused is not None]
        back = any(one.turns == "resume" for one in procedure.from_state(case.state).values())
        assert [clock.state for clock in running] == ([] if case.final else [case.state])
        assert [clock.state for clock in stands] == (["handling"] if back else [])
        if case.final:
            return
        assert (case.due_at, case.warn_at) == (running[0].due, running[0].warn)
        ledger, wanted = self.ledger, running[0]
        if case.state == "handling":
            assert (wanted.started, parse_limit(wanted.limit)) == (ledger.start, ledger.limit)
            expected = Slow(ledger.start, ledger.limit.counts, Hours(), ledger.pauses).due(ledger.limit)
            assert wanted.due == expected
        if back:
            assert stands[0].paused == ledger.since

    @invariant()
    def nothing_is_said_twice(self) -> None:
        rows = list(Reminder.objects.filter(case=self.case).values_list("clock", "kind", "level", "post", "due"))
        assert len(rows) == len(set(rows))


@pytest.mark.property
@pytest.mark.django_db
def test_no_life_of_a_case_leaves_it_without_its_clock(cast):
    apply("yuxi", place=cast.city.city.id, by=SYSTEM, from_date=date(2026, 1, 1))
    Life.cast = cast
    run_state_machine_as_test(
        Life,
        settings=settings(tries(30), stateful_step_count=25, suppress_health_check=list(HealthCheck)),
    )
