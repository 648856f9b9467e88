"""One's own data; who opened the record; posts; conflicts of interest."""

import json
import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.journal.scope import as_actor
from shanzhi.registers.people import queries, services
from shanzhi.registers.people.models import Phone, Post

EN = {"accept-language": "en"}


def test_who_has_no_number_adds_one(cast, client_for):
    page, form = "/signin/me/", "/signin/phone/"
    assert "Change mobile number" in client_for("王秀英").get(page, headers=EN).text
    assert "The old one stays yours" in client_for("王秀英").get(form, headers=EN).text
    with as_actor(SYSTEM):
        Phone.objects.filter(person=cast.persons["王秀英"]).delete()
    assert "Add a mobile number" in client_for("王秀英").get(page, headers=EN).text
    assert "The old one stays yours" not in client_for("王秀英").get(form, headers=EN).text


def test_a_resident_sees_corrects_and_takes_along(cast, client_for):
    client = client_for("王秀英")
    page = client.get("/signin/me/").content.decode()
    assert "王秀英" in page
    assert "138****0001" in page
    assert "1栋101" in page
    assert client.post("/signin/me/", {"name": "王秀瑛"}).status_code == 302
    answer = client.post("/signin/me/", {"name": "很" * 101})
    assert "很" * 101 in answer.content.decode()
    assert client.post("/signin/me/", {"name": "  "}).status_code == 422
    answer = client.get("/signin/me/data/")
    assert "attachment" in answer.headers["content-disposition"]
    packed = ZipFile(BytesIO(b"".join(answer.streaming_content)))
    data = json.loads(packed.read("shanzhi-my-data/data.json"))
    assert (data["name"], data["phone"]["number"]) == ("王秀瑛", "+8613800000001")


def test_erasure_is_asked_and_taken_back(cast, client_for):
    client = client_for("王秀英")
    client.post("/signin/me/erasure/")
    assert 'name="withdraw"' in client.get("/signin/me/").content.decode()
    client.post("/signin/me/erasure/", {"withdraw": "1"})
    assert services.erasure_of(cast.persons["王秀英"]) is None


def test_erasure_is_not_for_post_holders(cast, client_for):
    assert client_for("张伟").post("/signin/me/erasure/").status_code == 409


def test_who_opened_my_record_and_why(cast, actor, client_for):
    services.access_person(cast.persons["王秀英"], by=actor("张伟"), why="汛期走访")
    page = client_for("王秀英").get("/signin/me/openings/").content.decode()
    assert "张伟" in page
    assert "汛期走访" in page
    assert "柳林社区居民委员会" in page
    assert "汛期走访" not in client_for("李桂芳").get("/signin/me/openings/").content.decode()


def test_everyone_goes_to_their_own_door(client_for):
    doors = {"王秀英": "/", "张伟": "/worker/", "刘敏": "/desk/", "陈静": "/desk/", "赵强": "/department/"}
    assert {name: client_for(name).get("/signin/home/").headers["location"] for name in doors} == doors


def test_the_post_acted_in_is_chosen_for_the_session(cast, client_for):
    second = Post.objects.create(
        person_id=cast.persons["赵强"], unit=cast.units["willow"], role="grid-worker", place=cast.city.willow_2,
        since=date(2022, 1, 1),
    )  # fmt: skip
    client = client_for("赵强")
    assert client.post("/signin/post/", {"post": second.id}).headers["location"] == "/worker/"
    assert client.get("/signin/home/").headers["location"] == "/worker/"
    assert client_for("赵强").get("/signin/home/").headers["location"] == "/department/"
    assert client.post("/signin/post/", {"post": cast.posts["张伟"].id}).status_code == 404
    assert client.post("/signin/post/", {"post": "x"}).status_code == 404


def test_conflicts_of_interest(cast, actor, client_for):
    client = client_for("孙丽")
    assert client.get("/signin/me/interests/").status_code == 200
    housing = cast.units["city-housing"].id
    assert client.post("/signin/me/interests/", {"unit": housing}).status_code == 422
    client.post("/signin/me/interests/", {"unit": housing, "kind": "family"})
    assert queries.has_conflict(actor("孙丽"), subject_unit=housing)
    (declared,) = queries.interests_of(actor("孙丽"))
    assert client_for("陈静").post(f"/signin/me/interests/{declared.id}/end/").status_code == 404
    client.post(f"/signin/me/interests/{declared.id}/end/")
    assert not queries.has_conflict(actor("孙丽"), subject_unit=housing)


def test_language_and_large_type_are_kept_in_cookies(client_for):
    client = client_for("王秀英")
    client.post("/kit/display/", {"type": "large", "next": "/signin/me/"})
    client.post("/i18n/setlang/", {"language": "en", "next": "/signin/me/"})
    page = client.get("/signin/me/").content.decode()
    assert 'data-type="large"' in page
    assert "My account" in page


def test_the_page_has_the_menus_switches_and_a_way_on(client_for):
    page = client_for("王秀英").get("/signin/me/", headers=EN).text
    for switch in ('name="language" value="en"', 'name="type" value="large"', 'name="theme" value="dark"'):
        assert page.count(switch) == 2  # in the menu and on the page
    assert re.search(r'<a class="nav-item" href="/signin/me/" aria-current="page">', page)
    assert 'class="nav-item" href="/reports/"' in page
