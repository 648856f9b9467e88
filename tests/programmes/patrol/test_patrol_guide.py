"""docs/guides/inspections.md, followed to the letter: its files, its commands, its table of keys."""

from __future__ import annotations

import re
import shlex
import shutil
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as house
from django.core.management import call_command

from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.playbook.queries import check
from shanzhi.foundation.playbook.services import apply
from shanzhi.programmes.patrol.falling import falls_due
from shanzhi.programmes.patrol.models import Order
from shanzhi.programmes.patrol.standards import Inspections, Standard

GUIDE = Path(house.ROOT) / "docs/guides/inspections.md"
BLOCK = re.compile(r"```yaml\n# playbooks/(?P<path>\S+)\n(?P<text>.*?)```", re.DOTALL)


@pytest.fixture
def riverside(tmp_path, settings):
    for slug in ("common", "guiyang"):
        shutil.copytree(Path(house.ROOT) / "playbooks" / slug, tmp_path / slug)
    for found in BLOCK.finditer(GUIDE.read_text(encoding="utf-8")):
        file = tmp_path / found["path"]
        file.parent.mkdir(exist_ok=True)
        file.write_text(found["text"], encoding="utf-8")
    settings.SHANZHI_PLAYBOOKS = tmp_path


def test_its_playbook_has_no_findings(riverside):
    assert [str(one) for one in check("riverside")] == []


@pytest.mark.django_db
def test_its_commands_do_what_they_say(riverside, clock, cast):
    clock.move_to(datetime.fromisoformat("2026-11-02T06:00+08:00"))  # a Monday
    apply("riverside", place=cast.city.city.id, by=SYSTEM)
    text = GUIDE.read_text(encoding="utf-8").replace("431021", cast.city.city.code)
    said = []
    for line in re.findall(r"^shanzhi patrol (.+)$", text, re.MULTILINE):
        out = StringIO()
        call_command("patrol", *shlex.split(line), stdout=out)
        said.append(out.getvalue().strip())
    assert said[0].startswith("Orders made: 8 ")
    assert said[1].startswith("Orders made: 8 ")  # the 23rd is a Monday too
    assert said[2] == "Rounds that were not finished: 0"
    assert Order.objects.count() == 16


def test_it_names_every_key():
    text = GUIDE.read_text(encoding="utf-8")
    for model in (Standard, Inspections):
        for name in model.model_fields:
            assert name.rstrip("_").replace("_", "-") in text, name
    for word in re.findall(r"`(daily|workdays)`", text):
        standard = {"key": "x", "frequency": word, "who": "x", "window": {"from": "08:00", "until": "09:00"}}
        both = {"zh-hans": "甲", "en": "a"}
        item = {"key": "a", "title": both, "asks": both, "hazard": "b"}
        made = Standard.model_validate(standard | {"title": both, "items": [item]})
        assert falls_due(made, datetime(2026, 11, 3).date(), lambda day: True)
