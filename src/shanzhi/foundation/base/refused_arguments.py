"""What argparse says of a command that it cannot read, in Chinese for a Chinese terminal.

Python brings no translations of its own: argparse asks gettext's unnamed domain, which nobody here fills. It is answered from here.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

CHINESE = {
    "%(prog)s: error: %(message)s\n": "%(prog)s：%(message)s\n",
    "argument %(argument_name)s: %(message)s": "参数 %(argument_name)s：%(message)s",
    "the following arguments are required: %s": "还缺这些参数：%s",
    "one of the arguments %s is required": "这些参数要给一个：%s",
    "not allowed with argument %s": "不能和参数 %s 一起用",
    "unrecognized arguments: %s": "没有这样的参数：%s",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r 这一项，请在这些里选：%(choices)s",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "没有 %(parser_name)r 这一项，请在这些里选：%(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)r 写得不对，要的是 %(type)s",
    "expected one argument": "后面要跟一个值",
    "expected at most one argument": "后面最多跟一个值",
    "expected at least one argument": "后面至少要跟一个值",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s 不够明确，可能是：%(matches)s",
    "ignored explicit argument %r": "不带值，%r 是多余的",
    "unexpected option string: %s": "这里用不到 %s",
    "can't open '%(filename)s': %(error)s": "打不开「%(filename)s」：%(error)s",
}
EXPECTED = "expected %s argument", "后面要跟 %s 个值"


def answer(chinese: Callable[[], bool]) -> None:
    """From now on argparse asks here; `chinese` is asked each time that something is refused."""

    def said(text: str) -> str:
        return CHINESE.get(text, text) if chinese() else text

    def counted(one: str, many: str, number: int) -> str:
        if one == EXPECTED[0] and chinese():
            return EXPECTED[1]
        return one if number == 1 else many

    argparse._ = said  # type: ignore[attr-defined]
    argparse.ngettext = counted  # type: ignore[attr-defined]
