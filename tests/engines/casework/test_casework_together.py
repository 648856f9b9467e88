"""Two officers at once, retries, and somebody who comes too late."""

import pytest

from shanzhi.engines.casework import queries, services
from shanzhi.engines.casework.models import Case, Step
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.refusals import Conflict, Denied, NotFound

pytestmark = pytest.mark.django_db


def test_the_second_officer_learns_who_was_quicker_and_keeps_what_she_typed(yuxi, report, do):
    case = do(report(), "registration", "陈静", category="manhole-cover")
    seen = case.touched
    do(case, "dispatch", "刘敏", unit="city-transport")
    with pytest.raises(services.Moved) as refused:
        services.act(
            case=case.id,
            action="dispatch",
            by=yuxi.actor("陈静"),
            fields={"unit": "city-housing", "note": "快点"},
            expect=seen,
        )
    assert "刘敏" in str(refused.value.message)
    assert refused.value.typed["note"] == "快点"
    assert Case.objects.get(pk=case.id).unit_id == yuxi.units["city-transport"].id
    with pytest.raises(services.Moved, match="You have acted") as again:
        services.act(case=case.id, action="dispatch", by=yuxi.actor("刘敏"), fields={}, expect=seen)
    assert "刘敏" not in str(again.value.message)


def test_the_same_revision_twice_conflicts_even_if_the_state_allows_it(yuxi, story, do):
    seen = Case.objects.get(pk=story.case.id).touched
    do(story.case, "progress", "赵强", note="一")
    with pytest.raises(Conflict):
        services.act(case=story.case.id, action="progress", by=yuxi.actor("赵强"), fields={"note": "二"}, expect=seen)


def test_a_retry_with_the_key_acts_once(yuxi, report):
    case, key = report(), new_id()
    for _ in range(2):
        done = services.act(
            case=case.id, action="registration", by=yuxi.actor("陈静"), fields={"category": "manhole-cover"}, key=key
        )
    assert done.state == "registered"
    assert Step.objects.filter(case=case).count() == 2


def test_sending_a_report_twice_opens_one_case_and_gives_the_same_link(yuxi, report):
    visitor, id = Actor(visitor="v1"), new_id()
    first, second = report(visitor, id=id), report(visitor, id=id)
    assert first.id == second.id == id
    assert first.token == second.token != ""
    assert Case.objects.count() == 1


def test_the_same_id_with_other_words_is_refused(report):
    id = new_id()
    report(id=id)
    with pytest.raises(Conflict):
        report(id=id, words="完全不同的事")


def test_a_stranger_learns_nothing_from_a_refusal(yuxi, story):
    with pytest.raises(Denied) as refused:
        services.act(case=story.case.id, action="registration", by=yuxi.actor("周涛"), fields={})
    assert "陈静" not in str(refused.value.message)
    with pytest.raises(NotFound):
        queries.access_case(story.case.id, by=yuxi.actor("周涛"))


def test_what_somebody_else_took_is_not_mine(yuxi, story, do):
    back = do(story.case, "return", "赵强", reason="不归我们")
    do(back, "dispatch", "陈静", unit="city-transport")
    with pytest.raises(Conflict, match="quicker"):
        do(story.case, "completion", "赵强", "after", result="好了")
