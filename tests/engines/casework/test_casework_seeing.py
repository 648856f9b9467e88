"""Who sees which case, and who sees the reporter."""

from dataclasses import replace

import pytest
from django.db import connection

from shanzhi.engines.casework import queries
from shanzhi.engines.casework.models import Party
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import Denied, Invalid, NotFound
from shanzhi.registers.people.models import Access
from shanzhi.registers.people.services import declare_conflict

pytestmark = pytest.mark.django_db


def sees(case, by) -> bool:
    return queries.visible_cases(by).filter(pk=case.id).exists()


def test_who_sees_a_report_in_willow(yuxi, report):
    case = report()
    seeing = {name for name in yuxi.persons if sees(case, yuxi.actor(name))}
    assert seeing == {"王秀英", "张伟", "刘敏", "陈静", "孙丽", "吴刚"}


def test_a_department_sees_what_it_has_or_had(yuxi, story, do):
    assert sees(story.case, yuxi.actor("赵强"))
    assert not sees(story.case, yuxi.actor("钱芳"))
    do(story.case, "return", "赵强", reason="不归我们")
    assert sees(story.case, yuxi.actor("赵强"))


def test_the_unit_complained_about_sees_nothing_and_handles_nothing(yuxi, report, do):
    case = report(subject_unit=yuxi.units["city-housing"].id)
    do(case, "registration", "陈静", category="manhole-cover")
    with pytest.raises(Invalid, match="about this unit"):
        do(case, "dispatch", "陈静", unit="city-housing")
    assert not sees(case, yuxi.actor("赵强"))
    assert sees(case, yuxi.actor("陈静"))


def test_a_desk_in_the_unit_complained_about_is_shut_out(yuxi, report, do):
    case = report(subject_unit=yuxi.units["city-centre"].id)
    assert not sees(case, yuxi.actor("陈静"))
    assert queries.inbox(yuxi.actor("陈静"), "desk").count() == 0
    with pytest.raises(Denied, match="about your unit"):
        do(case, "registration", "陈静", category="manhole-cover")
    assert queries.reporter_of(case_of(case, yuxi), yuxi.actor("陈静")).name == ""


def case_of(case, yuxi):
    return queries.access_case(case.id, by=yuxi.actor("王秀英"))


def test_the_reporter_is_shown_to_those_who_work_on_it_and_that_is_logged(yuxi, report):
    case = report()
    desk = yuxi.actor("陈静")
    seen = queries.reporter_of(queries.access_case(case.id, by=desk), desk)
    assert seen.name == "王秀英"
    log = Access.objects.get(about=yuxi.persons["王秀英"])
    assert (log.who_id, case.number in log.why) == (desk.person, True)


def test_a_visitor_follows_by_link_only(yuxi, report):
    case = report(Actor(visitor="v1"))
    found = queries.case_by_follow(case.token)
    visitor = Actor(visitor="v2", follows=found.follows)
    assert queries.access_case(case.id, by=visitor).id == case.id
    assert queries.actions_for(queries.access_case(case.id, by=visitor), visitor)[0].action == "withdrawal"
    with pytest.raises(NotFound):
        queries.access_case(case.id, by=Actor(visitor="v1"))
    for wrong in ("", case.token[:-1], case.token[:8], case.token[:-1] + "a" * 1, "x" * 40):
        if wrong != case.token:
            with pytest.raises(NotFound):
                queries.case_by_follow(wrong)


def test_only_a_hash_of_the_link_is_kept(yuxi, report):
    case = report(Actor(visitor="v1"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('shanzhi.actor', 'system', true)")
        cursor.execute("SELECT p::text FROM casework_party p")
        kept = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('shanzhi.actor', '', true)")
    assert case.token not in kept


def test_no_actor_sees_no_party(yuxi, report):
    report()
    assert Party.objects.count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('shanzhi.purpose', 'casework.reporter', true)")
    assert Party.objects.count() == 0


def test_the_words_and_the_steps_do_not_name_the_reporter(yuxi, report, do):
    case = report()
    for who in ("陈静", "孙丽"):
        by = yuxi.actor(who)
        told = repr(queries.timeline(queries.access_case(case.id, by=by), by))
        assert "王秀英" not in told
        assert str(yuxi.persons["王秀英"]) not in told


def test_declared_interest_excludes(yuxi, report, do):
    case = report()
    declare_conflict(by=yuxi.actor("陈静"), person=yuxi.persons["王秀英"], kind="friendship")
    with pytest.raises(Denied, match="too near"):
        do(case, "registration", "陈静", category="manhole-cover")


def test_internal_notes_stay_inside(yuxi, report, do):
    case = report()
    do(case, "registration", "陈静", category="manhole-cover", note="此人经常投诉")
    for name, expected in (("王秀英", False), ("孙丽", True)):
        by = yuxi.actor(name)
        assert ("经常投诉" in repr(queries.timeline(queries.access_case(case.id, by=by), by))) is expected


def test_a_link_that_strays_into_the_unit_complained_about_opens_nothing(yuxi, report, do):
    case = report(Actor(visitor="v1"), subject_unit=yuxi.units["city-housing"].id)
    follows = queries.case_by_follow(case.token).follows
    officer = replace(yuxi.actor("赵强"), follows=follows)
    assert not sees(case, officer)
    with pytest.raises(NotFound):
        queries.access_case(case.id, by=officer)
    with pytest.raises((Denied, NotFound)):
        do(case, "withdrawal", officer)


def test_a_link_alone_names_nobody_where_the_report_is_about_a_unit(yuxi, report):
    about = report(Actor(visitor="v1"), subject_unit=yuxi.units["city-housing"].id)
    bearer = Actor(visitor="v2", follows=queries.case_by_follow(about.token).follows)
    seen = queries.reporter_of(queries.access_case(about.id, by=bearer), bearer)
    assert (seen.name, seen.phone) == ("", "")
    assert "not shown by the link" in seen.why_not
