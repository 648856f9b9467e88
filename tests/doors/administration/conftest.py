from cases import *  # noqa: F403 - fixtures
