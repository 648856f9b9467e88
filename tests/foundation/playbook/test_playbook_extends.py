from django.utils import translation
from playbook_baskets import basket

from shanzhi.foundation.playbook.loading import load
from shanzhi.foundation.playbook.queries import check


def test_a_document_replaces_the_whole_document_below(write):
    write("base", {"baskets/a.yaml": basket("桃"), "baskets/b.yaml": basket("李")})
    write("city", {"baskets/a.yaml": basket("杏"), "baskets/c.yaml": basket("梅")}, extends="base")
    loaded = load("city")
    assert {name: one.fruits[0].title["zh-hans"] for name, one in loaded.models("baskets").items()} == {
        "a": "杏",
        "b": "李",
        "c": "梅",
    }
    assert loaded.origins()["baskets"] == {"a": "city", "c": "city", "b": "base"}
    assert loaded.model("playbook").playbook == "city"
    assert loaded.lineage == ("city", "base")


def test_a_chain_of_three(write):
    write("base", {"baskets/a.yaml": basket("桃")})
    write("city", {"baskets/b.yaml": basket("李")}, extends="base")
    write("county", {"baskets/b.yaml": basket("杏")}, extends="city")
    loaded = load("county")
    assert loaded.origins()["baskets"] == {"a": "base", "b": "county"}
    assert check("county") == []


def test_a_circle_is_named(write):
    write("a", extends="b")
    write("b", extends="c")
    write("c", extends="a")
    with translation.override("en"):
        found = check("a")
    assert [one.message for one in found] == ["Playbooks extend each other in a circle: a → b → c → a."]
    assert found[0].where.startswith("c/playbook.yaml:4:")


def test_extending_what_is_not_there(write):
    write("base")
    write("city", extends="basse")
    with translation.override("en"):
        (problem,) = check("city")
    assert problem.where == "city/playbook.yaml:4:10"
    assert "“base”" in problem.advice


def test_an_error_below_is_an_error_above(write):
    write("base", {"baskets/a.yaml": "nonsense: 1\n"})
    write("city", extends="base")
    assert check("city")[0].where.startswith("base/baskets/a.yaml:1")
