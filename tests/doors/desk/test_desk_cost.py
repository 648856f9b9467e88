"""What the desk's pages cost, and that statements put together once say what the lists themselves say."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from shanzhi.doors.desk import boxes
from shanzhi.engines.casework.models import Case
from shanzhi.foundation.base.ids import new_id

AIMS = {"inbox": ("?box=all", 6), "search": ("?which=", 6)}


def asked(client, url) -> list[str]:
    client.get(url)  # warm: playbook, territory
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return [one["sql"] for one in seen]


@pytest.mark.parametrize("name", AIMS)
def test_the_lists_take_few_statements(name, report, client_for):
    for _n in range(3):
        report()
    query, most = AIMS[name]
    found = asked(client_for("陈静"), reverse(f"desk:{name}") + query)
    assert len(found) <= most, "\n".join(found)


ROAD = (
    ("registration", "陈静", {"category": "road-damage"}),
    ("dispatch", "陈静", {"unit": "city-transport"}),
    ("acceptance", "钱芳", {}),
)


@pytest.mark.parametrize(("steps", "most"), [(0, 7), (1, 8), (2, 7), (3, 7)])
def test_the_page_of_a_case_takes_few_statements(steps, most, report, do, client_for):
    """As new, with its suggestions; with the units to choose from; on its way. What is not there is not asked for."""
    report(category="road-damage")
    case = report(category="road-damage")
    for action, who, fields in ROAD[:steps]:
        do(case, action, who, **fields)
    found = asked(client_for("陈静"), reverse("desk:case", args=[case.id]))
    assert len(found) <= most, "\n".join(found)


def test_an_action_by_the_page_takes_few_statements(report, client_for):
    """Seven, BEGIN and COMMIT counted; within the test's own transaction the actor is put back as well. The case is fetched once."""
    desk = client_for("陈静")
    for _n in range(2):  # the first one warms
        address = reverse("desk:action", args=[report().id, "registration"])
        with CaptureQueriesContext(connection) as seen:
            answer = desk.post(address, {"category": "street-light", "expect": "1", "key": str(new_id())})
    assert answer.status_code == 302
    assert len(seen) <= 8, "\n".join(one["sql"] for one in seen)


@pytest.fixture
def busy(report, do, yuxi, city):
    """Cases at every step, some late, one about the dispatcher's own unit."""
    for n in range(9):
        case = report(place=city.willow_1 if n % 2 else city.peach_2)
        if n > 1:
            do(case, "registration", "陈静", category="manhole-cover")
        if n > 3:
            do(case, "dispatch", "陈静", unit="city-housing")
        if n > 5:
            do(case, "acceptance", "赵强")
        if n > 6:
            do(case, "completion", "赵强", "after", result="修好了")
        if n % 3 == 0:
            Case.objects.filter(pk=case.id).update(warn_at=timezone.now() - timedelta(hours=1))
        if n % 4 == 0:
            Case.objects.filter(pk=case.id).update(due_at=timezone.now() - timedelta(minutes=1), warn_at=None)
    Case.objects.filter(pk=report().id).update(subject_unit=yuxi.units["city-centre"])
    return yuxi


@pytest.mark.parametrize("name", ["陈静", "孙丽", "吴刚", "赵强", "刘敏", "张伟"])
def test_numbers_and_pages_are_those_of_the_lists(name, busy):
    by = busy.actor(name)
    numbers = boxes.counts(by)
    assert list(numbers) == list(boxes.titles(by))
    for box, number in numbers.items():
        whole = [case.pk for case in boxes.listed(by, box)]
        assert number == len(whole), box
        for part in (slice(0, 3), slice(2, 5), slice(0, 51)):
            assert [case.pk for case in boxes.pages(by, box)[part]] == whole[part], box
    assert numbers["all"] or name == "张伟"


def test_people_of_one_shape_get_their_own(busy):
    """Both posts look over the whole city as dispatchers: the same statement, with another person and unit in it."""
    first = busy.actor("陈静")
    unit = busy.units["city-transport"].id
    second = replace(first, person=busy.persons["钱芳"], posts=tuple(replace(post, unit=unit) for post in first.posts))
    about_first = Case.objects.get(subject_unit=busy.units["city-centre"])
    assert about_first.pk not in {case.pk for case in boxes.pages(first, "all")[0:51]}
    assert about_first.pk in {case.pk for case in boxes.pages(second, "all")[0:51]}
    assert boxes.counts(second)["all"] == boxes.counts(first)["all"] + 1


def test_numbers_are_live(busy, report):
    by = busy.actor("陈静")
    before = boxes.counts(by)
    report()
    after = boxes.counts(by)
    assert (after["triage"], after["now"], after["all"]) == tuple(before[box] + 1 for box in ("triage", "now", "all"))


def test_a_long_list_ends_at_the_most(busy, report, monkeypatch):
    monkeypatch.setattr(boxes, "MOST", 2)
    numbers = boxes.counts(busy.actor("陈静"))
    assert (numbers["now"], numbers["all"], boxes.shown(numbers["all"])) == (3, 3, "2+")
