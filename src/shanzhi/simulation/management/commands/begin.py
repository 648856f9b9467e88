"""`shanzhi begin`: a city to look at. Safe to repeat: what is there stays."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from shanzhi.foundation.base.terminal import TerminalCommand, terminal_language
from shanzhi.foundation.base.texts import pick
from shanzhi.registers.people import queries as people
from shanzhi.registers.places import queries as places
from shanzhi.simulation.beginning import set_the_scene
from shanzhi.simulation.castlist import IN_UNITS, open_demo_accounts
from shanzhi.simulation.founding import found


class Command(TerminalCommand):
    about = gettext_lazy(
        "Found the city of CITY: places, playbook, units, synthetic people to sign in as, and some sixty synthetic cases to look "
        "at. With SIM=off these stay as they are; without it `make run` also starts `shanzhi simulate --live`."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--city", default=settings.SHANZHI_CITY)
        parser.add_argument("--people", action="store_true", help=_("only print whom to sign in as"))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["people"]:
            self.print_people()
            return
        with override(terminal_language()):
            place = found(options["city"], progress=lambda text: self.stdout.write(f"  {text}"))
        # From here on people write and are written to: in the city's language, not in the terminal's.
        here = open_demo_accounts(place)
        world = set_the_scene(here)
        if world is not None:
            with override(terminal_language()):
                made = _("Matters made by synthetic people: {count}").format(count=world.tally["reported"])
            self.stdout.write(f"  {made}")

    def print_people(self) -> None:
        with override(terminal_language()):
            head = _("Sign in as one of these synthetic people (one tap on the sign-in page, no password):")
            self.stdout.write(f"{head}\n")
            shown = None
            for one in people.demo_people():
                if one.own_way is not None and one.own_way != shown:
                    shown = one.own_way
                    self.stdout.write(f"\n  {people.way_of(shown)}")
                if one.post is None:
                    self.stdout.write("  ".join(("", one.name, _("Resident"))))
                    continue
                of_unit = one.post.place.level == "city" or one.post.role in IN_UNITS
                where = pick(one.post.unit.name) if of_unit else places.full_name(one.post.place)
                title = people.role_title(one.post.role, one.post.place)
                self.stdout.write(f"  {one.name}  {where} · {title}  ({one.post.role})")
