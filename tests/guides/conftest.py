from cases import *  # noqa: F403 - fixtures
from disputes import banner  # noqa: F401 - fixture
