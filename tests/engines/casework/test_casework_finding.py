"""Routing, duplicates, suggestions, search."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cast_places import middle
from shanzhi.engines.casework import queries
from shanzhi.engines.casework.documents import Catalogue, Responsibility
from shanzhi.engines.casework.grams import alike, grams, pairs_of, plain
from shanzhi.engines.casework.routing import ranked

pytestmark = pytest.mark.django_db


def lines(*entries) -> Responsibility:
    return Responsibility.model_validate({"lines": entries, "fallback": {"role": "city-coordinator"}})


def best(text, case) -> int | None:
    return next((number for number, _ in ranked(text, case, queries.catalogue_of(case.version_id))), None)


def test_the_most_specific_line_wins(report, yuxi):
    case = report()
    text = lines(
        {"class": "social-management", "unit": "a"},
        {"category": "manhole-cover", "unit": "b"},
        {"category": "manhole-cover", "place": "990101", "unit": "c"},
        {"category": "manhole-cover", "place": "990121", "unit": "d"},
        {"category": "manhole-cover", "place": "990101", "when": "photos >= 1", "unit": "e"},
        {"category": "manhole-cover", "place": "990101", "when": "not about_unit", "unit": "f"},
    )
    assert best(text, case) == 6
    assert [n for n, _ in ranked(text, case, queries.catalogue_of(case.version_id))] == [6, 3, 2, 1]


def test_no_line_means_a_named_person(report, yuxi):
    route = queries.route(queries.access_case(report(category=None).id, by=yuxi.actor("陈静")))
    assert route.fallback
    assert route.line is None
    assert route.post.person_id in yuxi.persons.values()
    assert route.why


def test_duplicates_say_what_makes_them_alike(report, yuxi):
    case = report()
    lon, lat = middle(yuxi.city.willow_1)
    found = queries.duplicates_of(category="manhole-cover", lon=lon + 0.0005, lat=lat, words="井盖破了看不见")
    assert [one.case.id for one in found] == [case.id]
    assert 40 < found[0].metres < 60
    assert len(found[0].alike) >= 3


def test_a_duplicate_is_what_a_list_of_it_shows_and_costs_one_statement(report, yuxi, django_assert_num_queries):
    case, (lon, lat), reader = report(spot="菜市场门口"), middle(yuxi.city.willow_1), yuxi.actor("陈静")
    queries.duplicates_of(category="manhole-cover", lon=lon, lat=lat)
    beside = queries.access_case(report().id, by=reader, page=True)
    with django_assert_num_queries(1):
        (one,) = queries.duplicates_of(category=None, lon=lon, lat=lat, words="井盖破了，看不见", exclude=beside.id)
        assert (one.case.number, one.case.words, one.case.synthetic) == (case.number, case.words, False)
        assert queries.category_title(one.case)
        assert queries.state_title(one.case)
        assert queries.seen_among([one.case], reader, beside=beside) == {case.id}
        assert one.case.place.path == yuxi.city.willow_1.path
    assert one.alike[1] == "described alike"


def test_other_matters_in_a_crowded_place_hide_none(report, yuxi, monkeypatch):
    monkeypatch.setattr("shanzhi.engines.casework.duplicates.LATEST", 1)
    case, (lon, lat) = report(), middle(yuxi.city.willow_1)
    report(category="street-light", words="路灯整晚不亮")
    for asked in ({"category": "manhole-cover"}, {"category": None, "words": "井盖破了看不见"}):
        assert [one.case.id for one in queries.duplicates_of(lon=lon, lat=lat, **asked)] == [case.id]


def test_naming_the_same_spot_is_not_describing_the_same_matter(report, yuxi):
    report(words="柳林社区菜市场后面，井盖移位了，露着一条缝", spot="柳林社区菜市场后面")
    lon, lat = middle(yuxi.city.willow_1)
    assert not queries.duplicates_of(category="rubbish", lon=lon, lat=lat, words="柳林社区菜市场后面，一地烂菜叶没人扫")
    assert queries.duplicates_of(category="rubbish", lon=lon, lat=lat, words="柳林社区菜市场那里井盖移位了，露缝")


def test_without_a_position_the_same_place_counts(report, yuxi):
    case = report()
    found = queries.duplicates_of(category="manhole-cover", lon=None, lat=None, place_path=yuxi.city.willow_1.path)
    assert [(one.case.id, one.metres, one.alike[1]) for one in found] == [(case.id, None, "in the same place")]
    assert not queries.duplicates_of(category="manhole-cover", lon=None, lat=None, place_path=yuxi.city.peach.path)
    assert not queries.duplicates_of(category="manhole-cover", lon=None, lat=None)


@given(st.text(max_size=40))
@example("ab_c1 ２Ｂ－甲乙，丙丁\u0345ǅ㐂𠮷")
def test_pairs_are_of_letters_and_figures(text):
    clear = plain(text)
    pairs = {a + b for a, b in zip(clear, clear[1:], strict=False) if a.isalnum() and b.isalnum()}
    assert grams(text) == sorted(pairs)
    assert alike(pairs_of(text), pairs_of(text)) == (1.0 if len(pairs) >= 3 else 0.0)


def test_far_away_other_or_about_a_unit_is_no_duplicate(report, yuxi):
    lon, lat = middle(yuxi.city.willow_1)
    report(subject_unit=yuxi.units["city-housing"].id)
    assert queries.duplicates_of(category="manhole-cover", lon=lon, lat=lat, words="井盖破了") == []
    report()
    assert queries.duplicates_of(category="manhole-cover", lon=lon + 0.01, lat=lat, words="井盖破了") == []
    assert queries.duplicates_of(category="night-noise", lon=lon, lat=lat, words="楼下唱歌太吵") == []


def test_words_suggest_and_say_why(report):
    catalogue: Catalogue = queries.catalogue_of(report().version_id)
    found = queries.suggest(catalogue, "门口的井盖坏了，一翘一翘的")
    assert found[0].category.key == "manhole-cover"
    assert found[0].because
    assert queries.suggest(catalogue, "") == []
    assert queries.suggest(catalogue, "😀😀") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [("井盖", True), ("看不见", True), ("见看", False), ("柳林", True), ("桃园", False), ("井盖 老人", True), ("井盖 停车", False),
     ("不见井", False), ("%", False), ("_", False)],
)  # fmt: skip
def test_search_by_words_and_places(yuxi, report, text, found):
    report()
    assert queries.search(yuxi.actor("陈静"), text).exists() is found


def test_search_by_number_and_only_in_what_one_may_see(yuxi, report):
    case = report()
    assert queries.search(yuxi.actor("陈静"), case.number.lower()).get().id == case.id
    assert queries.search(yuxi.actor("陈静"), case.number.split("-")[-1]).get().id == case.id
    assert not queries.search(yuxi.actor("何敏"), case.number).exists()
    assert not queries.search(yuxi.actor("陈静"), "井盖", {"state": "closed"}).exists()
    assert queries.search(yuxi.actor("陈静"), "井盖", {"open": True, "category": "manhole-cover"}).exists()


def test_rare_characters_and_emoji_are_found(yuxi, report):
    report(words="㐂𠮷饭店门口😀井盖")
    assert queries.search(yuxi.actor("陈静"), "㐂𠮷").exists()
    assert queries.search(yuxi.actor("陈静"), "㐂𠮷饭店").exists()
