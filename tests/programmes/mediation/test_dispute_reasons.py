"""What the page says where a step is not possible yet: which side is silent, and which step comes before."""

import pytest

from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework.past import past_barred
from shanzhi.engines.casework.relations import Standing

pytestmark = pytest.mark.django_db


def why_not(dispute, action: str) -> str:
    by = dispute.actor("巴雅尔")
    return next(str(one.why_not) for one in casework.actions_for(dispute.now(by), by) if one.action == action)


def test_where_neither_side_has_agreed_both_are_named(dispute):
    dispute.begun()
    assert "Neither side" in why_not(dispute, "climb-township")
    dispute.agree("climb-township", b=False)
    assert "Party B" in why_not(dispute, "climb-township")


def test_the_step_that_comes_before_is_named(dispute):
    dispute.begun()
    text = casework.procedure_of(dispute.now())
    waits = text.actions["village-linkage"].model_copy(update={"after": "village-try", "consent": None})
    procedure = text.model_copy(update={"actions": text.actions | {"village-linkage": waits}})

    def why() -> str | None:
        by = dispute.actor("巴雅尔")
        return past_barred(procedure, waits, dispute.now(by), by, Standing("handler", by.posts[0]))

    assert why() == "Before that comes “Record a try in the first talks”."
    dispute.tried("巴雅尔")
    assert why() is None


def test_a_side_answers_right_under_the_questions_with_the_step_that_waits_for_it(dispute, banner, client):
    """Not below the whole story, where somebody who scanned a letter would have to look for it."""
    dispute.begun()
    dispute.agree("climb-county", a=False)
    client.force_login(banner.accounts["王秀英"])
    page = client.get(f"/reports/{dispute.case.id}/")
    text = page.content.decode()
    order = ["需要双方同意的步骤", "/consent/", "/stop/", 'id="ladder"', 'id="said"']
    assert [text.index(one) for one in order] == sorted(text.index(one) for one in order)
    assert text.count(order[0]) == 1
    assert text.count("/consent/") == 1
    assert page.context["answer"].form.initial == {"step": ""}, "both have answered: nothing waits"

    dispute.act("consent", dispute.b, step="climb-township", answer="yes")
    page = client.get(f"/reports/{dispute.case.id}/")
    assert page.context["answer"].form.initial == {"step": "climb-township"}


def test_a_day_stands_in_the_story_as_people_write_it(dispute):
    dispute.begun()
    dispute.act(
        "village-draft", "巴雅尔", facts="院墙压了地界", duty_1_who="a", duty_1="把墙往里挪", duty_1_by="2026-12-20"
    )
    said = [line.value for entry in casework.timeline(dispute.now(), dispute.actor("巴雅尔")) for line in entry.said]
    assert "20 Dec 2026" in said
    assert "2026-12-20" not in said
