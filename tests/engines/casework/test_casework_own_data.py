"""What cases keep about a person: taken along, corrected, erased; the facts stay."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest

from cases import *  # noqa: F403 - fixtures
from shanzhi.engines.casework import queries, services
from shanzhi.engines.casework.models import Case, Party, Rating, Step
from shanzhi.foundation.base.actor import NOBODY, SYSTEM
from shanzhi.foundation.base.refusals import Denied
from shanzhi.foundation.journal.queries import facts_about
from shanzhi.foundation.journal.services import as_actor
from shanzhi.foundation.journal.subscribers import run_once
from shanzhi.foundation.messages.models import Notice
from shanzhi.registers.people.commands.erasure import erase


@pytest.fixture
def rated(yuxi, report, do):
    """王秀英's case with her name in its words, handled, closed and rated; 李桂芳 follows it."""
    case = report(
        words="我是王秀英，电话 13800000001，门口的井盖破了",
        reporter=services.Reporter(yuxi.persons["王秀英"], "王秀英", "13800000001"),
    )
    services.subscribe(case=case.id, by=yuxi.actor("李桂芳"), name="李桂芳")
    do(case, "registration", "陈静", category="manhole-cover")
    do(case, "dispatch", "陈静", unit="city-housing")
    do(case, "acceptance", "赵强")
    queries.reporter_of(queries.access_case(case.id, by=yuxi.actor("赵强")), yuxi.actor("赵强"), why="回访")
    do(case, "completion", "赵强", photos="after", result="换好了")
    do(case, "confirmation", "孙丽", finding="看过了")
    do(case, "rating", "王秀英", stars=4, reasons=[], words="快。王秀英 13800000001")
    case.refresh_from_db()
    run_once()
    return case


def test_the_file_holds_what_was_reported_rated_and_followed(rated, actor):
    (mine,) = json.loads(json.dumps(queries.own_data(by=actor("王秀英"))))
    assert mine["number"] == rated.number
    assert mine["words"].startswith("我是王秀英")
    assert (mine["name_given"], mine["number_given"]) == ("王秀英", "13800000001")
    assert mine["ratings"][0]["stars"] == 4
    assert [said["fields"]["stars"] for said in mine["said_later"]] == [4]
    (follows,) = queries.own_data(by=actor("李桂芳"))
    assert follows["as"] == "subscriber"
    assert "words" not in follows
    assert "ratings" not in follows
    assert queries.own_data(by=actor("周涛")) == []
    with pytest.raises(Denied):
        queries.own_data(by=NOBODY)


def test_the_door_gives_it_in_one_file_with_messages_and_lookers(rated, client_for):
    answer = client_for("王秀英").get("/signin/me/data/")
    data = json.loads(ZipFile(BytesIO(b"".join(answer.streaming_content))).read("shanzhi-my-data/data.json"))
    assert data["matters"][0]["number"] == rated.number
    assert data["notices"]
    assert data["opened_by"][0]["why"] == "回访"


def test_a_corrected_name_goes_into_own_matters(rated, client_for, yuxi):
    client_for("王秀英").post("/signin/me/", {"name": "王秀瑛"})
    with as_actor(SYSTEM):
        assert Party.objects.get(case=rated, relation="reporter").name == "王秀瑛"
        assert Party.objects.get(case=rated, relation="subscriber").name == "李桂芳"
    assert services.correct_contact(by=yuxi.actor("王秀英"), phone=("+8613800000001", "+8613911112222")) == 1


def test_erasure_takes_names_numbers_and_messages_and_keeps_facts(rated, yuxi):
    person, before = yuxi.persons["王秀英"], [fact.kind for fact in facts_about(rated.id)]
    assert Notice.objects.filter(to=person).exists()
    erase(person)
    run_once()
    with as_actor(SYSTEM):
        party = Party.objects.get(case=rated, relation="reporter")
    assert (party.name, party.phone) == ("", "")
    case = Case.objects.get(id=rated.id)
    written = (
        case.words
        + Rating.objects.get(case=case).words
        + "".join(str(step.fields) for step in Step.objects.filter(case=case))
    )
    assert "王秀英" not in written
    assert "13800000001" not in written
    assert "井盖破了" in case.words
    assert "秀英" not in case.grams
    assert not Notice.objects.filter(to=person).exists()
    assert [fact.kind for fact in facts_about(rated.id)] == before
    assert queries.replay_state(rated.id).state == case.state
