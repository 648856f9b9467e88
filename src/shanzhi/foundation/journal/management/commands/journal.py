"""`shanzhi journal run|lag|seal|verify|partitions|retry|replay`."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanzhi.foundation.base.terminal import TerminalCommand, terminal_language
from shanzhi.foundation.journal import delivery, parking, partitions, queries, sealing, verification
from shanzhi.foundation.journal.pump import Pump


class Command(TerminalCommand):
    about = gettext_lazy("Serves and checks the journal.")
    requires_system_checks = ["journal"]

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        run = verbs.add_parser("run", help=_("sequence, deliver and seal until stopped"))
        run.add_argument("--only", action="append", help=_("serve this subscriber (may be repeated)"))
        run.add_argument("--seal-minutes", type=float, default=10, help=_("0: never"))
        run.add_argument("--poll-seconds", type=float, default=1)
        verbs.add_parser("lag", help=_("how far everyone is behind, and what is parked"))
        verbs.add_parser("seal", help=_("seal what is not sealed yet; write the hash down elsewhere"))
        verify = verbs.add_parser("verify", help=_("recompute every seal; name the first broken row"))
        verify.add_argument("--known", type=bytes.fromhex, help=_("a hash that was written down: must be in the chain"))
        months = verbs.add_parser("partitions", help=_("make the months ahead"))
        months.add_argument("--since", type=date.fromisoformat)
        months.add_argument("--until", type=date.fromisoformat)
        retry = verbs.add_parser("retry", help=_("give parked facts to their subscribers again"))
        retry.add_argument("name", nargs="?")
        verbs.add_parser("replay", help=_("rebuild a projection from the first fact")).add_argument("name")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        if verb == "run":  # what it tells people is in their language, not in the terminal's
            self.do_run(**options)
            return
        with translation.override(terminal_language()):
            getattr(self, f"do_{verb}")(**options)

    def do_run(self, only: list[str] | None, seal_minutes: float, poll_seconds: float, **_options: Any) -> None:
        Pump(only=only, seal_every=seal_minutes * 60, poll=poll_seconds).run()

    def do_lag(self, **_options: Any) -> None:
        lag = queries.lag()
        self.stdout.write(
            _("%(facts)s facts behind, the oldest %(seconds).1f s; %(unsequenced)s without a position")
            % {"facts": lag.facts, "seconds": lag.seconds, "unsequenced": lag.unsequenced}
        )
        for each in lag.subscribers:
            line = _("%(name)s: %(facts)s behind, %(seconds).1f s, %(parked)s parked") % {
                "name": each.name, "facts": each.facts, "seconds": each.seconds, "parked": each.parked,
            }  # fmt: skip
            self.stdout.write(f"  {line}" + (f" — {each.error}" if each.error else ""))
        for one in parking.parked():
            line = _("parked: %(name)s at %(position)s (fact %(fact)s), %(tries)s tries: %(error)s") % {
                "name": one.name, "position": one.position, "fact": one.fact, "tries": one.tries, "error": one.error,
            }  # fmt: skip
            self.stdout.write(f"  {line}")

    def do_seal(self, **_options: Any) -> None:
        made = sealing.seal()
        last = sealing.latest()
        if last is None:
            self.stdout.write(_("There is nothing to seal."))
            return
        self.stdout.write(
            _("%(new)s new seals; sealed to position %(last)s: %(hash)s")
            % {"new": len(made), "last": last.last, "hash": last.hash.hex()}
        )

    def do_verify(self, known: bytes | None, **_options: Any) -> None:
        report = verification.verify(known)
        if (broken := report.broken) is not None:
            raise CommandError(
                _("Broken at position %(position)s, fact %(fact)s: %(what)s")
                % {"position": broken.position or "–", "fact": broken.fact or "–", "what": broken.what}
            )
        self.stdout.write(
            _("Whole: %(facts)s facts under %(seals)s seals, %(unsealed)s not sealed yet.")
            % {"facts": report.facts, "seals": report.seals, "unsealed": report.unsealed}
        )

    def do_partitions(self, since: date | None, until: date | None, **_options: Any) -> None:
        self.stdout.write(_("%(made)s months made.") % {"made": partitions.make_partitions(since, until)})

    def do_retry(self, name: str | None, **_options: Any) -> None:
        digested, failed = parking.retry(name)
        self.stdout.write(_("%(done)s done, %(failed)s still parked.") % {"done": digested, "failed": failed})

    def do_replay(self, name: str, **_options: Any) -> None:
        try:
            handled = delivery.replay(name)
        except (LookupError, ValueError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("%(name)s rebuilt from %(facts)s facts.") % {"name": name, "facts": handled})
