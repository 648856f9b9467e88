"""A resident sends a report: what arrives, and that nothing of it is lost whatever goes wrong."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.test import Client

from cast_places import SIDE, SOUTH, WEST, middle
from shanzhi.engines.casework.models import Case
from shanzhi.foundation.base.ids import new_id


def sent(client: Client, fields: dict) -> Case:
    answer = client.post("/report/", fields)
    assert answer.status_code == 302, answer.content.decode()
    return Case.objects.get(pk=fields["id"])


def test_a_signed_in_resident_reports_in_one_post(client_for, form, upload):
    client = client_for("王秀英")
    photo = upload(client).json()["id"]
    case = sent(client, form(photos=[photo]))
    assert case.place.code == "990101001001001"
    assert case.files.get().file_id == UUID(photo)
    page = client.get(f"/reports/{case.id}/sent/").content.decode()
    assert case.number in page
    assert "/follow/" not in page


def test_whoever_is_signed_in_takes_the_matter_out_of_the_simulations_hands(client_for, form):
    client = client_for("王秀英")
    client.get("/")  # from now on the session comes with its holder, as after every real sign-in
    assert sent(client, form()).live


def test_a_visitor_reports_and_follows_by_link(form, upload):
    client = Client()
    client.get("/report/")
    photo = upload(client).json()["id"]
    fields = form(photos=[photo], name="老张", phone="138 0000 9999")
    answer = client.post("/report/", fields)
    link = re.search(r"/follow/(\w+)/", answer["location"])[0]
    page = client.get(answer["location"])
    assert f"http://testserver{link}" in page.content.decode()
    assert page["Referrer-Policy"] == "same-origin"
    stranger = Client()
    assert stranger.get(f"/reports/{fields['id']}/").status_code == 404
    assert stranger.get(link)["location"] == f"/reports/{fields['id']}/"
    assert "门口的井盖破了" in stranger.get(f"/reports/{fields['id']}/").content.decode()
    assert fields["id"] in stranger.get("/reports/").content.decode()


def test_sending_twice_gives_one_case(form):
    client, fields = Client(), form()
    first = client.post("/report/", fields)
    again = client.post("/report/", fields)
    assert first["location"] == again["location"]
    assert Case.objects.count() == 1


def test_a_retry_after_a_lost_answer_gives_the_same_case_to_another_session_of_the_browser(client_for, form):
    fields = form()
    assert (
        client_for("王秀英").post("/report/", fields)["location"]
        == client_for("王秀英").post("/report/", fields)["location"]
    )


@pytest.mark.parametrize("words", ["㐂𠮷野家门口", "🕳️👨‍👩‍👧‍👦", "a\r\nb", "零\u200b宽"])
def test_rare_characters_and_emoji_stay(client_for, form, words):
    case = sent(client_for("王秀英"), form(words=words))
    assert case.words == words.replace("\r\n", "\n")


def test_nothing_at_all_is_refused_with_advice(client_for, form):
    answer = client_for("王秀英").post("/report/", form(words="  \n ", category=""))
    assert answer.status_code == 422
    assert 'id="words-error"' in answer.content.decode()
    assert not Case.objects.exists()


def test_ten_thousand_characters_are_refused_and_kept_in_the_form(client_for, form):
    words = "井" * 10_000
    fields = form(words=words)
    answer = client_for("王秀英").post("/report/", fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "10000" in page.replace(",", "")
    assert fields["id"] in page


def test_a_photo_alone_is_enough(client_for, form, upload):
    client = client_for("王秀英")
    assert sent(client, form(words="", category="", photos=[upload(client).json()["id"]])).files.count() == 1


def test_outside_the_city_the_nearest_community_takes_it(client_for, form):
    case = sent(client_for("王秀英"), form(place_lon=WEST - SIDE, place_lat=SOUTH + SIDE / 2))
    assert case.place.code == "990101001001"


@pytest.mark.parametrize(
    "where", [{"place_lon": 116.4, "place_lat": 39.9}, {"place_lon": None, "place_lat": None}, {"place_lon": "x"}]
)
def test_nowhere_is_refused_at_the_place_with_words_kept(client_for, form, where):
    answer = client_for("王秀英").post("/report/", form(**where))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="place-error"' in page
    assert "门口的井盖破了" in page


def test_a_category_that_does_not_exist_is_refused_at_its_field(client_for, form):
    assert client_for("王秀英").post("/report/", form(category="unicorn")).status_code == 422


def test_a_telephone_number_that_is_none_is_refused_and_kept(form):
    answer = Client().post("/report/", form(phone="call me"))
    assert answer.status_code == 422
    assert 'value="call me"' in answer.content.decode()


def test_without_scripts_the_form_itself_carries_photos_and_a_name_of_a_place(client_for, form, picture):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = client_for("王秀英")
    plain = [SimpleUploadedFile(f"{n}.jpg", picture(colour=colour)) for n, colour in enumerate(("#111111", "#eeeeee"))]
    fields = form(place_lon=None, place_lat=None, place_text="桃园社区第一", plain=plain)
    assert sent(client, fields).files.count() == 2


def test_a_name_that_several_places_have_offers_them(client_for, form):
    page = (
        client_for("王秀英").post("/report/", form(place_lon=None, place_lat=None, place_text="柳林")).content.decode()
    )
    assert page.count('type="radio" name="place"') >= 2


def test_a_disguised_file_in_the_plain_form_is_refused_at_the_photos(client_for, form):
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = client_for("王秀英").post("/report/", form(plain=SimpleUploadedFile("cat.jpg", b"<svg onload=alert(1)>")))
    assert answer.status_code == 422
    assert 'id="photos-error"' in answer.content.decode()


def test_a_photo_of_somebody_else_cannot_be_attached(client_for, form, upload):
    foreign = upload(client_for("李桂芳")).json()["id"]
    answer = client_for("王秀英").post("/report/", form(photos=[foreign]))
    assert answer.status_code == 403
    assert "门口的井盖破了" in answer.content.decode()
    assert not Case.objects.exists()


def test_a_neighbours_like_report_is_offered_before_sending(client_for, form, report):
    known = report("李桂芳")
    client, fields = client_for("王秀英"), form()
    page = client.post("/report/", fields).content.decode()
    assert Case.objects.count() == 1
    assert f"/reports/{known.id}/subscription/" in page
    assert known.words not in page.replace(fields["words"], "")
    assert sent(client, fields | {"another": "1"}).id != known.id


def test_me_too_follows_the_neighbours_report(client_for, report):
    known = report("李桂芳")
    client = client_for("王秀英")
    answer = client.post(f"/reports/{known.id}/subscription/", {"key": str(new_id())})
    assert answer["location"] == f"/reports/{known.id}/"
    assert client.get(answer["location"]).status_code == 200


def test_me_too_of_a_visitor_gives_a_link_of_their_own(report):
    known = report("李桂芳")
    client = Client()
    answer = client.post(f"/reports/{known.id}/subscription/", {"key": str(new_id())})
    assert "/follow/" in answer["location"]
    page = client.get(f"/reports/{known.id}/").content.decode()
    assert "withdrawal" not in page


def test_a_code_fixes_the_place(yuxi, client_for, form):
    from shanzhi.registers.codes import services as codes

    by = yuxi.actor("吴刚")
    lon, lat = middle(yuxi.city.peach_2)
    code = codes.issue(kind="asset", place=yuxi.city.peach_2.id, label={"zh-hans": "7 号灯杆"}, by=by, lon=lon, lat=lat)
    client = client_for("王秀英")
    assert "7 号灯杆" in client.get(f"/c/{code.token}").content.decode()
    case = sent(client, form(code=code.token, place_lon=None, place_lat=None))
    assert case.place_id == yuxi.city.peach_2.id
    codes.retire(code=code.id, by=by)
    answer = client.get(f"/c/{code.token}")
    assert answer.status_code == 410
    unknown = client.get("/c/zzzz-zzzz-zz")
    assert unknown.status_code == 404
    assert 'href="/report/"' in unknown.content.decode().split("<main")[1], "one can report all the same"


def test_too_many_reports_are_held_back_and_nothing_is_lost(client_for, form, monkeypatch):
    monkeypatch.setattr("shanzhi.doors.resident.views.report.PER_HOUR", 1)
    client = client_for("王秀英")
    sent(client, form())
    answer = client.post("/report/", form(words="第二件"))
    assert answer.status_code == 429
    assert "第二件" in answer.content.decode()


def test_suggestions_come_from_words_and_keep_the_choice(yuxi, client):
    page = client.post("/report/suggestions/", {"words": "井盖破了", "category": "night-noise"}).content.decode()
    assert 'value="manhole-cover"' in page
    assert re.search(r'value="night-noise" checked', page)


def test_a_complaint_names_its_unit_and_the_unit_sees_nothing(client_for, form, yuxi):
    unit = yuxi.units["city-housing"]
    reporter = client_for("王秀英")
    case = sent(reporter, form(about_text=unit.name["zh-hans"]))
    assert case.subject_unit_id == unit.id
    assert unit.name["zh-hans"] in reporter.get(f"/reports/{case.id}/").content.decode(), (
        "is it the one that was meant?"
    )
    assert client_for("赵强").get(f"/department/cases/{case.id}/").status_code == 404
    assert unit.name["zh-hans"] in client_for("陈静").get(f"/desk/cases/{case.id}/").content.decode()


def test_a_unit_nobody_knows_is_asked_again_and_nothing_is_lost(form):
    answer = Client().post("/report/", form(about_text="飞碟管理局"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "飞碟管理局" in page
    assert "门口的井盖破了" in page
    assert not Case.objects.exists()


def test_units_of_like_names_are_offered(form, yuxi):
    answer = Client().post("/report/", form(about_text="局"))
    assert answer.status_code == 422
    assert f'value="{yuxi.units["city-housing"].id}"' in answer.content.decode()


@pytest.mark.parametrize("address", ["/api/places?q=%00", "/follow/%00/"])
def test_a_zero_byte_is_a_bad_request_and_no_fault(yuxi, address):
    assert Client().get(address).status_code == 400
