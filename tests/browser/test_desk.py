"""The desk: news that arrive by themselves, work by keyboard, and a choice of language that lasts."""

from __future__ import annotations

import re

from .test_report import number_on, on_phone, send


def report(visit, words: str) -> str:
    page = on_phone(visit, as_="李桂芳")
    page.locator("[data-next]").click()
    page.locator("[data-here]").click()
    page.locator("[data-now]", has_text="桃园").wait_for()
    page.locator("#words").fill(words)
    send(page)
    return number_on(page)


def choose(page, name: str, text: str) -> None:
    """A long drop-down is searched by typing, a short one is a plain select."""
    box = page.locator(f"sz-choice:has(select[name={name}]) [role=combobox]")
    if box.count() == 0:
        page.locator(f"select[name={name}]").select_option(label=text)
        return
    box.fill(text)
    box.press("Enter")


def quick_form(desk, number: str):
    """Opened by keyboard at the row of this case."""
    desk.locator("#inbox", has_text=number).wait_for()
    place = desk.locator(".case-row").evaluate_all("(rows, n) => rows.findIndex(r => r.innerText.includes(n))", number)
    for _n in range(place + 1):
        desk.keyboard.press("j")
    desk.keyboard.press("d")
    form = desk.locator("form.quick")
    form.wait_for()
    return form


def test_a_new_report_appears_by_itself(visit):
    desk = visit("/desk/", as_="陈静", width="desk")
    desk.wait_for_timeout(500)  # the stream is open
    number = report(visit, "广告牌快掉下来了")
    desk.locator("#inbox", has_text=number).wait_for(timeout=8_000)


def test_a_new_report_moves_nothing_that_is_being_filled_in(visit):
    mine = report(visit, "雨水井的篦子断了")
    desk = visit("/desk/?box=triage", as_="陈静", width="desk")
    form = quick_form(desk, mine)
    form.locator("select[name=category]").select_option("road-damage")
    desk.wait_for_timeout(400)  # the units of that category
    choose(form, "unit", "清河市交通运输局")
    chosen, before = desk.locator("form.quick select[name=unit]").input_value(), desk.locator(".case-row").count()
    number = report(visit, "人行道的砖松了")
    desk.wait_for_timeout(3_000)  # without a form the list would be new by now
    assert chosen
    assert desk.locator("form.quick select[name=unit]").input_value() == chosen
    assert desk.locator("form.quick select[name=category]").input_value() == "road-damage"
    assert desk.locator(".case-row").count() == before
    desk.locator("[data-quick-close]").click()
    desk.locator("#inbox", has_text=number).wait_for(timeout=20_000)  # a hand over the list makes it wait a little


def test_a_new_report_unpicks_nothing(visit):
    desk = visit("/desk/?box=triage", as_="陈静", width="desk")
    desk.wait_for_timeout(500)
    pick = desk.locator("#inbox .pick").first
    pick.check()
    number = report(visit, "花坛的栏杆断了")
    desk.wait_for_timeout(3_000)
    assert pick.is_checked()
    assert number not in desk.locator("#inbox").inner_text()
    pick.uncheck()
    desk.locator("#inbox", has_text=number).wait_for(timeout=20_000)  # a hand over the list makes it wait a little


def test_the_reporter_sees_the_step_without_loading_the_page(visit):
    resident = on_phone(visit, as_="李桂芳")
    resident.goto("/")
    number = report(visit, "健身器材松动")
    resident.goto(f"/case/{number}/")
    assert "已上报" in resident.locator("#now").inner_text()
    resident.wait_for_timeout(500)
    desk = visit(f"/case/{number}/", as_="陈静", width="desk")
    choose(desk, "category", desk.locator("option[value=road-damage]").first.text_content())
    desk.locator("#panel button.primary").click()
    resident.locator("#now", has_text="已立案").wait_for(timeout=8_000)


def test_triage_by_keyboard(visit):
    number = report(visit, "路面有个大坑")
    desk = visit("/desk/?box=triage", as_="陈静", width="desk")
    form = quick_form(desk, number)
    assert desk.evaluate("document.activeElement.closest('form.quick') !== null")
    form.locator("select[name=category]").select_option("road-damage")
    desk.locator("form.quick select[name=unit]").wait_for(state="attached")
    desk.wait_for_timeout(400)
    choose(form, "unit", "清河市交通运输局")
    desk.locator("form.quick button.primary").focus()
    desk.keyboard.press("Enter")
    desk.wait_for_timeout(800)
    page = visit(f"/case/{number}/", as_="陈静", width="desk")
    assert "已派遣" in page.locator("main").inner_text()
    assert "清河市交通运输局" in page.locator("main").inner_text()


def test_skip_link_comes_first(visit):
    page = visit("/desk/", as_="陈静", width="desk")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"


def test_language_is_switched_and_kept(visit):
    page = visit("/", as_="王秀英")
    page.context.clear_cookies(name="django_language")
    page.locator(".menu summary, .menu > button, [aria-haspopup]").first.click()
    page.get_by_role("button", name="English").click()
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto("/reports/")
    assert page.locator("html").get_attribute("lang") == "en"
    assert re.search("My reports", page.locator("body").inner_text())


def test_every_open_case_is_on_the_map(visit):
    desk = visit("/desk/?box=all", as_="陈静", width="desk")
    desk.locator("sz-map canvas").first.wait_for()
    points = desk.evaluate("fetch('/desk/points.json?box=all').then(answer => answer.json())")["features"]
    known = {str(point.get("id") or point["properties"]["id"]) for point in points}
    shown = desk.locator(".case-row").evaluate_all("rows => rows.map(row => row.dataset.point)")
    assert shown
    assert set(shown) <= known
