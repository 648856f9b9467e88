"""What a resident does: report, follow, rate, reopen, take back, join in."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from cast_places import middle
from shanzhi.engines.casework import services as casework
from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.refusals import Conflict, Denied, Invalid, NotFound
from shanzhi.programmes.reporting import queries, services
from shanzhi.registers.codes import services as codes
from shanzhi.registers.places.datum import to_gcj02

pytestmark = pytest.mark.django_db
VISITOR = Actor(visitor="v1")


def here(city, datum="wgs84"):
    lon, lat = middle(city.willow_1)
    return services.Position(*(to_gcj02(lon, lat) if datum == "gcj02" else (lon, lat)), datum)


def send(yuxi, by=VISITOR, **changes):
    wanted = {"id": new_id(), "by": by, "words": "井盖破了", "category": "manhole-cover", "position": here(yuxi.city)}
    return services.report(**(wanted | changes))


def test_the_position_finds_the_grid_in_either_datum(yuxi):
    for datum in ("wgs84", "gcj02"):
        assert send(yuxi, position=here(yuxi.city, datum)).case.place_id == yuxi.city.willow_1.id


def test_outside_the_city_the_nearest_community_is_offered_and_accepted(yuxi):
    lon, lat = 102.48, 24.355  # two kilometres west of 柳林社区
    spot = queries.spot_at(lon, lat)
    assert spot.outside
    assert "柳林社区" in spot.sentence
    case = send(yuxi, position=services.Position(lon, lat)).case
    assert case.place_id == spot.place.id == yuxi.city.willow.id


def test_far_away_asks_for_a_place_and_takes_one_by_name(yuxi):
    beijing = services.Position(116.4, 39.9)
    with pytest.raises(Invalid) as refused:
        send(yuxi, position=beijing)
    assert "place" in refused.value.fields
    assert send(yuxi, position=beijing, place=yuxi.city.peach.id).case.place_id == yuxi.city.peach.id
    with pytest.raises(Invalid):
        send(yuxi, position=None)


def test_a_code_that_lies_nowhere_in_particular_takes_the_position_of_the_phone(yuxi):
    def code(**lies):
        return codes.issue(
            kind="place", place=yuxi.city.willow_1.id, label={"zh-hans": "柳林"}, by=SYSTEM, **lies
        ).token

    lon, lat = middle(yuxi.city.willow_2)
    phone = services.Position(lon, lat)
    case = send(yuxi, code=code(), position=phone).case
    assert (case.place_id, case.lon, case.lat) == (yuxi.city.willow_1.id, lon, lat)
    exact = send(yuxi, code=code(lon=102.501, lat=24.351), position=phone).case
    assert (exact.lon, exact.lat) == (102.501, 24.351)
    far = send(yuxi, code=code(), position=services.Position(116.4, 39.9)).case
    assert (far.place_id, far.lon) == (yuxi.city.willow_1.id, None)


@pytest.mark.parametrize("words", ["😀👨‍👩‍👧 井盖", "㐂𠮷饭店门口", "<script>alert(1)</script>", "a\0b", "半个\ud83d"])
def test_words_are_kept(yuxi, words):
    case = send(yuxi, words=words).case
    case.refresh_from_db()
    assert case.words == words.replace("\0", "").encode("utf-8", "ignore").decode()


def test_too_long_says_by_how_much(yuxi):
    with pytest.raises(Invalid) as refused:
        send(yuxi, words="长" * 10_000)
    assert "10000" in str(refused.value.fields["words"][0])
    assert "5000" in str(refused.value.fields["words"][0])
    assert len(send(yuxi, words="长" * 5000).case.words) == 5000


def test_nothing_at_all_is_no_report_but_a_category_or_a_photo_is(yuxi, photo):
    with pytest.raises(Invalid):
        send(yuxi, words="  ", category=None)
    assert send(yuxi, words="").case.category == "manhole-cover"
    assert send(yuxi, words="", category=None, files=[photo(VISITOR)]).case.category == ""


def test_a_double_tap_gives_one_case_and_one_link(yuxi):
    id = new_id()
    first, second = send(yuxi, id=id), send(yuxi, id=id)
    assert (first.case.id, first.follow_token) == (second.case.id, second.follow_token)


def test_the_photo_of_another_cannot_be_sent(yuxi, photo):
    with pytest.raises(Denied):
        send(yuxi, files=[photo(yuxi.actor("王秀英"))])


def test_by_link_a_visitor_follows_rates_reopens_and_takes_back(yuxi, photo):
    sent = send(yuxi, files=[photo(VISITOR)])
    tracked = queries.followed(sent.follow_token, by=Actor(visitor="another phone"))
    assert tracked.case.id == sent.case.id
    services.withdraw(case=sent.case.id, by=tracked.by, reason="自己修好了")
    assert queries.followed(sent.follow_token, by=VISITOR).case.state == "withdrawn"
    with pytest.raises(Conflict):
        services.rate(case=sent.case.id, by=tracked.by, stars=5)
    with pytest.raises(NotFound):
        queries.followed("wrong" * 8, by=VISITOR)


def close(yuxi, case, photo):
    handler = yuxi.actor("赵强")
    for action, name, fields, files in (
        ("registration", "陈静", {"category": "manhole-cover"}, []),
        ("dispatch", "陈静", {"unit": "city-housing"}, []),
        ("acceptance", "赵强", {}, []),
        ("completion", "赵强", {"result": "换了新井盖"}, [photo(handler, (200, 200, 60))]),
        ("confirmation", "孙丽", {}, []),
    ):
        casework.act(case=case.id, action=action, by=yuxi.actor(name), fields=fields, files=files)


def test_rated_and_reopened_once_however_often_the_phone_retries(yuxi, photo):
    resident = yuxi.actor("王秀英")
    case = send(yuxi, resident).case
    close(yuxi, case, photo)
    key = new_id()
    for _ in range(2):
        services.rate(case=case.id, by=resident, stars=2, reasons=["half-done"], words="还有缝", key=key)
    key = new_id()
    for _ in range(2):
        again = services.reopen(case=case.id, by=resident, reason="又翘起来了", key=key)
    assert again.state == "registered"
    assert again.steps.filter(effect="reopen").count() == 1
    assert list(queries.my_reports(resident)) == [case]


def test_known_already_shows_nothing_that_another_wrote(yuxi):
    send(yuxi, yuxi.actor("王秀英"), words="我家在梧桐楼三单元，井盖破了")
    found = queries.known_already(category="manhole-cover", position=here(yuxi.city), words="井盖")
    assert len(found) == 1
    assert not re.search("梧桐|三单元", repr(found))
    services.me_too(case=found[0].case, by=yuxi.actor("李桂芳"))
    assert queries.known_already(category="manhole-cover", position=here(yuxi.city))[0].others is None


def test_a_complaint_about_a_unit_is_nobody_elses_to_follow(yuxi):
    case = send(yuxi, subject_unit=yuxi.units["city-housing"].id).case
    with pytest.raises(NotFound):
        services.me_too(case=case.id, by=yuxi.actor("李桂芳"))


def test_the_record_is_a_pdf_and_names_the_reporter_only_where_allowed(yuxi, photo, monkeypatch):
    from shanzhi.programmes.reporting import records

    resident = yuxi.actor("王秀英")
    case = send(yuxi, resident, words="井盖破了 㐂😀", files=[photo(resident)]).case
    close(yuxi, case, photo)
    printed = {}
    real = records.documents.render
    monkeypatch.setattr(records.documents, "render", lambda *given: printed.update(given[1]) or real(*given))
    for name, shown in (("王秀英", True), ("孙丽", True), ("赵强", True), ("陈静", False)):
        pdf = services.record_pdf(case=case.id, by=yuxi.actor(name), follow_url="https://example.org/f/abc")
        assert pdf.startswith(b"%PDF")
        assert ("王秀英" in str(printed["facts"])) is shown, name
    with pytest.raises(NotFound):
        services.record_pdf(case=case.id, by=yuxi.actor("钱芳"))


def test_the_record_ends_a_limit_on_its_last_day_and_names_no_reporter_of_an_order(yuxi, monkeypatch):
    from shanzhi.engines.casework.models import Case
    from shanzhi.programmes.reporting import records

    case, printed = send(yuxi, yuxi.actor("王秀英")).case, {}
    monkeypatch.setattr(records.documents, "render", lambda *given: printed.update(given[1]) or b"")
    midnight = datetime(2026, 12, 13, tzinfo=ZoneInfo("Asia/Shanghai"))
    for source, named in (("resident", True), ("schedule", False)):
        Case.objects.filter(pk=case.id).update(due_at=midnight, source=source)
        services.record_pdf(case=case.id, by=yuxi.actor("王秀英"))
        facts = dict(printed["facts"])
        assert facts["Due"] == "the end of 12 Dec 2026"
        assert ("Reporter" in facts, "Reported" in facts, "Opened" in facts) == (named, named, not named)


def test_suggestions_and_shelves(yuxi):
    shelves = queries.categories_at(yuxi.city.willow_1.id, by=yuxi.actor("王秀英"))
    assert sum(len(shelf.items) for shelf in shelves) == 27
    assert queries.suggest("路灯不亮", place=yuxi.city.willow_1.id, by=yuxi.actor("王秀英"))[0].key == "street-light"
