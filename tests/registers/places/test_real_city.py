"""玉溪 from the real data: everything attached, nothing missing. Small 乌海 for what any city shows: nothing twice."""

import time
from collections import Counter, defaultdict

import pytest
import shapely
from django.db import connection

from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.journal import queries as journal
from shanzhi.registers.places import queries, services
from shanzhi.registers.places.models import Boundary, Place, PlaceVersion

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plans_of_now(db):
    """Foreign keys are checked by plans that the session keeps: those made over the thirty places of other tests read the whole table."""
    with connection.cursor() as cursor:
        cursor.execute("DISCARD PLANS")


def boundaries():
    """level → code → shape. Put together here: the database joins by what it knows of the few places of the tests before."""
    places = {id: (level, code) for id, level, code in Place.objects.values_list("id", "level", "code")}
    found = defaultdict(dict)
    owners, shapes = zip(*Boundary.objects.values_list("place_id", "wkb"), strict=True)
    for owner, shape in zip(owners, shapely.from_wkb([bytes(wkb) for wkb in shapes]), strict=True):
        level, code = places[owner]
        found[level][code] = shape
    return found


def test_yuxi_is_whole():
    start = time.process_time()
    city = services.import_city(name="玉溪", by=SYSTEM)
    assert time.process_time() - start < 20  # our own share, however busy the machine
    counts = Counter(Place.objects.values_list("level", flat=True))
    assert (counts["province"], counts["city"], counts["county"], counts["street"], counts["community"]) == (
        1,
        1,
        9,
        76,
        718,
    )
    assert city.name == "玉溪市"
    assert counts["grid"] > 2 * 718
    assert counts["microgrid"] > 3 * counts["grid"]

    orphans = Place.objects.filter(parent=None).exclude(level="province")
    assert not orphans.exists()
    communities = set(Place.objects.filter(level="community").values_list("id", flat=True))
    assert set(Place.objects.filter(level="grid").values_list("parent", flat=True)) == communities
    assert not Place.objects.filter(level__in=["grid", "microgrid"], synthetic=False).exists()
    assert not Place.objects.exclude(level__in=["grid", "microgrid"]).filter(synthetic=True).exists()
    assert PlaceVersion.objects.count() == Place.objects.count()

    shapes = boundaries()
    for level in ("county", "street", "community", "grid", "microgrid"):
        found = shapes[level]
        assert len(found) == counts[level]
        assert all(shapely.is_valid(list(found.values())))
        assert shapely.coverage_is_valid(list(found.values())), level
    whole = sum(shape.area for shape in shapes["county"].values())
    for level in ("community", "grid", "microgrid"):
        assert sum(shape.area for shape in shapes[level].values()) == pytest.approx(whole, rel=1e-9)
    [fact] = journal.facts_about(city.id)
    assert fact.kind == "place.city-imported"
    assert fact.data["grids"] == counts["grid"]


def test_import_again_changes_nothing():
    first = services.import_city(name="1503", by=SYSTEM, grids=1, microgrids=1)
    before = dict(Place.objects.values_list("code", "id"))
    again = services.import_city(name="乌海市", by=SYSTEM)
    assert again.id == first.id
    assert dict(Place.objects.values_list("code", "id")) == before
    assert len(journal.facts_about(first.id)) == 1


def test_a_new_official_name_becomes_a_version():
    city = services.import_city(name="乌海", by=SYSTEM, grids=1, microgrids=1)
    street = Place.objects.filter(level="street").first()
    official = street.name
    Place.objects.filter(id=street.id).update(name="旧名街道", since="2020-01-01")
    PlaceVersion.objects.filter(place=street).update(name="旧名街道", valid_from="2020-01-01")
    services.import_city(name="乌海", by=SYSTEM)
    assert [version.name for version in queries.history(street.id)] == ["旧名街道", official]
    assert journal.facts_about(city.id)[-1].data["renamed"] == 1


def test_same_city_same_tiles():
    def tiles():
        services.import_city(name="乌海", by=SYSTEM, grids=2, microgrids=2)
        rows = list(Boundary.objects.order_by("place__code").values_list("place__code", "wkb"))
        with connection.cursor() as cursor:
            for table in ("boundary", "placeversion", "place"):
                cursor.execute(f"DELETE FROM places_{table}")
        return [(code, bytes(wkb)) for code, wkb in rows]

    assert tiles() == tiles()
