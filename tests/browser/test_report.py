"""Reporting on a phone, as it goes wrong and as it goes well."""

from __future__ import annotations

import json
import re
from io import BytesIO

import pytest
from PIL import Image

from shanzhi.simulation.pictures import draw

HERE = {"longitude": 102.5025, "latitude": 24.3525}  # 柳林社区第一网格
THERE = {"longitude": 102.5175, "latitude": 24.3525}  # 桃园社区第二网格: nothing has been reported there
NUMBER = re.compile(r"YX-\d{6}-[A-Z0-9]+")


@pytest.fixture(scope="module")
def photo(tmp_path_factory) -> str:
    path = tmp_path_factory.mktemp("photos") / "manhole.jpg"
    path.write_bytes(draw("manhole", seed=11))
    return str(path)


def on_phone(visit, **more):
    return visit("/report/", permissions=["geolocation"], geolocation=more.pop("at", THERE), **more)


def choose(page, photo) -> None:
    page.locator("sz-photos input[type=file]").set_input_files(photo)
    page.locator(".shot[data-state=kept]").wait_for()


def number_on(page) -> str:
    page.wait_for_url(re.compile("/sent/"))
    return NUMBER.search(page.locator("main").inner_text()).group()


def send(page) -> None:
    with page.expect_navigation():
        page.locator("[data-send]").click()
    another = page.locator("form:has([name=another]) button")
    if another.count():
        another.click()


def test_four_taps(visit, photo):
    """Photo, position, what it is, send."""
    page = on_phone(visit, as_="王秀英")
    choose(page, photo)  # 1
    page.locator("[data-here]").click()  # 2
    page.locator("[data-now]", has_text="桃园").wait_for()
    page.locator(".chip:visible").first.click()  # 3
    with page.expect_navigation():
        page.locator("[data-send]").click()  # 4
    assert NUMBER.search(page.locator("main").inner_text()) or page.locator("[name=another]").count()


def test_without_an_account_and_followed_on_another_phone(visit, photo):
    page = on_phone(visit)
    choose(page, photo)
    page.locator("[data-here]").click()
    page.locator("#words").fill("路灯杆歪了")
    send(page)
    number = number_on(page)
    link = page.locator(".link").inner_text()
    page.locator("details.menu > summary").click()
    with page.expect_navigation():  # the page whose address is the secret can send forms
        page.locator("[name=language][value=en]").click()
    assert number in page.locator("main").inner_text()
    other = visit(link.partition("://")[2].partition("/")[2].join(("/", "")))
    assert number in other.locator("main").inner_text()
    stranger = visit(f"/case/{number}/")
    assert number not in stranger.locator("body").inner_text()


def test_connection_lost_while_a_photo_goes_up(visit, photo):
    page = on_phone(visit, as_="李桂芳")
    page.context.set_offline(True)
    page.locator("sz-photos input[type=file]").set_input_files(photo)
    page.locator(".shot[data-state=waiting]").wait_for()
    page.locator("#words").evaluate("e => e.value = '护栏断了一截'")
    page.context.set_offline(False)
    page.locator(".shot[data-state=kept]").wait_for(timeout=15_000)
    page.locator("[data-here]").click()
    page.locator("[data-now]", has_text="桃园").wait_for()
    send(page)
    assert number_on(page)
    page.locator("a", has_text="看我的上报").click()
    page.locator(".photos img").first.wait_for()
    assert page.locator("main .photos img").count() >= 1
    visit.faults.clear()  # the browser says that the network was away


def test_answer_lost_and_sent_again_gives_one_case(visit, photo):
    page = on_phone(visit, as_="李桂芳")
    page.locator("[data-next]").click()
    page.locator("[data-here]").click()
    page.locator("[data-now]", has_text="桃园").wait_for()
    page.locator("#words").fill("花坛的砖掉了三块")
    body = page.evaluate("new URLSearchParams(new FormData(document.querySelector('#report-form'))).toString()")
    answers = [
        page.evaluate(
            """body => fetch('/report/', {method: 'POST', body, headers: {'Content-Type': 'application/x-www-form-urlencoded'}})
               .then(answer => answer.url)""",
            body + "&another=1",
        )
        for _n in range(2)
    ]
    assert answers[0] == answers[1]


def test_double_tap_sends_once(visit):
    page = on_phone(visit, as_="李桂芳")
    page.locator("[data-next]").click()
    page.locator("[data-here]").click()
    page.locator("[data-now]", has_text="桃园").wait_for()
    page.locator("#words").fill("公交站牌倒了，压在人行道上")
    sent = []
    page.on(
        "request", lambda one: sent.append(one.url) if one.method == "POST" and one.url.endswith("/report/") else None
    )
    with page.expect_navigation():
        page.locator("[data-send]").dblclick()
    page.wait_for_timeout(500)
    assert len(sent) == 1


def test_draft_survives_a_reload(visit, photo):
    page = on_phone(visit, as_="王秀英")
    choose(page, photo)
    page.locator("[data-here]").click()
    page.locator("[data-now]", has_text="桃园").wait_for()
    page.locator("#words").fill("井盖松了，𠮷祥里门口，㐂")
    page.wait_for_timeout(500)
    page.reload()
    page.locator("[data-restored]").wait_for()
    assert page.locator("#words").input_value() == "井盖松了，𠮷祥里门口，㐂"
    assert "桃园" in page.locator("[data-now]").inner_text()
    page.locator(".shot[data-state=kept]").wait_for()
    send(page)
    assert number_on(page)
    page.goto("/report/")
    page.wait_for_timeout(300)
    assert page.locator("#words").input_value() == ""


def test_place_picked_on_the_map(visit):
    page = on_phone(visit, as_="王秀英", at=HERE)
    page.locator("[data-next]").click()
    page.locator("sz-place sz-map button", has_text="打开地图").click()
    canvas = page.locator("sz-place canvas").first
    canvas.wait_for()
    page.wait_for_timeout(1500)  # software rendering
    canvas.click(position={"x": 150, "y": 120})
    page.wait_for_function("document.querySelector('[name=place_lon]').value !== ''")
    lon = float(page.locator("[name=place_lon]").input_value())
    assert 101 < lon < 104
    assert page.locator("[data-now]").inner_text()


def test_photo_says_where_it_is(visit, tmp_path):
    path = tmp_path / "here.jpg"
    image = Image.open(BytesIO(draw("manhole", seed=12)))
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (24.0, 21.0, 9.0), 3: "E", 4: (102.0, 31.0, 3.0)})
    image.save(path, "JPEG", exif=exif)
    page = on_phone(visit, as_="王秀英")
    page.locator("sz-photos input[type=file]").set_input_files(str(path))
    page.locator("[data-from-photo]:visible").wait_for()
    assert "桃园" in page.locator("[data-now]").inner_text()


@pytest.mark.parametrize(("name", "content"), [("a.jpg", b"<html>not a picture</html>"), ("b.jpg", b"")])
def test_what_is_no_picture_is_refused_with_a_word(visit, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    page = on_phone(visit)
    page.locator("sz-photos input[type=file]").set_input_files(str(tmp_path / name))
    page.locator("sz-toasts [role], sz-toasts li, .toast").first.wait_for()
    assert page.locator(".shot").count() == 0


def test_report_page_weighs_less_than_100_kilobytes(visit):
    page = visit("/about/how/")  # any page, to have a context; then with an empty cache
    page = page.context.browser.new_context(base_url=page.url.partition("/about")[0]).new_page()
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    seen: dict[str, float] = {}
    wire.on("Network.loadingFinished", lambda event: seen.__setitem__(event["requestId"], event["encodedDataLength"]))
    page.goto("/report/")
    page.wait_for_load_state("networkidle")
    total = sum(seen.values())
    page.context.close()
    assert total < 100_000, json.dumps(seen)
