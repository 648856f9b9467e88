"""What an action and a list cost in statements. BEGIN, COMMIT and savepoints are not counted, nor is the statement that a
test needs to put the outer actor back: in production a command is the whole transaction."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shanzhi.engines.casework import queries, services
from shanzhi.foundation.base.ids import new_id

pytestmark = pytest.mark.django_db
FREE = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
PUT_BACK = "SELECT set_config('shanzhi.actor', ''"


def cost(captured) -> list[str]:
    return [q["sql"] for q in captured if not q["sql"].startswith(FREE) and not q["sql"].startswith(PUT_BACK)]


def acting(case, action, by, files=(), **fields) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        services.act(case=case.id, action=action, by=by, fields=fields, files=files, key=new_id())
    return cost(captured)


def test_no_action_of_the_loop_takes_more_than_eight_statements(yuxi, report, photo):
    desk, handler, checker, resident = (yuxi.actor(name) for name in ("陈静", "赵强", "孙丽", "王秀英"))
    case = report()
    counts = {}
    for action, by, shots, fields in (
        ("registration", desk, 0, {"category": "manhole-cover", "note": "看过了"}),
        ("dispatch", desk, 0, {"unit": "city-housing"}),
        ("acceptance", handler, 0, {}),
        ("arrival", handler, 1, {}),
        ("forwarding", handler, 0, {"unit": "city-housing", "reason": "再转"}),
        ("acceptance", handler, 0, {}),
        ("completion", handler, 3, {"result": "换好了"}),
        ("confirmation", checker, 0, {}),
        ("rating", resident, 0, {"stars": 5}),
        ("reopening", resident, 0, {"reason": "又坏了"}),
        ("withdrawal", resident, 0, {}),
    ):
        made = acting(case, action, by, [photo(by) for _ in range(shots)], **fields)
        counts[action] = len(made)
        assert len(made) <= 8, (action, [one[:110] for one in made])
    assert max(counts.values()) <= 8, counts


def test_a_rejection_with_a_reason_too(yuxi, report):
    made = acting(report(), "rejection", yuxi.actor("陈静"), ground="not-found", reason="现场没有")
    assert len(made) <= 8, made


@pytest.mark.parametrize("box", queries.BOXES)
def test_lists_cost_the_same_for_one_and_for_many(yuxi, report, box):
    who = yuxi.actor("陈静")

    def pages() -> int:
        with CaptureQueriesContext(connection) as captured:
            for case in queries.inbox(who, box):
                queries.sentence(case, who)
                queries.category_title(case)
        return len(cost(captured))

    report()
    one = pages()
    for number in range(8):
        report("李桂芳", words=f"第{number}件事")
    assert pages() == one


def test_a_timeline_costs_the_same_however_long(yuxi, story, do):
    who = yuxi.actor("陈静")
    case = queries.access_case(story.case.id, by=who)

    def lines() -> int:
        with CaptureQueriesContext(connection) as captured:
            queries.timeline(case, who)
        return len(cost(captured))

    before = lines()
    for number in range(5):
        do(story.case, "progress", "赵强", note=f"进展{number}")
    assert lines() == before <= 4
