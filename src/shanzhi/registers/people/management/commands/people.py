"""`shanzhi people add | give-account | appoint | end | link | units | close-unit | keep-unit | list`."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any
from uuid import UUID

from django.core.management.base import CommandError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.base.refusals import Refusal
from shanzhi.foundation.base.terminal import TerminalCommand, terminal_language
from shanzhi.foundation.base.texts import pick
from shanzhi.foundation.playbook.queries import playbook_of
from shanzhi.registers.people import first, permissions, queries, services, staff
from shanzhi.registers.places import queries as places

DAY = date.fromisoformat


class Command(TerminalCommand):
    about = gettext_lazy(
        "Staff: accounts with a link to set a password, posts, units. Everything is written as done by the house."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, parser_class=type(parser))
        add = actions.add_parser("add", help=_("an account; --admin makes the first person who may appoint"))
        add.add_argument("name")
        add.add_argument("--username", required=True)
        add.add_argument("--phone", default="", help=_("counts as proven: they can sign in by code"))
        add.add_argument("--admin", action="store_true", help=_("give the post that appoints, for --place"))
        given = actions.add_parser("give-account", help=_("an account for somebody who holds a post and has none"))
        given.add_argument("name", help=_("as `list` shows it"))
        given.add_argument("--unit", required=True, help=_("key of a unit in which they hold a post"))
        given.add_argument("--username", required=True)
        given.add_argument("--phone", default="", help=_("counts as proven: they can sign in by code"))
        post = actions.add_parser("appoint", help=_("give a post"))
        end = actions.add_parser("end", help=_("end a post"))
        link = actions.add_parser("link", help=_("a new link to set a password"))
        for each in (post, end, link):
            each.add_argument("username")
        for each in (add, given, link):
            each.add_argument("--site", default="", help=_("address of this installation, to print the whole link"))
        for each in (post, end):
            each.add_argument("role")
            each.add_argument("--unit", required=True, help=_("key of the unit, e.g. city-housing"))
        post.add_argument("--since", type=DAY, help=_("first day (today)"))
        post.add_argument("--until", type=DAY, help=_("first day that no longer counts"))
        units = actions.add_parser("units", help=_("open the units that the adopted playbook names"))
        close = actions.add_parser("close-unit", help=_("close a unit; its posts end"))
        keep = actions.add_parser("keep-unit", help=_("take back a closing that lies ahead"))
        for each in (close, keep):
            each.add_argument("key")
        close.add_argument("--successor", help=_("key of the unit that follows"))
        for each in (end, close):
            each.add_argument("--on", type=DAY, help=_("first day that no longer counts (today)"))
        shown = actions.add_parser("list", help=_("who holds which post"))
        shown.add_argument("text", nargs="?", default="", help=_("part of a name, a unit or a place"))
        shown.add_argument("--role", default="")
        shown.add_argument("--former", action="store_true", help=_("posts that have ended"))
        for each in (add, given, post, end, units, close, keep):
            each.add_argument(
                "--place", help=_("official code; needed where there are several cities, or several such units")
            )

    @transaction.atomic
    def handle(self, *, action: str, **options: Any) -> None:
        with translation.override(terminal_language()):
            try:
                getattr(self, action.replace("-", "_"))(**options)
            except Refusal as refusal:
                raise CommandError(f"{refusal.message} {refusal.advice}".strip()) from refusal

    def add(self, *, name: str, username: str, phone: str, admin: bool, **options: Any) -> None:
        person = services.create_person(name=name, username=username, phone=phone, by=SYSTEM)
        if admin:
            place = self._place(options["place"])
            role, unit = first.seat_of_first(place)
            services.appoint(person=person.id, unit=unit.id, role=role, place=place.id, by=SYSTEM)
            self.stdout.write(f"{username}: {role} · {pick(unit.name)} · {places.full_name(place)}")
        self._print_link(person.id, options["site"])

    def give_account(self, *, name: str, unit: str, username: str, phone: str, **options: Any) -> None:
        seat = self._unit(unit, options["place"])
        held = {post.person_id for post in queries.posts_for(SYSTEM, unit=seat.id)}
        called = [person for person, (known, _synthetic) in queries.names_of(held).items() if known == name]
        if len(called) != 1:
            text = _("{unit}: people of this name who hold a post: {count}")
            raise CommandError(text.format(unit=pick(seat.name), count=len(called)))
        services.give_account(person=called[0], username=username, phone=phone, by=SYSTEM)
        self._print_link(called[0], options["site"])

    def appoint(self, *, username: str, role: str, unit: str, **options: Any) -> None:
        seat = self._unit(unit, options["place"])
        place = self._place(options["place"]) if options["place"] else seat.place
        post = services.appoint(
            person=queries.person_by_username(username), unit=seat.id, role=role, place=place.id, by=SYSTEM,
            since=options["since"], until=options["until"],
        )  # fmt: skip
        self.stdout.write(f"{username}: {role} · {pick(seat.name)} · {places.full_name(place)} · {post.since} –")

    def end(self, *, username: str, role: str, unit: str, **options: Any) -> None:
        person, seat = queries.person_by_username(username), self._unit(unit, options["place"])
        posts = [post for post in permissions.standing(person) if post.role == role and post.unit_id == seat.id]
        if options["place"]:
            posts = [post for post in posts if post.place_id == self._place(options["place"]).id]
        if not posts:
            raise CommandError(_("{username} holds no such post.").format(username=username))
        for post in posts:
            ended = services.end_post(post=post.id, by=SYSTEM, on=options["on"])
            self.stdout.write(f"{username}: {role} · {pick(seat.name)} – {ended.until}")

    def link(self, *, username: str, site: str, **_options: Any) -> None:
        self._print_link(queries.person_by_username(username), site)

    def units(self, *, place: str | None, **_options: Any) -> None:
        top = self._place(place)
        version = playbook_of(places.chain(top))
        if version is None:
            raise CommandError(
                _("No playbook is adopted here. Adopt one first: shanzhi playbook apply <name> --place <code>.")
            )
        opened = services.establish_units(version, top.id, SYSTEM)
        text = _("{place}: units that the text names and that stand open: {count}")
        self.stdout.write(text.format(count=len(opened), place=places.full_name(top)))
        text = _(
            "{place}: units of its text that are not opened here, since their level lies above it: {count} ({keys})"
        )
        for at, keys in services.units_above(top.id):
            self.stdout.write(text.format(count=len(keys), keys=", ".join(keys), place=places.full_name(at)))

    def close_unit(
        self, *, key: str, successor: str | None, on: date | None, place: str | None, **_options: Any
    ) -> None:
        seat = self._unit(key, place)
        heir = self._unit(successor, place).id if successor else None
        done = services.close_unit(unit=seat.id, successor=heir, on=on, by=SYSTEM)
        if done.done:
            text = _("{unit} closes on {day}; posts ended: {count}")
        else:
            text = _("{unit} closes on {day}; its posts end then")
        self.stdout.write(text.format(unit=pick(seat.name), day=done.on, count=len(done.posts)))

    def keep_unit(self, *, key: str, place: str | None, **_options: Any) -> None:
        kept = services.keep_unit(unit=self._unit(key, place).id, by=SYSTEM)
        self.stdout.write(_("{unit} stays open").format(unit=pick(kept.name)))

    def list(self, *, text: str, role: str, former: bool, **_options: Any) -> None:
        posts = list(queries.posts_for(SYSTEM, text=text, role=role, when=staff.FORMER if former else staff.CURRENT))
        names = queries.names_of(post.person_id for post in posts)
        for post in posts:
            name, synthetic = names.get(post.person_id, ("", False))
            mark = " *" if synthetic else ""
            until = post.until or ""
            self.stdout.write(
                f"{name}{mark}\t{post.role}\t{pick(post.unit.name)}\t{places.full_name(post.place)}\t{post.since} – {until}"
            )
        self.stdout.write(_("Posts: {count}").format(count=len(posts)))

    def _print_link(self, person: UUID, site: str) -> None:
        made = services.issue_link(person=person, by=SYSTEM)
        until = f"{made.until:%Y-%m-%d %H:%M} UTC"
        self.stdout.write(_("To set a password, once, until {until}:").format(until=until))
        self.stdout.write(f"{site.rstrip('/')}/signin/invitation/{made.token}/")

    def _place(self, code: str | None) -> Any:
        if code:
            return places.by_code(code)
        cities = places.cities()
        if len(cities) != 1:
            raise CommandError(
                _("There are {count} cities here: say which by --place <code>.").format(count=len(cities))
            )
        return cities[0]

    def _unit(self, key: str, place: str | None) -> Any:
        return queries.unit(key, near=self._place(place).path if place else None)
