"""How each report stands is told by the journal alone: rebuilt from it, it is what it was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from cases import do, report  # noqa: F401 - fixtures
from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.journal.delivery import replay
from shanzhi.foundation.journal.subscribers import run_once
from shanzhi.programmes.reporting import queries
from shanzhi.programmes.reporting.models import Matter

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=30)


@pytest.fixture
def lived(yuxi, report, do):  # noqa: F811
    """Six reports on their ways: new, under way, done, done and reopened, refused, and refused but objected to."""
    made = {name: report() for name in ("new", "handled", "done", "reopened", "refused", "objected")}
    no = {"ground": "not-found", "reason": "现场没有找到"}
    do(made["refused"], "rejection", "陈静", **no)
    do(made["objected"], "rejection", "陈静", **no)
    do(made["objected"], "objection", "王秀英", reason="在三号楼后面")
    do(made["handled"], "registration", "陈静", category="street-light")
    for name in ("done", "reopened"):
        do(made[name], "assignment", "刘敏", category="manhole-cover", post=str(yuxi.posts["张伟"].id))
        do(made[name], "completion", "张伟", "before after", result="盖好了")
        do(made[name], "confirmation", "孙丽")
    do(made["reopened"], "reopening", "王秀英", reason="又翘起来了")
    return made


def stored() -> list[tuple]:
    return list(Matter.objects.order_by("pk").values_list())


def test_each_stands_as_its_case_does(yuxi, lived):
    run_once("report-tally")
    rows = {row.case_id: row for row in Matter.objects.all()}
    stands = {name: rows[case.id].stands for name, case in lived.items()}
    assert stands == {
        "new": "open", "handled": "open", "done": "done", "reopened": "open", "refused": "aside", "objected": "open",
    }  # fmt: skip
    for case in casework.visible_cases(SYSTEM):
        row = rows[case.id]
        assert (row.place_id, row.category, row.stands == "open") == (case.place_id, case.category, not case.final)
    found = queries.figures(yuxi.city.east.path, timezone.now() - MONTH)
    assert (found.done, found.open, found.kinds) == (1, 4, {"manhole-cover": 1})
    assert queries.figures(yuxi.city.west.path, timezone.now() - MONTH).open == 0


def test_replay_gives_what_is_stored(yuxi, lived):
    run_once("report-tally")
    before = stored()
    Matter.objects.filter(stands="open").update(category="nonsense", stands="done")
    Matter.objects.first().delete()
    call_command("journal", "replay", "report-tally")
    assert stored() == before
    assert replay("report-tally") > len(lived)
    assert stored() == before


def test_one_batch_or_many_give_the_same(yuxi, report, do):  # noqa: F811
    case = report()
    run_once("report-tally")
    do(case, "registration", "陈静", category="street-light")
    run_once("report-tally")
    one_by_one = stored()
    replay("report-tally")
    assert stored() == one_by_one
