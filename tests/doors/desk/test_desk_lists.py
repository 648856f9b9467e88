"""Lists cost the same however long they are; tables are harmless; every figure opens."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from shanzhi.doors.desk import lateness
from shanzhi.doors.desk.export import harmless
from shanzhi.engines.casework import services
from shanzhi.engines.casework.models import Case

LISTS = ("inbox", "search", "points", "today", "units", "load", "place")


def address(name, city):
    return reverse(f"desk:{name}", args=[city.willow.id] if name == "place" else [])


def statements(client, url):
    client.get(url)  # warm: playbook, territory
    with CaptureQueriesContext(
        connection,
    ) as seen:
        answer = client.get(url)
    assert answer.status_code == 200
    return len(seen)


@pytest.mark.parametrize("name", LISTS)
def test_twenty_or_fifty_cases_cost_the_same(name, report, client_for, city):
    desk, url = client_for("陈静"), address(name, city)
    for n in range(20):
        report(place=city.willow_1 if n % 2 else city.peach_2)
    few = statements(desk, url)
    for n in range(30):
        report(place=city.bridge_1 if n % 2 else city.willow_2, category="street-light")
    assert statements(desk, url) <= few


def test_a_case_page_costs_the_same_after_many_steps(report, do, client_for):
    case = report()
    desk = client_for("陈静")
    do(case, "registration", "陈静", category="manhole-cover")
    do(case, "dispatch", "陈静", unit="city-housing")
    do(case, "acceptance", "赵强")
    few = statements(desk, reverse("desk:case", args=[case.id]))
    for n in range(8):
        do(case, "progress", "赵强", note=f"第{n}天")
    assert statements(desk, reverse("desk:case", args=[case.id])) <= few


def test_the_table_has_no_reporter_and_no_formula(report, client_for):
    report(words="=HYPERLINK(1) 13912345678 王秀英家门口")
    desk = client_for("陈静")
    answer = desk.get(reverse("desk:table", args=["csv"]))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    assert len(rows) == 2
    assert "HYPERLINK" not in text
    assert "王秀英" not in text
    assert "13912345678" not in text
    book = load_workbook(BytesIO(b"".join(desk.get(reverse("desk:table", args=["xlsx"])).streaming_content)))
    assert [cell.value for cell in book.active[2]][0] == rows[1][0]


def test_a_table_is_in_words_and_not_in_keys(report, client_for):
    report()
    answer = client_for("陈静").get(reverse("desk:table", args=["csv"]))
    head, row = csv.reader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
    assert (row[head.index("紧急程度")], row[head.index("来源")]) == ("紧急", "居民上报")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\n=1"])
def test_formulas_become_texts(text):
    assert harmless(text) == f"'{text}"


def test_the_filters(report, do, client_for, city):
    mine, other = report(), report(place=city.river_1, category="street-light", words="路灯不亮")
    do(mine, "registration", "陈静", category="manhole-cover")
    desk = client_for("陈静")

    def found(**query):
        return {row.number for row in desk.get(reverse("desk:search"), query).context["rows"]}

    assert found() == {mine.number, other.number}
    assert found(q="路灯") == {other.number}
    assert found(state="registered") == {mine.number}
    assert found(category="street-light") == {other.number}
    assert found(place="河口村") == {other.number}
    assert found(which="late") == set()
    assert found(which="closed") == set()
    assert found(**{"from": "2001-01-01", "until": "2001-01-02"}) == set()
    assert found(unit="nonsense", stage="x", closed="y", **{"from": "z"}) == {mine.number, other.number}


def test_a_whole_number_leads_straight_to_the_case(report, client_for):
    case = report()
    answer = client_for("陈静").get(reverse("desk:search"), {"q": case.number.lower()})
    assert answer["Location"] == reverse("desk:case", args=[case.id])


def test_every_figure_of_today_opens_as_many_cases(report, do, client_for):
    for _n in range(3):
        report()
    case = report()
    do(case, "registration", "陈静", category="manhole-cover")
    desk = client_for("陈静")
    page = desk.get(reverse("desk:today"))
    for figure in [*page.context["figures"], *page.context["stages"], page.context["days"][0][1]]:
        listed = desk.get(figure.href)
        assert listed.context["page"].paginator.count == figure.value, figure


def test_late_cases_are_shown_with_whom_and_why(report, do, client_for, time_machine):
    case = report()
    do(case, "registration", "陈静", category="manhole-cover")
    do(case, "dispatch", "陈静", unit="city-housing")
    time_machine.move_to(timezone.now() + timedelta(days=9))
    desk = client_for("陈静")
    row = desk.get(reverse("desk:today")).context["late"][0]
    assert row["n"] == 1
    assert "住房" in row["unit"]
    assert row["why"]
    assert desk.get(row["href"]).context["page"].paginator.count == 1
    assert "已告知上级" not in desk.get(reverse("desk:today")).content.decode()
    services.tick()
    assert "已告知上级 1 人" in desk.get(reverse("desk:today")).content.decode()


def test_of_more_late_cases_than_are_shown_the_page_says_so(report, client_for, time_machine, monkeypatch):
    monkeypatch.setattr(lateness, "MOST", 2)
    for _n in range(3):
        report()
    time_machine.move_to(timezone.now() + timedelta(days=9))
    page = client_for("陈静").get(reverse("desk:today"))
    assert len(page.context["cases"]) == 2
    assert "共 3 件" in page.content.decode()


def test_the_map_is_in_step_with_the_list_and_knows_its_box(report, client_for, city):
    inside, outside = report(), report(place=city.river_1)
    desk, url = client_for("陈静"), reverse("desk:points")
    everything = desk.get(url).json()["features"]
    assert {one["id"] for one in everything} == {str(inside.id), str(outside.id)}
    box = f"{inside.lon - 0.001},{inside.lat - 0.001},{inside.lon + 0.001},{inside.lat + 0.001}"
    assert [one["id"] for one in desk.get(url, {"bbox": box}).json()["features"]] == [str(inside.id)]
    assert len(desk.get(url, {"bbox": "odd"}).json()["features"]) == 2


def test_codes_are_issued_and_printed(yuxi, client_for, city):
    secretary = client_for("刘敏")
    assert secretary.get(reverse("desk:sheet", args=[city.willow_1.id])).status_code == 422
    secretary.post(reverse("desk:issue", args=[city.willow_1.id]), {"label": "南门公告栏"})
    page = secretary.get(reverse("desk:place", args=[city.willow_1.id])).content.decode()
    assert "南门公告栏" in page
    assert "张伟" in page
    sheet = secretary.get(reverse("desk:sheet", args=[city.willow_1.id]))
    assert sheet.content.startswith(b"%PDF")


def test_the_record_is_a_pdf(report, client_for):
    case = report()
    answer = client_for("陈静").get(reverse("desk:record", args=[case.id]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_who_works_on_what_is_counted_by_unit_and_person(report, do, client_for, yuxi):
    waiting, taken, sent = report(), report(), report()
    for case in (taken, sent):
        do(case, "registration", "陈静", category="manhole-cover")
        do(case, "dispatch", "陈静", unit="city-housing")
    do(taken, "acceptance", "赵强")
    page = client_for("陈静").get(reverse("desk:load"))
    found = {one.name: one for one in page.context["units"]}
    assert sum(one.open for one in found.values()) == 3
    housing = next(one for name, one in found.items() if "住房" in name)
    assert {(one.name, one.open) for one in housing.holders} >= {("赵强", 1)}
    assert sum(one.open for one in housing.holders) == housing.open == 2
    assert client_for("陈静").get(housing.href).context["page"].paginator.count == 2
    # Another department sees what it has itself: nothing.
    assert client_for("钱芳").get(reverse("desk:load")).context["units"] == []
    assert waiting.number


def test_a_divided_case_waits_for_no_unit(report, do, client_for):
    case = report()
    do(case, "registration", "陈静", category="manhole-cover")
    do(case, "division", "陈静", parts=[{"what": "换井盖"}, {"what": "补路面"}])
    desk = client_for("陈静")
    units = {one.name: one for one in desk.get(reverse("desk:load")).context["units"]}
    divided = units.pop("分件办理（各分件计入承办单位）")
    assert (divided.open, units["尚未派到单位"].open) == (1, 2)
    assert [row.number for row in desk.get(divided.href).context["rows"]] == [case.number]


def test_a_list_of_closed_cases_goes_by_when_they_closed(report, do, client_for):
    earlier, later = report(), report(words="又一处井盖")
    for case in (later, earlier):
        do(case, "rejection", "陈静", ground="not-found", reason="现场没有找到")
    desk = client_for("陈静")
    for query in ({"which": "closed"}, {"which": "closed", "state": "rejected"}):
        found = desk.get(reverse("desk:search"), query).context["rows"]
        assert [row.number for row in found] == [earlier.number, later.number]
    assert [row.number for row in desk.get(reverse("desk:search")).context["rows"]] == [later.number, earlier.number]


def test_a_late_case_says_what_happened_to_it(report, do, client_for, time_machine):
    case = report()
    do(case, "registration", "陈静", category="manhole-cover")
    for _n in range(2):
        do(case, "dispatch", "陈静", unit="city-housing")
        do(case, "return", "赵强", reason="不归我们管")
    from datetime import timedelta

    from django.utils import timezone

    moved = Case.objects.get(id=case.id).changed_at
    time_machine.move_to(timezone.now() + timedelta(days=9))
    one = client_for("陈静").get(reverse("desk:today")).context["cases"][0]
    assert one["row"].number == case.number
    assert "2" in one["why"][0]
    assert abs(one["since"] - moved) < timedelta(seconds=5)
    assert one["waits"]


def test_many_late_cases_cost_as_much_as_few(report, do, client_for, time_machine):
    from datetime import timedelta

    from django.utils import timezone

    first = report()
    report()
    do(first, "registration", "陈静", category="manhole-cover")
    start = timezone.now()
    time_machine.move_to(start + timedelta(days=9))
    few = statements(client_for("陈静"), reverse("desk:today"))
    time_machine.move_to(start)
    for _n in range(12):
        report()
    time_machine.move_to(start + timedelta(days=9))
    assert statements(client_for("陈静"), reverse("desk:today")) <= few


def test_a_row_that_waits_for_more_time_says_so(report, do, client_for):
    case = report(category="road-damage")
    do(case, "registration", "陈静", category="road-damage")
    do(case, "dispatch", "陈静", unit="city-housing")
    do(case, "acceptance", "赵强")
    inbox = client_for("陈静").get(reverse("desk:inbox"))
    assert "申请延期，待答复" not in inbox.text
    do(case, "extension-request", "赵强", limit="2", reason="配件要等")
    inbox = client_for("陈静").get(reverse("desk:inbox"))
    assert [row.asks_more for row in inbox.context["rows"] if row.number == case.number] == [True]
    assert "申请延期，待答复" in inbox.text
