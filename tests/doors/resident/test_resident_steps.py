"""The little line of steps in lists, from outside: it says what the page of the case says, to both sides, in danger too."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cast import *  # noqa: F403 - fixtures
from disputes import Dispute

pytestmark = pytest.mark.django_db
LISTS = ("/", "/reports/")
STORIES = "casework_step"


def stands(client: Client, address: str, of: str) -> list[str]:
    """How each step of that case is shown there."""
    page = client.get(address).content.decode()
    shown = page[page.index(f"/reports/{of}/") :] if address in LISTS else page
    line = re.search(r'<ol class="steps.*?</ol>', shown, re.DOTALL)
    assert line, address
    return re.findall(r'<li class="(past|now|next)[ "]', line[0])


def everywhere(client: Client, dispute: Dispute) -> list[list[str]]:
    """On the page, on the first page, among all: each told apart."""
    id = str(dispute.case.id)
    return [stands(client, address, id) for address in (f"/reports/{id}/", *LISTS)]


def test_a_rung_that_was_jumped_over_is_not_walked_in_lists_either(dispute, side_a):
    dispute.agree("climb-county")
    dispute.act("climb-county", "巴雅尔")
    assert everywhere(side_a, dispute) == [["past", "past", "next", "now", "next", "next"]] * 3


def test_a_rung_that_was_walked_is(dispute, side_a):
    dispute.agree("climb-township")
    dispute.act("climb-township", "巴雅尔")
    dispute.act("township-acceptance", "苏和")
    dispute.agree("climb-county")
    dispute.act("climb-county", "苏和")
    assert everywhere(side_a, dispute) == [["past", "past", "past", "now", "next", "next"]] * 3


@pytest.mark.parametrize("side", ["side_a", "side_b"])
def test_in_danger_each_side_is_shown_no_rung_that_nobody_climbed(dispute, request, side):
    client = request.getfixturevalue(side)
    dispute.act("danger", dispute.b, note="他昨晚拿刀")
    assert everywhere(client, dispute) == [["past", "past", "now"]] * 3


def test_once_stopped_no_rung_looks_as_if_it_were_to_come(dispute, side_a):
    dispute.act("stop", dispute.b)
    assert everywhere(side_a, dispute) == [["past", "past", "now"]] * 3


def test_a_matter_that_is_over_has_no_line_in_lists(dispute, side_a):
    dispute.act("danger", dispute.b)
    dispute.act("referral", "乌兰", whom=["police"], note="打单位电话")
    page = side_a.get("/reports/?view=all").content.decode()
    assert dispute.case.number in page
    assert "steps compact" not in page


def told(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    return [one["sql"] for one in seen.captured_queries if STORIES in one["sql"]]


@pytest.mark.parametrize("address", LISTS)
def test_only_matters_with_steps_of_their_own_cost_a_statement(dispute, side_a, address):
    assert len(told(side_a, address)) == 1


@pytest.mark.parametrize("address", LISTS)
def test_the_usual_six_cost_none(client_for, report, address):
    report()
    client = client_for("王秀英")
    assert "steps compact" in client.get(address).content.decode()
    assert told(client, address) == []
