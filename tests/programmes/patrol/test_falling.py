"""On which days a standard falls due, with holidays and make-up days."""

from datetime import date, timedelta

import pytest
from django.conf import settings as house

from shanzhi.foundation.playbook.loading import load
from shanzhi.foundation.playbook.queries import check
from shanzhi.programmes.patrol.falling import falls_due
from shanzhi.programmes.patrol.standards import Standard

BASE = {
    "key": "x", "title": {"zh-hans": "甲", "en": "x"}, "window": {"from": "08:00", "until": "20:00"}, "who": "grid-worker",
    "items": [{"key": "a", "title": {"zh-hans": "甲", "en": "a"}, "asks": {"zh-hans": "甲？", "en": "a?"}, "hazard": "rubbish"}],
}  # fmt: skip
NATIONAL_DAY = {date(2026, 10, day) for day in range(1, 8)}


def works(day):
    return day == date(2026, 10, 10) or (day.weekday() < 5 and day not in NATIONAL_DAY)  # the 10th is made up for


def days(frequency, holidays="keep", month=10):
    standard = Standard.model_validate(BASE | {"frequency": frequency, "holidays": holidays})
    start = date(2026, month, 1)
    return [
        d.day for d in (start + timedelta(n) for n in range(31)) if d.month == month and falls_due(standard, d, works)
    ]


@pytest.mark.parametrize(
    ("frequency", "holidays", "expected"),
    [
        ("daily", "keep", list(range(1, 32))),
        ("daily", "skip", [8, 9, 10, 12, 13, 14, 15, 16, 19, 20, 21, 22, 23, 26, 27, 28, 29, 30]),
        ("workdays", "keep", [8, 9, 10, 12, 13, 14, 15, 16, 19, 20, 21, 22, 23, 26, 27, 28, 29, 30]),
        ({"weekly": ["mon"]}, "keep", [5, 12, 19, 26]),
        ({"weekly": ["mon"]}, "skip", [12, 19, 26]),
        ({"weekly": ["mon"]}, "next", [8, 12, 19, 26]),
        ({"weekly": ["sat"]}, "next", [8, 10, 19, 26]),
        ({"monthly": [1, 15]}, "next", [8, 15]),
        ({"monthly": [31]}, "keep", [31]),
        ({"every": {"days": 10, "from": "2026-09-25"}}, "keep", [5, 15, 25]),
        ({"every": {"days": 10, "from": "2026-10-20"}}, "keep", [20, 30]),
    ],
)
def test_days(frequency, holidays, expected):
    assert days(frequency, holidays) == expected


def test_the_31st_of_a_shorter_month_is_its_last_day():
    assert days({"monthly": [31]}, month=2) == [28]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("frequency: daily", "frequency: dayly", 7, "daily"),
        ("frequency: daily", "frequency: {weekly: [monday]}", 7, ""),
        ("frequency: daily", "frequency: {weekly: [mon], monthly: [1]}", 7, "one thing"),
        ('{from: "08:00", until: "20:00"}', '{from: "20:00", until: "08:00"}', 8, "end before they begin"),
        ("    who: grid-worker\n    items:\n      - {key: fire-passage", "    who: grid-walker\n    items:\n      - {key: fire-passage", 9, "grid-walker"),
        ("hazard: unsafe-wiring", "hazard: unsafe-wirings", 12, "unsafe-wirings"),
        ("{key: wiring,", "{key: fire-passage,", 12, "twice"),
        ("key: shops-weekly", "key: grid-daily", 15, "twice"),
    ],
)  # fmt: skip
def test_wrong_text_is_found_with_its_line(tmp_path, settings, old, new, line, words):
    import shutil

    from django.utils.translation import override

    for slug in ("common", "guiyang"):
        shutil.copytree(house.ROOT / "playbooks" / slug, tmp_path / slug)
    settings.SHANZHI_PLAYBOOKS = tmp_path
    file = tmp_path / "guiyang/inspections.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with override("en"):
        found = [str(one) for one in check("guiyang")]
    assert any(one.startswith(f"guiyang/inspections.yaml:{line}:") and words in one for one in found), found


def test_an_order_needs_the_actions_that_the_programme_drives(tmp_path, settings):
    import shutil

    for slug in ("common", "guiyang"):
        shutil.copytree(house.ROOT / "playbooks" / slug, tmp_path / slug)
    settings.SHANZHI_PLAYBOOKS = tmp_path
    file = tmp_path / "guiyang/procedures/inspection.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("  lapsing:", "  lapsed-away:"), encoding="utf-8")
    assert any("lapsing" in str(one) for one in check("guiyang"))


def test_shipped_text_says_what_it_should():
    text = load("guiyang").model("inspections")
    assert [one.key for one in text.standards] == ["grid-daily", "shops-weekly", "houses-monthly"]
