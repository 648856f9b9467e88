"""Forms from the field specs of a procedure."""

import pytest
from django.http import QueryDict
from django.template import Context, Template

from shanzhi.foundation.base.refusals import Conflict, Invalid
from shanzhi.kit.forms import form_of, put_refusal
from shanzhi.kit.forms_many import CHOOSE

SPECS = [
    {
        "field": "words",
        "kind": "text",
        "required": True,
        "most": 20,
        "title": {"zh-hans": "出了什么问题", "en": "What is wrong"},
    },
    {"field": "unit", "kind": "unit", "required": True},
    {"field": "stars", "kind": "stars"},
    {"field": "reasons", "kind": "reasons"},
]
CHOICES = {"unit": [(str(n), f"单位{n}") for n in range(3)], "reasons": [("a", "快"), ("b", "好")]}


def fields(form) -> str:
    return Template("{% load kit %}{% form_errors form %}{% for f in form %}{% field f %}{% endfor %}").render(
        Context({"form": form})
    )


def test_few_choices_are_cards_and_many_a_list():
    assert 'type="radio"' in fields(form_of(SPECS, choices=CHOICES))
    many = {"unit": [(str(n), f"单位{n}") for n in range(40)]}
    assert "<select" in fields(form_of(SPECS, choices=many))


def test_valid_form_gives_clean_data():
    form = form_of(SPECS, choices=CHOICES, data={"words": " 𠮷㐂 ", "unit": "1", "stars": "4", "reasons": ["a"]})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"words": "𠮷㐂", "unit": "1", "stars": 4, "reasons": ["a"]}


def test_errors_stand_at_their_field_and_keep_the_text():
    form = form_of(SPECS, choices=CHOICES, data={"words": "太" * 21, "unit": "9"})
    assert not form.is_valid()
    page = fields(form)
    assert "太" * 21 in page
    assert 'aria-invalid="true"' in page
    assert 'id="id_words_error"' in page
    assert 'href="#id_unit"' in page


@pytest.mark.parametrize("refusal", [Conflict("Moved on."), Invalid({"elsewhere": ["Moved on."]})])
def test_refusal_without_a_field_stands_above(refusal):
    form = form_of(SPECS, choices=CHOICES, data={})
    put_refusal(form, refusal)
    assert form.non_field_errors() == ["Moved on."]


def test_refusal_stands_at_its_field():
    form = form_of(SPECS, choices=CHOICES, data={})
    put_refusal(form, Invalid({"words": ["Too short."]}))
    assert "Too short." in form.errors["words"]


def test_what_is_chosen_is_not_filled_in():
    chosen = ("unit", "units", "stars", "reasons")
    specs = [{"field": kind, "kind": kind, "required": True} for kind in (*chosen, "words")]
    choices = CHOICES | {"units": [("市", [("1", "单位1")])]}
    form = form_of(specs, choices=choices, data=QueryDict())
    assert not form.is_valid()
    assert {kind: form.errors[kind] for kind in chosen} == {kind: [CHOOSE] for kind in chosen}
    assert form.errors["words"] != [CHOOSE]
