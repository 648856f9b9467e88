"""Every path that the six-step loop offers, walked through the engine by the people who would walk it."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone

from cast import *  # noqa: F403 - fixtures
from shanzhi.engines.casework import queries, services
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.refusals import Denied, Refusal
from shanzhi.foundation.journal.subscribers import run_once
from shanzhi.foundation.playbook.loading import load
from shanzhi.foundation.playbook.services import apply
from shanzhi.registers.evidence.models import File
from shanzhi.registers.people.models import Post

pytestmark = pytest.mark.django_db


class Walk:
    """One case, moved by name: walk("registration", "陈静", category=…)."""

    def __init__(self, cast) -> None:
        self.cast, by = cast, cast.actor("王秀英")
        self.case = services.open_case(
            id=new_id(), procedure="six-step", place=cast.city.willow_1.id, words="门口的井盖破了", by=by
        ).case

    def __call__(self, action: str, who: str, photos: str = "", part: str = "", **fields):
        """`part`: the key of the unit whose part is meant."""
        seen = queries.hands_of(self.case, SYSTEM) if part else []
        hand = next((one.id for one in seen if one.unit == self.cast.units[part].id and not one.past), None)
        by = self.cast.actor(who)
        files = [services.Attached(self._photo(by), moment) for moment in photos.split()]
        self.case = services.act(case=self.case.id, action=action, by=by, fields=fields, files=files, hand=hand)
        return self.case.state

    def _photo(self, by):
        return File.objects.create(
            kind="photo", media_type="image/jpeg", sha256="0" * 64, original_sha256="0" * 64, bytes=1,
            by_person=by.person, by_visitor="", kept_at=timezone.now(),
        ).id  # fmt: skip

    def says(self, who: str) -> str:
        by = self.cast.actor(who)
        return queries.sentence(queries.access_case(self.case.id, by=by), by)


@pytest.fixture
def walk(cast):
    apply("yuxi", place=cast.city.city.id, by=SYSTEM, from_date=date(2026, 1, 1))
    leader = {"unit": cast.units["city-housing"], "role": "unit-leader", "place": cast.city.city}
    Post.objects.create(person_id=cast.persons["周涛"], since=timezone.localdate(), **leader)
    return Walk(cast)


def test_the_manhole_cover_at_her_door(walk, cast):
    """The secretary sees it at once and sends the grid worker; half an hour later it is closed, for all levels to see."""
    with time_machine.travel("2026-03-03T01:00:00Z") as clock:
        walk.__init__(cast)
        assert "收到" in walk.says("王秀英")
        post = cast.posts["张伟"].id
        assert walk("assignment", "刘敏", category="manhole-cover", post=post) == "handling"
        assert walk("arrival", "张伟", "before", note="盖子裂了") == "handling"
        clock.shift(timedelta(minutes=20))
        assert walk("completion", "张伟", "after", result="换了新井盖") == "handled"
        with pytest.raises(Denied):
            walk("confirmation", "张伟")
        clock.shift(timedelta(minutes=10))
        assert walk("confirmation", "刘敏", finding="盖得平") == "closed"
        assert walk.case.closed_at - walk.case.opened_at <= timedelta(minutes=30, seconds=5)
        for who in ("刘敏", "陈静", "吴刚"):
            assert "已办结" in walk.says(who)
        assert walk("rating", "王秀英", stars=5, reasons=["quick"]) == "closed"


def test_department_path_with_forwarding_help_and_rework(walk, cast):
    walk("registration", "陈静", category="manhole-cover")
    assert walk("dispatch", "陈静", unit="city-transport") == "dispatched"
    assert walk("forwarding", "钱芳", unit="city-housing", reason="井盖归住建") == "dispatched"
    assert walk("return", "赵强", reason="先核实权属") == "registered"
    walk("dispatch", "陈静", unit="city-transport")
    assert walk("redispatch", "陈静", unit="city-housing", reason="没有人签收") == "dispatched"
    assert walk("delegation", "周涛", post=cast.posts["赵强"].id) == "handling"
    walk("progress", "赵强", note="材料在路上")
    assert walk("help", "赵强", need="equipment", note="缺吊车") == "help-asked"
    assert walk("advice", "陈静", note="吊车半小时到") == "handling"
    walk("redelegation", "周涛", post=cast.posts["赵强"].id, reason="换班")
    walk("completion", "赵强", "after", result="换好了")
    assert walk("rework", "孙丽", reason="没压实") == "handling"
    walk("completion", "赵强", "after", result="压实了")
    assert walk("confirmation", "孙丽") == "closed"


def test_who_leads_another_unit_names_no_handler(walk, cast):
    walk("registration", "陈静", category="manhole-cover")
    walk("dispatch", "陈静", unit="city-transport")
    with pytest.raises(Refusal):
        walk("delegation", "周涛", post=cast.posts["赵强"].id)


def test_rejected_then_looked_at_again(walk):
    assert walk("rejection", "陈静", ground="not-found", reason="现场没有找到破损的井盖") == "rejected"
    assert walk("objection", "王秀英", reason="在三号楼后面") == "reported"


def test_a_fix_on_the_spot_can_be_sampled(walk):
    assert walk("spot-fix", "张伟", "before after", category="manhole-cover", result="当场扶正") == "closed"
    assert walk("sampling", "孙丽", finding="合格") == "closed"
    assert walk("sampling-failure", "孙丽", "spot", reason="又松了") == "registered"


def test_reopened_within_fifteen_days_only(walk, cast):
    walk("spot-fix", "张伟", "before after", category="manhole-cover", result="当场扶正")
    with time_machine.travel(timezone.now() + timedelta(days=17)), pytest.raises(Refusal):
        walk("reopening", "王秀英", reason="又松了")
    with time_machine.travel(timezone.now() + timedelta(days=14)):
        assert walk("reopening", "王秀英", reason="又松了") == "registered"


def test_withdrawn_until_it_is_handled(walk):
    walk("registration", "陈静", category="manhole-cover")
    walk("dispatch", "陈静", unit="city-housing")
    walk("acceptance", "赵强")
    assert walk("withdrawal", "王秀英") == "withdrawn"


def test_nothing_to_withdraw_once_handled(walk):
    walk("spot-fix", "张伟", "before after", category="manhole-cover", result="当场扶正")
    with pytest.raises(Refusal):
        walk("withdrawal", "王秀英")


def test_joined_to_the_same_matter(walk, cast):
    other = Walk(cast)
    joined = services.join(case=other.case.id, into=walk.case.id, by=cast.actor("刘敏"))
    assert joined.state == "joined"


def test_several_units_each_with_its_part(walk, cast):
    walk("registration", "陈静", category="manhole-cover")
    housing, worker = cast.posts["赵强"].id, cast.posts["张伟"].id
    assert walk("joint-dispatch", "陈静", units=["city-housing", str(cast.units["willow"].id)]) == "together"
    walk("more-units", "陈静", units=["city-transport"], note="路面归交通")
    walk("joint-delegation", "周涛", part="city-housing", post=housing)
    walk("joint-exchange", "周涛", part="city-housing", post=housing, reason="换班")
    walk("joint-acceptance", "张伟", part="willow")
    walk("joint-exchange", "刘敏", part="willow", post=worker, reason="还是他")
    walk("joint-progress", "赵强", part="city-housing", note="材料在路上")
    walk("joint-help", "赵强", part="city-housing", note="缺吊车")
    walk("joint-answer", "陈静", part="city-housing", note="吊车半小时到")
    walk("joint-extension-request", "赵强", part="city-housing", limit="1", reason="下雨")
    walk("joint-extension-refusal", "陈静", part="city-housing", reason="雨停了")
    walk("joint-extension-request", "赵强", part="city-housing", limit="1", reason="又下雨")
    walk("joint-extension", "陈静", part="city-housing")
    walk("joint-waiting", "赵强", part="city-housing", outside="供电公司", reason="先断电")
    walk("joint-outside-reminder", "赵强", part="city-housing", note="又催了")
    walk("joint-outside-answer", "赵强", part="city-housing", note="断好了")
    walk("joint-return", "钱芳", part="city-transport", reason="路面不归我们")
    walk("joint-sending-back", "陈静", part="city-transport", reason="这一段归你们")
    walk("joint-return", "钱芳", part="city-transport", reason="真的不归")
    walk("joint-release", "陈静", part="city-transport", reason="不用了")
    walk("joint-completion", "赵强", "after", part="city-housing", result="换好了")
    walk("joint-rework", "孙丽", part="city-housing", reason="没压实")
    walk("joint-completion", "赵强", "after", part="city-housing", result="压实了")
    walk("joint-confirmation", "孙丽", part="city-housing", finding="平")
    with pytest.raises(Refusal):
        walk("joint-conclusion", "陈静")
    walk("joint-completion", "张伟", "after", part="willow", result="看着围挡")
    assert walk("joint-confirmation", "孙丽", part="willow", finding="好") == "closed"


def test_divided_into_two_and_closed_with_them(walk, cast):
    walk("registration", "陈静", category="manhole-cover")
    assert (
        walk("division", "陈静", parts=[{"what": "换井盖"}, {"what": "补路面", "unit": "city-transport"}]) == "divided"
    )
    with pytest.raises(Refusal):
        walk("division-closing", "陈静")
    for how, part in queries.related(walk.case, SYSTEM):
        assert how == "child"
        services.act(case=part.id, action="withdrawal", by=cast.actor("王秀英"))
    run_once()
    assert queries.access_case(walk.case.id, by=SYSTEM).state == "closed"


def test_every_action_is_walked():
    """An action that nobody walks is one that nobody has tried. (Joining goes through its own command.)"""
    actions = load("yuxi").model("procedures", "six-step").actions
    clocks = sorted((Path(__file__).parents[1] / "engines" / "casework").glob("test_casework_clocks*.py"))
    walked = "".join(path.read_text(encoding="utf-8") for path in (Path(__file__), *clocks))
    assert [name for name in actions if f'"{name}"' not in walked and name != "joining"] == []
