"""The steps of yuxi.feature. Each goes through a door over HTTP, as the person named."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.ids import new_id
from shanzhi.programmes.reporting import services as reporting

from .conftest import MORNING, Story, cover, likeness

# Stands here because steps ask for their fixtures late, when pytest-django has already decided which databases to make.
pytestmark = pytest.mark.django_db

scenarios("yuxi.feature")

NUMBER = re.compile(r"YX-\d{6}-[A-Z0-9]+")
WHO = r"(?:社区书记|市级调度员|网格员|住建局的|交通局的|核查员)?(?P<who>王秀英|刘敏|陈静|张伟|赵强|钱芳|孙丽)"


def sentence(step, pattern):
    return step(parsers.re(pattern))


@given("清河市采用了玉溪的办法", target_fixture="story")
def _adopted(story: Story) -> Story:
    return story


@given("现在是 2026年11月3日 09:30")
def _morning(story: Story) -> None:
    assert story.began == MORNING


@sentence(when, r"过了(?P<minutes>\d+)分钟")
def _later(story: Story, minutes: str) -> None:
    story.wait(int(minutes))


@sentence(given, r'王秀英在柳林社区上报了"(?P<words>.+)"')
@sentence(when, r'王秀英在柳林社区上报"(?P<words>.+)"，附上旧井盖的照片')
def _reports(story: Story, words: str) -> None:
    story.report("王秀英", words, photo=cover(mended=False))
    story.number = NUMBER.search(story.at("王秀英").page.text).group()


@sentence(then, r'王秀英看到"(?P<words>[^"]+)"和这一件的编号')
def _thanked(story: Story, words: str) -> None:
    page = story.at("王秀英").page
    assert words in page.text
    assert story.number in page.text


@sentence(then, r'王秀英看到"(?P<words>[^"]+)"$')
def _reads(story: Story, words: str) -> None:
    assert words in story.case_of("王秀英").text


@sentence(then, r'王秀英收到消息"(?P<words>.+)"')
def _told(story: Story, words: str, pump) -> None:
    pump()
    assert words in story.at("王秀英").open("/notices/").text


@then("王秀英看得到新井盖的照片")
def _sees_cover(story: Story) -> None:
    story.case_of("王秀英")
    assert shows_new_cover(story, "王秀英")


@sentence(when, r'王秀英打(?P<stars>\d)颗星，理由是"(?P<reason>.+)"')
def _rates(story: Story, stars: str, reason: str) -> None:
    story.case_of("王秀英")
    story.at("王秀英").press("提交评价", stars=stars, reasons=reason)


@sentence(then, r'王秀英看到自己的评价"(?P<reason>.+)"')
def _rated(story: Story, reason: str) -> None:
    text = story.case_of("王秀英").text
    assert "您的评价" in text
    assert reason in text


@sentence(when, r'王秀英说没办好："(?P<reason>.+)"，附上旧井盖的照片')
def _reopens(story: Story, reason: str) -> None:
    story.case_of("王秀英")
    story.at("王秀英").press("没办好，重新办", photos=[cover(mended=False, seed=8)], reason=reason)


@sentence(when, r'王秀英请再看一次，写明"(?P<reason>.+)"')
def _objects(story: Story, reason: str) -> None:
    story.case_of("王秀英")
    story.at("王秀英").press("请再看一次", reason=reason)


@sentence(then, r'王秀英看到是"(?P<name>.+)"定的')
def _by_whom(story: Story, name: str) -> None:
    assert name in story.case_of("王秀英").text


BOXES = {"刘敏": "/desk/", "陈静": "/desk/", "张伟": "/worker/", "赵强": "/department/", "钱芳": "/department/"}


@sentence(then, WHO + r"(?:的收件箱里有|在本单位收件箱里看到|的任务里有)这一件")
def _waits_for(story: Story, who: str) -> None:
    address = story.case_of(who).url
    assert address in [link for _text, link in story.at(who).open(BOXES[who]).links]


@sentence(then, WHO + r"(?:在哪里都)?看不到这一件")
def _hidden_from(story: Story, who: str) -> None:
    person = story.at(who)
    for address in (BOXES[who], f"{BOXES[who]}?box=all", "/reports/", "/notices/"):
        assert story.number not in person.open(address).text
    person.open(f"/case/{story.number}/", status=404)


def do(story: Story, who: str, action: str, button: str, **more) -> None:
    page = story.case_of(who)
    person = story.at(who)
    if not any(button in text for form in page.forms for text in form.buttons):
        person.open(f"{page.url}?do={action}")
    person.press(button, **more)


@sentence(given, r'陈静立案为"(?P<category>.+)"')
@sentence(when, r'陈静立案为"(?P<category>.+)"')
def _registers(story: Story, category: str) -> None:
    do(story, "陈静", "registration", "立案", category=category)


@sentence(when, r'陈静派给"(?P<unit>.+)"')
def _dispatches(story: Story, unit: str) -> None:
    person = story.at("陈静")
    if not any("派遣" in text for form in person.page.forms for text in form.buttons):
        story.case_of("陈静")
    person.press("派遣", unit=unit)


@sentence(when, r"(?:社区书记)?刘敏把这一件派给网格员(?P<worker>.+)")
def _assigns(story: Story, worker: str) -> None:
    do(story, "刘敏", "assignment", "派给网格员", category="井盖破损", post=worker)


@sentence(when, r'刘敏不予立案，理由是"(?P<ground>.+)"，说明是"(?P<reason>.+)"')
def _rejects(story: Story, ground: str, reason: str) -> None:
    do(story, "刘敏", "rejection", "不予立案", ground=ground, reason=reason)


@when("陈静和社区书记刘敏同时打开这一件")
def _both_open(story: Story) -> None:
    for who in ("陈静", "刘敏"):
        story.case_of(who)


@sentence(when, r'刘敏派给"(?P<unit>.+)"，要求写着"(?P<note>.+)"')
def _dispatches_too(story: Story, unit: str, note: str) -> None:
    story.at("刘敏").press("派遣", unit=unit, note=note, status=409)


@sentence(then, r'刘敏看到陈静已经先派了，自己写的"(?P<note>.+)"还在')
def _too_late(story: Story, note: str) -> None:
    page = story.at("刘敏").page
    assert "陈静" in page.text
    assert note in page.text or note in str(page.forms)


@sentence(then, r'陈静读到"(?P<words>.+)"')
def _reads_at_desk(story: Story, words: str) -> None:
    assert words in story.case_of("陈静").text


@sentence(then, r'陈静不能把这一件派给"(?P<unit>.+)"')
def _not_to(story: Story, unit: str) -> None:
    do(story, "陈静", "registration", "立案", category="井盖破损")
    offered = story.case_of("陈静") and story.at("陈静").page.form("派遣").options["unit"]
    assert offered
    assert not any(unit in label for label in offered)


@when("张伟到了现场，拍下旧井盖")
def _arrives(story: Story) -> None:
    do(story, "张伟", "arrival", "到达现场", photos=[cover(mended=False)])


@sentence(when, r'张伟换好井盖，拍下新井盖，写明"(?P<result>.+)"')
def _mends(story: Story, result: str) -> None:
    do(story, "张伟", "completion", "办好了", photos=[cover(mended=True)], result=result)


@when("住建局的赵强签收，办好后拍下新井盖")
def _handles(story: Story) -> None:
    do(story, "赵强", "acceptance", "签收办理")
    do(story, "赵强", "completion", "办好了", photos=[cover(mended=True)], result="换了新井盖")


@then("赵强不能核查这一件")
def _may_not_check(story: Story) -> None:
    page = story.case_of("赵强")
    assert not any("核查通过" in text for form in page.forms for text in form.buttons)


@sentence(when, WHO + r'核查通过(?:，写明"(?P<finding>.+)")?')
def _confirms(story: Story, who: str, finding: str | None) -> None:
    do(story, who, "confirmation", "核查通过", **({"finding": finding} if finding else {}))


@given("王秀英上报的井盖已经由张伟办好、刘敏核查通过")
def _closed(story: Story) -> None:
    _reports(story, "井盖塌了一半")
    _assigns(story, "张伟")
    _arrives(story)
    _mends(story, "换了新井盖")
    _confirms(story, "刘敏", None)


@sentence(then, r"从上报到办结正好(?P<minutes>\d+)分钟")
def _took(story: Story, minutes: str) -> None:
    case = casework.access_case(story.number, by=story.cast.actor("陈静"))
    assert case.closed_at - case.opened_at == timedelta(minutes=int(minutes))


@sentence(then, r'市级调度员陈静的记录里是同一个编号，"(?P<state>.+)"，并且看得到新井盖的照片')
def _on_record(story: Story, state: str) -> None:
    text = story.at("陈静").open(f"/desk/search/?q={story.number}&which=all").text
    assert story.number in text
    assert state in text
    assert shows_new_cover(story, "陈静")


@then("记录里写着刘敏和张伟")
def _named(story: Story) -> None:
    text = story.case_of("陈静").text
    assert "刘敏" in text
    assert "张伟" in text


def shows_new_cover(story: Story, who: str) -> bool:
    person = story.at(who)
    shown = [person.picture(address) for address in person.page.images if "/api/files/" in address]
    assert shown, person.page.url
    return any(likeness(one, mended=True) < min(8, likeness(one, mended=False)) for one in shown)


@sentence(when, r'一位没有账号的路人在柳林社区上报"(?P<words>.+)"，附上旧井盖的照片')
def _passer_by(story: Story, words: str) -> None:
    story.report("路人", words, photo=cover(mended=False))
    story.number = NUMBER.search(story.at("路人").page.text).group()


@then("路人得到一个只有自己知道的链接")
def _gets_link(story: Story) -> None:
    story.link = re.search(r"http://testserver(/follow/\S+/)", story.at("路人").page.text).group(1)


@then("路人换一部手机，打开链接能看到这一件")
def _other_phone(story: Story) -> None:
    assert story.number in story.at("路人的另一部手机").open(story.link).text


@then("没有链接的人打不开这一件")
def _without_link(story: Story) -> None:
    story.at("陌生人").open(f"/case/{story.number}/", status=404)
    story.at("陌生人").open(f"{story.link[:-4]}abc/", status=404)


@sentence(then, r'路人凭链接看到"(?P<words>.+)"')
def _follows(story: Story, words: str) -> None:
    assert words in story.at("路人的另一部手机").open(story.link).text


@sentence(given, r'王秀英反映的是"(?P<unit>.+)"："(?P<words>.+)"')
def _complains(story: Story, unit: str, words: str) -> None:
    # No door asks for the unit complained about yet: the one step that goes to the command itself.
    made = reporting.report(
        id=new_id(), by=story.cast.actor("王秀英"), words=words, place=story.cast.city.willow_1.id,
        subject_unit=story.cast.units["city-housing"].id,
    )  # fmt: skip
    story.number = made.case.number
