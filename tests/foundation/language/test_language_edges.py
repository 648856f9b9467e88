"""Limits of size, safety of the back-ends, schemas, and what the pieces promise."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from language_world import COLUMNS, SCHEMA

from shanzhi.foundation.language import tree
from shanzhi.foundation.language.services import Backend, ExpressionError, Field, Schema, compile_expression

HUGE = {
    "brackets": "(" * 3000 + "true" + ")" * 900,
    "nots": "not " * 900 + "urgent",
    "sum": " + ".join(["stars"] * 600) + " > 1",
    "minus": "-" * 3000 + "1 > 0",
    "ands": " and ".join(["urgent"] * 440),
    "chain": " < ".join(["stars"] * 500),
    "long": "urgent or " * 1000 + "urgent",
    "digits": "9" * 3999,
    "nested chains": "0 < (1 if " * 18 + "urgent" + " else 0) < 2" * 18,
    "nested caps": "min(stars, " * 38 + "1" + ")" * 38 + " > 1",
    "calls": "max(" * 1000,
    "quotes": "'" * 3999,
}


@pytest.mark.parametrize("name", HUGE)
def test_size_is_bounded(name):
    begun = time.thread_time()
    error = outcome(HUGE[name])
    if error is None:
        assert len(compile_expression(HUGE[name], SCHEMA).sql(COLUMNS)[0]) < 1_000_000
    else:
        assert str(error.advice)
    assert time.thread_time() - begun < 2


def outcome(text: str) -> ExpressionError | None:
    try:
        compile_expression(text, SCHEMA).closure({})
    except ExpressionError as error:
        return error
    return None


@pytest.mark.property
@given(st.text(max_size=60))
def test_no_text_breaks_the_parser(text):
    error = outcome(text)
    if error:
        assert 0 <= error.position <= len(text)
        assert str(error)


pieces = st.sampled_from([*SCHEMA, "(", ")", "[", "]", ",", "==", "=", "<", "in", "not", "and", "if", "else", '"a"', "3", "0", "-", "//", "%", "max", "present", "default", "is", "for", "lambda", ":", "*", "."])  # fmt: skip


@pytest.mark.property
@given(st.lists(pieces, max_size=14))
def test_no_shuffle_of_words_breaks_it(words):
    error = outcome(" ".join(words))
    assert error is None or str(error)


def test_deepest_allowed_still_compiles_in_both_back_ends():
    for text in (
        "default(" * 18 + "stars" + ", stars)" * 18 + " > 1",
        " + ".join(["stars"] * 30) + " > 1",
        "not " * 35 + "urgent",
        "(1 if urgent else " * 17 + "0" + ")" * 17 + " > 0",
        "min(opened, max(closed, opened)) < closed",
    ):
        expression = compile_expression(text, SCHEMA)
        assert expression.closure({"stars": 1}) in (True, False)
        assert expression.sql(COLUMNS)


def test_values_never_enter_the_sql_text():
    text, params = compile_expression('words == "x\'; DROP TABLE f; --" and stars == 4711', SCHEMA).sql(COLUMNS)
    assert "DROP" not in text
    assert "4711" not in text
    assert "x'; DROP TABLE f; --" in params
    assert text.count("%s") == len(params)


def test_a_field_without_column_is_refused():
    with pytest.raises(ValueError, match="stars"):
        compile_expression("stars > 3", SCHEMA).sql({})


def test_a_back_end_that_lacks_a_construct_throws():
    class Few(Backend[str]):
        def Literal(self, node: tree.Literal) -> str:
            return str(node.value)

    assert compile_expression("3", SCHEMA, wants="int").emit(Few()) == "3"
    with pytest.raises(NotImplementedError, match="Arithmetic"):
        compile_expression("3 + 4", SCHEMA, wants="int").emit(Few())


@pytest.mark.parametrize("name", ["a b", "1a", "", "and", "present", "true", "__class__", "ａ", "a.b", "x'y"])
def test_field_names_that_could_not_be_written_are_refused(name):
    with pytest.raises(ValueError, match="field cannot be named"):
        Schema({name: Field("int")})


@pytest.mark.parametrize(
    "options",
    [
        {"type": "float"},
        {"type": "int", "least": 2, "most": 1},
        {"type": "int", "most": 2**63},
        {"type": "text", "choices": {"a": {}}},
    ],
)
def test_fields_that_make_no_sense_are_refused(options):
    with pytest.raises(ValueError, match="language|bounds|choices"):
        Field(**options)


def test_what_an_expression_tells_of_itself():
    expression = compile_expression("min(stars, 5) * 2 if 满意 else amount", SCHEMA, wants="int")
    assert expression.fields == {"stars", "满意", "amount"}
    assert expression.bounds == (-2 * 10**9, 10_000)
    assert expression.type == "int"
    assert expression.nullable
    assert not compile_expression("default(stars, 0)", SCHEMA, wants="int").nullable


def test_advice_names_the_nearest_word():
    for text, word in [
        ("star > 1", "stars"),
        ("presnt(stars)", "present"),
        ('category == "coverr"', "cover"),
        ("满 and urgent", "满意"),
    ]:
        with pytest.raises(ExpressionError) as caught:
            compile_expression(text, SCHEMA)
        assert word in str(caught.value.advice)


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("stars >= 4", "「评分」至少为 4", "“stars” is at least 4"),
        ('category == "cover" and urgent', "「类别」是“井盖”，并且「紧急」成立", "“category” is “manhole cover” and “urgent” holds"),
        ('category in ["cover", "tree"]', "「类别」是“井盖”、“树木”之一", "“category” is one of “manhole cover”, “tree”"),
        ("not present(stars) or (urgent and stars < 2)", "「评分」没有值，或者（「紧急」成立，并且「评分」小于 2）", "“stars” is missing or (“urgent” holds and “stars” is below 2)"),
        ('opened >= date("2026-01-31")', "「上报日」不早于2026年1月31日", "“day of report” is on or after 31 Jan 2026"),
        ('"消防" in tags', "「标签」包含“消防”", "“tags” includes “消防”"),
        ("default(stars, 0) > 3", "「评分」（没有值时按0）大于 3", "“stars” (0 if missing) is above 3"),
        ("1 <= stars <= 5", "「评分」至少为 1，并且「评分」不超过 5", "“stars” is at least 1 and “stars” is at most 5"),
    ],
)  # fmt: skip
def test_description(text, zh, en):
    expression = compile_expression(text, SCHEMA)
    assert expression.describe("zh-hans") == zh
    assert expression.describe("en") == en


def test_every_construct_can_be_described():
    for text in ("not (stars > 1)", "not urgent", "present(stars + amount)", "words not in tags", "count(tags) > max(1, 2, amount % 3)",
                 "days_between(opened, min(opened, closed)) > (1 if urgent else amount // 2)",
                 "-stars > 3", "max(opened, closed) != opened", "urgent == true", 'words not in ["a"]'):  # fmt: skip
        for language in ("zh-hans", "en"):
            assert "{" not in compile_expression(text, SCHEMA).describe(language)
