"""`shanzhi playbook check | show | apply | diff | schemas`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management.base import CommandError
from django.db import DatabaseError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.refusals import Problem, Refusal
from shanzhi.foundation.base.terminal import TerminalCommand, terminal_language
from shanzhi.foundation.playbook import outline, queries, schemas, services, territory
from shanzhi.foundation.playbook.changes import Change, changes
from shanzhi.foundation.playbook.loading import Loaded, load, slugs
from shanzhi.foundation.playbook.models import Version


class Command(TerminalCommand):
    about = gettext_lazy("Check, show, apply and compare playbooks.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, parser_class=type(parser))
        check = what.add_parser("check", help=_("find what is wrong in the text"))
        check.add_argument("slug", nargs="?")
        check.add_argument("--all", action="store_true")
        show = what.add_parser("show", help=_("an outline, and where it is adopted"))
        show.add_argument("slug")
        apply = what.add_parser("apply", help=_("adopt it for a place and all below it"))
        apply.add_argument("slug")
        apply.add_argument("--place", required=True, help=_("official code of the place"))
        apply.add_argument("--from", dest="from_date", type=date.fromisoformat, help=_("first day, YYYY-MM-DD"))
        diff = what.add_parser("diff", help=_("what changed since a stored version"))
        diff.add_argument("slug")
        diff.add_argument(
            "--with", dest="other", help=_("beginning of the version's hash; the newest if none is given")
        )
        what.add_parser("schemas", help=_("publish the JSON Schemas to docs/schemas"))

    def handle(self, *, what: str, **options: Any) -> None:
        with translation.override(terminal_language()):
            try:
                getattr(self, f"do_{what}")(**options)
            except Refusal as refusal:
                raise CommandError("\n".join(filter(None, (str(refusal.message), str(refusal.advice))))) from refusal

    def say(self, text: str) -> None:
        self.stdout.write(text)

    def do_check(self, *, slug: str | None, all: bool, **_options: Any) -> None:
        if not slug and not all:
            raise CommandError(_("Name a playbook, or write --all."))
        chosen = [slug] if slug else slugs()
        # A base playbook's findings come with each playbook that extends it: once is enough.
        found = dict.fromkeys(problem for slug in chosen for problem in queries.check(slug))
        for problem in found:
            self.say(_finding(problem))
        errors = sum(problem.level == "error" for problem in found)
        counts = _("{errors} errors, {warnings} warnings in {names}")
        self.say(counts.format(errors=errors, warnings=len(found) - errors, names=", ".join(chosen)))
        if errors:
            sys.exit(1)

    def do_show(self, *, slug: str, **_options: Any) -> None:
        for line in outline.outline(self._text(slug)):
            self.say(line)
        self.say("")
        try:
            adopted = queries.adoptions_of(slug)
        except DatabaseError:
            self.say(_("The database does not answer, so where it is adopted cannot be shown."))
            return
        self.say(_("Adopted by:") if adopted else _("No place has adopted it."))
        for one in adopted:
            self.say(f"  {territory.place_name(one.place)}  {one.from_date} →  {one.version}")

    def do_apply(self, *, slug: str, place: str, from_date: date | None, **_options: Any) -> None:
        found = territory.place_id(place)
        if found is None:
            raise CommandError(_("There is no place with the code {code}.").format(code=place))
        wrong = [problem for problem in queries.check(slug) if problem.level == "error"]
        if wrong:
            raise CommandError("\n".join([*map(_finding, wrong), _("Not adopted: please mend this first.")]))
        made = services.apply(slug, place=found, by=SYSTEM, from_date=from_date)
        text = _("{place} goes by {version} from {date}.")
        self.say(text.format(place=territory.place_name(found), version=made.version, date=made.from_date))

    def do_diff(self, *, slug: str, other: str | None, **_options: Any) -> None:
        stored = next((one for one in queries.versions(slug) if one.hash.startswith(other or "")), None)
        if stored is None:
            raise CommandError(_("No such version of {slug} is stored: apply it first.").format(slug=slug))
        found = changes(stored.content, self._text(slug).content())
        self.say(_heading(stored, found))
        for change in found:
            for line in _lines(change):
                self.say(line)

    def do_schemas(self, **_options: Any) -> None:
        for path in schemas.publish():
            self.say(path.name)
        self.say(_("The JSON Schemas in docs/schemas are current."))

    def _text(self, slug: str) -> Loaded:
        loaded = load(slug)
        if not loaded.documents:
            raise CommandError("\n".join(map(_finding, loaded.problems)))
        return loaded


def _heading(stored: Version, found: list[Change]) -> str:
    if not found:
        return _("The text is the same as {version}.").format(version=stored)
    return _("{count} changes since {version}:").format(version=stored, count=len(found))


def _finding(problem: Problem) -> str:
    level = _("error") if problem.level == "error" else _("warning")
    usual = _("Compare with the guide in docs/playbooks.md.")  # by itself: xgettext reads no f-strings
    return f"{problem.where}: {level}: {problem.message}\n    → {problem.advice or usual}"


def _lines(change: Change) -> Iterator[str]:
    """Of a list that changed, what came and what went, each in a line of its own."""
    old, new = change.old, change.new
    if change.sort == "changed" and isinstance(old, list) and isinstance(new, list):
        yield f"{change.where}:"
        came, went = [one for one in new if one not in old], [one for one in old if one not in new]
        yield from (f"    + {_short(one)}" for one in came)
        yield from (f"    - {_short(one)}" for one in went)
        if not came and not went:
            yield "    " + _("in another order, or not as often: {new}").format(new=_short(new))
    else:
        was, now = _short(old), _short(new)
        shown = {"added": f"+ {now}", "removed": f"- {was}", "changed": f"{was} → {now}"}[change.sort]
        yield f"{change.where}: {shown}"


def _short(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)[:200]
