"""Papers of a dispute: the agreement to sign, the notice of other remedies, the letter that invites the other side."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import segno
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from shanzhi.engines.casework import queries as casework
from shanzhi.engines.casework import services
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.moment import now
from shanzhi.foundation.base.refusals import Conflict, NotFound
from shanzhi.foundation.base.texts import listed, pick
from shanzhi.registers.evidence import documents
from shanzhi.registers.people import queries as people
from shanzhi.registers.people.services import Why
from shanzhi.registers.places import queries as places

from .remedies import KIND, Remedies
from .text import LAYOUT, invites, marked

TEMPLATES = Path(__file__).parent / "typst"
DUTIES = 9


@dataclass(frozen=True, slots=True)
class Paper:
    """`name` is the last part of its address. `signing`: it waits for both to sign."""

    name: str
    title: str
    signing: bool = False

    @property
    def secret(self) -> bool:
        """Asking for it leaves a fact: by a button, never by a link."""
        return self.name.startswith("invitation")


def papers_of(case: Any, by: Actor) -> list[Paper]:
    """What this reader may print now. `case` from casework's queries."""
    if casework.procedure_of(case).layout != LAYOUT:
        return []
    found = [Paper("agreement", _("Mediation agreement"), _signing(case))] if _agreement(case, by) else []
    if casework.text_of_case(case).document(KIND):
        found.append(Paper("remedies", _("Notice of other remedies")))
    mediator = casework.audience_of(case, by) == "staff" and not casework.may_see_reporter(case, by)
    if mediator and invites(casework.procedure_of(case), case.state):
        found += [Paper(f"invitation-{side}", _letter(side)) for side in sorted(casework.linked_sides(case))]
    return found


def agreement_pdf(*, case: UUID, by: Actor) -> bytes:
    """The agreement as last written, to be signed by both sides and the mediator. Names stand on it, numbers never.

    Raises NotFound while none is written or the last one was sent back, Denied for those who are neither party nor at work on it.
    """
    row = casework.access_case(case, by=by)
    entry = _agreement(row, by)
    if entry is None:
        raise NotFound(_("No agreement has been written in this matter yet."))
    names = casework.party_names(row, by, why=Why.AGREEMENT)
    said = {one.field: one.value for one in entry.said}
    data = _head(row, _("Mediation agreement")) | {
        "parties": [(_side("a"), _named(names, "a")), (_side("b"), _named(names, "b"))],
        "about": [
            (_("Dispute"), casework.category_title(row)),
            (_("Place"), places.marked_name(row.place, 3)),
            (_("Mediated by"), entry.who),
        ],
        "facts": said.get("facts", ""),
        "duties": list(_duties(said)),
        "manner": said.get("manner", ""),
        "words": {
            "facts": _("What both sides agree on"),
            "duties": _("Who does what by when"),
            "manner": _("Also agreed"),
            "head": [pgettext("agreement", "Who"), pgettext("agreement", "What"), pgettext("agreement", "By when")],
            "law": _(
                "Both sides came to this agreement of their own will. It binds them from the day they sign it (People's Mediation Law "
                "art. 31). Within 30 days they may together ask the people's court to confirm it; a confirmed agreement can be "
                "enforced (art. 33). If it is disputed or not kept, each may go to court (art. 32)."
            ),
            "copies": _("One copy for each side and one for the mediation committee."),
        },
        "signatures": [_side("a"), _side("b"), _("Mediator"), _("Date")],
    }
    return documents.render(TEMPLATES / "agreement.typ", data)


def remedies_pdf(*, case: UUID, by: Actor) -> bytes:
    """Where else both sides can go, in plain words; with a slip on which they sign that they have it. NotFound if not in the text."""
    row = casework.access_case(case, by=by)
    text: Remedies | None = casework.text_of_case(row).document(KIND)
    if text is None:
        raise NotFound(_("This city's playbook does not list other remedies."))
    data = _head(row, _("Notice of other remedies")) | {
        "lead": _(
            "Mediation in this matter may end at any time, and whether it does or not, these ways are open to you. Nobody may keep "
            "you from them, and you need no leave from a mediator."
        ),
        "ways": [_way(way) for way in text.ways_for(row.category)],
        "law": pick(text.law),
        "slip": _("I have this notice."),
        "signatures": [_side("a"), _side("b"), _("Handed over by"), _("Date")],
    }
    return documents.render(TEMPLATES / "remedies.typ", data)


def invitation_pdf(*, case: UUID, side: str, by: Actor, link: str) -> bytes:
    """A letter to the last registered party of that side without account, with their own secret link as a code. `link`: the whole address up to the token,
    which stands in place of {token}. Each letter is a fact in the journal. Raises NotFound, Denied, Conflict (nothing to invite to any more).
    """
    row = casework.access_case(case, by=by)
    if not invites(casework.procedure_of(row), row.state):
        raise Conflict(_("Nobody is invited to this mediation any more: it has ended, or both sides have agreed."))
    seen = [one for one in casework.parties_of(row, by, why=Why.INVITATION) if one.side == side and one.by_link]
    if not seen:
        raise NotFound(_("This side has nobody who needs a letter: register them first, or they have an account."))
    token = services.invite(case=row, party=seen[-1].id, by=by)
    address = link.replace("{token}", token)
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", xmldecl=False, omitsize=True, border=2)
    data = _head(row, _("Invitation to mediation")) | {
        "lead": _(
            "Somebody has asked us to mediate between you and them. We do so only if you are willing too. You may say no, and you may "
            "stop at any time; it takes away none of your other ways."
        ),
        "about": [
            *([(_("Who invites"), pick(people.unit(by.post.unit).name))] if by.post else []),
            (_("Dispute"), casework.category_title(row)),
            (_("Place"), places.marked_name(row.place, 3)),
            (_("What it is about"), row.said),
        ],
        "scan": _(
            "Scan to read what is on record and to answer. Keep this letter to yourself: whoever has the code can answer for you."
        ),
        "address": address,
    }
    return documents.render(TEMPLATES / "invitation.typ", data, {"link.svg": out.getvalue()})


def _head(row: Any, title: str) -> dict[str, Any]:
    return {
        "lang": "zh" if (get_language() or "zh").startswith("zh") else "en",
        "title": title,
        "number": row.number,
        "issuer": places.full_name(places.ancestor(row.place, "county") or row.place),
        "made": _("Printed %(at)s") % {"at": date_format(localtime(now()), "DATE_FORMAT")},
        "synthetic": _("Synthetic data, made to show the system.") if row.synthetic else "",
    }


def _signing(row: Any) -> bool:
    return any(row.state in action.from_ for action in marked(casework.procedure_of(row), "agree").values())


def _agreement(row: Any, by: Actor) -> Any:
    """As it was signed, else as it waits to be: what was sent back is no agreement."""
    told = casework.timeline(row, by)
    if not _signing(row):
        told = told[: max((place for place, one in enumerate(told) if one.effect == "agree"), default=0)]
    return next((one for one in reversed(told) if one.effect == "draft"), None)


def _duties(said: dict[str, str]):
    for number in range(1, DUTIES + 1):
        what = said.get(f"duty-{number}")
        if what:
            yield said.get(f"duty-{number}-who", ""), what, said.get(f"duty-{number}-by", "")


def _letter(side: str) -> str:
    return _("Letter to party A") if side == "a" else _("Letter to party B")


def _side(side: str) -> str:
    return _("Party A") if side == "a" else _("Party B")


def _named(names: dict[str, list[str]], side: str) -> str:
    return listed(name for name in names.get(side, []) if name) or "　" * 8


def _way(way: Any) -> dict[str, str]:
    return {
        "title": pick(way.title),
        "how": pick(way.how),
        "time": _("How long: %(time)s") % {"time": pick(way.time)} if way.time else "",
        "phone": _("Telephone: %(phone)s") % {"phone": way.phone} if way.phone else "",
    }
