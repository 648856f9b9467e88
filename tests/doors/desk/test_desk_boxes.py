"""The desk's boxes hold what their reader may act on, and are called by what they hold."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cases import photo  # noqa: F401 - fixture
from disputes import Dispute, banner  # noqa: F401 - fixture
from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework.models import Case

URL = reverse("desk:inbox")
TURNS = ("now", "triage", "dispatch", "help", "pickup")


@pytest.fixture
def dispute(banner, photo):  # noqa: F811
    return Dispute(banner, photo)


@pytest.fixture
def asked(dispute):
    """The village has asked the township, which has not taken it up."""
    dispute.begun()
    dispute.agree("climb-township")
    dispute.act("climb-township", "巴雅尔")
    return dispute


def boxes(client, language="zh-hans"):
    """name → (title, number) as the page shows them."""
    page = client.get(URL, headers={"accept-language": language})
    return {name: (title, number) for name, title, number in page.context["options"]}


def found(client, number):
    """Those of the boxes of what waits, and of their maps, on which the case stands."""
    names = [name for name in boxes(client) if name in TURNS]
    lists = {name for name in names if number in client.get(f"{URL}?box={name}").text}
    maps = {name for name in names if number in client.get(f"{reverse('desk:points')}?box={name}").text}
    assert lists == maps
    return lists


@pytest.mark.parametrize(
    ("language", "pickup", "wrong"),
    [("zh-hans", "待办纠纷", "求助与延期"), ("en", "Disputes to act on", "Requests")],
)
def test_mediators_have_boxes_of_their_own(language, pickup, wrong, asked, client_for):
    village, township = (boxes(client_for(who), language) for who in ("巴雅尔", "苏和"))
    assert list(village) == ["now", "pickup", "ours", "late", "all"]
    assert list(township) == ["now", "pickup", "ours", "late", "all"]
    assert township["pickup"] == (pickup, 1)
    assert wrong not in client_for("苏和").get(URL, headers={"accept-language": language}).text
    assert wrong in [title for title, _number in boxes(client_for("高娃"), language).values()]
    assert "pickup" not in boxes(client_for("高娃"), language)


def test_who_only_checks_begins_with_what_there_is_to_check(report, client_for):
    report()
    for who, first in (("孙丽", "check"), ("陈静", "now")):
        client = client_for(who)
        assert next(iter(boxes(client))) == client.get(URL).context["box"] == first
        assert client.get(f"{URL}?box=now").context["box"] == first


def test_only_who_may_take_it_up_has_it_before_them(asked, client_for):
    number = asked.now().number
    assert found(client_for("苏和"), number) == {"now", "pickup"}
    assert found(client_for("巴雅尔"), number) == set()
    assert boxes(client_for("巴雅尔"))["now"][1] == 0
    # The village still follows it: it stays theirs to look at.
    assert number in client_for("巴雅尔").get(f"{URL}?box=all").text
    asked.act("township-acceptance", "苏和")
    assert found(client_for("苏和"), number) == set()


def test_danger_is_before_whoever_may_refer_it(asked, client_for):
    asked.act("danger", "王秀英", note="不敢当面谈")
    number = asked.now().number
    assert found(client_for("巴雅尔"), number) == {"now", "pickup"}
    assert found(client_for("乌兰"), number) == {"now", "pickup"}
    assert found(client_for("苏和"), number) == set()


def test_what_did_not_begin_waits_for_the_notice(dispute, client_for):
    dispute.open()
    number = dispute.now().number
    assert found(client_for("巴雅尔"), number) == {"now", "pickup"}
    dispute.register_b()
    dispute.act("refusal", "王秀英")
    assert found(client_for("巴雅尔"), number) == {"now", "pickup"}


def test_who_looks_on_has_it_in_other_lists(report, do, client_for):
    """The checker and the co-ordinator see the whole city; new reports are the dispatcher's."""
    case = report(category="road-damage")
    for who, there in (("陈静", {"now", "triage"}), ("孙丽", set()), ("吴刚", set())):
        assert found(client_for(who), case.number) == there, who
        assert case.number in client_for(who).get(f"{URL}?box=all").text
    do(case, "registration", "陈静", category="road-damage")
    do(case, "dispatch", "陈静", unit="city-transport")
    do(case, "acceptance", "钱芳")
    do(case, "help", "钱芳", need="unit", note="要先停电")
    for who, there in (("陈静", {"now", "help"}), ("孙丽", set()), ("吴刚", {"now", "help"})):
        assert found(client_for(who), case.number) == there, who


def test_more_time_is_before_whoever_grants_it(report, do, client_for):
    case = report(category="road-damage")
    do(case, "registration", "陈静", category="road-damage")
    do(case, "dispatch", "陈静", unit="city-transport")
    do(case, "acceptance", "钱芳")
    do(case, "extension-request", "钱芳", limit="1", reason="等材料")
    assert found(client_for("陈静"), case.number) == {"now", "help"}
    assert found(client_for("孙丽"), case.number) == set()


@pytest.mark.parametrize("state", ["township-wanted", "county-drafted"])
def test_a_case_of_a_text_of_before_falls_out_of_no_list(state, asked):
    """Today's text may have its state no more, or have it wait for somebody else: it stands there until somebody acts. Before whoever sees all of these cases; who sees
    them in named states alone has no list on which one stands that they may not open.
    """
    Case.objects.filter(pk=asked.case.id).update(state=state)
    for who, there in (("苏和", False), ("巴雅尔", True), ("高娃", False)):
        waits = casework.inbox(asked.actor(who), "desk", casework.Heap(least=3))
        assert waits.filter(pk=asked.case.id).exists() == there, who
        assert casework.visible_cases(asked.actor(who)).filter(pk=asked.case.id).exists() == there, who


def test_the_story_says_the_kind_of_place_once(asked, client_for):
    """柳林街道人民调解委员会 + 街道调解员, and 柳林社区 + 社区调解员."""
    asked.act("township-acceptance", "苏和")
    page = client_for("苏和").get(reverse("desk:case", args=[asked.case.id])).text
    assert "苏和 · 柳林街道人民调解委员会调解员" in page
    assert "巴雅尔 · 柳林社区调解员" in page
    asked.agree("climb-county")
    asked.act("climb-county", "苏和")
    asked.act("county-acceptance", "乌兰")
    page = client_for("乌兰").get(reverse("desk:case", args=[asked.case.id])).text
    assert "乌兰 · 东城区矛盾纠纷调解中心旗级调解员" in page
    english = client_for("苏和").get(reverse("desk:case", args=[asked.case.id]), headers={"accept-language": "en"}).text
    assert "苏和 · Subdistrict mediator, " in english
