"""Every address from outside: visitors sign in, residents are refused, others' cases are not there."""

from __future__ import annotations

import pytest

from shanzhi.foundation.base.ids import new_id

pytestmark = pytest.mark.django_db

PAGES = [
    "",
    "?box=grid",
    "?box=done",
    "report/",
    "grid/",
    "grid/points.json",
    "grid/outlines.json",
    "grid/codes.pdf",
    "day/",
]
OF_A_CASE = ["", "?do=completion", "where.json", "around.json"]
POSTS = ["report/", "report/suggestions/", "grid/codes/"]
POSTS_OF_A_CASE = ["reporter", "completion", "spot-fix", "no-such-action"]


@pytest.mark.parametrize("page", PAGES)
def test_pages(yuxi, client_for, page):
    address = f"/worker/{page}"
    visitor = client_for(None).get(address)
    assert visitor.status_code == 302
    assert visitor["Location"].startswith("/signin/")
    for resident in ("王秀英", "周涛"):
        assert client_for(resident).get(address).status_code == 403
    for worker in ("张伟", "何敏", "刘敏", "钱芳", "孙丽"):
        assert client_for(worker).get(address).status_code == 200, worker


@pytest.mark.parametrize("page", OF_A_CASE)
def test_pages_of_a_case(yuxi, assigned, client_for, page):
    address = f"/worker/tasks/{assigned().id}/{page}"
    assert client_for(None).get(address).status_code == 302
    for resident in ("王秀英", "周涛"):
        assert client_for(resident).get(address).status_code == 403
    for outsider in ("何敏", "钱芳"):  # the neighbour grid, another department
        assert client_for(outsider).get(address).status_code == 404, outsider
    for inside in ("张伟", "刘敏"):
        assert client_for(inside).get(address).status_code == 200, inside


@pytest.mark.parametrize("page", POSTS)
def test_posts(yuxi, client_for, page):
    address = f"/worker/{page}"
    assert client_for(None).post(address).status_code == 302
    for resident in ("王秀英", "周涛"):
        assert client_for(resident).post(address).status_code == 403
    assert client_for("张伟").post(address).status_code in (200, 302, 422)


@pytest.mark.parametrize("noun", POSTS_OF_A_CASE)
def test_posts_of_a_case(yuxi, assigned, client_for, noun):
    case = assigned()
    address = f"/worker/tasks/{case.id}/{noun}"
    sent = {"key": str(new_id()), "expect": case.touched, "result": "好了", "why": "打电话问路"}
    assert client_for(None).post(address, sent).status_code == 302
    for resident in ("王秀英", "周涛"):
        assert client_for(resident).post(address, sent).status_code == 403
    for outsider in ("何敏", "钱芳"):
        assert client_for(outsider).post(address, sent).status_code == 404, outsider
    assert client_for("张伟").get(address)["Location"].startswith(f"/worker/tasks/{case.id}/")
    case.refresh_from_db()
    assert case.state == "handling"


def test_the_unit_complained_about_sees_nothing(yuxi, reported, client_for):
    case = reported(subject_unit=yuxi.units["willow"].id)
    for member in ("张伟", "刘敏"):
        client = client_for(member)
        assert client.get(f"/worker/tasks/{case.id}/").status_code == 404
        for page in ("", "?box=grid", "grid/", "grid/points.json"):
            assert str(case.id) not in client.get(f"/worker/{page}").content.decode()


def test_the_grid_of_another_is_not_mine(yuxi, client_for):
    for page in ("grid/", "grid/points.json", "grid/outlines.json", "grid/codes.pdf"):
        assert client_for("何敏").get(f"/worker/{page}?place={yuxi.city.willow_1.id}").status_code == 403
    assert client_for("何敏").post("/worker/grid/codes/", {"place": yuxi.city.willow_1.id}).status_code == 403


def test_the_reporter_shows_only_with_a_reason_and_is_logged(yuxi, assigned, client_for):
    from shanzhi.registers.people.queries import accesses_of

    address, client = f"/worker/tasks/{assigned().id}/", client_for("张伟")
    assert "王秀英" not in client.get(address).text
    assert client.post(f"{address}reporter", {"why": ""}).status_code == 422
    assert not accesses_of(yuxi.persons["王秀英"])
    assert "王秀英" in client.post(f"{address}reporter", {"why": "打电话问路"}).text
    assert [row.why for row in accesses_of(yuxi.persons["王秀英"])] == ["打电话问路"]
