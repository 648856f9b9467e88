"""Short names of codes: nobody guesses one, and nobody misreads one."""

from __future__ import annotations

import secrets

# Without 0 o, 1 i l: 31 letters, so ten of them hold 49 bits.
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 10


def new_token() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def normal(text: str) -> str:
    """The token in what a person typed: any case, with blanks or hyphens. Empty when it can't be one."""
    bare = "".join(letter for letter in text.lower() if letter not in " -‐–_\t")
    return bare if len(bare) == LENGTH and all(letter in LETTERS for letter in bare) else ""
