"""A county goes by a text of its own: at the city a case stands before whoever acts by that text and may open the case, and before nobody else."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings as house
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disputes import MEDIATORS, appoint
from shanzhi.doors.desk import boxes
from shanzhi.engines.casework import services
from shanzhi.engines.casework.models import Case
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.playbook.services import apply

pytestmark = pytest.mark.django_db
ROOT = Path(house.ROOT)
ANSWERS = (
    "by: [role:dispatcher, role:county-organiser, role:city-coordinator, role:street-officer, role:community-secretary]"
)
BLOCK = re.compile(r"```yaml\n# playbooks/(?P<path>\S+)\n(?P<text>.*?)```", re.DOTALL)
EAST = {
    "高娃": MEDIATORS["高娃"],  # the county's dispatcher
    "哈斯": (
        "hasi",
        "+8613800000027",
        "city-coordinator",
        "county-housing",
        "county",
        "west",
    ),  # of the neighbour county
}


@pytest.fixture
def texts(cast, tmp_path, settings):
    """The city goes by the common text, its county 东城区 by that of docs/guides/clocks.md, whose repairs the city has not."""
    shutil.copytree(ROOT / "playbooks" / "common", tmp_path / "common")
    for found in BLOCK.finditer((ROOT / "docs/guides/clocks.md").read_text(encoding="utf-8")):
        file = tmp_path / found["path"]
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_text(found["text"], encoding="utf-8")
    settings.SHANZHI_PLAYBOOKS = tmp_path
    appoint(cast, EAST)
    apply("common", place=cast.city.city.id, by=SYSTEM)
    return tmp_path


@pytest.fixture
def hillside(texts, cast):
    apply("hillside", place=cast.city.east.id, by=SYSTEM)
    return cast


def repair(cast, opener: str) -> Case:
    """In the county, with a request for more time, on which the city's co-ordinator decides."""
    case = services.open_case(
        id=new_id(), procedure="repair", place=cast.city.willow_1.id, words="坏了", by=cast.actor(opener), source="desk"
    ).case
    services.act(case=case.id, action="more-time", by=cast.actor(opener), fields={"limit": "3", "reason": "配件不合适"})
    return case


def shown(cast, client_for, who: str, case: Case) -> set[str]:
    """Where its row stands, of the boxes that they have."""
    client, named = client_for(who), boxes.titles(cast.actor(who))
    row = reverse("desk:case", args=[case.id])
    lists = {
        **{box: reverse("desk:inbox") + f"?box={box}" for box in ("now", "triage", "help", "all") if box in named},
        "search": reverse("desk:search") + "?which=open",
    }
    return {name for name, address in lists.items() if row in client.get(address).text}


def test_whoever_may_open_it_finds_that_it_is_their_turn(hillside, client_for):
    case = repair(hillside, "陈静")  # the city's centre took it down, and so has to do with it
    assert client_for("吴刚").get(reverse("desk:case", args=[case.id])).status_code == 200
    assert shown(hillside, client_for, "吴刚", case) == {"now", "triage", "all", "search"}
    assert boxes.counts(hillside.actor("吴刚"))["triage"] == 1
    assert shown(hillside, client_for, "孙丽", case) == {"all", "search"}, "may open it, and has nothing to decide"


def test_nobody_finds_what_they_may_not_open(hillside, client_for):
    case, inside = repair(hillside, "陈静"), repair(hillside, "高娃")  # of the second the city's units know nothing
    Case.objects.filter(pk=case.pk).update(subject_unit=hillside.units["city-centre"])
    for who, one in (
        ("吴刚", inside),
        ("陈静", inside),
        ("吴刚", case),
        ("哈斯", inside),
        ("哈斯", case),
        ("赵强", case),
    ):
        assert client_for(who).get(reverse("desk:case", args=[one.id])).status_code == 404, who
        assert shown(hillside, client_for, who, one) == set(), who
    assert sum(boxes.counts(hillside.actor("吴刚")).values()) == 0


def test_a_step_that_only_the_county_gives_to_a_role(texts, cast, client_for):
    """There the city's checker answers calls for help too; in the neighbour county, and by the city's own text, they look on."""
    loop = (texts / "common/procedures/six-step.yaml").read_text(encoding="utf-8")
    assert ANSWERS in loop
    own = texts / "hillside/procedures/six-step.yaml"
    own.write_text(loop.replace(ANSWERS, ANSWERS.replace("]", ", role:checker]")), encoding="utf-8")
    apply("hillside", place=cast.city.east.id, by=SYSTEM)
    cases = [
        services.open_case(
            id=new_id(), procedure="six-step", place=place.id, words="路灯不亮", category="street-light", by=cast.actor("王秀英")
        ).case
        for place in (cast.city.willow_1, cast.city.river_1)
    ]  # fmt: skip
    for case in cases:
        for action, who, fields in (
            ("registration", "陈静", {"category": "street-light"}),
            ("dispatch", "陈静", {"unit": cast.units["city-housing"].id}),
            ("acceptance", "赵强", {}),
            ("help", "赵强", {"need": "unit", "note": "要先停电"}),
        ):
            services.act(case=case.id, action=action, by=cast.actor(who), fields=fields)
    inside, outside = cases
    assert shown(cast, client_for, "孙丽", inside) == {"now", "help", "all", "search"}
    assert shown(cast, client_for, "孙丽", outside) == {"all", "search"}
    assert shown(cast, client_for, "何敏", inside) == set(), "of another grid"


WHO = ("陈静", "孙丽", "吴刚", "刘敏", "赵强")


def asked(cast) -> list[str]:
    """What the lists of boxes ask the database, without the moments in it."""
    with CaptureQueriesContext(connection) as seen:
        for who in WHO:
            boxes.counts(cast.actor(who))
    return [re.sub(r"\d{4}-\d\d-\d\d [\d:.+]+", "", one["sql"]) for one in seen if "casework_case" in one["sql"]]


def test_texts_that_are_alike_in_this_ask_for_nothing_more(texts, cast, settings):
    before = asked(cast)
    assert len(before) == len(WHO)
    settings.SHANZHI_PLAYBOOKS = ROOT / "playbooks"
    for slug, place in (("dalate", cast.city.east), ("guiyang", cast.city.west), ("yuxi", cast.city.willow)):
        apply(slug, place=place.id, by=SYSTEM)
    assert asked(cast) == before


def test_many_places_of_one_text_stand_in_one_condition(hillside, client_for):
    repair(hillside, "陈静")
    page, address = client_for("吴刚"), reverse("desk:inbox") + "?box=triage"

    def statements() -> list[str]:
        page.get(address)  # warm
        with CaptureQueriesContext(connection) as seen:
            page.get(address)
        return [one["sql"] for one in seen]

    one = statements()
    assert sum("^@" in sql for sql in one) == 2, "the list, and the numbers of the boxes"
    for place in (hillside.city.west, hillside.city.bridge, hillside.city.peach):
        apply("hillside", place=place.id, by=SYSTEM)
    many = statements()
    assert [sql.count("^@") for sql in many] == [sql.count("^@") for sql in one]


def test_what_only_a_county_has_is_no_order_of_the_city(hillside, client_for, settings):
    """Lists of matters leave out the orders of the city's text, and nothing else."""
    settings.SHANZHI_PLAYBOOKS = ROOT / "playbooks"
    apply("guiyang", place=hillside.city.city.id, by=SYSTEM)
    case = repair(hillside, "陈静")
    assert shown(hillside, client_for, "吴刚", case) == {"now", "triage", "all", "search"}
