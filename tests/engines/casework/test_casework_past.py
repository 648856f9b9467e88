"""A button's words are for what can be done; what was done is told in the words of the past."""

from __future__ import annotations

import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as house
from django.utils.translation import override

from adopted import adopt
from shanzhi.engines.casework import queries, services
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.playbook.loading import load
from shanzhi.foundation.playbook.services import store

pytestmark = pytest.mark.django_db


def lines(case, by):
    return [one.what for one in queries.timeline(queries.access_case(case.id, by=by), by)]


def buttons(case, by):
    return [one.title for one in queries.actions_for(queries.access_case(case.id, by=by), by)]


def test_the_button_says_accept_and_the_story_accepted(yuxi, report, do):
    case, chen, zhao = report(), yuxi.actor("陈静"), yuxi.actor("赵强")
    do(case, "registration", "陈静", category="manhole-cover")
    do(case, "dispatch", "陈静", unit="city-housing")
    assert "Accept" in buttons(case, zhao)
    do(case, "acceptance", "赵强")
    assert {"Report progress", "Ask for more time"} <= set(buttons(case, zhao))
    for who in (chen, zhao, yuxi.actor("王秀英")):
        assert lines(case, who) == ["Reported", "Registered", "Dispatched", "Accepted"]


def test_a_line_reads_well_behind_a_name(story):
    told = queries.timeline(story.case, story.cast.actor("王秀英"))
    assert told[0].sentence == "You: Reported"
    assert re.fullmatch(r"陈静 · .+: Dispatched → .+", told[2].sentence)
    with override("zh-hans"):
        told = queries.timeline(story.case, story.cast.actor("王秀英"))
        assert re.fullmatch(r"陈静 · .+：派遣 → .+", told[2].sentence)


def test_whoever_was_slower_reads_what_was_done(yuxi, report, do):
    case = report()
    do(case, "registration", "陈静", category="manhole-cover")
    with pytest.raises(services.Moved, match="“Registered”"):
        services.act(case=case.id, action="rejection", by=yuxi.actor("刘敏"), fields={}, expect=case.touched)


def test_ones_own_day_and_ones_own_data_tell_it_too(story, do):
    zhao, wang = story.cast.actor("赵强"), story.cast.actor("王秀英")
    assert [one.told for one in queries.doings_of(zhao, since=now() - timedelta(days=1))] == ["Accepted"]
    do(story.case, "withdrawal", "王秀英", reason="已经自己修好")
    (mine,) = queries.own_data(by=wang)
    assert [one["what"] for one in mine["said_later"]] == ["Withdrawn"]


@pytest.fixture
def older(cast, tmp_path: Path, settings):
    """A city that stands by a text of before: no action has words of the past."""
    shutil.copytree(Path(house.ROOT) / "playbooks", tmp_path, dirs_exist_ok=True)
    for file in tmp_path.glob("*/procedures/*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"^    told: .*\n", "", text, flags=re.M), encoding="utf-8")
    settings.SHANZHI_PLAYBOOKS = tmp_path
    return store(load("yuxi"))


@pytest.fixture
def yuxi(request, cast):
    """As elsewhere; or by the older text, if a test asks for that."""
    if "older" not in request.fixturenames:
        adopt("yuxi", place=cast.city.city)
        return cast
    from shanzhi.foundation.base.moment import today
    from shanzhi.foundation.playbook import adoptions
    from shanzhi.foundation.playbook.models import Adoption

    version = request.getfixturevalue("older")
    Adoption.objects.create(place=cast.city.city.id, version=version, from_date=today(), by_system=True)
    adoptions.written()
    return cast


def test_a_text_without_words_of_the_past_tells_its_titles(older, story):
    zhao = story.cast.actor("赵强")
    assert lines(story.case, zhao) == ["Reported", "Register", "Dispatch", "Accept"]
