"""Every address of the desk, from outside: who is sent to sign in, who is refused, who learns nothing, who gets in."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from shanzhi.doors.desk.urls import urlpatterns

CASE = {"case", "where", "around", "record", "reporter", "interest", "quick", "action"}
PLACE = {"place", "place-outlines", "issue", "sheet"}
OWN = {"saved-rename", "saved-remove", "bulk-undo", "bulk-result"}
MEDIATORS = {"dispute"}  # in tests/doors/desk/test_desk_dispute.py
POSTS = {"action", "reporter", "interest", "issue", "saved-keep", *OWN} - {"bulk-result"}
OPEN = {
    "inbox",
    "points",
    "outlines",
    "search",
    "search-points",
    "table",
    "today",
    "report",
    "places",
    "units",
    "saved-keep",
    "bulk",
    "load",
    "lines",
}


def test_every_address_is_in_one_of_the_lists():
    assert {pattern.name for pattern in urlpatterns} == CASE | PLACE | OPEN | OWN | MEDIATORS


def ask(client, name, case=None, place=None):
    args = {"table": ["csv"], "action": [case and case.id, "registration"]}.get(name)
    if name in OWN:
        args = [uuid4()]
    if args is None:
        args = [case.id] if name in CASE else [place.id] if name in PLACE else []
    send = client.post if name in POSTS else client.get
    return send(reverse(f"desk:{name}", args=args), {"why": "回访"} if name == "reporter" else {})


@pytest.mark.parametrize("name", sorted(CASE | PLACE | OPEN | OWN | MEDIATORS))
def test_a_visitor_is_sent_to_sign_in_and_a_resident_refused(name, report, client_for, city):
    case = report()
    answer = ask(client_for(None), name, case, city.willow_1)
    assert answer.status_code == 302
    assert "/signin/" in answer["Location"]
    for outsider in ("周涛", "王秀英"):  # the reporter has a door of her own
        assert ask(client_for(outsider), name, case, city.willow_1).status_code == 403


@pytest.mark.parametrize("name", sorted(CASE))
def test_neighbours_other_departments_and_the_unit_complained_about_learn_nothing(name, report, client_for, yuxi):
    case = report(subject_unit=yuxi.units["city-housing"].id)
    for stranger in ("何敏", "钱芳", "赵强"):
        assert ask(client_for(stranger), name, case).status_code == 404, stranger


@pytest.mark.parametrize("name", sorted(PLACE))
def test_places_of_others_are_refused(name, yuxi, client_for, city):
    assert ask(client_for("何敏"), name, place=city.willow_1).status_code == 403


@pytest.mark.parametrize("name", sorted(OPEN))
def test_lists_of_strangers_hold_nothing_of_the_case(name, report, client_for, yuxi):
    case = report(subject_unit=yuxi.units["city-housing"].id)
    for stranger in ("何敏", "钱芳", "赵强"):
        answer = ask(client_for(stranger), name)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert answer.status_code in (200, 302)
        assert case.number.encode() not in body
        assert str(case.id).encode() not in body


@pytest.mark.parametrize("name", sorted((CASE | PLACE | OPEN) - {"record", "sheet"}))
def test_the_dispatcher_gets_in(name, report, client_for, city):
    case = report()
    answer = ask(client_for("陈静"), name, case, city.willow_1)
    # The action lacks its category: the form comes again.
    assert answer.status_code == (
        422
        if name in ("action", "interest")
        else 403
        if name == "issue"
        else 302
        if name in ("places", "quick", "saved-keep")
        else 200
    )


@pytest.mark.parametrize("name", sorted(OWN))
def test_what_is_ones_own_exists_for_nobody_else(name, yuxi, client_for):
    assert ask(client_for("陈静"), name).status_code == 404
