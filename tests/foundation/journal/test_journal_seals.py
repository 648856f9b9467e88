"""Seals: what was tampered with behind the triggers is named."""

from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from foundation.journal.kinds import Counted
from shanzhi.foundation.base.actor import SYSTEM
from shanzhi.foundation.journal import delivery, sealing
from shanzhi.foundation.journal.canonical import leaf, seal_hash
from shanzhi.foundation.journal.queries import facts_after
from shanzhi.foundation.journal.services import append
from shanzhi.foundation.journal.verification import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts(monkeypatch):
    """Nine sealed facts in three seals, and one that is not sealed."""
    monkeypatch.setattr(sealing, "LONGEST_RANGE", 3)
    append(*[Counted(number=n) for n in range(9)], about=uuid4(), by=SYSTEM)
    delivery.sequence()
    assert [(seal.first, seal.last) for seal in sealing.seal()] == [(1, 3), (4, 6), (7, 9)]
    append(Counted(number=9), about=uuid4(), by=SYSTEM)
    delivery.sequence()
    return facts_after(0)


def as_owner(*statements):
    """What someone can do who owns the tables and switches the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        for table in ("journal_fact", "journal_position", "journal_seal"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER journal_append_only")
        for statement, params in statements:
            cursor.execute(statement, params)
        for table in ("journal_fact", "journal_position", "journal_seal"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER journal_append_only")
        cursor.execute("SET ROLE shanzhi_app")


def test_an_untouched_journal_is_whole(facts):
    report = verify()
    assert (report.seals, report.facts, report.unsealed, report.broken) == (3, 9, 1, None)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("""UPDATE journal_fact SET data = '{"number": 99}' WHERE id = %s""", "content"),
        ("UPDATE journal_fact SET person = uuidv7() WHERE id = %s", "content"),
        ("UPDATE journal_fact SET at = at + interval '1 microsecond' WHERE id = %s", "content"),
        ("DELETE FROM journal_fact WHERE id = %s", "gone"),
        ("UPDATE journal_fact SET recorded = recorded + interval '1 microsecond' WHERE id = %s", "another time"),
        ("DELETE FROM journal_position WHERE fact_id = %s", "position is missing"),
    ],
)
def test_the_first_broken_row_is_named(facts, change, what):
    as_owner((change, [facts[4].id]), (change, [facts[7].id]))
    broken = verify().broken
    assert broken.position == 5
    assert broken.fact in (facts[4].id, None)
    assert what in broken.what


def test_swapped_facts_are_told_from_changed_ones(facts):
    swap = "UPDATE journal_position SET (fact_id, recorded) = (%s, %s) WHERE position = %s"
    one, two = facts[3], facts[4]
    as_owner(
        (swap, [uuid4(), one.recorded, 4]),
        (swap, [one.id, one.recorded, 5]),
        (swap, [two.id, two.recorded, 4]),
    )
    broken = verify().broken
    assert (broken.position, broken.fact) == (4, two.id)
    assert "belongs to position 5" in broken.what


def test_a_changed_fact_with_a_changed_leaf_breaks_the_seal(facts):
    as_owner(("UPDATE journal_seal SET leaves = overlay(leaves PLACING '\\x00' FROM 1) WHERE first = 4", None))
    broken = verify().broken
    assert broken.position == 4
    assert "4 to 6 was changed" in broken.what


def test_a_seal_made_anew_breaks_the_next(facts):
    with connection.cursor() as cursor:
        cursor.execute("SELECT previous, leaves FROM journal_seal WHERE first = 4")
        previous, leaves = (bytes(value) for value in cursor.fetchone())
    forged = b"\0" * 32 + leaves[32:]
    as_owner(
        ("UPDATE journal_seal SET leaves = %s, hash = %s WHERE first = 4", [forged, seal_hash(previous, 4, 6, forged)])
    )
    assert verify().broken.position == 4  # the row under the forged leaf


def test_a_removed_seal_is_missed(facts):
    as_owner(("DELETE FROM journal_seal WHERE first = 4", None))
    assert verify().broken.position == 4


def test_removed_last_seals_are_missed_by_who_wrote_the_hash_down(facts):
    known = sealing.latest().hash
    assert verify(known).broken is None
    as_owner(("DELETE FROM journal_seal WHERE first = 7", None))
    assert verify().broken is None
    assert "removed or remade" in verify(known).broken.what


def test_what_is_not_sealed_yet_is_looked_at_too(facts):
    as_owner(("DELETE FROM journal_fact WHERE id = %s", [facts[9].id]))
    assert verify().broken.position == 10


def test_a_fact_that_went_round_the_queue_is_found(facts):
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("ALTER TABLE journal_fact DISABLE TRIGGER journal_enqueue")
        cursor.execute("SET ROLE shanzhi_app")
    (stray,) = append(Counted(number=1), about=uuid4(), by=SYSTEM)
    assert verify().broken.fact == stray


def test_a_gap_is_not_sealed_over(facts):
    as_owner(("DELETE FROM journal_fact WHERE id = %s", [facts[9].id]))
    with pytest.raises(sealing.CannotSeal):
        sealing.seal()


def test_the_canonical_form_does_not_move():
    """Journals sealed before must verify for ever: this hash may never change."""
    row = (1, "0190163d-8694-739b-aea5-966c26f8ad91", "case.opened", 1, None, {"b": "井", "a": [1, None, True]})
    assert leaf(row).hex() == "4d232563f41fa26f9e2fb6cc1264fe60316e57ce6dcde3fec0ae0927e7fef72e"


def test_the_commands(facts, capsys):
    for verb in ("seal", "verify", "partitions", "lag", "retry"):
        call_command("journal", verb)
    as_owner(("UPDATE journal_fact SET person = uuidv7() WHERE id = %s", [facts[4].id]))
    with pytest.raises(CommandError, match=f"position 5, fact {facts[4].id}"):
        call_command("journal", "verify")
    said = capsys.readouterr().out
    assert "1 new seals; sealed to position 10: " in said
    assert "Whole: 10 facts under 4 seals, 0 not sealed yet." in said
    assert "0 months made." in said
