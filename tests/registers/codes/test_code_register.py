"""Codes: issued by whoever holds the place, found however typed, drawn and printed."""

from __future__ import annotations

import time
from xml.etree import ElementTree

import pytest

from cast_places import small_city
from shanzhi.foundation.base.actor import NOBODY, SYSTEM, Actor, HeldPost
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.refusals import Conflict, Denied, Invalid, NotFound
from shanzhi.foundation.journal import queries as journal
from shanzhi.foundation.playbook.services import apply
from shanzhi.registers.codes import queries, services, tokens
from shanzhi.registers.codes.models import Code

pytestmark = pytest.mark.django_db
LABEL = {"zh-hans": "柳林路口井盖", "en": "Manhole, Willow Road"}


@pytest.fixture
def city():
    city = small_city()
    apply("yuxi", place=city.city.id, by=SYSTEM)
    return city


def holder(place, role="grid-worker") -> Actor:
    post = HeldPost(new_id(), role, new_id(), place.id, place.path)
    return Actor(person=new_id(), posts=(post,), post=post)


def issue(place, by: Actor = SYSTEM, **options) -> Code:
    return services.issue(**({"kind": "asset", "place": place.id, "label": LABEL, "by": by} | options))


def test_issued_with_a_fact_that_keeps_the_token(city):
    code = issue(city.willow, holder(city.willow), lon=102.5, lat=24.35)
    (fact,) = journal.facts_about(code.id)
    assert (fact.kind, fact.place, fact.data) == ("code.issued", city.willow.id, {"code_kind": "asset"})
    assert code.token not in str(fact)


def test_only_a_post_above_or_at_the_place_may(city):
    assert issue(city.willow_1, holder(city.willow))
    for other in (holder(city.peach), holder(city.willow_1), NOBODY):
        with pytest.raises(Denied):
            issue(city.willow, other)
    code = issue(city.willow)
    with pytest.raises(Denied):
        services.retire(code=code.id, by=holder(city.peach))


@pytest.mark.parametrize("role", ["dispatcher", "checker", "handler", "unit-leader", "no-such-role"])
def test_a_post_over_the_place_is_not_enough_the_role_must_be_entrusted(city, role):
    code = issue(city.willow)
    by = holder(city.city, role)
    assert not queries.may_issue(by, city.willow.path)
    with pytest.raises(Denied):
        issue(city.willow, by)
    with pytest.raises(Denied):
        services.retire(code=code.id, by=by)
    assert issue(city.willow, holder(city.city, "city-coordinator"))


def test_found_however_typed(city):
    code = issue(city.willow)
    for typed in (code.token, code.shown, code.token.upper(), f" {code.token[:5]} {code.token[5:]}"):
        assert queries.code(typed) == code
    for typed in ("", "x", "0" * 10, code.token[:-1], code.token + "a", "é" * 10, "\0" * 10):
        with pytest.raises(NotFound):
            queries.code(typed)


@pytest.mark.parametrize(
    ("field", "options"),
    [
        ("kind", {"kind": "person"}),
        ("label", {"label": {"en": "no Chinese"}}),
        ("label", {"label": {"zh-hans": "长" * 61}}),
        ("position", {"lon": 102.5}),
        ("position", {"lon": 200.0, "lat": 24.0}),
    ],
)
def test_what_is_wrong_is_named(city, field, options):
    with pytest.raises(Invalid) as caught:
        issue(city.willow, **options)
    assert list(caught.value.fields) == [field]


def test_many_are_all_or_none(city):
    good = services.NewCode("place", city.willow.id, LABEL)
    assert len(services.issue_many(codes=[good] * 50, by=SYSTEM)) == 50
    with pytest.raises(NotFound):
        services.issue_many(codes=[good, services.NewCode("place", new_id(), LABEL)], by=SYSTEM)
    with pytest.raises(Invalid):
        services.issue_many(codes=[good] * 2001, by=SYSTEM)
    assert Code.objects.count() == 50


def test_retired_codes_lead_to_their_heirs(city):
    old, new, newest = issue(city.willow), issue(city.willow), issue(city.willow)
    services.retire(code=old.id, by=SYSTEM, replaced_by=new.id)
    services.retire(code=new.id, by=SYSTEM, replaced_by=newest.id)
    assert queries.scanned(old.token) == newest
    assert queries.code(old.token).retired_at is not None
    with pytest.raises(Conflict):
        services.retire(code=old.id, by=SYSTEM)
    for heir in (newest.id, old.id, new_id()):
        with pytest.raises(Invalid):
            services.retire(code=newest.id, by=SYSTEM, replaced_by=heir)
    assert queries.codes_in(city.city.path) == [newest]


def test_codes_of_made_up_places_say_so(city):
    assert issue(city.willow_1).synthetic == city.willow_1.synthetic
    assert issue(city.willow, Actor(synthetic=True, system=True)).synthetic


def test_drawn_as_svg_that_parses(city):
    code = issue(city.willow)
    url = queries.address(code, "https://city.example/")
    assert url == f"https://city.example/c/{code.token}"
    drawing = queries.svg(code, url)
    assert ElementTree.fromstring(drawing).get("class") == "qr"
    assert code.shown in drawing
    assert "<?xml" not in drawing


def test_a_sheet_to_print(city):
    codes = [issue(city.willow_1) for _ in range(9)] + [issue(city.willow, label={"zh-hans": "𠮷😀" * 30})]
    began = time.process_time()
    pdf = queries.sheet_pdf(codes, "https://city.example")
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type/Page/") + pdf.count(b"/Type /Page\n") <= 2
    assert time.process_time() - began < 20
    assert queries.sheet_pdf([], "https://city.example").startswith(b"%PDF")


def test_tokens_cannot_be_misread():
    made = {tokens.new_token() for _ in range(2000)}
    assert len(made) == 2000
    assert not set("".join(made)) & set("01ilo")
