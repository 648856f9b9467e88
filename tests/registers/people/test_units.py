"""units.yaml: its findings, the units it opens, the posts it wants filled."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.refusals import Denied
from shanzhi.foundation.journal.queries import facts_about
from shanzhi.foundation.playbook import services as playbooks
from shanzhi.foundation.playbook.queries import check
from shanzhi.registers.people import queries, services
from shanzhi.registers.people.models import Unit
from shanzhi.registers.places import queries as places

GOOD = """
roles:
  city-coordinator: {title: {zh-hans: 统筹, en: Co-ordinator}, level: city, duty: {zh-hans: 统筹, en: Settles}, appoints: true}
  grid-worker: {title: {zh-hans: 网格员, en: Grid worker}, level: grid, duty: {zh-hans: 巡查, en: Walks}}
  handler: {title: {zh-hans: 承办人, en: Handler}, level: city, duty: {zh-hans: 办理, en: Handles}}
units:
  - {key: committee, level: community, each: community, kind: committee, parent: centre, title: {zh-hans: 居委会, en: Committee}}
  - {key: centre, level: city, kind: centre, phone: 0877-1234567, title: {zh-hans: 中心, en: Centre}}
  - {key: housing, level: city, kind: department, parent: centre, title: {zh-hans: 住建局, en: Housing}}
  - {key: willow-street, level: street, place: "990101001", kind: centre, title: {zh-hans: 柳林中心, en: Willow centre}}
  - {key: elsewhere, level: street, place: "530427102", kind: centre, title: {zh-hans: 外地, en: Elsewhere}}
posts:
  - {role: city-coordinator, unit: centre}
  - {role: grid-worker, unit: committee, covers: grid}
  - {role: handler, kinds: [department], count: 2}
"""


@pytest.fixture
def write(tmp_path, settings):
    settings.SHANZHI_PLAYBOOKS = tmp_path

    def put(text: str = GOOD) -> str:
        folder = tmp_path / "small"
        folder.mkdir(exist_ok=True)
        (folder / "playbook.yaml").write_text(_sheet(), encoding="utf-8")
        (folder / "units.yaml").write_text(text, encoding="utf-8")
        return "small"

    return put


def _sheet() -> str:
    """As the real playbooks write theirs, without what they extend."""
    text = (Path(settings.ROOT) / "playbooks" / "common" / "playbook.yaml").read_text(encoding="utf-8")
    return text.replace("common", "small")


@pytest.fixture
def adopted(write, city):
    return playbooks.apply(write(), place=city.city.id, by=SYSTEM).version


def test_a_good_file_has_no_findings(write):
    assert check(write()) == []


@pytest.mark.parametrize(
    ("old", "new", "says", "line"),
    [
        ("key: housing", "key: centre", "listed twice", 9),
        ("parent: centre, title: {zh-hans: 居委会", "parent: center, title: {zh-hans: 居委会", "no unit “center”", 7),
        ("each: community", "each: street", "but one is wanted for each street", 7),
        ("each: community, ", "", "below the city", 7),
        (
            "city, kind: centre, phone",
            "city, kind: centre, titles: {村: {zh-hans: 村, en: Village}}, phone",
            "not in each place",
            8,
        ),
        ('place: "990101001"', 'each: street, place: "990101001"', "both `each` and `place`", 10),
        ("role: grid-worker, unit", "role: gridworker, unit", "no role “gridworker”", 14),
        ("kinds: [department]", "kinds: [departments]", "No unit is of kind", 15),
        ("unit: committee, covers", "unit: committee, kinds: [centre], covers", "A post is in one `unit`", 14),
    ],
)
def test_findings_name_line_and_advice(write, old, new, says, line):
    from django.utils.translation import override

    with override("en"):
        (problem, *_) = check(write(GOOD.replace(old, new, 1)))
    assert says in problem.message
    assert f"units.yaml:{line}:" in problem.where
    assert problem.advice


def test_units_are_opened_once_with_names_and_parents(adopted, city):
    opened = services.establish_units(adopted, city.city.id, SYSTEM)
    again = services.establish_units(adopted, city.city.id, SYSTEM)
    assert [unit.id for unit in opened] == [unit.id for unit in again]
    assert Unit.objects.count() == len(opened) == 2 + 4 + 1
    committee = queries.unit("committee", near=city.willow_1.path)
    assert committee.name == {"zh-hans": f"{places.display_name(city.willow)}居委会", "en": committee.name["en"]}
    assert committee.name["en"].endswith(" Committee")
    assert committee.parent_id == queries.unit("centre").id
    assert queries.unit("centre").phone == "0877-1234567"
    assert [fact.kind for fact in facts_about(committee.id)] == ["unit.opened"]


def test_units_follow_the_text(adopted, city, write):
    services.establish_units(adopted, city.city.id, SYSTEM)
    changed = playbooks.apply(
        write(GOOD.replace("zh-hans: 住建局", "zh-hans: 住房局")), place=city.city.id, by=SYSTEM
    ).version
    services.establish_units(changed, city.city.id, SYSTEM)
    assert queries.unit("housing").name["zh-hans"] == "住房局"
    assert [fact.kind for fact in facts_about(queries.unit("housing").id)] == ["unit.opened", "unit.changed"]


def test_a_unit_is_called_as_befits_each_place(write, city):
    name = places.display_name(city.willow)
    better = f"titles: {{{name[-1]}: {{zh-hans: 短, en: Short}}, {name[-2:]}: {{zh-hans: 居民委员会, en: Residents}}}}"
    text = GOOD.replace("title: {zh-hans: 居委会, en: Committee}", "title: {zh-hans: 居委会, en: Committee}, " + better)
    version = playbooks.apply(write(text), place=city.city.id, by=SYSTEM).version
    services.establish_units(version, city.city.id, SYSTEM)
    assert queries.unit("committee", near=city.willow_1.path).name["zh-hans"] == f"{name}居民委员会"
    assert queries.unit("committee", near=city.willow_1.path).name["en"].endswith(" Residents")


def test_a_post_is_called_as_befits_its_place(write, city):
    text = GOOD.replace(
        "grid-worker: {title: {zh-hans: 网格员, en: Grid worker}",
        "grid-worker: {title: {zh-hans: 网格员, en: Grid worker}, titles: {社区: {zh-hans: 社区专员, en: Community hand}, 柳林社区: {zh-hans: 柳林专员, en: Willow hand}}",
    )
    playbooks.apply(write(text), place=city.city.id, by=SYSTEM)
    willow, grid = city.willow, city.willow_1
    other = next(one for one in places.subtree(city.city, level="community") if one.id != willow.id)
    said = {}
    for language in ("zh-hans", "en"):
        with override(language):
            said[language] = [queries.role_title("grid-worker", one) for one in (willow, willow.id, other, grid)]
    assert said["zh-hans"] == ["柳林专员", "柳林专员", "社区专员", "网格员"]
    assert said["en"] == ["Willow hand", "Willow hand", "Community hand", "Grid worker"]
    assert queries.role_title("no-such-role", willow) == "no such role"


def test_not_everyone_opens_units(adopted, city):
    from shanzhi.foundation.base.actor import NOBODY

    with pytest.raises(Denied):
        services.establish_units(adopted, city.city.id, NOBODY)


def test_vacancies_shrink_as_posts_are_filled(adopted, city):
    services.establish_units(adopted, city.city.id, SYSTEM)
    wanted = queries.vacancies(adopted, city.city.id)
    assert sorted(vacancy.role for vacancy in wanted) == ["city-coordinator"] + ["grid-worker"] * 8 + ["handler"] * 2
    vacancy = next(each for each in wanted if each.role == "handler")
    person = services.create_person(name="钱进", by=SYSTEM)
    services.appoint(person=person.id, unit=vacancy.unit.id, role="handler", place=vacancy.place, by=SYSTEM)
    assert len(queries.vacancies(adopted, city.city.id)) == len(wanted) - 1


def test_roles_are_called_as_the_playbook_says(adopted, city):
    from django.utils.translation import override

    with override("zh-hans"):
        assert queries.role_title("grid-worker", city.willow_1.id) == "网格员"
    with override("en"):
        assert queries.role_title("grid-worker", city.willow_1.id) == "Grid worker"
        assert queries.role_title("gone-role", city.willow_1.id) == "gone role"


def test_the_yuxi_units_open_in_any_city(city, settings, tmp_path):
    for slug in ("common", "yuxi"):
        shutil.copytree(settings.SHANZHI_PLAYBOOKS / slug, tmp_path / slug)
    version = playbooks.apply("yuxi", place=city.city.id, by=SYSTEM).version
    units = services.establish_units(version, city.city.id, SYSTEM)
    assert len([unit for unit in units if unit.level == "city"]) >= 40
    assert {unit.level for unit in units} == {"city", "county", "street", "community"}
