"""Somebody new is appointed, gets a link, chooses a password and signs in: as browsers send it, origin and all."""

from __future__ import annotations

WORDS = "三棵柳树 桥边 旧船"


def test_from_the_appointment_to_the_first_sign_in(visit):
    page = visit("/administration/people/new/", as_="吴刚", width="desk")
    page.locator("select[name=unit]").select_option(index=1)
    page.locator("main form button.primary").click()
    page.locator("[name=name]").fill("Lin Qing")
    page.locator("[name=username]").fill("lin.qing")
    page.locator("select[name=role]").select_option(index=1)
    page.locator("main form button.primary").click()
    link = page.locator("[data-copy]").get_attribute("data-copy")
    path = "/" + link.partition("://")[2].partition("/")[2]

    new = visit(path, width="desk")
    for name in ("password", "again"):
        new.locator(f"[name={name}]").fill(WORDS)
    new.locator("main form button.primary").click()
    new.wait_for_url("**/signin/**")
    new.goto("/signin/password/")
    new.locator("[name=login]").fill("lin.qing")
    new.locator("[name=password]").fill(WORDS)
    new.locator("main form button.primary").click()
    new.wait_for_url(lambda address: "/signin/" not in address)
    assert new.locator("details.menu .menu-who").count()

    assert "设置密码" not in visit(path).locator("main").inner_text()  # used once
