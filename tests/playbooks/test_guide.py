"""docs/playbooks.md is followed to the letter: its blocks, put into files, are a playbook without findings."""

import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings as house

from shanzhi.foundation.playbook.loading import load
from shanzhi.foundation.playbook.queries import check

BLOCK = re.compile(r"```yaml\n# playbooks/(?P<path>\S+)\n(?P<text>.*?)```", re.DOTALL)


@pytest.fixture
def lakeside(tmp_path: Path, settings):
    shutil.copytree(Path(house.ROOT) / "playbooks/common", tmp_path / "common")
    guide = (Path(house.ROOT) / "docs/playbooks.md").read_text(encoding="utf-8")
    for found in BLOCK.finditer(guide):
        path = tmp_path / found["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found["text"], encoding="utf-8")
    settings.SHANZHI_PLAYBOOKS = tmp_path
    return load("lakeside")


def test_the_guide_builds_a_playbook_without_findings(lakeside):
    assert [str(one) for one in check("lakeside")] == []
    assert lakeside.models("procedures").keys() == {"quick", "six-step"}
    assert lakeside.model("categories", "categories").item("dark-lamp").procedure == "quick"
    assert set(lakeside.documents) == {"playbook", "units", "categories", "responsibility", "procedures"}


def test_the_guide_names_every_key_of_an_action(lakeside):
    from shanzhi.foundation.playbook.wording import keys_at

    guide = (Path(house.ROOT) / "docs/playbooks.md").read_text(encoding="utf-8")
    procedure = type(lakeside.model("procedures", "quick"))
    missing = [key for key in keys_at(procedure, ["actions", "x"]) if key not in guide]
    assert missing == []
