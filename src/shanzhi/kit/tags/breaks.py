"""Where a short Chinese name may go on in the next line: browsers know none of its words."""

from __future__ import annotations

import re

HAN = re.compile(r"[\u4e00-\u9fff]{4,}")
ADVERB = re.compile(r"(?<=[\u4e00-\u9fff]{2})[未已不没]")


def pieces(name: str) -> list[str]:
    """「镇街|联合|调解」, 「协议|未履行」, 「请镇街|来调」: most words are of two characters. Anything else stays whole."""
    if not HAN.fullmatch(name):
        return [name]
    if len(name) % 2 == 0:
        return [name[n : n + 2] for n in range(0, len(name), 2)]
    found = ADVERB.search(name)
    at = found.start() if found else 3
    return [name[:at], name[at:]]
