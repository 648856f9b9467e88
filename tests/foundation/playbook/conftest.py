from pathlib import Path

import pytest

from shanzhi.foundation.playbook import kinds
from shanzhi.foundation.playbook.kinds import Section, register_kind
from shanzhi.foundation.playbook.texts import BilingualText

SHEET = """playbook: {slug}
title: {{zh-hans: 试验, en: Trial}}
about: {{zh-hans: 只用于试验, en: Only for tests}}
"""


class Fruit(Section):
    key: str
    title: BilingualText
    ripe_in: int = 1


class Basket(Section):
    title: BilingualText | None = None
    fruits: tuple[Fruit, ...] = ()
    by_name: dict[str, Fruit] = {}


def bad_fruit(loaded):
    for name, basket in loaded.models("baskets").items():
        for index, fruit in enumerate(basket.fruits):
            if fruit.ripe_in > 100:
                yield loaded.problem("baskets", name, ["fruits", index, "ripe-in"], "Too slow.", "Plant another.")


@pytest.fixture(autouse=True)
def only_baskets(monkeypatch):
    """Only this folder's kinds, so that the tests do not depend on what other apps register."""
    sheet = kinds.kind("playbook")
    monkeypatch.setattr(kinds, "_kinds", {"playbook": sheet})
    register_kind("baskets", Basket, files="baskets/*.yaml", check=bad_fruit)
    register_kind("basket", Fruit, files="basket.yaml")


@pytest.fixture
def write(tmp_path: Path, settings):
    """write("city", {"baskets/a.yaml": "…"}, extends="base") makes a playbook in a folder of the test's own."""
    settings.SHANZHI_PLAYBOOKS = tmp_path

    def write(slug: str, files: dict[str, str] | None = None, *, extends: str = "") -> Path:
        sheet = SHEET.format(slug=slug) + (f"extends: {extends}\n" if extends else "")
        for name, text in ({"playbook.yaml": sheet} | (files or {})).items():
            path = tmp_path / slug / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path / slug

    return write
