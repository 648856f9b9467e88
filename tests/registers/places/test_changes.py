"""Merge, split, move, recode: ids, dates, paths, lineage, borders."""

from datetime import date
from uuid import uuid4

import pytest
import shapely

from cast_places import SINCE, small_city, square
from shanzhi.foundation.base.actor import SYSTEM, Actor, HeldPost
from shanzhi.foundation.base.refusals import Conflict, Denied, Invalid, NotFound
from shanzhi.foundation.journal import queries as journal
from shanzhi.registers.places import queries, services
from shanzhi.registers.places.models import Place, PlaceVersion

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)
BEFORE = date(2026, 2, 28)


def keeper_of(place, role="city-coordinator"):
    post = HeldPost(uuid4(), role, uuid4(), place.id, place.path)
    return Actor(person=uuid4(), posts=(post,), post=post)


@pytest.fixture(autouse=True)
def _kept_by_the_city(settings):
    settings.SHANZHI_TERRITORY_ROLES = ("city-coordinator",)


def tree_is_sound():
    """Every current path is its parent's plus its code, and the open version says the same."""
    for place in Place.objects.filter(until=None).select_related("parent"):
        above = place.parent.path if place.parent else ""
        assert place.path == f"{above}{place.code}/"
        assert place.parent is None or place.parent.until is None
        version = PlaceVersion.objects.get(place=place, valid_until=None)
        assert (version.code, version.name, version.path, version.parent_id) == (
            place.code, place.name, place.path, place.parent_id,
        )  # fmt: skip


def test_merge():
    city = small_city()
    new = services.merge(
        places=[city.willow.id, city.peach.id], code="990101001001", name="柳桃社区", by=SYSTEM, on=DAY
    )
    tree_is_sound()
    assert queries.subtree(new).count() == 1 + 4 + 8
    assert queries.by_code("990101001001").id == new.id
    assert queries.by_code("990101001001", BEFORE).id == city.willow.id
    assert queries.by_code("990101001002", BEFORE).id == city.peach.id
    assert queries.boundary(new.id).equals(square(0, 0, 2))
    assert [row.old_id for row in queries.lineage(new.id)] == [city.willow.id, city.peach.id]
    assert [place.id for place in queries.successors(city.peach.id)] == [new.id]
    assert queries.place(city.willow.id).until == DAY
    assert [fact.kind for fact in journal.facts_about(new.id)] == ["place.merged"]
    assert queries.place(city.willow_1.id).path.startswith(new.path)


def test_split_by_what_lies_below():
    city = small_city()
    parts = [
        services.Part("990101001011", "柳东社区", (city.willow_2.id,)),
        services.Part("990101001001", "柳西社区", (city.willow_1.id,)),
    ]
    east, west = services.split(place=city.willow.id, parts=parts, by=SYSTEM, on=DAY)
    tree_is_sound()
    assert queries.boundary(west.id).equals(square(0, 0, 0.5))
    assert queries.boundary(east.id).equals(square(0.5, 0, 0.5))
    assert {place.id for place in queries.successors(city.willow.id)} == {east.id, west.id}
    assert queries.by_code("990101001001").id == west.id


def test_split_by_polygons_must_fill_the_place():
    city = small_city()
    micro = city.by_code["99010100100100101"]
    fit = [square(0, 0, 0.25, 0.5), square(0.25, 0, 0.25, 0.5)]
    short = [square(0, 0, 0.2, 0.5), square(0.25, 0, 0.25, 0.5)]
    for boundaries in (short, [fit[0], fit[0]], [fit[0], square(0.25, 0, 0.4, 0.5)], [fit[0], None]):
        parts = [services.Part(f"9{k}", f"{k}", boundary=outline) for k, outline in enumerate(boundaries)]
        with pytest.raises(Invalid):
            services.split(place=micro.id, parts=parts, by=SYSTEM)
    parts = [services.Part(f"{micro.code}{k}", f"微网格{k}", boundary=outline) for k, outline in enumerate(fit)]
    assert len(services.split(place=micro.id, parts=parts, by=SYSTEM, on=DAY)) == 2
    tree_is_sound()


def test_split_needs_every_child_once():
    city = small_city()
    one, two = city.willow_1.id, city.willow_2.id
    for children in ([(one,), ()], [(one, two), ()], [(one, two), (two,)], [(one,)]):
        parts = [services.Part(f"9{k}", f"{k}", ids) for k, ids in enumerate(children)]
        with pytest.raises(Invalid):
            services.split(place=city.willow.id, parts=parts, by=SYSTEM)


def test_move_takes_all_below_along_and_borders_follow():
    city = small_city()
    street = city.by_code["990101002"]
    moved = services.move(place=city.peach.id, to=street.id, by=SYSTEM, on=DAY)
    tree_is_sound()
    assert moved.id == city.peach.id
    assert moved.path == "99/9901/990101/990101002/990101001002/"
    assert queries.boundary(street.id).equals(square(1, 0, 2))
    assert queries.boundary(city.by_code["990101001"].id).equals(square(0, 0))
    assert [version.path for version in queries.history(city.peach_1.id)] == [
        "99/9901/990101/990101001/990101001002/990101001002001/",
        "99/9901/990101/990101002/990101001002/990101001002001/",
    ]
    with pytest.raises(Invalid):
        services.move(place=city.peach.id, to=city.west.id, by=SYSTEM)


def test_recode_and_old_codes_by_date():
    city = small_city()
    services.recode(place=city.east.id, code="990102", by=SYSTEM, on=DAY)
    tree_is_sound()
    assert queries.by_code("990102001001001").id == city.willow_1.id
    assert queries.by_code("990101001001001", BEFORE).id == city.willow_1.id
    assert queries.by_code("990101001001001", SINCE).id == city.willow_1.id
    with pytest.raises(NotFound):
        queries.by_code("990101001001001")
    with pytest.raises(NotFound):
        queries.by_code("990101001001001", date(2019, 12, 31))
    [row] = queries.lineage(city.east.id)
    assert (row.old_code, row.new_code, row.kind) == ("990101", "990102", "recode")


def test_recode_alone_leaves_codes_below():
    city = small_city()
    services.recode(place=city.east.id, code="990102", by=SYSTEM, on=DAY, below=False)
    tree_is_sound()
    assert queries.by_code("990101001001001").path.startswith("99/9901/990102/990101001/")


def test_taken_and_malformed_codes_are_refused():
    city = small_city()
    for code in ("990121", "", "99 01", "x" * 33):
        with pytest.raises(Invalid):
            services.recode(place=city.east.id, code=code, by=SYSTEM)
    services.recode(place=city.river.id, code="990102001001", by=SYSTEM, below=False)
    with pytest.raises(Conflict):
        services.recode(place=city.east.id, code="990102", by=SYSTEM)
    tree_is_sound()


def test_history_is_written_forwards_and_not_in_advance():
    city = small_city()
    services.recode(place=city.east.id, code="990102", by=SYSTEM, on=DAY)
    for on in (BEFORE, date(2999, 1, 1)):
        with pytest.raises(Invalid):
            services.recode(place=city.east.id, code="990103", by=SYSTEM, on=on)
    services.recode(place=city.east.id, code="990103", by=SYSTEM, on=DAY)
    assert [version.code for version in queries.history(city.east.id)] == ["990101", "990103"]
    tree_is_sound()


def test_only_keepers_of_the_place():
    city = small_city()
    with pytest.raises(Denied):
        services.recode(place=city.east.id, code="990102", by=keeper_of(city.west))
    with pytest.raises(Denied):
        services.recode(place=city.east.id, code="990102", by=keeper_of(city.east, "grid-worker"))
    with pytest.raises(Denied):
        services.move(place=city.peach.id, to=city.by_code["990121100"].id, by=keeper_of(city.east))
    with pytest.raises(Denied):
        services.import_city(name="玉溪", by=keeper_of(city.city))
    assert services.recode(place=city.east.id, code="990102", by=keeper_of(city.city)).code == "990102"


def test_a_retry_with_its_key_changes_nothing_twice():
    city = small_city()
    key = uuid4()
    wanted = {"places": [city.willow_1.id, city.willow_2.id], "code": "990101001001009", "name": "柳林社区第一网格"}
    first = services.merge(**wanted, by=SYSTEM, key=key)
    assert services.merge(**wanted, by=SYSTEM, key=key).id == first.id
    with pytest.raises(Conflict):
        services.merge(**{**wanted, "name": "别的"}, by=SYSTEM, key=key)
    assert shapely.area(queries.boundary(first.id)) == pytest.approx(square(0, 0).area)


def test_subtree_of_any_size_in_the_same_number_of_statements(django_assert_max_num_queries):
    city = small_city()
    with django_assert_max_num_queries(20):
        services.recode(place=city.city.id, code="9902", by=SYSTEM, on=DAY)
    tree_is_sound()
