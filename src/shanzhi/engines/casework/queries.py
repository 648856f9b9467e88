"""Reads of casework. Cases come only with permission: `access_case`, `visible_cases`, and lists made of them."""

from .asked import with_requests
from .clock_notes import ClockNotes, clock_notes
from .clocks import Clocks, Extended, Running, clocks_of
from .conditions import condition_words
from .division import parts_for
from .doings import Doing, doings_of
from .duplicates import Candidate, duplicates_of
from .following import Followed, case_by_follow
from .hand_lists import by_own_clock, held, parts_of
from .hands import counted as hands_counted
from .hands_seen import HandSeen, hands_of, own_hands
from .hearing import Changed, Hearing, changed, hearing_of
from .hushing import hush, hush_all, in_danger
from .joining import following
from .kept import KeptList, numbers
from .lateness import (
    most_pressing_first,
    over,
    part_of_its_unit,
    parts_in,
    parts_over,
    parts_pressing,
    pressing,
    pressure,
    units_over,
    with_part_due,
)
from .offers import Offer, actions_for
from .openable import may_open, opened_by
from .own_data import own_data
from .pictures import first_pictures, with_pictures
from .rated import Rated, rated
from .reading import BOXES, access_case, counted, counts, inbox, listed, waiting
from .recusing import may_recuse
from .related import access_cases, related
from .relations import side_of
from .replay import Replayed, ReplayedHand, replay_hands, replay_state
from .reporters import ReporterSeen, may_see_reporter, reporter_of
from .routing import Route, route
from .searching import Page, search, search_page
from .sentences import audience_of, category_title, sentence, state_title
from .separation import at_once
from .sides import (
    Asked,
    PartySeen,
    consents_of,
    last_draft,
    linked_sides,
    parties_of,
    party_names,
    sides_of,
    times_done,
)
from .staying_out import staying_out
from .suggesting import Suggestion, suggest
from .synthetic import with_real_people
from .text_of import catalogue_of, procedure_of, procedures_below, text_at, text_of_case
from .timeline import Entry, Shown, timeline
from .told_lines import told, told_lines
from .trying import Change, Refused, Target, Trial, try_line
from .turn_texts import Heap
from .turns import checks, heaps_of
from .visible import duty_cases, seen_among, visible_cases
from .walked import stages_walked

__all__ = [
    "most_pressing_first", "over", "part_of_its_unit", "parts_in", "parts_over", "parts_pressing", "pressing", "pressure", "units_over", "with_part_due",
    "HandSeen", "ReplayedHand", "hands_counted", "hands_of", "own_hands", "parts_of", "replay_hands",
    "Change", "ClockNotes", "clock_notes", "Clocks", "Extended", "Refused", "Running", "Target", "Trial", "clocks_of", "try_line",
    "BOXES", "Candidate", "Doing", "Entry", "Followed", "Offer", "Page", "Replayed", "ReporterSeen", "Route", "Shown", "Suggestion",
    "access_case", "access_cases", "actions_for", "at_once", "audience_of", "by_own_clock", "case_by_follow", "catalogue_of", "category_title", "condition_words", "counted", "counts", "doings_of",
    "duplicates_of", "first_pictures", "following", "held", "hush", "hush_all", "in_danger", "inbox", "KeptList", "listed", "may_open", "may_recuse", "opened_by", "parts_for", "may_see_reporter", "own_data", "numbers", "procedure_of", "procedures_below", "related", "replay_state", "reporter_of", "route",
    "Rated", "rated", "Heap", "checks", "heaps_of", "Changed", "Hearing", "changed", "hearing_of", "told", "told_lines",
    "Asked", "PartySeen", "consents_of", "last_draft", "linked_sides", "parties_of", "party_names", "side_of", "sides_of", "times_done", "search", "search_page", "seen_among", "sentence", "stages_walked", "state_title", "staying_out", "suggest", "text_at", "text_of_case", "timeline", "duty_cases", "visible_cases", "waiting", "with_pictures", "with_real_people", "with_requests",
]  # fmt: skip
