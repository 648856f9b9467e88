"""The steps of dalate.feature. Each goes through a door over HTTP, as the person named."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localtime
from pytest_bdd import given, parsers, scenarios, then, when

from cast import PASSWORD
from cast_places import middle
from disputes import MEDIATORS, banner  # noqa: F401 - fixture
from shanzhi.engines.casework import queries as casework
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.moment import today
from shanzhi.registers.evidence import documents

from .conftest import MORNING, Story, cover
from .person import Person

pytestmark = pytest.mark.django_db

scenarios("dalate.feature")

NUMBER = re.compile(r"DL-\d{6}-[A-Z0-9]+")
B = "对方"


class BannerStory(Story):
    def at(self, name: str) -> Person:
        if name not in self.people and name in MEDIATORS:
            person = self.people[name] = Person(name)
            person.open("/signin/password/")
            person.press("登录", login=MEDIATORS[name][0], password=PASSWORD)
        return super().at(name)

    def do(self, who: str, action: str, button: str, **more: Any) -> Any:
        page = self.case_of(who)
        if "/reports/" not in page.url:
            self.at(who).open(f"{page.url}?do={action}")
        return self.at(who).press(button, **more)

    def part(self, who: str, action: str, button: str, **more: Any) -> Any:
        """As `do`, of the part of this person's own unit."""
        base = f"/worker/tasks/{_case(self).id}/" if who == "张伟" else self.case_of(who).url
        self.at(who).open(f"{base}?do={action}")
        return self.at(who).press(button, **more)

    def offers(self, who: str) -> str:
        """All buttons and links of the case's page."""
        page = self.case_of(who)
        return " ".join(
            [text for form in page.forms for text in form.buttons] + [text for text, _address in page.links]
        )


@pytest.fixture
def papers(monkeypatch) -> list[dict[str, Any]]:
    """What is really set on paper."""
    seen: list[dict[str, Any]] = []
    real = documents.render

    def render(template, data, files=None):
        seen.append(dict(data))
        return real(template, data, files)

    monkeypatch.setattr(documents, "render", render)
    return seen


def sentence(step, pattern):
    return step(parsers.re(pattern + "$"))


@given("清河市采用了玉溪的办法，其中东城区采用了达拉特的办法", target_fixture="story")
def _adopted(clock, banner) -> BannerStory:  # noqa: F811
    return BannerStory(banner, clock)


@given("现在是 2026年11月3日 09:30")
def _morning(story: BannerStory) -> None:
    assert story.began == MORNING


# --- the whistle ---------------------------------------------------------------------------------------------------------


@sentence(when, r'网格员张伟一键上报"(?P<words>.+)"，附上照片')
def _reports(story: BannerStory, words: str) -> None:
    person = story.at("张伟")
    person.open("/worker/report/")
    form = person.page.form("提交")
    lon, lat = middle(story.cast.city.willow_1)
    data = form.values | {
        "place_lon": [str(lon)],
        "place_lat": [str(lat)],
        "words": [words],
        "category": ["road-damage"],
    }
    data["photos"] = [person.upload(form.uploads["photos"], cover(mended=False), data)]
    person.send(form, data)
    story.number = NUMBER.search(person.page.text).group()


@sentence(then, r"(?:东城区调度员|村居调解员|苏木镇调解员)(?P<who>高娃|巴雅尔|苏和)在待办里看到这一件")
def _waits_for(story: BannerStory, who: str) -> None:
    address = story.case_of(who).url
    assert address in [link for _text, link in story.at(who).open("/desk/").links]


@then("市级调度员陈静按玉溪的办法也看得到同一件")
def _city_sees(story: BannerStory) -> None:
    assert story.number in story.case_of("陈静").text


@sentence(when, r'街道专干那顺吹哨，请"(?P<lead>.+)"牵头，和"(?P<other>.+)"一起办')
def _whistles(story: BannerStory, lead: str, other: str) -> None:
    page = story.case_of("那顺")
    person = story.at("那顺")
    person.open(f"{page.url}?do=whistle")
    form = person.page.form("吹哨")
    assert lead in form.options["units"], "every unit that serves the place can be chosen"
    first = form.choice("units", lead)
    data = form.values | {
        "units": [first, form.choice("units", other)],
        "units_lead": [first],
        "category": [form.choice("category", "道路破损")],
        "note": ["村里没有机械，到塌陷处报到"],
    }
    person.send(form, data)


@sentence(then, r'住建局的孟和收到消息"(?P<words>.+)"')
def _told(story: BannerStory, words: str, pump) -> None:
    pump()
    assert words in story.at("孟和").open("/notices/").text
    assert "请东城区住房和城乡建设局在" in story.at("孟和").page.text


@then("网格员张伟在任务里看到这一件")
def _in_tasks(story: BannerStory) -> None:
    links = [link for _text, link in story.at("张伟").open("/worker/").links]
    assert f"/worker/tasks/{_case(story).id}/" in links


@then("市住建局的赵强看不到这一件")
def _others_do_not(story: BannerStory) -> None:
    story.at("赵强").open(f"/case/{story.number}/", status=404)


@sentence(when, r"(?:住建局的|网格员)(?P<who>孟和|张伟)到现场报到")
def _reports_in(story: BannerStory, who: str) -> None:
    story.part(who, "reporting-in", "报到")


@sentence(when, r'(?:住建局的|网格员)(?P<who>孟和|张伟)办好本单位的部分，写明"(?P<result>.+)"')
def _done(story: BannerStory, who: str, result: str) -> None:
    story.part(who, "joint-completion", "办好了", photos=[cover(mended=True, seed=len(who))], result=result)


def _hand(story: BannerStory, unit: str = "东城区住房和城乡建设局") -> Any:
    return next(one for one in casework.hands_of(_case(story), SYSTEM) if one.name == unit)


@sentence(when, r'住建局的孟和为自己的部分申请延期"(?P<limit>.+)"，写明"(?P<reason>.+)"')
def _asks_for_time(story: BannerStory, limit: str, reason: str) -> None:
    story.dues = {one.name: one.due_at for one in casework.hands_of(_case(story), SYSTEM)}
    story.part("孟和", "joint-extension-request", "申请延期", limit=limit, reason=reason)


@sentence(then, r'街道专干那顺在待办里看到这一件，住建局的部分写着"(?P<words>.+)"')
def _desk_sees_request(story: BannerStory, words: str) -> None:
    address = story.case_of("那顺").url
    assert words in story.at("那顺").page.text
    assert address in [link for _text, link in story.at("那顺").open("/desk/").links]


@when("那顺同意住建局的部分延期")
def _grants(story: BannerStory) -> None:
    story.do("那顺", f"joint-extension:{_hand(story).id}", "同意延期")


@then("孟和看到自己的部分时限往后了，张伟的没有变")
def _more_time(story: BannerStory) -> None:
    after = {one.name: one.due_at for one in casework.hands_of(_case(story), SYSTEM)}
    later = {name for name, due in after.items() if due != story.dues[name]}
    assert later == {"东城区住房和城乡建设局"}
    assert after["东城区住房和城乡建设局"] > story.dues["东城区住房和城乡建设局"]


@sentence(when, r'住建局的孟和转入等外部办理，等"(?P<outside>.+)"，写明"(?P<reason>.+)"')
def _waits_outside(story: BannerStory, outside: str, reason: str) -> None:
    story.part("孟和", "joint-waiting", "等外部办理", outside=outside, reason=reason)


@sentence(then, r'孟和看到自己的部分"(?P<words>.+)"，等的时候也有时限')
def _has_a_clock(story: BannerStory, words: str) -> None:
    assert words in story.case_of("孟和").text
    assert _hand(story).due_at is not None
    assert _hand(story).paused is None


@when("外部有了答复，孟和接着办")
def _goes_on(story: BannerStory) -> None:
    story.part("孟和", "joint-outside-answer", "接着办", note="明早断电")


@then("张伟和孟和都不能核查")
def _may_not_check(story: BannerStory) -> None:
    for who in ("张伟", "孟和"):
        assert "核查通过" not in story.offers(who)


@sentence(when, r'核查员哈斯核查通过"(?P<unit>.+)"，写明"(?P<finding>.+)"')
def _checks(story: BannerStory, unit: str, finding: str) -> None:
    hand = next(one for one in casework.hands_of(_case(story), SYSTEM) if one.name == unit)
    story.do("哈斯", f"joint-confirmation:{hand.id}", "核查通过", finding=finding)


@then("这一件还没有办结，因为住建局还没有办好")
def _not_closed(story: BannerStory) -> None:
    assert not _case(story).final
    stands = {one.name: one.words for one in casework.hands_of(_case(story), SYSTEM)}
    assert stands["东城区住房和城乡建设局"] != stands["柳林社区居民委员会"]


@sentence(then, r'最后一步"(?P<what>.+)"是系统做的')
def _by_system(story: BannerStory, what: str) -> None:
    last = casework.timeline(_case(story), SYSTEM)[-1]
    assert last.what == what
    assert what in story.case_of("那顺").text


@sentence(then, r'(?P<who>张伟|王秀英|对方)(?:凭链接)?看到"(?P<words>[^"]+)"')
def _reads(story: BannerStory, who: str, words: str) -> None:
    assert words in story.case_of(who).text


# --- the ladder ----------------------------------------------------------------------------------------------------------


@sentence(when, r'王秀英在柳林社区申请调解"(?P<words>.+)"')
def _asks(story: BannerStory, words: str) -> None:
    story.report("王秀英", words, category="neighbour-dispute")
    story.number = NUMBER.search(story.at("王秀英").page.text).group()
    story.case_of("王秀英")


@then("苏木镇调解员苏和、网格员张伟、市级调度员陈静都看不到这一件")
def _hidden(story: BannerStory) -> None:
    for who in ("苏和", "张伟", "陈静"):
        story.at(who).open(f"/case/{story.number}/", status=404)


@sentence(when, r'巴雅尔登记对方"(?P<name>.+)"，电话"(?P<phone>.+)"，把信交给他')
def _invites(story: BannerStory, papers, name: str, phone: str) -> None:
    story.do("巴雅尔", "party", "登记当事人", side="b", name=name, phone=phone)
    person = story.at("巴雅尔")
    story.case_of("巴雅尔")
    form = person.page.form("给乙方的信")
    reply = person.client.post(form.action, form.values)
    assert reply["Content-Type"] == "application/pdf"
    story.link = papers[-1]["address"].removeprefix("http://testserver")


@then("对方打开信里的链接能看到这一件，看不到谁的电话")
def _b_opens(story: BannerStory) -> None:
    text = story.at(B).open(story.link).text
    assert story.number in text
    assert "13900001111" not in text
    assert "13800000001" not in text


def _answer(story: BannerStory, who: str, step: str) -> None:
    story.case_of(who)
    story.at(who).press("表明是否同意", step=step, answer="yes")


@sentence(when, r'只有王秀英同意"(?P<step>.+)"')
def _a_agrees(story: BannerStory, step: str) -> None:
    _answer(story, "王秀英", step)


@sentence(when, r'对方也同意"(?P<step>.+)"')
def _b_agrees(story: BannerStory, step: str) -> None:
    _answer(story, B, step)


@sentence(when, r'双方都同意"(?P<step>.+)"')
def _both_agree(story: BannerStory, step: str) -> None:
    for who in ("王秀英", B):
        _answer(story, who, step)


@sentence(then, r'巴雅尔还不能开始，因为"(?P<why>.+)"')
def _not_yet(story: BannerStory, why: str) -> None:
    assert why in story.case_of("巴雅尔").text


@when("巴雅尔开始调解")
def _begins(story: BannerStory) -> None:
    story.do("巴雅尔", "start", "开始调解")


def _try(story: BannerStory, who: str, action: str, button: str, outcome: str, summary: str) -> None:
    person = story.at(who)
    person.open(f"{story.case_of(who).url}?do={action}")
    form = person.page.form(button)
    data = form.values | {
        "how": ["in-person"], "where": ["村委会"], "present": ["a", "b"], "outcome": [form.choice("outcome", outcome)],
        "said": ["约好下周一起量地"], "summary": [summary],
    }  # fmt: skip
    person.send(form, data)


@sentence(when, r'巴雅尔记录一次村居调解，结果是"(?P<outcome>.+)"，内部记录是"(?P<summary>.+)"')
def _village_try(story: BannerStory, outcome: str, summary: str) -> None:
    _try(story, "巴雅尔", "village-try", "记录一次村居调解", outcome, summary)


@sentence(when, r'苏和记录一次联合调解，结果是"(?P<outcome>.+)"')
def _township_try(story: BannerStory, outcome: str) -> None:
    _try(story, "苏和", "township-try", "记录一次联合调解", outcome, "双方各让一步")


@sentence(then, r'王秀英在梯子上看到一次村居调解"(?P<outcome>.+)"，看不到"(?P<inside>.+)"')
def _on_the_ladder(story: BannerStory, outcome: str, inside: str) -> None:
    text = story.case_of("王秀英").text
    assert outcome in text
    assert "最多 3 次" in text
    assert inside not in text


@when("巴雅尔请镇街来调")
def _climbs(story: BannerStory) -> None:
    story.do("巴雅尔", "climb-township", "请镇街来调")


@when("苏和接手")
def _takes_up(story: BannerStory) -> None:
    story.do("苏和", "township-acceptance", "接手调解")


@sentence(when, r'苏和写协议：甲方在(?P<by>\S+)前"(?P<what>.+)"')
def _drafts(story: BannerStory, by: str, what: str) -> None:
    more = {"duty-1-who": "a", "duty-1": what, "duty-1-by": by}
    story.do("苏和", "township-draft", "写协议", facts="院墙压了地界二十厘米", **more)


def _paper(story: BannerStory, who: str, name: str, papers: list[dict[str, Any]]) -> str:
    page = story.case_of(who)
    address = next(link for _text, link in page.links if link.endswith(f"/papers/{name}.pdf"))
    assert story.at(who).client.get(address)["Content-Type"] == "application/pdf"
    return str(papers[-1])


@sentence(then, r'王秀英能打印协议，上面有"(?P<name>.+)"和"(?P<what>.+)"，没有"(?P<phone>.+)"')
def _prints(story: BannerStory, papers, name: str, what: str, phone: str) -> None:
    words = _paper(story, "王秀英", "agreement", papers)
    assert name in words
    assert what in words
    assert phone not in words


@sentence(when, r"双方在协议上签字，苏和上传照片，约好(?P<days>\d+)天后回访")
def _signed(story: BannerStory, days: str) -> None:
    story.do(
        "苏和",
        "agreement",
        "双方签了协议",
        photos=[cover(mended=True, seed=3)],
        signed=today().isoformat(),
        visit=(today() + timedelta(days=int(days))).isoformat(),
    )


@then("这一件的时限到约好的那天")
def _clock_runs(story: BannerStory) -> None:
    assert localtime(_case(story).due_at).isoformat()[:16] == f"{today() + timedelta(days=11)}T00:00"


@sentence(when, r'对方说协议不合适，再谈，因为"(?P<reason>.+)"')
def _talks_on(story: BannerStory, reason: str) -> None:
    story.do("对方", "township-talks", "协议不合适，再谈", reason=reason)


@then("苏和还不能登记双方签了协议")
def _nothing_to_sign(story: BannerStory) -> None:
    page = story.case_of("苏和")
    assert "记录一次联合调解" in page.text
    assert "双方签了协议" not in page.text


@when("苏和回访后确认双方都说履行了")
def _kept(story: BannerStory) -> None:
    story.do("苏和", "visit", "记录回访", finding="墙已经挪好")
    person = story.at("苏和")
    person.open(f"{story.case_of('苏和').url}?do=fulfilment")
    form = person.page.form("已履行，结案")
    person.send(form, form.values | {"confirmed": ["a", "b"], "finding": ["两家都确认了"]})


@given("王秀英和对方的纠纷正在村居调解")
def _begun(story: BannerStory, papers) -> None:
    _asks(story, "两家为院墙吵了三年")
    _invites(story, papers, "赵铁柱", "13900001111")
    _b_opens(story)
    _both_agree(story, "开始调解")
    _begins(story)


@when("对方停止调解")
def _stops(story: BannerStory) -> None:
    story.case_of(B)
    story.at(B).press("停止调解")


@sentence(then, r'王秀英能打印告知书，上面有"(?P<way>.+)"')
def _notice(story: BannerStory, papers, way: str) -> None:
    assert way in _paper(story, "王秀英", "remedies", papers)


@then("没有送达凭据，巴雅尔不能结束")
def _needs_proof(story: BannerStory) -> None:
    more = {"given-a": "hand", "given-b": "hand"}
    story.do("巴雅尔", "remedies", "登记告知书送达，结束", status=422, **more)


@when("巴雅尔把告知书送到双方手里，拍下签收条")
def _delivers(story: BannerStory) -> None:
    more = {"given-a": "hand", "given-b": "hand"}
    story.do("巴雅尔", "remedies", "登记告知书送达，结束", photos=[cover(mended=True, seed=4)], **more)


@sentence(when, r'对方说"(?P<note>.+)"，请换别的方式')
def _danger(story: BannerStory, note: str) -> None:
    story.case_of(B)
    story.at(B).press("不适合调解", note=note)


@sentence(then, r'巴雅尔不能再调解，因为"(?P<law>.+)"')
def _forbidden(story: BannerStory, law: str) -> None:
    person = story.at("巴雅尔")
    page = story.case_of("巴雅尔")
    token = next(form for form in page.forms if "csrfmiddlewaretoken" in form.values).values["csrfmiddlewaretoken"]
    address = f"{page.url}village-try" if page.url.startswith("/worker") else f"{page.url}actions/village-try"
    reply = person.client.post(_action(page, address), {"csrfmiddlewaretoken": token})
    assert reply.status_code == 403
    assert law in reply.content.decode()


def _action(page, guess: str) -> str:
    """Beside the action that is offered."""
    offered = next((form.action for form in page.forms if form.action.endswith(("referral", "party"))), "")
    return f"{offered.rpartition('/')[0]}/village-try" if offered else guess


@sentence(then, r'王秀英看不到"(?P<note>.+)"，也看不到是对方说的')
def _discreet(story: BannerStory, note: str) -> None:
    text = story.case_of("王秀英").text
    assert note not in text
    assert "乙方：不适合" not in text
    assert "反家庭暴力" not in text


def _case(story: BannerStory) -> Any:
    return casework.access_case(story.number, by=SYSTEM)
