"""On the round: reporting, putting right at once, the grid and its codes, the day."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.utils import timezone

from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework import services
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.refusals import Denied
from shanzhi.registers.codes import queries as codes

pytestmark = pytest.mark.django_db
REPORT = "/worker/report/"


@pytest.fixture
def seen(yuxi, photo):
    def make(**more) -> dict:
        by = yuxi.actor("张伟")
        asked = {
            "id": str(new_id()),
            "photos": [str(photo(by))],
            "place": str(yuxi.city.willow_1.id),
            "words": "井盖破了",
        }
        return asked | {"category": "manhole-cover"} | more

    return make


def test_what_a_worker_sees_is_reported_on_duty(yuxi, seen, client_for):
    client, sent = client_for("张伟"), seen()
    first, again = client.post(REPORT, sent), client.post(REPORT, sent)
    assert first["Location"] == again["Location"] == f"/worker/tasks/{sent['id']}/?sent={sent['id']}"
    case = casework.access_case(UUID(sent["id"]), by=yuxi.actor("刘敏"))
    assert (case.source, case.state) == ("worker", "reported")
    assert client.get(first["Location"]).status_code == 200


def test_put_right_at_once_it_is_closed_in_one_go(yuxi, seen, photo, client_for):
    sent = seen(fixed="1", result="盖子扶正了", after=[str(photo(yuxi.actor("张伟")))])
    client = client_for("张伟")
    first, again = client.post(REPORT, sent), client.post(REPORT, sent)
    assert first.status_code == again.status_code == 302
    case = casework.search(yuxi.actor("刘敏"))[0]
    assert (case.state, case.stage) == ("closed", 6)
    assert casework.search(yuxi.actor("刘敏")).count() == 1
    own = client.get(f"/reports/{case.id}/").text
    assert "open to spot checks" in own
    assert "/rating" not in own
    with pytest.raises(Denied, match="don't rate it"):
        services.act(case=case.id, action="rating", by=yuxi.actor("张伟"), fields={"stars": "5"})


@pytest.mark.parametrize("missing", ["after", "result", "category", "photos"])
def test_half_a_fix_sends_nothing_and_loses_nothing(yuxi, seen, photo, client_for, missing):
    sent = seen(fixed="1", result="盖子扶正了", after=[str(photo(yuxi.actor("张伟")))]) | {missing: ""}
    answer = client_for("张伟").post(REPORT, sent)
    assert answer.status_code == 422
    assert "井盖破了" in answer.text
    assert not casework.search(yuxi.actor("刘敏")).exists()


def test_a_fix_elsewhere_than_in_my_grid_is_refused_whole(yuxi, seen, photo, client_for):
    sent = seen(fixed="1", result="好了", after=[str(photo(yuxi.actor("张伟")))], place=str(yuxi.city.peach_1.id))
    answer = client_for("张伟").post(REPORT, sent)
    assert answer.status_code == 403
    assert "井盖破了" in answer.text
    assert not casework.search(yuxi.actor("何敏")).exists()


def test_an_empty_report_says_what_is_missing(yuxi, client_for):
    answer = client_for("张伟").post(REPORT, {"id": new_id(), "place": yuxi.city.willow_1.id})
    assert answer.status_code == 422
    assert "Not sent yet" in answer.text


def test_words_suggest_what_it_is(yuxi, client_for):
    answer = client_for("张伟").post(f"{REPORT}suggestions/", {"words": "井盖破了"})
    assert "manhole-cover" in answer.text


def test_who_may_not_fix_is_not_offered_it(yuxi, client_for):
    assert 'name="fixed"' in client_for("张伟").get(REPORT).text
    assert 'name="fixed"' not in client_for("刘敏").get(REPORT).text


def test_the_grid_shows_its_cases_people_and_outline(yuxi, reported, client_for):
    case, client = reported(), client_for("张伟")
    page = client.get("/worker/grid/").text
    assert f"/worker/tasks/{case.id}/" in page
    assert "刘敏" in page
    points = client.get("/worker/grid/points.json").json()["features"]
    assert [one["id"] for one in points] == [str(case.id)]
    assert client.get("/worker/grid/outlines.json").json()["features"]


def test_a_code_of_the_grid_is_made_once_and_printed(yuxi, client_for):
    client = client_for("张伟")
    for _time in range(2):
        assert client.post("/worker/grid/codes/", {"place": yuxi.city.willow_1.id}).status_code == 302
    held = codes.codes_in(yuxi.city.willow_1.path)
    assert {"zh-hans", "en"} == set(held[0].label)
    assert len(held) == 1
    assert held[0].shown in client.get("/worker/grid/").text
    assert client.get("/worker/grid/codes.pdf").content.startswith(b"%PDF")


def test_my_day_counts_mine_and_says_when_late(yuxi, assigned, photo, client_for):
    case, client = assigned(), client_for("张伟")
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=True):
        fields = {
            "result": "好了",
            "after": [str(photo(yuxi.actor("张伟")))],
            "key": str(new_id()),
            "expect": case.touched,
        }
        assert client.post(f"/worker/tasks/{case.id}/completion", fields).status_code == 302
        mine = client.get("/worker/day/")
        assert "Of these, late" in mine.text
        assert "Done" in mine.text
        assert mine.context["handled"] == 1
        assert f"/worker/tasks/{case.id}/" not in client_for("刘敏").get("/worker/day/").text
        services.act(case=case.id, action="rework", by=yuxi.actor("刘敏"), fields={"reason": "又翘了"})
        again = fields | {"key": str(new_id()), "expect": casework.access_case(case.id, by=yuxi.actor("刘敏")).touched}
        assert client.post(f"/worker/tasks/{case.id}/completion", again).status_code == 302
        assert client.get("/worker/day/").context["handled"] == 1, "done twice is one matter"


def test_a_complaint_about_a_unit_is_hidden_from_it(yuxi, seen, client_for):
    unit = yuxi.units["city-housing"]
    sent = seen(about_text=unit.name["zh-hans"])
    answer = client_for("张伟").post(REPORT, sent)
    assert answer.status_code == 302
    case = casework.access_case(UUID(sent["id"]), by=yuxi.actor("刘敏"))
    assert case.subject_unit_id == unit.id
    assert not casework.search(yuxi.actor("赵强")).exists()


def test_units_of_like_names_are_offered_and_nothing_is_lost(yuxi, seen, client_for):
    answer = client_for("张伟").post(REPORT, seen(about_text="局"))
    assert answer.status_code == 422
    assert f'value="{yuxi.units["city-housing"].id}"' in answer.text
    assert "井盖破了" in answer.text
    assert not casework.search(yuxi.actor("刘敏")).exists()


def test_a_complaint_is_not_put_right_on_the_spot(yuxi, seen, photo, client_for):
    fixed = {"fixed": "1", "result": "盖子扶正了", "after": [str(photo(yuxi.actor("张伟")))]}
    answer = client_for("张伟").post(REPORT, seen(about=str(yuxi.units["city-housing"].id), **fixed))
    assert answer.status_code == 422
    assert not casework.search(yuxi.actor("刘敏")).exists()


def test_a_worker_who_complains_about_their_own_unit_follows_it_as_a_reporter(yuxi, seen, client_for):
    sent = seen(about=str(yuxi.units["willow"].id))
    page = client_for("张伟").post(REPORT, sent, follow=True)
    assert page.status_code == 200
    assert not casework.search(yuxi.actor("刘敏")).exists()
