"""Random people do random things to real cases of the real six-step loop: nothing undefined, nobody unauthorised, no own check."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from cast import SINCE
from cast_places import middle
from shanzhi.engines.casework import queries, services
from shanzhi.engines.casework.documents import Action
from shanzhi.engines.casework.hands import ASIDE, OPEN, fitting
from shanzhi.engines.casework.models import Case, Clock, Hand, Step
from shanzhi.foundation.base.actor import SYSTEM, Actor
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.refusals import Refusal
from shanzhi.foundation.journal.services import as_actor
from shanzhi.registers.evidence.models import File
from shanzhi.registers.people import services as people
from shanzhi.registers.people.models import Person, Post, Unit
from tries import tries

PEOPLE = ["王秀英", "李桂芳", "周涛", "张伟", "何敏", "刘敏", "陈静", "赵强", "钱芳", "孙丽", "吴刚", "冯亮"]
MOVING = ("take", "done", "check", "wait", "go-on")
UNITS = ["city-housing", "city-transport", "city-centre"]


def file_of(by: Actor) -> Any:
    return File.objects.create(
        kind="photo", media_type="image/jpeg", sha256="0" * 64, original_sha256="0" * 64, bytes=1,
        by_person=by.person, by_visitor="" if by.person else by.visitor, kept_at=timezone.now(),
    ).id  # fmt: skip


class Oracle:
    """Who may act, said once more and simply, from rows only."""

    def __init__(self, case: Case, reporter: Actor, subject: Any, steps: list[Step], hand: Hand | None = None) -> None:
        self.case, self.reporter, self.subject, self.steps = case, reporter, subject, steps
        self.hand = hand
        self.whose = hand or case  # whose unit, post and taker the relations mean

    def may(self, action: Action, by: Actor) -> bool:
        if self.case.state not in action.from_:
            return False
        if action.hand and (self.hand is None or self.hand.ended_at or self.hand.stand not in fitting(action)):
            return False
        private = bool({"reporter", "anyone"} & set(action.by)) and self.is_reporter(by)
        return (private or any(self.stands(one, by) for one in action.by)) and not self.apart(action, by)

    def is_reporter(self, by: Actor) -> bool:
        if self.reporter.person is None:
            return bool(by.follows) and by.follows == self.reporter.follows
        return by.person == self.reporter.person

    def stands(self, relation: str, by: Actor) -> bool:
        if (
            not by.posts
            or (self.subject and self.subject in by.units())
            or (by.person and by.person == self.reporter.person)
        ):
            return False
        kind, _, role = relation.partition(":")
        path = self.case.place.path
        return {
            "role": any(p.role == role and path.startswith(p.place_path) for p in by.posts),
            "unit": any(p.unit == self.whose.unit_id and role in ("", p.role) for p in by.posts),
            "handler": self.has_it(by),
            "checker": any(s.part == "check" and s.person_id == by.person for s in self.steps),
        }.get(kind, False)

    def has_it(self, by: Actor) -> bool:
        if self.whose.taker_id is None and self.whose.post_id is None:
            return any(p.unit == self.whose.unit_id for p in by.posts)  # nobody came instead: the whole unit
        if self.whose.taker_id is None:
            return self.whose.post_id in {p.id for p in by.posts}
        return by.person == self.whose.taker_id

    def apart(self, action: Action, by: Actor) -> bool:
        if action.effect == "reject" and any(s.effect == "reject" and s.person_id == by.person for s in self.steps):
            return True
        other = {"check": "handle", "handle": "check"}.get(action.part or "")
        return any(s.part == other and s.person_id == by.person for s in self.steps if other)


class Loop(RuleBasedStateMachine):
    cast: Any = None

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.cases: dict[Any, tuple[Actor, Any]] = {}
        self.moved: set[Any] = set()  # since the invariants were last asked
        self.left, self.closed = 0, False
        self.actors = [self.cast.actor(name) for name in PEOPLE] + [Actor(visitor="stranger"), SYSTEM]

    def teardown(self) -> None:
        try:
            self.moved = set(self.cases)
            self.every_case_is_defined()
        finally:
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

    @precondition(lambda self: len(self.cases) < 3)
    @rule(who=st.integers(0, len(PEOPLE)), about=st.sampled_from([None, None, None, *UNITS]), known=st.booleans())
    def report(self, who: int, about: str | None, known: bool) -> None:
        by, place = self.actors[who], self.cast.city.willow_1
        subject = self.cast.units[about].id if about else None
        opened = services.open_case(
            id=new_id(), procedure="six-step", place=place.id, words="井盖破了", by=by, position=middle(place),
            category="manhole-cover" if known else None, subject_unit=subject, files=[file_of(by)],
        )  # fmt: skip
        reporter = by
        if opened.follow_token:
            reporter = Actor(visitor="reporter", follows=queries.case_by_follow(opened.follow_token).follows)
        self.cases[opened.case.id] = (reporter, subject)
        self.moved.add(opened.case.id)

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), shots=st.integers(0, 2), complete=st.booleans())
    def try_anything(self, data: st.DataObject, shots: int, complete: bool) -> None:
        case, procedure = self.pick(data)
        name = data.draw(st.sampled_from(sorted(procedure.actions)))
        by = data.draw(st.sampled_from([*self.actors, self.cases[case.id][0]]))
        self.attempt(data, case, name, procedure.actions[name], by, shots, complete)

    @precondition(lambda self: self.cases)
    @rule(data=st.data())
    def do_what_is_offered(self, data: st.DataObject) -> None:
        case, procedure = self.pick(data)
        offers = []
        reporter = self.cases[case.id][0]
        some = data.draw(st.lists(st.sampled_from(self.actors), min_size=3, max_size=3))
        for by in [*some, reporter]:
            if queries.visible_cases(by).filter(pk=case.id).exists():
                seen = queries.access_case(case.id, by=by)
                offers += [(by, offer.action) for offer in queries.actions_for(seen, by) if offer.allowed]
        going_on = [(by, name) for by, name in offers if not self.ends(procedure, name)]
        if offers:
            by, name = data.draw(st.sampled_from(going_on if going_on and data.draw(st.integers(0, 5)) else offers))
            self.attempt(data, case, name, procedure.actions[name], by, 1, True)

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), who=st.sampled_from(["张伟", "刘敏", "赵强"]))
    def bring_to_the_check(self, data: st.DataObject, who: str) -> None:
        """Straight to where parts matter; each step still goes past the oracle."""
        case, procedure = self.pick(data)
        handler, plain = (
            self.cast.actor(who),
            {"category": "manhole-cover", "result": "好了", "note": "好", "reason": "好"},
        )
        path = [("registration", "陈静"), ("dispatch", "陈静"), ("acceptance", "赵强"), ("completion", "赵强")]
        if who != "赵强":
            path = [("assignment", "刘敏"), ("completion", who)]
        given = plain | {"unit": "city-housing", "post": str(self.cast.posts[who].id)}
        for name, doer in path:
            action, case = procedure.actions[name], Case.objects.select_related("place").get(pk=case.pk)
            fields = {field.field: given[field.field] for field in action.form}
            self.attempt(data, case, name, action, self.cast.actor(doer), 1, True, fields)
        self.check_own_work(case.pk, handler, data)

    @precondition(lambda self: self.cases)
    @rule(data=st.data())
    def give_to_several(self, data: st.DataObject) -> None:
        case, procedure = self.pick(data)
        units = data.draw(
            st.lists(st.sampled_from([*UNITS, "community-committee"]), min_size=1, max_size=3, unique=True)
        )
        for name in ("registration", "joint-dispatch"):
            action, case = procedure.actions[name], Case.objects.select_related("place").get(pk=case.pk)
            fields = {"category": "manhole-cover", "units": units, "note": "好"}
            given = {field.field: fields[field.field] for field in action.form}
            self.attempt(data, case, name, action, self.cast.actor("陈静"), 1, True, given)

    @precondition(lambda self: Hand.objects.filter(case__in=self.cases, ended_at=None).exists())
    @rule(data=st.data())
    def work_on_a_part(self, data: st.DataObject) -> None:
        """What somebody is offered to do with a part, handlers and checkers first."""
        held = Hand.objects.filter(case__in=self.cases, ended_at=None).order_by("id")
        case = Case.objects.select_related("place").get(pk=data.draw(st.sampled_from([one.case_id for one in held])))
        procedure, offers = queries.procedure_of(case), []
        for by in self.actors[3:12]:
            if queries.visible_cases(by).filter(pk=case.pk).exists():
                seen = queries.access_case(case.pk, by=by)
                offers += [
                    (by, one.action, one.hand) for one in queries.actions_for(seen, by) if one.hand and one.allowed
                ]
        moving = [one for one in offers if procedure.actions[one[1]].hand in MOVING]
        if offers:
            by, name, hand = data.draw(st.sampled_from(moving if moving and data.draw(st.integers(0, 3)) else offers))
            self.attempt(data, case, name, procedure.actions[name], by, 1, True, hand=hand)

    def check_own_work(self, id: Any, by: Actor, data: st.DataObject) -> None:
        case = Case.objects.select_related("place").get(pk=id)
        procedure = queries.procedure_of(case)
        checks = [name for name, action in procedure.from_state(case.state).items() if action.part == "check"]
        if checks:
            name = data.draw(st.sampled_from(checks))
            self.attempt(data, case, name, procedure.actions[name], by, 1, True)

    def pick(self, data: st.DataObject) -> tuple[Case, Any]:
        case = Case.objects.select_related("place").get(pk=data.draw(st.sampled_from(sorted(self.cases))))
        return case, queries.procedure_of(case)

    @staticmethod
    def ends(procedure: Any, name: str) -> bool:
        to = procedure.actions[name].to
        return (to is not None and procedure.states[to].final) or procedure.actions[name].effect == "rate"

    def attempt(
        self, data, case: Case, name: str, action: Action, by: Actor, shots: int, complete: bool, fields: Any = None,
        hand: Any = None,
    ) -> None:  # fmt: skip
        steps, (reporter, subject) = list(case.steps.all()), self.cases[case.id]
        fields = fields or {f.field: self.value(data, f) for f in action.form if complete or data.draw(st.booleans())}
        hands = list(Hand.objects.filter(case=case).order_by("id")) if action.hand else []
        open_ = [one for one in hands if one.ended_at is None and one.stand in fitting(action)]
        meant = [one for one in hands if one.pk == hand] or open_ or hands
        hand = data.draw(st.sampled_from(meant)) if meant else None
        moments = [rule.moment for rule in action.evidence] or ["spot"]
        files = [services.Attached(file_of(by), moment) for moment in moments for _ in range(shots)]
        self.moved.add(case.id)
        allowed = Oracle(case, reporter, subject, steps, hand).may(action, by)
        try:
            after = services.act(
                case=case.id, action=name, by=by, fields=fields, files=files, hand=hand.id if hand else None
            )
        except Refusal:
            assert Case.objects.get(pk=case.id).touched == case.touched
            return
        assert allowed, f"{by.name or by.visitor} did {name} in {case.state}"
        ended = action.hand in ("check", "drop") and after.state != case.state  # the last part: it closes by itself
        assert after.state == (action.to or ("closed" if ended else case.state))
        assert subject is None or after.unit_id != subject

    def value(self, data, field: Any) -> Any:
        match field.kind:
            case "category":
                return data.draw(st.sampled_from(["manhole-cover", "night-noise", "no-such-thing"]))
            case "units":
                return data.draw(st.lists(st.sampled_from(UNITS), min_size=1, max_size=3, unique=True))
            case "parts":
                return [{"what": "一件"}, {"what": "又一件", "unit": data.draw(st.sampled_from(["", *UNITS]))}]
            case "unit":
                return data.draw(st.sampled_from(UNITS))
            case "post":
                return str(data.draw(st.sampled_from([post.id for post in self.cast.posts.values()])))
            case "limit":
                return data.draw(st.sampled_from(["1", "2 working days", "30 minutes"]))
            case "stars":
                return data.draw(st.integers(1, 5))
            case "choice":
                return field.choices[0].key
            case "reasons":
                return [field.choices[0].key]
        return "因为如此"

    @invariant()
    def every_case_is_defined(self) -> None:
        for case in Case.objects.filter(pk__in=self.moved):
            procedure, steps = queries.procedure_of(case), list(case.steps.all())
            state = procedure.states[case.state]
            assert case.final == state.final
            assert case.stage == state.stage
            running = list(Clock.objects.filter(case=case, hand=None, stopped=None, paused=None))
            assert [clock.state for clock in running] == ([] if state.final else [case.state])
            assert (case.due_at is None) == state.final
            assert [step.seq for step in steps] == list(range(1, case.touched + 1))
            assert all(a.to_state == b.from_state for a, b in zip(steps, steps[1:], strict=False))
            assert steps[-1].to_state == case.state
            self.check_hands(case, state, steps)
            self.check_owner(case)
            handled = {step.person_id for step in steps if step.part == "handle"}
            assert not handled & {step.person_id for step in steps if step.part == "check"}
            assert queries.replay_state(case.id) == queries.Replayed(
                case.state, case.category, case.unit_id, case.final, case.touched
            )
        self.moved.clear()

    def check_hands(self, case: Case, state: Any, steps: list[Step]) -> None:
        hands, subject = list(Hand.objects.filter(case=case)), self.cases[case.id][1]
        on_it = [hand for hand in hands if hand.ended_at is None]
        assert not on_it or state.hands, "parts end with the state that they were given in"
        assert bool(on_it) == bool(state.hands)
        assert sum(hand.lead for hand in on_it) == (1 if on_it else 0)
        assert all(hand.unit_id != subject for hand in hands if subject)
        assert all(hand.handled_by_id != hand.checked_by_id for hand in hands if hand.checked_by_id)
        assert all(hand.due_at <= case.due_at for hand in on_it if hand.due_at), "no whole before its parts"
        for hand in hands:
            waits = hand.ended_at is None and hand.stand in OPEN and not hand.paused
            assert Clock.objects.filter(hand=hand, stopped=None, paused=None).count() == waits
            aside = hand.ended_at is None and hand.stand in ASIDE
            assert Clock.objects.filter(hand=hand, stopped=None, paused__isnull=False).count() == aside
            assert hand.ended_at is None or hand.stand in ("checked", "dropped")
        if steps[-1].action == "joint-conclusion":
            last = [hand for hand in hands if hand.ended_at == steps[-1].at]
            assert last
            assert all(hand.stand == "checked" for hand in last)
        stored = {hand.id: (hand.unit_id, hand.stand, hand.lead) for hand in hands}
        replayed = {id: (one.unit, one.stand, one.lead) for id, one in queries.replay_hands(case.id).items()}
        assert replayed == stored

    def check_owner(self, case: Case) -> None:
        """Nothing open lies with somebody who is gone."""
        # A complaint about the desk's own unit has nobody to go to when the unit that has it closes: that is logged.
        if case.final or self.cases[case.id][1] == self.cast.units["city-centre"].id:
            return
        gone = [self.gone(hand) for hand in Hand.objects.filter(case=case, ended_at=None, stand__in=OPEN)]
        assert not any([*gone, self.gone(case)])

    def gone(self, held: Any) -> bool:
        post = Post.objects.get(pk=held.post_id) if held.post_id else None
        unit = Unit.objects.get(pk=held.unit_id) if held.unit_id else None
        return bool((post and post.until) or (unit and unit.closed_on))

    @precondition(lambda self: self.cases and self.left < 2)
    @rule(who=st.sampled_from(["张伟", "赵强", "钱芳"]))
    def leaves(self, who: str) -> None:
        """A post ends; sometimes somebody holds the same one already."""
        post = Post.objects.get(pk=self.cast.posts[who].pk)
        if post.until is None:
            people.end_post(post=post.pk, by=SYSTEM)
            self.settle()

    @precondition(lambda self: self.cases and not self.closed)
    @rule(unit=st.sampled_from(["city-housing", "city-transport"]), into=st.booleans())
    def unit_closes(self, unit: str, into: bool) -> None:
        successor = self.cast.units["city-centre"].id if into else None
        people.close_unit(unit=self.cast.units[unit].id, successor=successor, by=SYSTEM)
        self.closed = True
        self.settle()

    def settle(self) -> None:
        self.left += 1
        self.moved = set(self.cases)
        services.hand_over()
        assert services.hand_over() == 0, "nothing goes over twice"
        self.actors = [self.cast.actor(name) for name in PEOPLE] + [Actor(visitor="stranger"), SYSTEM]
        for id, (reporter, subject) in self.cases.items():
            if reporter.person:
                known = {actor.person: actor for actor in self.actors if actor.person}
                self.cases[id] = (known.get(reporter.person, reporter), subject)


def appoint_a_colleague(cast: Any) -> None:
    """冯亮, beside 赵强: where a unit is one person, nobody could do what is a colleague's."""
    with as_actor(SYSTEM):
        person = Person.objects.create(name="冯亮", synthetic=False)
        cast.posts["冯亮"] = Post.objects.create(
            person=person, unit=cast.units["city-housing"], role="handler", place=cast.city.city, since=SINCE
        )
    cast.persons["冯亮"] = person.id


@pytest.mark.property
@pytest.mark.django_db
def test_no_sequence_of_actions_breaks_the_loop(yuxi):
    appoint_a_colleague(yuxi)
    Loop.cast = yuxi
    run_state_machine_as_test(
        Loop,
        settings=settings(tries(12), stateful_step_count=25, suppress_health_check=list(HealthCheck)),
    )
