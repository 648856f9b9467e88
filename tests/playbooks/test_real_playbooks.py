"""The playbooks that are shipped: without error, complete, and true to the system that they describe."""

from collections import Counter

import pytest

from shanzhi.foundation.playbook import schemas
from shanzhi.foundation.playbook.loading import load, slugs
from shanzhi.foundation.playbook.queries import check


@pytest.fixture(scope="module")
def yuxi():
    return load("yuxi")


@pytest.mark.parametrize("slug", slugs())
def test_no_findings(slug):
    assert [str(problem) for problem in check(slug)] == []


@pytest.mark.parametrize("slug", slugs())
def test_a_city_can_live_by_it(slug):
    """Any city may go by any playbook that is shipped: none may lack what a report needs on its way."""
    loaded = load(slug)
    for kind in ("units", "categories", "responsibility"):
        assert loaded.model(kind) is not None, kind
    assert "six-step" in loaded.models("procedures")


@pytest.mark.parametrize("slug", slugs())
def test_nothing_is_nearly_due_before_half_its_time(slug):
    procedures = load(slug).models("procedures")
    clocks = [state.clock for text in procedures.values() for state in text.states.values() if state.clock]
    assert clocks
    assert [clock.limit for clock in clocks if clock.warn < 50] == []


def test_published_schemas_are_current():
    assert schemas.stale() == [], "run `shanzhi playbook schemas`"


@pytest.mark.parametrize("slug", slugs())
def test_no_post_goes_by_a_phrase_of_forms(slug):
    """乡镇（街道） and 嘎查村 are kinds of places, not the one where somebody holds a post."""
    names = {"street": ["湖滨街道", "河湾镇"], "community": ["柳林社区", "河湾村"]}
    if slug == "dalate":
        names["street"] += ["白泥井苏木"]
        names["community"] += ["巴音嘎查"]
    roles = [role for role in load(slug).model("units").roles.values() if role.level in names]
    called = [role.title_in(name)["zh-hans"] for role in roles for name in names[role.level]]
    assert called
    assert [one for one in called if "（" in one or "嘎查村" in one or "苏木镇" in one] == []


def test_four_classes_with_27_items(yuxi):
    catalogue = yuxi.model("categories")
    per_class = Counter(item.class_ for item in catalogue.items)
    assert len(catalogue.items) == 27
    assert per_class.keys() == {one.key for one in catalogue.classes}
    assert [one.title["zh-hans"] for one in catalogue.classes] == [
        "警务类",
        "社会管理类",
        "矛盾纠纷类",
        "服务群众类",
    ]
    assert all(item.example for item in catalogue.items)
    assert all(item.condition and item.closing and item.evidence and len(item.words) >= 8 for item in catalogue.items)


def test_more_than_42_units_and_five_levels(yuxi):
    text = yuxi.model("units")
    levels = Counter(unit.level for unit in text.units)
    assert levels["city"] >= 42
    assert levels.keys() == {"city", "county", "street", "community"}
    assert "grid" in {role.level for role in text.roles.values()}


def test_every_unit_named_is_there(yuxi):
    units = {unit.key for unit in yuxi.model("units").units}
    lines = yuxi.model("responsibility").lines
    named = {line.unit for line in lines} | {item.unit for item in yuxi.model("categories").items}
    assert named - {None} - units == set()


def test_every_item_has_a_line(yuxi):
    lines = yuxi.model("responsibility").lines
    assert {item.key for item in yuxi.model("categories").items} <= {line.category for line in lines}


def test_every_role_has_a_post_and_every_role_of_the_procedure_exists(yuxi):
    text = yuxi.model("units")
    assert text.roles.keys() == {post.role for post in text.posts}
    for procedure in yuxi.models("procedures").values():
        relations = {relation for action in procedure.actions.values() for relation in action.by}
        roles = {relation.removeprefix("role:") for relation in relations if relation.startswith("role:")}
        assert roles <= text.roles.keys()


def test_in_gasa_one_team_enforces_and_one_seal_approves(yuxi):
    local = {line.unit for line in yuxi.model("responsibility").lines if line.place == "530427102"}
    assert local == {"gasa-enforcement", "gasa-approval"}


def test_limits_use_all_four_ways_of_counting(yuxi):
    from shanzhi.foundation.calendar.clock import parse_limit

    ways = {parse_limit(item.limit).counts for item in yuxi.model("categories").items}
    assert ways == {"urgent", "working-hours", "working-days", "natural-days"}


def test_no_sentence_is_said_twice_in_a_language_by_mistake(yuxi):
    """A Chinese sentence in the English place, or the other way round, is an easy slip."""
    for procedure in yuxi.models("procedures").values():
        texts = [text for state in procedure.states.values() for text in (state.title, *state.says.values())]
        texts += [tell.text for action in procedure.actions.values() for tell in action.tells]
        for text in texts:
            assert any("一" <= letter <= "鿿" for letter in text["zh-hans"])
            assert not any("一" <= letter <= "鿿" for letter in text["en"])
