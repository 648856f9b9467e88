"""What stands around a case's page is kept between requests: never a person's, never what was true before."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from shanzhi.registers.people.models import Unit

EVIL = "<script>alert('1')</script>&\""


@pytest.fixture
def page(client_for):
    def read(case, who="陈静", **headers):
        return client_for(who).get(reverse("desk:case", args=[case.id]), headers=headers).content.decode()

    return read


def test_each_reader_has_their_own_frame(page, report):
    case = report(category="road-damage")
    first, second = page(case), page(case, "刘敏")
    assert ("陈静" in re.findall(r'menu-who">(.*?)</div>', first)[0], "陈静" in second) == (True, False)
    assert "刘敏" in second
    tokens = [re.findall(r'name="csrf-token" content="(\w+)"', one)[0] for one in (first, second)]
    assert tokens[0]
    assert tokens[0] not in second


def test_what_a_reporter_writes_stays_text(page, report):
    text = page(report(words=EVIL, spot=EVIL))
    assert "<script>alert" not in text
    assert (
        text.count("&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;&amp;&quot;") == 3
    )  # lead, words, particulars; the title is the category


def test_messages_are_said_once_and_to_one(client_for, report, page):
    case, client = report(category="road-damage"), client_for("陈静")
    address = reverse("desk:case", args=[case.id])
    assert 'class="toast"' not in page(case)
    done = client.post(
        f"{address}registration", {"category": "road-damage", "expect": str(case.touched), "next": address}
    )
    assert done.status_code == 302
    assert 'class="toast"' not in page(case, "刘敏")
    assert 'class="toast"' in client.get(address).content.decode()
    assert 'class="toast"' not in client.get(address).content.decode()


def test_another_language_and_display_has_another_frame(client_for, report):
    client, address = client_for("陈静"), reverse("desk:case", args=[report(category="road-damage").id])
    assert 'data-theme="dark"' not in client.get(address).content.decode()
    client.cookies["sz_theme"] = "dark"
    assert 'data-theme="dark"' in client.get(address).content.decode()
    client.cookies["django_language"] = "en"
    assert "Printable record" in client.get(address).content.decode()


def test_a_unit_with_a_new_name_has_it_at_once(page, report, do):
    case = report(category="road-damage")
    do(case, "registration", "陈静", category="road-damage")
    assert "新名字" not in page(case)
    Unit.objects.filter(key="city-transport").update(name={"zh-hans": "新名字", "en": "New name"})
    assert page(case).count("新名字") >= 2  # suggested, and to choose


def test_the_map_knows_the_cases_own_place(client_for, report):
    case = report()
    shown = client_for("陈静").get(reverse("desk:around", args=[case.id])).json()["features"]
    assert [one["id"] for one in shown if one["properties"]["own"]] == [str(case.place_id)]
    assert len(shown) > 1
