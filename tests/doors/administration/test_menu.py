"""What the menu offers to whom, and long drop-downs that can be searched."""

import pytest
from django import forms
from django.template import Context, Template


@pytest.mark.parametrize(
    ("name", "simulation", "administration"),
    [
        ("吴刚", True, True),
        ("陈静", True, False),
        ("张伟", False, False),
        ("刘敏", False, False),
        ("王秀英", False, False),
    ],
)
def test_the_menu_has_only_links_that_lead_somewhere(yuxi, settings, client_for, name, simulation, administration):
    settings.SHANZHI_DEMO = True
    client = client_for(name)
    page = client.get("/signin/me/").content.decode()
    assert ('href="/simulation/"' in page) is simulation
    assert ('href="/administration/"' in page) is administration
    assert client.get("/simulation/").status_code == (200 if simulation else 403)
    assert client.get("/administration/").status_code == (200 if administration else 403)


def test_without_a_demonstration_nobody_is_led_to_the_synthetic_people(yuxi, client_for):
    assert 'href="/simulation/"' not in client_for("吴刚").get("/signin/me/").content.decode()


@pytest.mark.parametrize(("n", "searchable"), [(12, False), (13, True)])
def test_long_choices_can_be_searched_and_stay_a_select(n, searchable):
    class Form(forms.Form):
        unit = forms.ChoiceField(choices=[("g", [(str(each), f"单位{each}") for each in range(n)])])

    shown = Template("{% load kit %}{% field form.unit %}").render(Context({"form": Form()}))
    assert ("<sz-choice>" in shown) is searchable
    assert shown.count("<option") == n
    assert 'name="unit"' in shown
