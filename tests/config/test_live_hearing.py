"""Who hears of a change: those whose page may show it, once, and by its id only on the case's own page. One statement for all."""

from __future__ import annotations

import pytest
from asgiref.sync import async_to_sync
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError

from cases import photo  # noqa: F401 - fixture
from cast import *  # noqa: F403 - fixtures
from config import live as module
from config.live import END, HERE, Live
from disputes import Dispute, banner  # noqa: F401 - fixture
from shanzhi.engines.casework import services
from shanzhi.foundation.base.ids import new_id
from shanzhi.kit.live import stream_address
from shanzhi.registers.people.services import declare_conflict, end_conflict

pytestmark = pytest.mark.django_db


@pytest.fixture
def watching(banner, rf, monkeypatch):  # noqa: F811
    """Streams as the pages of these people open them; what each was told by a batch."""
    monkeypatch.setattr(module.connection, "close", lambda: None)

    class Watching:
        def __init__(self):
            self.live, self.streams = Live(), {}

        def open(self, name, **what):
            request = rf.get("/")
            request.session, request.actor = SessionStore(), banner.actor(name) if isinstance(name, str) else name
            path = stream_address(request, **(what or {"paths": [post.place_path for post in request.actor.posts]}))
            listener = async_to_sync(self.live.admit)({"type": "http", "path": path, "headers": []})
            self.live.listeners.add(listener)
            self.streams[name] = listener

        def told(self, *cases, kind="case.acted"):
            lines = [f"{kind}|{case.id}|{case.place_id}" for case in cases]
            async_to_sync(self.live.tell)("\n".join(lines))
            return {name: self._read(stream) for name, stream in self.streams.items()}

        def _read(self, stream):
            found = []
            while not stream.queue.empty():
                found.append(stream.queue.get_nowait())
            return found

    return Watching()


@pytest.fixture
def dispute(banner, photo):  # noqa: F811
    return Dispute(banner, photo).begun()


def test_an_outsider_hears_nothing_of_a_dispute_at_a_place_that_they_watch(dispute, watching):
    watching.open("其其格")
    watching.open("陈静")  # the city's dispatcher looks over the place, not over disputes
    told = watching.told(dispute.case)
    assert told == {"其其格": [HERE], "陈静": []}
    assert str(dispute.case.id) not in str(told)


def test_the_same_outsider_hears_of_what_is_on_their_list(banner, watching):  # noqa: F811
    case = services.open_case(
        id=new_id(), procedure="six-step", place=banner.city.willow_1.id, words="路灯不亮", by=banner.actor("王秀英")
    ).case
    watching.open("那顺")
    assert watching.told(case) == {"那顺": [HERE]}


def test_who_must_stay_out_hears_nothing_and_again_with_the_end_of_it(dispute, watching):
    watching.open("其其格")
    found = declare_conflict(by=dispute.actor("其其格"), kind="family", person=dispute.cast.persons["王秀英"])
    assert watching.told(dispute.case) == {"其其格": []}
    end_conflict(interest=found.id, by=dispute.actor("其其格"))
    assert watching.told(dispute.case) == {"其其格": [HERE]}


def test_a_mediator_hears_nothing_on_duty_of_a_dispute_of_their_own(banner, photo, watching):  # noqa: F811
    it = Dispute(banner, photo)
    it.open(by="巴雅尔")
    watching.open("巴雅尔")
    watching.open("其其格")
    assert watching.told(it.case) == {"巴雅尔": [], "其其格": [HERE]}


def test_the_unit_complained_about_hears_nothing(banner, watching):  # noqa: F811
    case = services.open_case(
        id=new_id(), procedure="six-step", place=banner.city.willow_1.id, words="不接电话", by=banner.actor("王秀英"),
        subject_unit=banner.units["street-centre"].id,
    ).case  # fmt: skip
    watching.open("那顺")
    assert watching.told(case) == {"那顺": []}


def test_a_side_hears_by_id_until_there_is_danger(dispute, watching):
    for side in ("王秀英", dispute.b):
        watching.open(side, about=[dispute.case.id], private=True)
    watching.open("巴雅尔", about=[dispute.case.id])
    event = [f"event: case\ndata: {dispute.case.id}\n\n".encode()]
    assert list(watching.told(dispute.case).values()) == [event, event, event]
    dispute.act("danger", dispute.b, note="他昨晚拿刀")
    for kind in ("case.acted", "case.overdue", "case.escalated"):
        assert list(watching.told(dispute.case, kind=kind).values()) == [[], [], event]


def test_lists_hear_of_danger_as_of_anything_and_of_a_dispute_of_ones_own_nothing(banner, photo, watching):  # noqa: F811
    it = Dispute(banner, photo)
    it.open(by="巴雅尔")
    for who in ("巴雅尔", "其其格", "那顺"):
        watching.open(who)
    it.act("danger-seen", "其其格")
    assert watching.told(it.case) == {"巴雅尔": [], "其其格": [HERE], "那顺": []}


def test_stepping_back_ends_the_streams_of_the_case(dispute, watching):
    watching.open("巴雅尔", about=[dispute.case.id])
    assert watching.told(dispute.case, kind="case.recused")["巴雅尔"][-1] == END


def test_a_batch_costs_one_statement_and_tells_each_list_once(dispute, watching, django_assert_num_queries):
    other = Dispute(dispute.cast, dispute.photo)
    other.open()
    for name in ("其其格", "巴雅尔", "苏和", "陈静"):
        watching.open(name)
    watching.told(dispute.case)  # the places are known from now on
    with django_assert_num_queries(1):
        told = watching.told(dispute.case, other.case, dispute.case)
    assert told == {"其其格": [HERE], "巴雅尔": [HERE], "苏和": [], "陈静": []}


def test_nothing_is_asked_where_nobody_watches(dispute, watching, django_assert_num_queries):
    watching.open("其其格", about=[new_id()])
    with django_assert_num_queries(0):
        assert watching.told(dispute.case) == {"其其格": []}


def test_a_rung_hears_of_what_comes_stands_and_leaves_there(dispute, watching):
    """Not of every talk in the village, nor that there is danger: it would learn that there is a dispute."""
    watching.open("苏和")
    assert watching.told(dispute.case) == {"苏和": []}
    dispute.agree("climb-township")
    dispute.act("climb-township", "巴雅尔")
    assert watching.told(dispute.case) == {"苏和": [HERE]}
    dispute.act("township-acceptance", "苏和")
    dispute.act("danger", dispute.b)
    assert watching.told(dispute.case) == {"苏和": [HERE]}


def test_danger_in_the_village_is_heard_by_nobody_above_but_the_county(dispute, watching):
    watching.open("苏和")
    watching.open("乌兰")
    dispute.act("danger", dispute.b)
    assert watching.told(dispute.case) == {"苏和": [], "乌兰": [HERE]}


def test_a_statement_that_fails_ends_no_stream(dispute, watching, monkeypatch):
    watching.open("巴雅尔")
    whole = module._changed

    def fails(cases):
        raise OperationalError("too many clients")

    line = f"case.acted|{dispute.case.id}|{dispute.case.place_id}"
    monkeypatch.setattr(module, "_changed", fails)
    async_to_sync(watching.live.pass_on)(line)
    assert watching.told() == {"巴雅尔": []}
    monkeypatch.setattr(module, "_changed", whole)
    async_to_sync(watching.live.pass_on)(line)
    assert watching.streams["巴雅尔"].queue.get_nowait() == HERE
