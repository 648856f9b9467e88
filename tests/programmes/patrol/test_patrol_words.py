"""What the house wrote is read in the language of whoever reads, whatever the language of whoever walked."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from shanzhi.doors.desk.export import lines
from shanzhi.engines.casework import queries as cases
from shanzhi.engines.casework.models import Case, Step
from shanzhi.foundation.base.ids import new_id
from shanzhi.kit.casepage import title_of
from shanzhi.programmes.patrol import services
from shanzhi.programmes.patrol.models import Order

pytestmark = pytest.mark.django_db
TUESDAY, SHANGHAI = date(2026, 11, 3), ZoneInfo("Asia/Shanghai")


@pytest.fixture
def walked(guiyang, clock, photo):
    """(order, hazard): walked by somebody who reads Chinese."""
    services.generate()
    clock.move_to(datetime(2026, 11, 3, 9, tzinfo=SHANGHAI))
    order = Order.objects.get(place=guiyang.city.willow_1, standard="grid-daily", day=TUESDAY)
    by = guiyang.actor("张伟")
    with override("zh-hans"):
        services.set_out(order=order.id, by=by)
        services.answer(order=order.id, item="wiring", value="fine", by=by)
        found = services.answer(
            order=order.id, item="surroundings", value="hazard", by=by, note="桥头两堆", files=[photo(by)]
        )
        services.change_answer(order=order.id, item="wiring", value="not-applicable", by=by)
    return order, found.case


def said(case, by) -> list[str]:
    seen = cases.access_case(case, by=by)
    return [one.value for entry in cases.timeline(seen, by) for one in entry.said if one.field == "item"]


def test_the_story_of_a_round_names_its_items_to_each_reader(walked, guiyang):
    order, by = walked[0].id, guiyang.actor("张伟")
    assert said(order, by) == ["Wiring", "Surroundings", "Wiring"]
    with override("zh-hans"):
        assert said(order, by) == ["用电安全", "环境卫生", "用电安全"]
    kept = Step.objects.filter(case=order, action="finding").values_list("fields__item", flat=True)
    assert list(kept) == ["wiring", "surroundings"]


def test_what_was_kept_in_the_walkers_language_is_read_in_the_readers(walked, guiyang):
    Step.objects.filter(case=walked[0].id, action="finding").update(fields={"item": "环境卫生", "answer": "fine"})
    Case.objects.filter(id=walked[0].id).update(topic="")
    assert said(walked[0].id, guiyang.actor("张伟"))[:2] == ["Surroundings", "Surroundings"]
    Step.objects.filter(case=walked[0].id, action="finding").update(fields={"item": "一句话", "answer": "fine"})
    assert said(walked[0].id, guiyang.actor("张伟"))[0] == "一句话"


def test_an_order_is_titled_in_the_readers_language(walked, guiyang):
    order = cases.access_case(walked[0].id, by=guiyang.actor("张伟"))
    assert title_of(order) == "Daily round of the grid"
    assert order.said == "Daily round of the grid: Escape ways, Wiring, Water, Surroundings"
    with override("zh-hans"):
        assert title_of(order) == "网格日巡查"
        assert order.said == order.words == "网格日巡查：消防通道、用电安全、临水安全、环境卫生"


def test_a_hazard_says_what_the_item_is_called_and_what_was_typed(walked, guiyang):
    case = cases.access_case(walked[1].id, by=guiyang.actor("张伟"))
    assert case.said == "Surroundings: 桥头两堆"
    with override("zh-hans"):
        assert case.said == case.words == "环境卫生：桥头两堆"


@pytest.mark.parametrize("words", ["以前写的", "环境 卫生"])
def test_words_that_do_not_begin_as_the_text_does_stand_as_they_are(walked, guiyang, words):
    Case.objects.filter(id=walked[1].id).update(words=words)
    assert cases.access_case(walked[1].id, by=guiyang.actor("张伟")).said == words


@pytest.mark.parametrize(
    "topic", ["", "inspections:grid-daily:none", "inspections:none", "others:grid-daily", "inspections"]
)
def test_a_topic_that_nobody_knows_leaves_the_words(walked, guiyang, topic):
    Case.objects.filter(id=walked[1].id).update(topic=topic)
    assert cases.access_case(walked[1].id, by=guiyang.actor("张伟")).said == "环境卫生：桥头两堆"


@pytest.mark.parametrize("text", ["环境卫生", "卫生", "surroundings", "Surroundings", "桥头"])
def test_a_hazard_is_found_by_either_word(walked, guiyang, text):
    assert walked[1].id in {one.id for one in cases.search(guiyang.actor("陈静"), text)}


def test_an_order_is_found_by_either_word_and_stands_in_tables(walked, guiyang):
    by = guiyang.actor("陈静")
    for text in ("日巡查", "escape"):
        found = cases.search(by, text, {"procedure": "inspection"})
        assert walked[0].id in {one.id for one in found}
    assert "Daily round of the grid" in {line[1] for line in lines(cases.search(by, "escape"))}
    assert not cases.search(by, "elephant").filter(id=walked[0].id)


def test_the_log_of_openings_says_in_either_language_whose_list_it_was(guiyang, client_for):
    starts = datetime(2026, 11, 3, 20, tzinfo=SHANGHAI)
    call = services.call(
        id=new_id(), place=guiyang.city.willow_1.id, starts=starts, ends=starts + timedelta(hours=3), meeting="村口",
        leader=guiyang.posts["张伟"].id, by=guiyang.actor("刘敏"),
    )  # fmt: skip
    services.sign_up(call=call.id, by=guiyang.actor("王秀英"))
    with override("en"):
        services.open_list(call=call.id, by=guiyang.actor("张伟"))
    assert "夜巡名单" in client_for("王秀英").get("/signin/me/openings/").text
    english = client_for("王秀英").get("/signin/me/openings/", headers={"accept-language": "en"})
    assert "List of the night patrol" in english.text
