"""A dispute taken down with both sides on one page: who may, what is kept, and that nothing half is."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from cases import photo  # noqa: F401 - fixture
from disputes import banner  # noqa: F401 - fixture
from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework.models import Case, Consent

URL = "/desk/disputes/new/"


@pytest.fixture
def typed(banner):  # noqa: F811
    def make(**more):
        fields = {
            "id": str(uuid4()), "words": "两家为院墙吵了三年", "category": "neighbour-dispute", "place": str(banner.city.willow_1.id),
            "a-name": "王铁军", "a-phone": "13900002222", "a-answer": "yes", "a-note": "上午十点电话，村支书在场",
            "b-name": "赵铁柱", "b-phone": "13900001111", "b-answer": "yes", "b-note": "上午十一点电话",
        }  # fmt: skip
        return fields | {name.replace("_", "-"): value for name, value in more.items()}

    return make


def test_both_sides_and_their_answers_in_one_go(banner, typed, client_for):  # noqa: F811
    client, sent = client_for("巴雅尔"), typed()
    for _time in range(2):  # a double tap
        taken = client.post(URL, sent)
        assert taken.status_code == 200, taken.context["form"].errors
        assert "/follow/" in taken.context["address"]
        assert "愿不愿意" in taken.text
    by = banner.actor("巴雅尔")
    case = casework.access_case(UUID(sent["id"]), by=by)
    assert (case.source, case.procedure) == ("desk", "dispute")
    seen = {one.side: (one.name, one.phone) for one in casework.parties_of(case, by)}
    assert seen == {"a": ("王铁军", "13900002222"), "b": ("赵铁柱", "13900001111")}
    assert sorted(Consent.objects.values_list("side", "given", "how")) == [("a", True, "phone"), ("b", True, "phone")]
    offers = {one.action: one for one in casework.actions_for(case, by)}
    assert offers["start"].allowed
    page = client.get(reverse("desk:case", args=[case.id])).text
    assert "13900001111" not in page
    assert "查看是谁" in page  # with a reason, on record
    assert case.waits_for == "desk"
    assert "系统建议" not in page  # nobody sorts or sends a dispute


def test_a_signed_paper_is_an_answer_and_not_asked_is_none(banner, typed, photo, client_for):  # noqa: F811
    paper = str(photo(banner.actor("巴雅尔")))
    sent = typed(a_note="", a_paper=paper, b_answer="later", b_note="")
    assert client_for("巴雅尔").post(URL, sent).status_code == 200
    assert list(Consent.objects.values_list("side", "how")) == [("a", "paper")]
    case = casework.access_case(UUID(sent["id"]), by=banner.actor("巴雅尔"))
    offers = {one.action: one for one in casework.actions_for(case, banner.actor("巴雅尔"))}
    assert not offers["start"].allowed


@pytest.mark.parametrize(
    "missing", [{"a_note": ""}, {"b_name": ""}, {"words": ""}, {"category": ""}, {"place": ""}, {"b_note": " "}]
)
def test_half_of_it_is_nothing_and_all_stays_typed(missing, banner, typed, client_for):  # noqa: F811
    answer = client_for("巴雅尔").post(URL, typed(**missing))
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert "赵铁柱" in answer.text or "b_name" in missing
    assert not Case.objects.exists()


def test_what_is_missing_says_whose_it_is(banner, typed, client_for):  # noqa: F811
    page = client_for("巴雅尔").post(URL, typed(a_name="", b_name="")).text
    summary = page[page.index("form-errors") :].partition("</ul>")[0]
    assert [name in summary for name in ("甲方姓名", "乙方姓名")] == [True, True]
    labels = re.findall(r"<label[^>]*>([^<]+)", page)
    assert len(labels) == len(set(labels)), labels


@pytest.mark.parametrize(
    ("language", "said", "wrong"),
    [
        ("zh-hans", ("社区调解员", "街道调解员", "街道综治专干"), ("村居调解员", "苏木镇")),
        ("en", ("Community mediator", "Subdistrict mediator", "Subdistrict officer"), ("Village mediator", "Township")),
    ],
)
def test_mediators_are_called_as_befits_their_place(language, said, wrong, banner, client_for):  # noqa: F811
    community, street = banner.city.willow, banner.city.willow_street
    pages = [
        client_for(who).get(address, headers={"accept-language": language}).text
        for who, address in (
            ("巴雅尔", reverse("signin:me")),
            ("苏和", reverse("signin:me")),
            ("高娃", reverse("desk:place", args=[community.id])),
            ("高娃", reverse("desk:place", args=[street.id])),
        )
    ]
    assert said[0] in pages[0]
    assert said[1] in pages[1]
    assert said[0] in pages[2]
    assert all(one in pages[3] for one in said[1:])
    assert [one for page in pages for one in wrong if one in page] == []


def test_only_mediators_of_the_place(banner, typed, client_for):  # noqa: F811
    assert client_for("巴雅尔").get(URL).status_code == 200
    assert client_for("陈静").get(URL).status_code == 403
    assert client_for("赵强").post(URL, typed()).status_code == 403
    elsewhere = typed(place=str(banner.city.peach_1.id))  # another community
    assert client_for("巴雅尔").post(URL, elsewhere).status_code == 403
    assert not Case.objects.exists()
    report = reverse("desk:report")
    assert URL in client_for("巴雅尔").get(report).text
    assert URL not in client_for("陈静").get(report).text


def test_a_missing_place_is_listed_with_a_link_like_every_other_field(typed, client_for):
    page = client_for("巴雅尔").post(URL, typed(place="", b_name="")).text
    summary = page[page.index("form-errors") :].partition("</ul>")[0]
    links = re.findall(r'<a href="#([^"]+)">([^<]+)</a>', summary)
    assert links == [("dispute_b-name", "乙方姓名"), ("place-search", "地点")]
    assert all(f'id="{target}"' in page for target, _label in links)
    alone = client_for("巴雅尔").post(URL, typed(place=""))
    assert alone.status_code == 422
    assert 'href="#place-search"' in alone.text
    assert Case.objects.count() == 0


def test_the_same_of_a_report_taken_down(banner, client_for):  # noqa: F811
    page = client_for("高娃").post(reverse("desk:report"), {"id": str(uuid4()), "words": "路灯不亮"}).text
    summary = page[page.index("form-errors") :].partition("</ul>")[0]
    assert summary.count("<li>") == 1
    assert '<a href="#place-search">地点</a>' in summary
