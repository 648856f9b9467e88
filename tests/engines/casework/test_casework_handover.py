"""Posts end, people are replaced, units are dissolved: what they had goes on with somebody, once, and it is said to whom."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cast import SINCE
from shanzhi.engines.casework import queries, services
from shanzhi.engines.casework.models import Hand, Step
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.refusals import NotFound
from shanzhi.foundation.journal.services import as_actor
from shanzhi.foundation.journal.subscribers import run_once
from shanzhi.foundation.messages.queries import notices_of
from shanzhi.registers.people import services as people
from shanzhi.registers.people.models import Person, Post, Unit
from whistles import HOUSING, WILLOW

pytestmark = pytest.mark.django_db


def appointed(cast: Any, like: str, *, unit: Any = None, name: str = "新来的") -> Post:
    """Somebody new in the same kind of post."""
    old = cast.posts[like]
    with as_actor(SYSTEM):
        person = Person.objects.create(name=name)
    return Post.objects.create(person=person, unit=unit or old.unit, role=old.role, place=old.place, since=SINCE)


def leave(cast: Any, who: str) -> None:
    people.end_post(post=cast.posts[who].id, by=SYSTEM)
    run_once()


def told(person: Any) -> str:
    return " ".join(one.text["en"] for one in notices_of(person).notices)


def test_the_successor_in_the_post_has_it_and_hears_of_it(story):
    heir = appointed(story.cast, "赵强")
    leave(story.cast, "赵强")
    case = queries.access_case(story.case.id, by=SYSTEM)
    assert (case.post_id, case.taker_id, case.state) == (heir.id, None, "handling")
    assert "is yours now" in told(heir.person_id)
    offers = queries.actions_for(case, people_actor(heir))
    assert "completion" in {one.action for one in offers if one.allowed}
    last = queries.timeline(case, SYSTEM)[-1]
    assert last.what == "Handed over"
    assert last.to


def people_actor(post: Post) -> Any:
    from shanzhi.registers.people.queries import actor_of

    return actor_of(post.person_id)


def test_without_a_successor_the_unit_has_it_and_its_head_hears_of_it(story):
    head = appointed(story.cast, "赵强", name="负责人")
    Post.objects.filter(pk=head.pk).update(role="unit-leader")
    colleague = appointed(story.cast, "赵强", name="同事")
    Post.objects.filter(pk=colleague.pk).update(role="clerk")
    leave(story.cast, "赵强")
    case = queries.access_case(story.case.id, by=SYSTEM)
    assert (case.unit_id, case.post_id, case.taker_id) == (story.cast.units["city-housing"].id, None, None)
    assert "name somebody" in told(head.person_id)
    assert "name somebody" not in told(colleague.person_id)
    assert any(one.allowed for one in queries.actions_for(case, people_actor(colleague)) if one.action == "completion")


def test_who_is_too_near_does_not_inherit(story):
    neighbour = story.cast.persons["王秀英"]  # who reported it
    old = story.cast.posts["赵强"]
    Post.objects.create(person_id=neighbour, unit=old.unit, role=old.role, place=old.place, since=SINCE)
    leave(story.cast, "赵强")
    assert queries.access_case(story.case.id, by=SYSTEM).post_id is None


def test_a_dissolved_unit_gives_to_the_one_that_follows(story):
    units = story.cast.units
    people.close_unit(unit=units["city-housing"].id, successor=units["city-transport"].id, by=SYSTEM)
    run_once()
    case = queries.access_case(story.case.id, by=SYSTEM)
    assert case.unit_id == units["city-transport"].id
    assert queries.access_case(case.id, by=story.cast.actor("钱芳")).id == case.id
    before = Step.objects.filter(case=case).count()
    run_once()
    assert services.hand_over() == 0
    assert Step.objects.filter(case=case).count() == before


def test_else_to_the_unit_above(story):
    units = story.cast.units
    Unit.objects.filter(pk=units["city-housing"].pk).update(parent=units["city-centre"])
    people.close_unit(unit=units["city-housing"].id, by=SYSTEM)
    run_once()
    assert queries.access_case(story.case.id, by=SYSTEM).unit_id == units["city-centre"].id


def test_else_to_the_named_person(story):
    people.close_unit(unit=story.cast.units["city-housing"].id, by=SYSTEM)
    run_once()
    case = queries.access_case(story.case.id, by=SYSTEM)
    assert case.post_id is not None
    assert case.unit_id == story.cast.units["city-centre"].id


def test_never_to_the_unit_complained_about(yuxi, report, do):
    units = yuxi.units
    case = report(subject_unit=units["city-transport"].id)
    do(case, "registration", "陈静", category="manhole-cover")
    do(case, "dispatch", "陈静", unit="city-housing")
    people.close_unit(unit=units["city-housing"].id, successor=units["city-transport"].id, by=SYSTEM)
    run_once()
    assert queries.access_case(case.id, by=SYSTEM).unit_id != units["city-transport"].id
    with pytest.raises(NotFound):
        queries.access_case(case.id, by=yuxi.actor("钱芳"))


def test_a_day_that_lies_ahead_moves_nothing_yet(story):
    post = story.cast.posts["赵强"]
    people.end_post(post=post.id, by=SYSTEM, on=date.today() + timedelta(days=400))
    run_once()
    assert queries.access_case(story.case.id, by=SYSTEM).post_id == post.id


def test_the_journal_alone_says_who_has_it(story):
    appointed(story.cast, "赵强")
    leave(story.cast, "赵强")
    case = queries.access_case(story.case.id, by=SYSTEM)
    assert queries.replay_state(case.id) == queries.Replayed(
        case.state, case.category, case.unit_id, case.final, case.touched
    )


# --- parts -------------------------------------------------------------------------------------------------------------


def test_a_part_goes_to_the_successor(whistle):
    whistle.call(HOUSING, WILLOW)
    whistle.do("reporting-in", "孟和", HOUSING)
    heir = appointed(whistle.cast, "孟和")
    leave(whistle.cast, "孟和")
    assert whistle.hand(HOUSING).post_id == heir.id
    assert whistle.hand(HOUSING).stand == "taken"
    assert "is yours now" in told(heir.person_id)
    assert whistle.hand(WILLOW).stand == "given"


def test_a_part_of_a_dissolved_unit_goes_to_the_one_that_follows(whistle):
    whistle.call(HOUSING, WILLOW)
    whistle.do("reporting-in", "孟和", HOUSING)
    units = whistle.cast.units
    people.close_unit(unit=units[HOUSING].id, successor=units["city-transport"].id, by=SYSTEM)
    run_once()
    hand = Hand.objects.get(case=whistle.case, lead=True)
    assert (hand.unit_id, hand.stand) == (units["city-transport"].id, "taken")
    assert whistle.now().unit_id == units["city-transport"].id
    whistle.do("joint-completion", "钱芳", None, "after", result="好了")
    assert Hand.objects.get(pk=hand.pk).stand == "done"


@pytest.mark.parametrize("done", [False, True])
def test_a_unit_that_is_on_it_already_takes_what_is_undone_into_its_part(whistle, done):
    whistle.call(HOUSING, WILLOW, "city-transport")
    if done:
        whistle.finish("钱芳", "city-transport")
    units = whistle.cast.units
    people.close_unit(unit=units[HOUSING].id, successor=units["city-transport"].id, by=SYSTEM)
    run_once()
    rows = {row.unit_id: row for row in Hand.objects.filter(case=whistle.case, ended_at=None)}
    theirs = rows[units["city-transport"].id]
    assert (theirs.stand, theirs.lead) == ("taken" if done else "given", True)
    assert units[HOUSING].id not in rows
    assert whistle.now().hands_on == 2
    stored = {row.id: (row.unit_id, row.stand, row.lead) for row in Hand.objects.filter(case=whistle.case)}
    replayed = {id: (one.unit, one.stand, one.lead) for id, one in queries.replay_hands(whistle.case.id).items()}
    assert replayed == stored


# --- divided -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def divided(yuxi, report, do):
    case = report()
    do(case, "registration", "陈静", category="manhole-cover")
    parts = [{"what": "换井盖"}, {"what": "补路面", "category": "road-damage", "unit": "city-transport"}, {"what": " "}]
    do(case, "division", "陈静", parts=parts)
    return case


def children(case: Any) -> list[Any]:
    return [one for how, one in queries.related(case, SYSTEM) if how == "child"]


def test_each_part_is_a_case_of_its_own(yuxi, divided):
    found = {one.words: one for one in children(divided)}
    assert {words: (one.state, one.category) for words, one in found.items()} == {
        "换井盖": ("registered", "manhole-cover"),
        "补路面": ("dispatched", "road-damage"),
    }
    assert found["补路面"].unit_id == yuxi.units["city-transport"].id
    assert found["补路面"] in queries.inbox(yuxi.actor("钱芳"), "unit")
    mine = yuxi.actor("王秀英")
    assert all(queries.access_case(one.id, by=mine) for one in found.values()), "who reported the whole sees its parts"
    assert queries.replay_state(found["补路面"].id).unit == yuxi.units["city-transport"].id


def test_parts_of_a_made_up_matter_are_marked_like_it(report, do):
    case = report()
    do(case, "registration", "陈静", category="manhole-cover")
    type(case).objects.filter(pk=case.id).update(synthetic=True, live=True)
    do(case, "division", "陈静", parts=[{"what": "换井盖"}, {"what": "补路面"}])
    assert [(one.synthetic, one.live) for one in children(case)] == [(True, True)] * 2


def test_one_line_is_no_division(yuxi, report, do):
    from shanzhi.foundation.base.refusals import Invalid

    case = report()
    do(case, "registration", "陈静", category="manhole-cover")
    with pytest.raises(Invalid, match="two lines"):
        do(case, "division", "陈静", parts=[{"what": "只有一件"}])


def test_what_is_wrong_with_a_part_says_which(yuxi, report, do):
    from shanzhi.foundation.base.refusals import Invalid

    case = report()
    do(case, "registration", "陈静", category="manhole-cover")
    with pytest.raises(Invalid, match="Part 2: .*500") as refused:
        do(case, "division", "陈静", parts=[{"what": "换井盖"}, {"what": "补路面" * 200}])
    assert list(refused.value.fields) == ["parts"]


def test_the_whole_closes_by_itself_when_its_parts_have(yuxi, divided, do):
    first, second = sorted(children(divided), key=lambda one: one.state)
    do(first, "acceptance", "钱芳")
    do(first, "completion", "钱芳", "after", result="补好了")
    do(first, "confirmation", "孙丽")
    run_once()
    assert queries.access_case(divided.id, by=SYSTEM).state == "divided"
    do(second, "withdrawal", "王秀英")
    run_once()
    whole = queries.access_case(divided.id, by=SYSTEM)
    assert whole.state == "closed"
    assert Step.objects.filter(case=whole).latest("seq").relation == "system"
    run_once()
    assert queries.access_case(divided.id, by=SYSTEM).touched == whole.touched


def test_nobody_closes_the_whole_before(divided, do):
    from shanzhi.foundation.base.refusals import Refusal

    with pytest.raises(Refusal):
        do(divided, "division-closing", SYSTEM)
