"""Telephone numbers as people write them."""

from __future__ import annotations

import re

from shanzhi.foundation.messages.channels import Refused

NUMBER = re.compile(r"\+[1-9]\d{6,14}")
MAINLAND = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")


def international(phone: str) -> str:
    """+8613800000000 from however people write it. Raises Refused for what can't be a number."""
    bare = re.sub(r"[\s()-]", "", phone)
    if match := MAINLAND.fullmatch(bare):
        return f"+86{match.group(1)}"
    if NUMBER.fullmatch(bare):
        return bare
    raise Refused("not a telephone number")


def masked(phone: str) -> str:
    """138****0000: enough for the owner to recognise, too little for anyone else."""
    local = phone.removeprefix("+86")
    return f"{local[:3]}****{local[-4:]}" if len(local) >= 8 else "****"
