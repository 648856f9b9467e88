"""What people say in the play."""

from __future__ import annotations

from random import Random
from types import SimpleNamespace

from shanzhi.foundation.playbook.services import load
from shanzhi.simulation.photos import SCENES
from shanzhi.simulation.pictures import SCENES as DRAWN
from shanzhi.simulation.words import report_words, sayings

GRID = SimpleNamespace(landmark="玉带社区菜市场")


def catalogue():
    return load("yuxi").model("categories")


def test_every_category_of_yuxi_has_sentences_of_its_own():
    said = sayings()["reports"]
    keys = {item.key for item in catalogue().items}
    assert keys == set(said)
    assert min(len(one) for one in said.values()) >= 8


def test_words_are_whole(db):
    for item in catalogue().items:
        for seed in range(30):
            words, spot = report_words(item, GRID, Random(seed))
            assert "{" not in words + spot
            assert 6 < len(words) < 120


def test_an_unknown_category_is_spoken_of_too(db):
    item = SimpleNamespace(key="never-seen", title={"zh-hans": "新鲜事"}, words=("怪味",))
    words = {report_words(item, GRID, Random(seed))[0] for seed in range(20)}
    assert len(words) > 5
    assert any("怪味" in one for one in words)


def test_scenes_exist():
    assert {*SCENES.values(), "paper"} <= set(DRAWN)
