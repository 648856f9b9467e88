"""Which language a command speaks: that of the terminal it was started in, not that of the city."""

from __future__ import annotations

import argparse
import os
import re
import sys
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, SystemCheckError
from django.utils.functional import Promise
from django.utils.translation import override

from . import refused_arguments
from .texts import pick

USAGE = {"zh-hans": "用法：", "en": "usage: "}
HELP = {"zh-hans": "显示这些说明", "en": "show this and stop"}
TITLES = {
    "_positionals": {"zh-hans": "参数", "en": "arguments"},
    "_optionals": {"zh-hans": "选项", "en": "options"},
}
# Django's own, in English only; they work, unmentioned.
COMMON = {
    "--version", "--verbosity", "--settings", "--pythonpath", "--traceback", "--no-color", "--force-color", "--skip-checks",
}  # fmt: skip
HAN = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")


def terminal_language() -> str:
    """As LC_ALL, LC_MESSAGES or LANG say, in this order: Chinese where they begin with zh, English otherwise."""
    wanted = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh-hans" if wanted.lower().startswith("zh") else "en"


refused_arguments.answer(lambda: terminal_language() == "zh-hans")


class TerminalCommand(BaseCommand):
    """A command whose `--help` is in the terminal's language, and what is wrong with its arguments too. What `handle` prints is its own affair."""

    about: str | Promise = ""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        with override(terminal_language()):
            made = super().create_parser(prog_name, subcommand, **kwargs)
            made.description = str(self.about)
            for parser in parsers_of(made):
                _word(parser)
        return made

    def execute(self, *args: Any, **options: Any) -> Any:
        try:
            return super().execute(*args, **options)
        except CommandError as error:
            if not getattr(self, "_called_from_command_line", False) or isinstance(error, SystemCheckError):
                raise
            self.stderr.write(str(error))  # Django would put the name of the class before the sentence
            sys.exit(error.returncode)


def parsers_of(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Of a command and of all its verbs."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from parsers_of(below)


def _word(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = Formatter
    for group, title in TITLES.items():
        getattr(parser, group).title = pick(title)
    for action in parser._actions:
        if COMMON.intersection(action.option_strings):
            action.help = argparse.SUPPRESS
        elif "--help" in action.option_strings:
            action.help = pick(HELP)


class Formatter(argparse.HelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Iterable[Any], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, pick(USAGE, terminal_language()))

    def _split_lines(self, text: str, width: int) -> list[str]:
        # A Chinese character is two columns wide, and any of them may begin a line.
        return textwrap.wrap(text, width // 2 if HAN.search(text) else width, break_on_hyphens=False)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in self._split_lines(text, width))
