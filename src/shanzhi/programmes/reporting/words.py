"""The resident's own words: kept as they are, rare characters and emoji too."""

from __future__ import annotations

import unicodedata

from django.utils.translation import ngettext

from shanzhi.foundation.base.refusals import Invalid

LONGEST = 5000


def length(text: str) -> int:
    """Characters as people count them: marks and joined emoji add nothing."""
    count, joined = 0, False
    for letter in text:
        if letter == "\u200d":
            joined = True
        elif not unicodedata.combining(letter) and not "\ufe00" <= letter <= "\ufe0f":
            count, joined = count + (not joined), False
    return count


def kept(text: str) -> str:
    """Line ends unified, ends trimmed, unstorable characters left out. Raises Invalid with the count when too long."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()
    text = text.encode("utf-8", "ignore").decode()  # half of a surrogate pair, from a broken keyboard
    over = length(text) - LONGEST
    if over > 0:
        message = ngettext(
            "These are %(count)d characters; at most %(most)d fit. Please shorten it by %(over)d.",
            "These are %(count)d characters; at most %(most)d fit. Please shorten it by %(over)d.",
            over,
        )
        raise Invalid({"words": [message % {"count": over + LONGEST, "most": LONGEST, "over": over}]})
    return text
