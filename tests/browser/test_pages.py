"""Every page type: accessible in both themes and widths, whole at 320 pixels with large type, quiet, alone on the net."""

from __future__ import annotations

import pytest

from .conftest import DESK, PHONE
from .pages import KINDS, reach

NARROW = {"width": 320, "height": 700}
WIDER = """() => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
  .slice(0, 8).map(e => `${e.tagName}.${e.className} ${Math.round(e.getBoundingClientRect().right)}`)"""
# Where only the house speaks; titles hold what people wrote, and names stay as they are.
OWN = "nav a, form button, label:not(.pick-box), legend, summary, th, dt"
NAMES = [
    "中文",
    "柳林",
    "桃园",
    "石桥",
    "河口",
    "清河",
    "清溪",
    "东城",
    "西山",
    "善治",
    "王",
    "李",
    "周",
    "张",
    "何",
    "刘",
    "陈",
    "赵",
    "钱",
    "孙",
    "吴",
    "苏",
    "红",
    "石",
    "巴",
    "那",
    "高",
    "孟",
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_page(kind, visit, axe, server):
    page = reach(visit, kind)
    assert page.get_by_role("heading", level=1).count() == 1
    found = axe(page)
    for name, value in {"django_language": "en", "sz_theme": "dark"}.items():
        page.context.add_cookies([{"name": name, "value": value, "url": server}])
    page.emulate_media(color_scheme="dark")  # what the page for no connection goes by: it knows no cookie
    page.set_viewport_size(DESK if kind.width == "phone" else PHONE)
    page.reload()
    assert page.locator("html").get_attribute("lang") == "en"
    if kind.name != "offline":
        assert page.locator("html").get_attribute("data-theme") == "dark"
    found += chinese(page)
    found += [f"dark, at the other width: {line}" for line in axe(page)]
    page.set_viewport_size(NARROW)
    page.evaluate("document.documentElement.dataset.type = 'large'")
    page.wait_for_timeout(50)
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > NARROW["width"]:
        found.append(f"{page.url} is {width} wide: {page.evaluate(WIDER)}")
    assert not found, "\n".join(found)


def chinese(page) -> list[str]:
    texts = page.locator(OWN).all_inner_texts()
    left = [text for text in texts if any("\u4e00" <= sign <= "\u9fff" for sign in text)]
    return [f"{page.url} in English: {text}" for text in left if not any(name in text for name in NAMES)]
