"""Appointing, ending, and who may."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.moment import today
from shanzhi.foundation.base.refusals import Conflict, Denied, Invalid
from shanzhi.foundation.journal.queries import facts_about
from shanzhi.registers.people import services
from shanzhi.registers.people.unit_text import RoleText

WORDS = {"zh-hans": "词", "en": "word"}


@pytest.fixture
def playbook(monkeypatch):
    known = {
        key: RoleText(title=WORDS, level="city", duty=WORDS, appoints=key == "city-coordinator")
        for key in ("city-coordinator", "grid-worker", "handler")
    }
    asking = ("permissions", "commands.posts", "commands.remaining", "roles")
    for module in asking:
        monkeypatch.setattr(f"shanzhi.registers.people.{module}.roles_at", lambda place, on=None: known)


def appoint(cast, **values):
    given = {
        "person": cast.persons["周涛"], "unit": cast.units["peach"].id, "role": "grid-worker", "place": cast.city.peach_2.id,
        "by": SYSTEM,
    } | values  # fmt: skip
    return services.appoint(**given)


def test_a_post_counts_at_once_and_is_a_fact_without_a_name(cast, actor):
    post = appoint(cast)
    assert actor("周涛").covers(cast.city.peach_2.path, "grid-worker")
    (fact,) = facts_about(post.id)
    assert fact.kind == "post.appointed"
    assert "周涛" not in str(fact.data)


def test_appointing_twice_changes_nothing(cast):
    assert appoint(cast) == appoint(cast)


def test_an_end_counts_at_once(cast, actor):
    post = appoint(cast)
    services.end_post(post=post.id, by=SYSTEM)
    assert actor("周涛").posts == ()
    with pytest.raises(Conflict):
        services.end_post(post=post.id, by=SYSTEM)
    assert [fact.kind for fact in facts_about(post.id)] == ["post.appointed", "post.ended"]


def test_an_end_that_lies_ahead_can_be_moved_and_taken_back(cast, actor):
    post = appoint(cast)
    with pytest.raises(Conflict):
        services.keep_post(post=post.id, by=SYSTEM)
    services.end_post(post=post.id, by=SYSTEM, on=today() + timedelta(days=9))
    assert services.end_post(post=post.id, by=SYSTEM, on=today() + timedelta(days=20)).until == today() + timedelta(
        days=20
    )
    assert actor("周涛").posts != ()
    assert services.keep_post(post=post.id, by=SYSTEM).until is None
    assert facts_about(post.id)[-1].kind == "post.kept"


def test_places_lie_within_the_units_own(cast):
    with pytest.raises(Invalid) as refused:
        appoint(cast, place=cast.city.willow_1.id)
    assert "place" in refused.value.fields


def test_dates_run_forward(cast):
    today = timezone.localdate()
    with pytest.raises(Invalid):
        appoint(cast, since=today, until=today - timedelta(days=1))


def test_only_known_roles(cast, playbook):
    with pytest.raises(Invalid) as refused:
        appoint(cast, role="emperor")
    assert "role" in refused.value.fields


def test_who_may_appoint(cast, actor, playbook):
    for name in ("王秀英", "周涛", "张伟", "赵强", "陈静"):
        with pytest.raises(Denied):
            appoint(cast, by=actor(name))
    assert appoint(cast, by=actor("吴刚"))
    with override("zh-hans"), pytest.raises(Denied, match="不能任用自己"):
        appoint(cast, person=cast.persons["吴刚"], by=actor("吴刚"))
