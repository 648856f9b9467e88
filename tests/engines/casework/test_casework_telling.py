"""Notices of what a procedure tells; joining; replay."""

import pytest

from shanzhi.engines.casework import queries, services
from shanzhi.engines.casework.models import Case
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.refusals import Invalid
from shanzhi.foundation.journal.subscribers import run_once
from shanzhi.foundation.messages.models import Notice

pytestmark = pytest.mark.django_db


def told(yuxi, name) -> list[str]:
    return [notice.text["zh-hans"] for notice in Notice.objects.filter(to=yuxi.persons[name]).order_by("at", "id")]


def test_each_is_told_once_in_plain_words(yuxi, story, do):
    run_once("case-notices")
    resident = told(yuxi, "王秀英")
    assert any("已经交给清河市住房和城乡建设局" in text for text in resident)
    assert any("收到新件" in text and "井盖" in text for text in told(yuxi, "赵强"))
    assert "{" not in "".join(resident)
    before = Notice.objects.count()
    run_once("case-notices")
    assert Notice.objects.count() == before


def test_who_acted_is_not_told_of_it(yuxi, report):
    report("刘敏", source="worker")
    run_once("case-notices")
    assert not any("新上报" in text for text in told(yuxi, "刘敏"))


def unread(yuxi, name) -> int:
    return Notice.objects.filter(to=yuxi.persons[name], read_at=None).count()


def test_what_a_colleague_has_done_waits_unread_no_longer(yuxi, report, do):
    case = report()
    run_once("case-notices")
    assert unread(yuxi, "刘敏") > 0
    do(case, "registration", "陈静", category="manhole-cover")
    run_once("case-notices")
    assert unread(yuxi, "刘敏") == 0
    resident = unread(yuxi, "王秀英")
    do(case, "dispatch", "陈静", unit="city-housing")
    run_once("case-notices")
    assert unread(yuxi, "王秀英") > resident  # residents read for themselves


def test_the_stored_state_is_what_the_journal_says(yuxi, story, do):
    do(story.case, "completion", "赵强", "after", result="好了")
    do(story.case, "confirmation", "孙丽")
    do(story.case, "reopening", "王秀英", reason="又坏了")
    stored, replayed = Case.objects.get(pk=story.case.id), queries.replay_state(story.case.id)
    assert replayed == queries.Replayed(stored.state, stored.category, stored.unit_id, stored.final, stored.touched)


def test_subscribing_once(yuxi, report):
    case, neighbour = report(), yuxi.actor("李桂芳")
    for _ in range(2):
        services.subscribe(case=case.id, by=neighbour)
    assert queries.following(case.id) == 1
    assert queries.access_case(case.id, by=neighbour).id == case.id
    assert [offer.action for offer in queries.actions_for(queries.access_case(case.id, by=neighbour), neighbour)] == []


def test_a_visitor_who_follows_is_not_the_reporter(yuxi, report):
    from shanzhi.foundation.base.actor import Actor

    case = report()
    token = services.subscribe(case=case.id, by=Actor(visitor="v9"), key=new_id()).follow_token
    found = queries.case_by_follow(token)
    visitor = Actor(visitor="v9", follows=found.follows)
    assert found.relation == "subscriber"
    assert queries.actions_for(queries.access_case(case.id, by=visitor), visitor) == []


def test_joining_takes_the_followers_along(yuxi, report):
    first, second = report(), report("李桂芳", words="井盖坏了")
    services.join(case=second.id, into=first.id, by=yuxi.actor("陈静"))
    assert Case.objects.get(pk=second.id).final
    assert queries.access_case(first.id, by=yuxi.actor("李桂芳")).id == first.id
    with pytest.raises(Invalid):
        services.join(case=first.id, into=first.id, by=yuxi.actor("陈静"))


def test_an_action_may_open_another_procedure(yuxi, report, do, monkeypatch):
    from shanzhi.engines.casework import acting
    from shanzhi.engines.casework.documents.procedure import Opens

    case = report()
    procedure = queries.procedure_of(case)
    action = procedure.actions["registration"].model_copy(update={"opens": Opens(procedure="six-step")})
    changed = procedure.model_copy(update={"actions": procedure.actions | {"registration": action}})
    monkeypatch.setattr(acting, "procedure_of", lambda case: changed)
    do(case, "registration", "陈静", category="manhole-cover")
    child = Case.objects.get(parent=case)
    assert (child.state, child.place_id, child.category) == ("reported", case.place_id, "manhole-cover")
    assert child.reporter_party is None


def test_a_sentence_has_one_full_stop_where_the_writer_set_one_too():
    from shanzhi.engines.casework.documents.base import fill

    assert fill("没有通过：{reason}。请重办。", {"reason": "请补拍周围。"}) == "没有通过：请补拍周围。请重办。"
    assert fill("Returned: {reason}. Again.", {"reason": "Too dark."}) == "Returned: Too dark. Again."
    assert fill("退回：{reason}", {"reason": "请补拍。"}) == "退回：请补拍。"
