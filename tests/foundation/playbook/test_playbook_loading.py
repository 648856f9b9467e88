"""Every slip of an author is found with its file, line and a way out; nothing raises."""

import pytest
from django.utils import translation
from playbook_baskets import basket

from shanzhi.foundation.playbook.loading import load
from shanzhi.foundation.playbook.queries import check


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def only(problems):
    assert len(problems) == 1, [str(one) for one in problems]
    return problems[0]


def test_a_good_playbook_has_nothing_to_say(write):
    write("city", {"baskets/a.yaml": basket(), "README.md": "notes", ".hidden/x.yaml": "no"})
    assert check("city") == []
    loaded = load("city")
    assert loaded.model("baskets", "a").fruits[0].title["zh-hans"] == "桃"
    assert loaded.models("baskets").keys() == {"a"}


@pytest.mark.parametrize(
    ("text", "where", "says", "advises"),
    [
        ("fruts: []\n", "city/baskets/a.yaml:1:1", "“fruts” is not known here", "Did you mean “fruits”?"),
        ("fruits:\n  - key: a\n    titel: {zh-hans: 甲, en: A}\n", ":3:5", "“titel” is not known", "“title”"),
        ("fruits:\n  - {key: a, title: {zh-hans: 甲, en: A}, ripe_inn: 2}\n", ":2:42", "“ripe_inn”", "“ripe-in”"),
        ("by-name:\n  x: {key: a, title: {zh-hans: 甲, en: A}, Key: 2}\n", ":2:43", "“Key”", "“key”"),
        ("fruits:\n  - key: a\n    title: {zh-hans: 甲}\n", ":3:12", "no sentence in “en”", "both languages"),
        ("fruits:\n  - key: a\n    title: {zh-hans: 甲, en: ' '}\n", ":3:12", "no sentence in “en”", ""),
        ("fruits:\n  - key: a\n    title: {zh-hans: 甲, en: A, fr: B}\n", ":3:12", "“fr” is not a language", ""),
        ("fruits:\n  - title: {zh-hans: 甲, en: A}\n", ":2:5", "“key” is missing", "Add a line “key: …”"),
        ("fruits:\n  - {key: 012, title: {zh-hans: 甲, en: A}}\n", ":2:11", "“012” is not a plain number", '"012"'),
        ("fruits:\n  - {key: 12, title: {zh-hans: 甲, en: A}}\n", ":2:11", "must be text, not a number", '"12"'),
        ("fruits:\n  - {key: a, title: {zh-hans: 甲, en: A}, ripe-in: soon}\n", ":2:51", "whole number", ""),
        ("fruits: peach\n", ":1:9", "“fruits” must be a list", ""),
        ("title: {zh-hans: 甲, en: A}\nfruits: []\ntitle: {zh-hans: 乙, en: B}\n", ":3:1", "written twice", "line 1"),
        ("fruits: &x []\nby-name: {}\n", ":1:9", "Anchors", "again"),
        ("fruits:\n\t- key: a\n", ":2:1", "not YAML", "spaces"),
        ("fruits：\n  - key: a\n    x\n", ":", "not YAML", "Chinese colon"),
        ("title: {zh-hans: 给{unit}, en: To unit}\n", ":1:19", "not YAML", "in quotes"),
        ("title: {zh-hans: 甲, en: Say it, then go}\n", ":1:40", "must be text", "comma"),
        ("fruits: !!python/object:os.system []\n", ":1:9", "The tag", "Leave"),
        ("- a\n- b\n", ":1:1", "", ""),
        ("fruits:\n  - {key: a, title: {zh-hans: 甲, en: A}, ripe-in: 101}\n", ":2:51", "Too slow.", "another"),
    ],
)
def test_each_slip_is_named(write, text, where, says, advises):
    write("city", {"baskets/a.yaml": text})
    problem = only(check("city"))
    assert where in problem.where
    assert problem.where.startswith("city/baskets/a.yaml:")
    assert says in problem.message
    assert advises in problem.advice
    assert problem.level == "error"


def test_messages_follow_the_language(write):
    write("city", {"baskets/a.yaml": "fruts: []\n"})
    with translation.override("zh-hans"):
        assert "不认识" in only(check("city")).message


def test_findings_come_in_the_order_of_lines(write):
    lines = "".join(f"  - {{key: a{n}, title: {{zh-hans: 甲, en: A}}, x: 1}}\n" for n in range(12))
    write("city", {"baskets/a.yaml": "fruits:\n" + lines})
    assert [int(one.where.split(":")[1]) for one in check("city")] == list(range(2, 14))


def test_a_file_of_no_kind(write):
    write("city", {"basket/a.yaml": basket()})
    assert "baskets/*.yaml" in only(check("city")).advice


def test_a_file_that_is_not_utf8(write):
    folder = write("city")
    (folder / "baskets").mkdir()
    (folder / "baskets/a.yaml").write_bytes("title: 桃".encode("gb18030"))
    assert "UTF-8" in only(check("city")).message


def test_deep_or_huge_files_are_refused(write):
    write("city", {"baskets/a.yaml": "x: " + "[" * 200 + "]" * 200, "baskets/b.yaml": "#" * 1_000_001})
    assert len(check("city")) == 2


def test_no_such_playbook(write):
    write("city")
    assert "Did you mean “city”?" in only(check("citty")).advice


def test_the_folder_and_the_name_inside_agree(write):
    folder = write("city")
    folder.rename(folder.with_name("town"))
    assert "“city”" in only(check("town")).message


def test_an_empty_file_misses_what_is_required(write):
    write("city", {"basket.yaml": "# nothing yet\n"})
    assert {one.message for one in check("city")} == {"“key” is missing.", "“title” is missing."}
