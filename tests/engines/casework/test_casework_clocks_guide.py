"""docs/guides/clocks.md, followed to the letter: its playbook is without findings and does what the guide says."""

from __future__ import annotations

import re
import shlex
import shutil
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import get_args

import pytest
import time_machine
from django.conf import settings as house
from django.core.management import call_command

from shanzhi.engines.casework import queries, services
from shanzhi.engines.casework.documents.clock_text import ClockWay
from shanzhi.engines.casework.models import Case, Clock
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.calendar.clock import SHANGHAI
from shanzhi.foundation.playbook.queries import check
from shanzhi.foundation.playbook.services import apply

GUIDE = Path(house.ROOT) / "docs/guides/clocks.md"
BLOCK = re.compile(r"```yaml\n# playbooks/(?P<path>\S+)\n(?P<text>.*?)```", re.DOTALL)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.fixture
def hillside(tmp_path, settings):
    shutil.copytree(Path(house.ROOT) / "playbooks" / "common", tmp_path / "common")
    for found in BLOCK.finditer(GUIDE.read_text(encoding="utf-8")):
        file = tmp_path / found["path"]
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_text(found["text"], encoding="utf-8")
    settings.SHANZHI_PLAYBOOKS = tmp_path


def test_its_playbook_has_no_findings(hillside):
    assert [str(one) for one in check("hillside")] == []


def test_it_names_every_way_of_a_clock():
    text = GUIDE.read_text(encoding="utf-8")
    assert [way for way in get_args(ClockWay) if f"| `{way}` |" not in text] == []


@pytest.mark.django_db
def test_its_procedure_does_what_it_says(hillside, cast):
    with time_machine.travel(at("2026-06-10T09:00"), tick=False) as clock:
        apply("hillside", place=cast.city.city.id, by=SYSTEM)
        desk, above = cast.actor("陈静"), cast.actor("吴刚")
        case = services.open_case(
            id=new_id(), procedure="repair", place=cast.city.willow_1.id, words="坏了", by=desk, source="desk"
        ).case
        do = lambda action, by=desk, **fields: services.act(case=case.id, action=action, by=by, fields=fields)  # noqa: E731
        due = lambda: Case.objects.get(pk=case.pk).due_at  # noqa: E731
        assert due() == at("2026-06-15T18:00")
        clock.move_to(at("2026-06-11T10:00"))
        do("order")
        assert due() == at("2026-06-22T00:00")  # midnight after ten natural days
        clock.move_to(at("2026-06-12T10:00"))
        do("delivery")
        assert due() == at("2026-06-16T18:00")
        do("more-time", limit="3", reason="配件不合适")
        do("granting", by=above, limit="1")
        assert due() == at("2026-06-17T18:00")
        clock.move_to(at("2026-06-17T18:00"))
        assert services.tick().escalated == 1  # the community secretary
        assert queries.timeline(queries.access_case(case.id, by=desk), desk)[-1].effect == "escalated"
        do("repaired")
        assert not Clock.objects.filter(case=case, stopped=None).exists()


@pytest.mark.django_db
def test_its_trial_of_a_line(yuxi, report):
    report(category="road-damage")
    (line,) = re.findall(r"^shanzhi casework (try-line .+)$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    out = StringIO()
    call_command("casework", *shlex.split(line.replace("5304", yuxi.city.city.code)), stdout=out)
    changed, counted = out.getvalue().splitlines()
    assert "→" in changed
    assert counted == "1 looked at, 1 matched: 1 would go elsewhere, 0 as now, 0 refused"
