"""Opening a record: who may, what is written down, who sees it."""

import pytest
from django.utils.translation import override

from shanzhi.foundation.base.actor import NOBODY
from shanzhi.foundation.base.refusals import Invalid, NotFound
from shanzhi.registers.people import queries, services
from shanzhi.registers.people.models import Person


def test_the_grid_worker_of_the_home_may_and_it_is_recorded(cast, actor):
    wang = cast.persons["王秀英"]
    record = services.access_person(wang, by=actor("张伟"), why="visits before the flood")
    assert (record.name, record.phone) == ("王秀英", "+8613800000001")
    (seen,) = queries.accesses_of(wang)
    assert (seen.who_id, seen.post_id, seen.why) == (
        cast.persons["张伟"], cast.posts["张伟"].id, "visits before the flood",
    )  # fmt: skip
    assert seen.fields == ["household", "name", "phone"]


@pytest.mark.parametrize("name", ["何敏", "周涛", "李桂芳", "赵强", "钱芳", "陈静", "吴刚"])
def test_others_learn_not_even_that_the_person_exists(cast, actor, name):
    with pytest.raises(NotFound):
        services.access_person(cast.persons["王秀英"], by=actor(name), why="curious")
    assert queries.accesses_of(cast.persons["王秀英"]) == []


def test_nobody_learns_nothing(cast):
    with pytest.raises(NotFound):
        services.access_person(cast.persons["王秀英"], by=NOBODY, why="curious")


def test_a_reason_is_needed(cast, actor):
    with pytest.raises(Invalid):
        services.access_person(cast.persons["王秀英"], by=actor("张伟"), why="  ")


def test_ones_own_record_is_not_logged(cast, actor):
    wang = cast.persons["王秀英"]
    assert services.access_person(wang, by=actor("王秀英"), why="own").name == "王秀英"
    assert queries.accesses_of(wang) == []


def test_the_purpose_ends_with_the_opening(cast, actor):
    services.access_person(cast.persons["王秀英"], by=actor("张伟"), why="visits")
    assert Person.objects.count() == 0


@pytest.mark.parametrize(
    ("kept", "zh", "en"),
    [
        (services.Why.STAFF, "管理账号和岗位", "administration of staff"),
        (services.why_case("SZ-1"), "办理 SZ-1", "to work on the matter SZ-1"),
        ("汛期走访", "汛期走访", "汛期走访"),
    ],
)
def test_why_is_read_in_the_language_of_whoever_reads(kept, zh, en):
    with override("zh-hans"):
        assert queries.why_text(kept) == zh
    with override("en"):
        assert queries.why_text(str(kept)) == en
