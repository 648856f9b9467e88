"""What a resident may not open is no choice in the form; it says whom to turn to before anything is typed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from django.test import Client

from shanzhi.engines.casework.models import Case
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.moment import today
from shanzhi.foundation.playbook import adoptions
from shanzhi.foundation.playbook.models import Adoption
from shanzhi.foundation.playbook.services import load, store

pytestmark = pytest.mark.django_db
QUARREL, LIGHT, WHOM = 'value="neighbour-dispute"', 'value="street-light"', "社区调解员"


@pytest.fixture
def opened_by(banner, tmp_path: Path, settings):
    """opened_by("role:village-mediator"): who may open a dispute in the street, by a text of its own."""

    def write(who: str) -> None:
        shutil.copytree(Path(settings.ROOT) / "playbooks", tmp_path, dirs_exist_ok=True)
        file = tmp_path / "dalate" / "procedures" / "dispute.yaml"
        text, changed = re.subn(r"(?m)^  by: \[anyone\]$", f"  by: [{who}]", file.read_text(encoding="utf-8"), count=1)
        assert changed
        file.write_text(text, encoding="utf-8")
        settings.SHANZHI_PLAYBOOKS = tmp_path
        Adoption.objects.create(
            place=banner.city.willow_street.id, version=store(load("dalate")), from_date=today(), by_system=True
        )
        adoptions.written()

    return write


@pytest.fixture
def ask(banner):
    """What the form is told for a place, of words and a choice."""

    def answer(client: Client, **fields: str) -> str:
        fields = {"place": str(banner.city.willow_1.id)} | fields
        return client.post("/report/suggestions/", fields, headers={"accept-language": "zh-CN"}).content.decode()

    return answer


def test_who_may_open_it_chooses_it(opened_by, ask, client_for):
    opened_by("anyone")
    page = ask(client_for("王秀英"))
    assert QUARREL in page
    assert WHOM not in page


def test_what_others_take_down_is_no_choice_and_says_whom_to_turn_to(opened_by, ask, client_for):
    opened_by("role:village-mediator")
    for client in (client_for("王秀英"), Client(), client_for("苏和")):
        page = ask(client, words="邻居半夜吵架")
        assert QUARREL not in page
        assert LIGHT in page
        assert f"邻里纠纷：请找{WHOM}。" in page.split("data-shelves")[0], "at once, of the words"
        assert f"邻里纠纷：请找{WHOM}。" in page.split("data-shelves")[1], "and in the list"


def test_what_only_the_house_opens_is_not_spoken_of(opened_by, ask, client_for):
    opened_by("system")
    page = ask(client_for("王秀英"), words="邻居半夜吵架")
    assert QUARREL not in page
    assert "邻里纠纷" not in page
    assert "矛盾纠纷" not in page, "a class without items"


def test_those_who_take_it_down_may_choose_it_at_their_own_door(opened_by, client_for):
    opened_by("role:village-mediator")
    for door in ("/desk/report/", "/worker/report/"):
        assert QUARREL in client_for("巴雅尔").get(door).content.decode(), door
        page = client_for("那顺").get(door, headers={"accept-language": "zh-CN"}).content.decode()
        assert QUARREL not in page, door
        assert "邻里纠纷：请找" in page, door


def test_a_place_chosen_later_says_at_once_that_it_goes_another_way_there(opened_by, ask, banner, client_for):
    opened_by("role:village-mediator")
    client = client_for("王秀英")
    there = ask(client, category="neighbour-dispute", words="他家的空调外机")
    assert f"“邻里纠纷”由{WHOM}受理" in there
    assert "您填的内容都还在" in there
    elsewhere = ask(client, category="neighbour-dispute", place=str(banner.city.east.id))
    assert f"{QUARREL} checked" in elsewhere, "the choice comes back with the place"
    assert "由" + WHOM not in elsewhere
    unknown = ask(client, category="pasture-dispute", place=str(banner.city.city.id))
    assert "您选的类别，这个地方没有。" in unknown


def test_sent_all_the_same_it_is_refused_with_the_same_words_and_nothing_is_lost(opened_by, banner, client_for):
    opened_by("role:village-mediator")
    fields = {"id": str(new_id()), "place": str(banner.city.willow_1.id), "words": "他家的空调外机", "category": "neighbour-dispute"}  # fmt: skip
    answer = client_for("王秀英").post("/report/", fields, headers={"accept-language": "zh-CN"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert f"您不能发起这类事项，请找{WHOM}。" in page
    assert f"“邻里纠纷”由{WHOM}受理" in page
    assert "他家的空调外机" in page
    assert not Case.objects.exists()
