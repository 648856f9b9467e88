"""The steps of guiyang.feature. Each goes through a door over HTTP, as the person named."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.core.management import call_command
from pytest_bdd import given, parsers, scenarios, then, when

from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.playbook.services import apply
from shanzhi.simulation.pictures import draw

from .conftest import SHANGHAI, Story, cover

pytestmark = pytest.mark.django_db

scenarios("guiyang.feature")

NUMBER = re.compile(r"GY-\d{6}-[A-Z0-9]+")
GRID = "柳林社区第一网格"


def sentence(step, pattern):
    return step(parsers.re(pattern))


@pytest.fixture
def story(clock, cast) -> Story:
    apply("guiyang", place=cast.city.city.id, by=SYSTEM)
    return Story(cast, clock)


@given("清河市采用了桂阳的办法")
def _adopted(story: Story) -> None:
    assert story.cast


@given("现在是 2026年11月3日 05:00")
def _dawn(story: Story, pump) -> None:
    story.clock.move_to(datetime(2026, 11, 3, 5, tzinfo=SHANGHAI))
    pump()


@sentence(when, r"到了(?P<day>\d+)日(?P<hour>\d+):(?P<minute>\d+)")
def _later(story: Story, day: str, hour: str, minute: str) -> None:
    story.clock.move_to(datetime(2026, 11, int(day), int(hour), int(minute), tzinfo=SHANGHAI))


@when("系统按巡查标准生成今天的巡查单")
def _generated() -> None:
    call_command("patrol", "generate")


# --- the round -------------------------------------------------------------------------------------------------------


def round_of(story: Story, who: str):
    """The page of this grid's round, found in the person's own list."""
    page = story.at(who).open("/worker/rounds/")
    found = [address for text, address in page.links if "网格日巡查" in text and GRID in text]
    assert found, page.text
    return story.at(who).open(found[0])


@sentence(then, r'网格员张伟看到今天的"(?P<title>.+)"')
def _listed(story: Story, title: str) -> None:
    assert title in round_of(story, "张伟").text


@sentence(then, r"邻(?:格|社区)的网格员何敏看不到柳林社区第一网格的巡查单")
def _not_listed(story: Story) -> None:
    assert GRID not in story.at("何敏").open("/worker/rounds/").text
    story.at("何敏").open(round_of(story, "张伟").url, status=404)


@when("张伟出发巡查")
def _sets_out(story: Story) -> None:
    round_of(story, "张伟")
    story.at("张伟").press("出发巡查")


@sentence(when, r'张伟查"(?P<item>.+)"：(?P<answer>没问题|不涉及)')
def _looks(story: Story, item: str, answer: str) -> None:
    round_of(story, "张伟")
    story.at("张伟").press(f"{answer}：{item}")


@sentence(when, r'张伟查"(?P<item>.+)"：有隐患，"(?P<note>.+)"，没有照片')
def _forgets_photo(story: Story, item: str, note: str) -> None:
    round_of(story, "张伟")
    story.at("张伟").press(f"上报隐患：{item}", note=note, status=422)


@sentence(then, r'张伟看到"(?P<words>.+)"，自己写的"(?P<note>.+)"还在')
def _kept(story: Story, words: str, note: str) -> None:
    page = story.at("张伟").page
    assert words in page.text
    assert any(note in str(form.values) for form in page.forms)


@sentence(when, r'张伟查"(?P<item>.+)"：有隐患，"(?P<note>.+)"，附上照片')
def _finds(story: Story, item: str, note: str) -> None:
    round_of(story, "张伟")
    picture = draw("manhole", seed=21, mended=False)
    page = story.at("张伟").press(f"上报隐患：{item}", note=note, photos=[picture])
    story.number = NUMBER.search(page.text[page.text.index("隐患已上报") :]).group()


# --- the hazard ------------------------------------------------------------------------------------------------------


def do(story: Story, who: str, action: str, button: str, **more) -> None:
    page = story.case_of(who)
    person = story.at(who)
    if not any(button in text for form in page.forms for text in form.buttons):
        person.open(f"{page.url}?do={action}")
    person.press(button, **more)


@then("市级调度员陈静的收件箱里有这处隐患")
def _at_the_desk(story: Story) -> None:
    address = story.case_of("陈静").url
    assert address in [link for _text, link in story.at("陈静").open("/desk/").links]


@sentence(when, r'陈静立案并派给"(?P<unit>.+)"')
def _dispatches(story: Story, unit: str) -> None:
    do(story, "陈静", "registration", "立案", category="用电隐患")
    do(story, "陈静", "dispatch", "派遣", unit=unit)


@sentence(when, r'住建局的赵强签收，办好后附上照片，写明"(?P<result>.+)"')
def _fixes(story: Story, result: str) -> None:
    do(story, "赵强", "acceptance", "签收办理")
    do(story, "赵强", "completion", "办好了", photos=[cover(mended=True)], result=result)


@then("赵强不能核查这处隐患")
def _handler_may_not_check(story: Story) -> None:
    page = story.case_of("赵强")
    assert not any("核查通过" in text for form in page.forms for text in form.buttons)


@then("采集的张伟不能办理也不能核查这处隐患")
def _collector_may_not(story: Story) -> None:
    page = story.case_of("张伟")
    offered = [text for form in page.forms for text in form.buttons]
    assert not any(word in text for text in offered for word in ("核查通过", "办好了", "签收"))


@when("核查员孙丽核查通过")
def _confirms(story: Story) -> None:
    do(story, "孙丽", "confirmation", "核查通过")


@sentence(then, r'张伟看到这处隐患"(?P<words>.+)"')
def _closed(story: Story, words: str) -> None:
    assert words in story.case_of("张伟").text


# --- what was missed -------------------------------------------------------------------------------------------------


@sentence(then, r'社区书记刘敏收到消息"(?P<words>.+)"')
def _told(story: Story, words: str) -> None:
    call_command("patrol", "missed")
    assert words in story.at("刘敏").open("/notices/").text


@sentence(then, r'刘敏早上看到柳林社区第一网格的"(?P<title>.+)"没查完')
def _missed(story: Story, title: str) -> None:
    page = story.at("刘敏").open("/worker/rounds/")
    rows = [text for text, _address in page.links if GRID in text]
    assert any(title in text and "没查完" in text for text in rows), rows


# --- the night -------------------------------------------------------------------------------------------------------


@sentence(when, r'刘敏为柳林社区召集今晚的夜巡，集合地点是"(?P<meeting>.+)"，最多(?P<most>\d+)人，张伟带队')
def _calls(story: Story, meeting: str, most: str) -> None:
    # The leader's post must cover the place: the whole community is the secretary's, its first grid is 张伟's as well.
    story.at("刘敏").open("/worker/calls/new")
    story.at("刘敏").press(
        "发出召集", place=GRID, night="2026-11-03", **{"from": "21:00", "until": "23:30"}, least="1", most=most,
        meeting=meeting, leader="张伟",
    )  # fmt: skip


def night_of(story: Story, who: str):
    page = story.at(who).open("/calls/")
    return story.at(who).open(page.link("农贸市场门口"))


@sentence(then, r'居民王秀英在夜巡页看到"(?P<words>.+)"')
def _sees_call(story: Story, words: str) -> None:
    assert words in story.at("王秀英").open("/calls/").text


@sentence(when, r"(?:邻居)?(?P<who>王秀英|李桂芳)报名")
def _signs_up(story: Story, who: str) -> None:
    page = night_of(story, who)
    full = any("排候补" in text for form in page.forms for text in form.buttons)
    story.at(who).press("排候补" if full else "我来巡一夜")


@when("王秀英退出")
def _steps_back(story: Story) -> None:
    night_of(story, "王秀英")
    story.at("王秀英").press("我来不了了")


@sentence(then, r'(?P<who>王秀英|李桂芳)看到"(?P<words>.+)"')
def _sees(story: Story, who: str, words: str) -> None:
    assert words in night_of(story, who).text


@sentence(then, r'张伟看到"(?P<words>[^"]+)"$')
def _worker_sees(story: Story, words: str) -> None:
    assert words in story.at("张伟").page.text


def managed(story: Story, who: str):
    page = story.at(who).open("/worker/calls/")
    return story.at(who).open(page.link("农贸市场门口"))


@then("召集的刘敏看不到志愿者的名字")
def _no_names(story: Story) -> None:
    text = managed(story, "刘敏").text
    assert "王秀英" not in text
    assert "李桂芳" not in text


@when("李桂芳扫集合点的码签到")
def _scans(story: Story) -> None:
    # The leader's page shows the code in letters below the picture; what the picture holds is this address.
    shown = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{2,4}", managed(story, "张伟").text).group()
    story.at("李桂芳").open(f"/calls/here/{shown}/")
    story.at("李桂芳").press("我到了")


@then("带队的张伟打开名单，看到李桂芳已到")
def _there(story: Story) -> None:
    managed(story, "张伟")
    page = story.at("张伟").press("打开名单")
    assert "李桂芳 已到" in page.text
