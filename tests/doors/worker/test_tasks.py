import pytest

from shanzhi.engines.casework import services as casework
from shanzhi.foundation.base.ids import new_id

HOME = "/worker/"
pytestmark = pytest.mark.django_db


def task(case) -> str:
    return f"/worker/tasks/{case.id}/"


def done(yuxi, photo, case, **more) -> dict:
    after = photo(yuxi.actor("张伟"))
    return {"key": str(new_id()), "expect": case.touched, "result": "换了新井盖", "after": [str(after)]} | more


def test_a_worker_takes_up_acts_with_photo_and_sees_it_leave(yuxi, assigned, photo, client_for):
    case = assigned()
    client = client_for("张伟")
    assert "In my hands" in client.get(HOME).text
    page = client.get(task(case)).text
    assert "?do=completion" in page
    assert 'name="after"' in client.get(f"{task(case)}?do=completion").text

    sent = done(yuxi, photo, case)
    answer = client.post(f"{task(case)}completion", sent)
    assert answer.status_code == 302
    assert answer["Location"] == f"{task(case)}?sent={sent['key']}"
    case.refresh_from_db()
    assert case.state == "handled"
    assert "In my hands" not in client.get(HOME).text
    assert case.number in client.get(task(case)).text
    assert str(case.id) in client.get(f"{HOME}?box=done").text


def test_sent_twice_it_happens_once(yuxi, assigned, photo, client_for):
    case, client = assigned(), client_for("张伟")
    sent = done(yuxi, photo, case)
    first, second = (client.post(f"{task(case)}completion", sent) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert case.steps.filter(action="completion").count() == 1


def test_without_the_photo_it_is_refused_and_the_words_stay(yuxi, assigned, photo, client_for):
    case, client = assigned(), client_for("张伟")
    answer = client.post(f"{task(case)}completion", done(yuxi, photo, case, after=[]))
    assert answer.status_code == 422
    assert "换了新井盖" in answer.text


def test_a_conflict_keeps_what_was_typed(yuxi, assigned, photo, client_for):
    case, client = assigned(), client_for("张伟")
    stale = done(yuxi, photo, case)
    casework.act(case=case.id, action="progress", by=yuxi.actor("张伟"), fields={"note": "在路上"})
    answer = client.post(f"{task(case)}completion", stale)
    assert answer.status_code == 409
    assert "换了新井盖" in answer.text
    assert stale["after"][0] in answer.text


def test_taken_away_meanwhile_the_words_are_shown(yuxi, assigned, photo, client_for):
    case, client = assigned(), client_for("张伟")
    stale = done(yuxi, photo, case)
    casework.act(case=case.id, action="return", by=yuxi.actor("张伟"), fields={"reason": "不归我管"})
    answer = client.post(f"{task(case)}completion", stale)
    assert answer.status_code == 409
    assert "换了新井盖" in answer.text


def test_what_one_handled_is_not_offered_to_check(yuxi, assigned, photo, client_for):
    case = assigned()
    client_for("张伟").post(f"{task(case)}completion", done(yuxi, photo, case))
    assert "To check" not in client_for("张伟").get(HOME).text
    assert "To check" in client_for("刘敏").get(HOME).text


def test_new_cases_of_the_grid_are_there_to_take(yuxi, reported, client_for):
    case = reported()
    assert task(case) in client_for("张伟").get(HOME).text
    assert task(case) in client_for("刘敏").get(HOME).text
    assert task(case) not in client_for("何敏").get(HOME).text


def test_a_new_case_of_my_grid_can_be_put_right_at_once(yuxi, reported, photo, client_for):
    case, client = reported(), client_for("张伟")
    assert "?do=spot-fix" in client.get(task(case)).text
    sent = done(yuxi, photo, case, category="manhole-cover")
    assert client.post(f"{task(case)}spot-fix", sent).status_code == 302
    case.refresh_from_db()
    assert case.state == "closed"


def test_each_missing_photo_is_asked_for_under_its_own_picker(yuxi, reported, client_for):
    case, client = reported(files=[]), client_for("张伟")
    sent = {"key": str(new_id()), "expect": case.touched, "category": "manhole-cover", "result": "扶正了"}
    page = client.post(f"{task(case)}spot-fix", sent).text
    before, after = (page.split(f'id="{name}-error"')[1].split("</p>")[0] for name in ("before", "after"))
    assert "how it was before" in before
    assert "how it looks now" not in before
    assert "how it looks now" in after
    assert "how it was before" not in after


def test_a_complaint_about_a_unit_is_nobodys_to_close_on_the_spot(yuxi, reported, photo, client_for):
    case, client = reported(subject_unit=yuxi.units["city-housing"].id), client_for("张伟")
    assert task(case) not in client.get(HOME).text
    assert task(case) in client_for("刘敏").get(HOME).text
    page = client.get(task(case)).text
    assert "?do=spot-fix" not in page
    assert "is not settled on the spot" in page
    assert yuxi.units["city-housing"].name["en"] in page
    sent = done(yuxi, photo, case, category="manhole-cover")
    assert client.post(f"{task(case)}spot-fix", sent).status_code == 403
    case.refresh_from_db()
    assert case.state == "reported"


def test_asked_for_help_it_waits_and_comes_back_with_the_answer(yuxi, assigned, client_for):
    case, client = assigned(), client_for("张伟")
    client.post(f"{task(case)}help", {"need": "equipment", "note": "要吊车", "expect": case.touched, "key": new_id()})
    assert "Waiting for help" in client.get(HOME).text
    panel = client_for("刘敏").get(f"/desk/cases/{case.id}/").text
    assert f'action="/desk/cases/{case.id}/advice"' in panel, "the answer comes first, not sending somebody else"
    casework.act(case=case.id, action="advice", by=yuxi.actor("刘敏"), fields={"note": "吊车下午到"})
    assert "In my hands" in client.get(HOME).text
    assert "吊车下午到" in client.get(task(case)).text


def test_a_kind_word_where_nothing_waits(yuxi, client_for):
    assert "Nothing waits for you" in client_for("张伟").get(HOME).text


@pytest.mark.parametrize("box", ["", "grid", "done"])
def test_the_list_costs_the_same_for_many_cases(yuxi, reported, assigned, client_for, box, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_for("张伟")

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(f"{HOME}?box={box}").status_code == 200
        return len(seen)

    reported(), assigned()
    cost()
    few = cost()
    for _ in range(3):
        reported(), assigned()
    assert cost() <= few
