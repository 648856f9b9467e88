"""Components: what they say, and that text stays text."""

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from shanzhi.foundation.base.actor import Actor
from shanzhi.kit.shapes import Entry, Photo
from shanzhi.kit.tags.breaks import pieces
from shanzhi.kit.tags.stencils import MARK, stencil

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)  # noon in Shanghai
EVIL = '<script>alert("1")</script>'


def show(text: str, **values) -> str:
    return Template("{% load kit %}" + text).render(Context(values))


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to(NOW, tick=False)
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (NOW, "today 12:00"),
        (NOW - timedelta(hours=13), "yesterday 23:00"),
        (NOW + timedelta(days=1), "tomorrow 12:00"),
        (NOW - timedelta(days=18), "3 Nov 12:00"),
        (NOW - timedelta(days=400), "17 Oct 2025 12:00"),
    ],
)
def test_when(at, text):
    assert f">{text}</time>" in show("{% when at %}", at=at)


def test_when_in_chinese():
    with translation.override("zh-hans"):
        assert "11月3日 12:00" in show("{% when at %}", at=NOW - timedelta(days=18))


def test_a_limit_at_midnight_is_the_end_of_the_day_before():
    midnight = timezone.localtime(NOW).replace(hour=0) + timedelta(days=1)
    day = f"{NOW.day} {NOW:%b} {NOW.year}"
    assert f">the end of {day}</time>" in show('{% when at style="due" %}', at=midnight)
    assert f">{day} 12:00</time>" in show('{% when at style="due" %}', at=NOW)
    assert f'title="the end of {day}">the end of ' in show('{% when at style="by" %}', at=midnight)
    assert ">today 12:00</time>" in show('{% when at style="by" %}', at=NOW)


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "under 1 min"),
        (1, "1\xa0min"),
        (65, "1\xa0h 5\xa0min"),
        (120, "2\xa0h"),
        (1500, "25\xa0h"),
        (2880, "2\xa0days"),
        (3000, "2\xa0days 2\xa0h"),
    ],
)
def test_span(minutes, text):
    assert show("{{ minutes|span }}", minutes=minutes) == text


def test_cards_say_what_their_times_are():
    card = show("{% case_card '#' 'Lamp' at=at closed=at done_well=well %}", at=NOW, well=True)
    words = re.sub(r"<[^>]+>", "", card)
    assert "Reported today 12:00" in words
    assert "Closed today 12:00" in words
    assert "Ended <time" in show("{% case_card '#' 'Lamp' at=at closed=at done_well=well %}", at=NOW, well=False)


def test_clock_turns():
    due = NOW + timedelta(minutes=30)
    assert 'data-tone="warn"' in show("{% clock due warn %}", due=due, warn=NOW)
    assert "data-tone" not in show("{% clock due warn %}", due=due, warn=due)
    assert "under 1 min left" in show("{% clock due %}", due=NOW + timedelta(seconds=40))
    assert "under 1 min overdue" in show("{% clock due %}", due=NOW - timedelta(seconds=40))
    assert "30\xa0min overdue" in show("{% clock due %}", due=NOW - timedelta(minutes=30))
    assert show("{% clock due %}", due=None) == ""


def test_a_clock_says_its_limit_in_each_reader_s_language():
    due = NOW + timedelta(hours=3)
    with translation.override("en"):
        assert 'title="Due: ' in show("{% clock due %}", due=due)
    with translation.override("zh-hans"):
        assert "Due" not in show("{% clock due %}", due=due)


def test_text_stays_text():
    entry = Entry(NOW, EVIL, EVIL, EVIL, note=EVIL, files=[Photo("/x", alt=EVIL)])
    page = show(
        "{% timeline entries %}{% case_card '#' evil words=evil status=evil place=evil %}{% badge evil %}{% stat evil evil %}"
        "{% notice 'info' evil %}{{ evil }}{% endnotice %}{% dialog 'd' evil %}{{ evil }}{% enddialog %}{% empty evil evil %}{{ evil }}{% endempty %}"
        "{% choice_cards 'k' options %}{% qr evil evil %}",
        entries=[entry], evil=EVIL, options=[(EVIL, EVIL)],
    )  # fmt: skip
    assert "<script" not in page
    assert page.count("&lt;script") > 15


def test_steps_name_where_one_is():
    assert 'aria-label="Step 4 of 6: Handle"' in show("{% steps 4 %}")
    assert show("{% steps 6 done=True %}").count('class="past"') == 6


def test_a_step_that_does_not_stand_well_is_drawn_otherwise():
    assert 'class="now is-off tone-warn"' in show('{% steps 4 tone="warn" %}')
    assert "is-off" not in show('{% steps 4 tone="working" %}')


def test_steps_left_out_are_not_walked():
    def stands(text: str) -> list[str]:
        return re.findall(r'<li class="(\w+)"', show(text, names=list("abcdef"), walked={1, 2, 5}))

    way = ["past", "past", "next", "next", "now", "next"]
    assert stands("{% steps 5 labels=names walked=walked %}") == way
    assert stands("{% steps 5 labels=names walked=walked over=True %}") == [*way[:4], "past", "next"]
    assert stands("{% steps 6 labels=names walked=walked done=True %}") == [
        "past",
        "past",
        "next",
        "next",
        "past",
        "past",
    ]
    assert stands("{% steps 5 labels=names %}") == ["past"] * 4 + ["now", "next"]


def test_what_ended_on_a_short_way_shows_only_the_way_it_went():
    def drawn(text: str, walked: set[int]) -> list[tuple[str, str]]:
        shown = show(text, names=list("abcdef"), walked=walked)
        return re.findall(r'<li class="([\w -]+)"[^>]*><span>(.*?)</span>', shown)

    refused = '{% steps 1 labels=names walked=walked over=True tone="stopped" end="refused" %}'
    assert drawn(refused, {1}) == [("past", "a"), ("now is-off tone-stopped", "refused")]
    closed = '{% steps 6 labels=names walked=walked over=True done=True tone="done" end="closed" %}'
    assert drawn(closed, {1, 4}) == [("past", "a"), ("past", "d"), ("past", "closed")]
    assert drawn(closed, {1, 2, 3, 4, 5}) == [("past", name) for name in "abcdef"]


def test_brackets_at_the_end_of_a_step_keep_together():
    shown = show("{% steps 2 labels=names %}", names=["收到了", "等外部结果（嘎查村）", "完"])
    assert "<span>等外部<wbr>结果<span>（嘎查村）</span></span>" in shown
    assert "<span>完</span>" in shown


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("镇街联合调解", "镇街|联合|调解"), ("申请受理", "申请|受理"), ("协议未履行", "协议|未履行"), ("调解已停止", "调解|已停止"),
        ("请镇街来调", "请镇街|来调"), ("待巡查", "待巡查"), ("Joint talks", "Joint talks"),
    ],
)  # fmt: skip
def test_names_of_steps_break_between_words(name, broken):
    assert "|".join(pieces(name)) == broken


def test_steps_that_were_passed_by_are_left_out_where_nothing_comes_any_more():
    def stands(now: int) -> list[str]:
        shown = show("{% steps now labels=names walked=walked %}", now=now, names=list("abcde"), walked={1, 2, now})
        return re.findall(r'<li class="(\w+)"[^>]*><span>(\w)', shown)

    assert stands(5) == [("past", "a"), ("past", "b"), ("now", "e")]
    assert [name for _stands, name in stands(4)] == list("abcde")


@pytest.mark.parametrize(("lines", "folded"), [(10, 0), (11, 5)])
def test_older_lines_of_a_long_story_fold(lines, folded):
    entries = [{"at": None, "sentence": f"line {n}"} for n in range(lines)]
    newest, _details, older = show("{% timeline entries %}", entries=entries).partition("<details")
    assert (newest.count("<li"), older.count("<li")) == (lines - folded, folded)


def test_unknown_icon_draws_nothing_and_does_not_fail():
    assert show('{% icon "no-such-icon" %}').startswith("<svg")


def test_pages_keep_the_query():
    request = RequestFactory().get("/x", {"box": "unit", "page": "2"})
    page = Paginator(range(100), 10).page(2)
    shown = show("{% pages page %}", request=request, page=page)
    assert 'href="?box=unit&amp;page=3"' in shown
    assert 'aria-current="page">2<' in shown
    assert show("{% pages page %}", request=request, page=Paginator(range(5), 10).page(1)) == ""


def test_segmented_drops_the_page_number():
    request = RequestFactory().get("/x", {"q": "灯", "page": "9"})
    shown = show(
        "{% segmented options 'desk' 'box' %}", request=request, options=[("desk", "Desk", 0), ("unit", "Unit")]
    )
    assert 'href="?q=%E7%81%AF&amp;box=unit"' in shown
    assert '<span class="count">0</span>' in shown


def test_map_numbers_are_not_localised():
    with translation.override("zh-hans"):
        assert 'lon="102.5455"' in show("{% map lon=lon lat=lat pick='spot' %}", lon=102.5455, lat=24.35)


ROW = {
    "id": "1", "href": "/1/", "number": "A-1", "title": "Lamp", "state": "Open", "tone": "waiting", "place": "Willow", "unit": "Works", "at": NOW,
    "due": NOW, "warn": NOW, "closed": None, "urgent": True, "synthetic": True, "words": "Dark", "late": "over", "shared": "Two", "photo": None,
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name, value in ROW.items() if isinstance(value, str)])
def test_no_value_of_a_row_becomes_markup(name):
    row = SimpleNamespace(**(ROW | {name: EVIL + "' onclick='x"}))
    text = show("{% case_rows rows %}", rows=[row], quick={row.id: "Register & dispatch"}, pick=True)
    assert "<script" not in text
    assert "onclick='" not in text
    assert "Register &amp; dispatch" in text
    if name != "tone":
        assert "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#x27; onclick=&#x27;x" in text


def test_the_address_of_a_rows_picture_is_escaped():
    row = SimpleNamespace(**(ROW | {"photo": Photo('/p?a=1&b="', '/t?a=1&b="')}))
    assert 'src="/t?a=1&amp;b=&quot;"' in show("{% case_rows rows %}", rows=[row])


def test_options_are_escaped_and_chosen():
    text = show("{% options rows chosen %}", rows=[(EVIL, EVIL), ("g", [("1", "One"), ("2", EVIL)])], chosen="2")
    assert "<script" not in text
    assert text.count(" selected") == 1
    assert '<optgroup label="g"><option value="1">One</option><option value="2" selected>' in text


def test_clock_and_status_are_escaped():
    assert "<script" not in show("{% status value %}{% badge value %}", value=EVIL)


def test_a_stencil_is_kept_for_what_changes_it_and_filled_each_time():
    shown = {"signed_in": True, "name": EVIL, "synthetic": False, "posts": True, "looks_after": False, "sets": False, "type": "", "theme": ""}  # fmt: skip
    texts = [
        stencil("kit/parts/menu.html", tuple(shown.values()), shown, {"csrf_token": token, "here": here})
        for token, here in (("one", '/a?"><script>'), ("two", "/b"))
    ]
    assert all(EVIL not in text and "&lt;script&gt;alert(" in text for text in texts)
    assert 'value="/a?&quot;&gt;&lt;script&gt;"' in texts[0]
    assert texts[0].count('value="one"') == texts[1].count('value="two"') > 2
    assert "one" not in texts[1].replace("Phone", "").replace("None", "")
    assert texts[1] == stencil("kit/parts/menu.html", tuple(shown.values()), shown, {"csrf_token": "two", "here": "/b"})


def test_a_hole_takes_no_mark_of_another():
    """Whoever guesses how holes are written still only writes text."""
    shown = {"id": "m", "label": "", "open": False, "height": "", "kit": {}}
    text = stencil("kit/parts/map.html", "guess", shown, {"points": f"{MARK}-1-", "places": "/secret"})
    assert text.count("/secret") == 1


def test_the_menu_knows_its_reader():
    request = RequestFactory().get("/desk/?a=1&b=2")
    text = show("{% menu %}", request=request, csrf_token="t0k3n", kit={"theme": "dark"}, actor=Actor(name="x"))  # noqa: S106
    assert 'value="/desk/?a=1&amp;b=2"' in text
    assert 'value="t0k3n"' in text
    assert 'value="dark" aria-pressed="true"' in text
    assert "Sign in" in text
    assert "Sign out" not in text


def test_the_map_keeps_its_numbers_and_addresses():
    text = show(
        '{% map points=points lon=lon lat=lat zoom=15 height="sm" %}', points='/p?a=1&b="', lon=102.5, lat=24.25
    )
    assert 'points="/p?a=1&amp;b=&quot;"' in text
    assert 'lon="102.5" lat="24.25"' in text
    assert 'zoom="15"' in text
    assert " lon=" not in show("{% map points=points %}", points="/p")


def test_offers_and_reasons_stay_text():
    offer = SimpleNamespace(name=EVIL, title=EVIL, why_not=EVIL)
    text = show("{% offers rows url %}{% barred rows %}", rows=[offer], url='/x/?"')
    assert "<script" not in text
    assert 'href="/x/?&quot;?do=&lt;script' in text
