"""The long run starts: it was broken unseen for a while, because nothing but it names its profile."""

from __future__ import annotations

from pathlib import Path

import tries

CONFTEST = str(Path(__file__).with_name("conftest.py"))


def test_the_first_conftest_makes_the_profiles_known(pytestconfig):
    """Hypothesis reads --hypothesis-profile before any test is imported, and after this conftest."""
    (first,) = [one for one in pytestconfig.pluginmanager.get_plugins() if getattr(one, "__file__", "") == CONFTEST]
    assert first.tries is tries
    usual, thorough = (tries.settings.get_profile(name).max_examples for name in ("fast", "thorough"))
    assert thorough == usual * tries.THOROUGH
