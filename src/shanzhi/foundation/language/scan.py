"""The look at the bare text before Python's parser sees it: what the parser would read differently from a person."""

from __future__ import annotations

import ast

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .errors import ExpressionError

LONGEST = 4000
DEEPEST = 40
QUOTES = "\"'"
TYPED = dict(zip("（），。；：＝＞＜！＋－×÷“”‘’【】", "(),.;:=><!+-*/\"\"''[]", strict=True)) | {
    "≥": ">=", "≤": "<=", "≠": "!=", "、": ",", "　": " ",
}  # fmt: skip
SIGNS = frozenset("()[],<>=!+-*/% \t\n\r")


def parse(text: str) -> ast.expr:
    """The tree of one expression, on one line, with the positions of `text`. ExpressionError if there is none."""
    _scan(text)
    flat = text.translate({9: " ", 10: " ", 13: " "})
    try:
        # The space instead of strip() would be an indent; brackets keep positions one to the right.
        tree = ast.parse(f"({flat})", mode="eval").body
    except SyntaxError as error:
        at = min(max((error.offset or 2) - 2, 0), len(text))
        raise ExpressionError(
            _("The expression cannot be read from here."), at, _("Check the signs and commas before this place.")
        ) from None
    except (ValueError, MemoryError, RecursionError):
        raise ExpressionError(_("The expression is too complicated."), 0, _("Split it into several.")) from None
    return tree


def position(node: ast.AST, text: str) -> int:
    """Python counts bytes of UTF-8; people count characters. One is off for the bracket that `parse` puts in front."""
    return len(text.encode()[: max(getattr(node, "col_offset", 1) - 1, 0)].decode(errors="ignore"))


def _scan(text: str) -> None:
    if not text.strip():
        raise ExpressionError(_("There is no expression."), 0, _("Write a condition, for example: stars >= 4."))
    if len(text) > LONGEST:
        raise ExpressionError(_("The expression is too long."), LONGEST, _("Split it into several."))
    at, closing, after_string = 0, [], False
    while at < len(text):
        char = text[at]
        if char in QUOTES:
            if after_string or (at and (text[at - 1].isalnum() or text[at - 1] == "_")):
                raise ExpressionError(
                    _("A comma or a sign is missing before this text."), at, _("Put a comma between texts.")
                )
            at, after_string = _string(text, at), True
            continue
        if not char.isspace():
            after_string = False
        if char in "([":
            closing.append((")" if char == "(" else "]", at))
            if len(closing) > DEEPEST:
                raise ExpressionError(
                    _("There are too many brackets inside each other."), at, _("Split it into several.")
                )
        elif char in ")]" and (not closing or closing.pop()[0] != char):
            raise ExpressionError(_("This bracket closes nothing."), at, _("Remove it, or open one before."))
        elif char == "=":
            if text[at : at + 2] == "==":
                at += 1
            elif text[at - 1 : at] not in (">", "<", "!"):
                spaced = text[:at].rstrip()[-1:] in (">", "<", "!")
                advice = _("Write the two signs together: >=, <= or !=.") if spaced else _("Equality is written ==.")
                raise ExpressionError(_("A single = says nothing."), at, advice)
        elif char.isascii() and char.isdigit():
            at = _digits(text, at)
            continue
        elif char not in SIGNS and not f"a{char}".isidentifier():
            raise ExpressionError(format_lazy(_("“{char}” has no meaning here."), char=char), at, _typed(char))
        elif char.isdigit():
            raise ExpressionError(
                format_lazy(_("“{char}” has no meaning here."), char=char), at, _("Type half-width digits.")
            )
        elif char not in SIGNS:
            while at + 1 < len(text) and f"a{text[at + 1]}".isidentifier():
                at += 1
        at += 1
    if closing:
        raise ExpressionError(_("This bracket is never closed."), closing[-1][1], _("Add the closing bracket."))


def _string(text: str, at: int) -> int:
    end = text.find(text[at], at + 1)
    if end < 0 or "\n" in text[at:end]:
        raise ExpressionError(
            _("This text has no closing quotation mark."), at, _("Texts stand between two straight quotation marks.")
        )
    for offset, char in enumerate(text[at:end], at):
        if char == "\\" or not (char.isprintable() or char == "\u3000"):
            raise ExpressionError(
                _("A text may not hold backslashes or invisible characters."),
                offset,
                _("Remove it, or type the character itself."),
            )
    return end + 1


def _digits(text: str, at: int) -> int:
    end = at
    while end < len(text) and (text[end].isascii() and text[end].isdigit() or text[end] == "_"):
        end += 1
    number = text[at:end]
    if end < len(text) and (text[end] == "." or text[end].isalpha()):
        raise ExpressionError(
            _("Only whole numbers are known."), at, _("Count in a smaller unit: 150 fen instead of 1.5 yuan.")
        )
    if len(number) > 1 and number[0] == "0":
        raise ExpressionError(_("A number may not begin with 0."), at, _('Leave the 0 out, or write a text: "007".'))
    return end


def _typed(char: str):
    if char in TYPED:
        return format_lazy(
            _("Switch the keyboard to half-width and type {sign}"), sign=TYPED[char].strip() or _("a space")
        )
    if char == ".":
        return _("Fields have plain names without dots.")
    if char in "&|^~":
        return _("Write and, or, not.")
    return _("Only names, whole numbers, texts in quotation marks and the signs of the reference are known.")
