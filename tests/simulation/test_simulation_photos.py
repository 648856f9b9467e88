import pytest

from shanzhi.foundation.base.actor import Actor
from shanzhi.registers.evidence.models import File
from shanzhi.simulation import photos
from shanzhi.simulation.photos import Pool

pytestmark = pytest.mark.django_db
SOMEBODY = Actor(visitor="simulation 1", synthetic=True)


def test_a_picture_that_another_process_drew_meanwhile_is_not_drawn_again(monkeypatch):
    one, beside = Pool(seeds=1), Pool(seeds=1)
    first = one.take("rubbish", 0, SOMEBODY)
    monkeypatch.setattr(photos, "draw", lambda *_given, **_more: pytest.fail("it is there"))
    again = beside.take("rubbish", 0, SOMEBODY)
    assert first != again
    assert len(set(File.objects.filter(id__in=[first, again]).values_list("sha256", flat=True))) == 1
