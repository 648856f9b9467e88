"""Keeping, attaching, cleaning away and serving files."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pictures
import pytest
import time_machine
from django.test import Client, RequestFactory
from django.utils import timezone

from shanzhi.foundation.base.actor import NOBODY, SYSTEM, Actor
from shanzhi.foundation.base.ids import new_id
from shanzhi.foundation.base.refusals import Conflict, Denied, Invalid, NotFound
from shanzhi.registers.evidence import cleaning, links, queries, services, store
from shanzhi.registers.evidence.models import File

pytestmark = pytest.mark.django_db

WANG = Actor(person=UUID(int=1), name="王")
LI = Actor(person=UUID(int=2), name="李")
VISITOR = Actor(visitor="v" * 32)


def keep(by: Actor = WANG, **options) -> File:
    return services.keep(upload=options.pop("upload", None) or pictures.upload(), by=by, **options)


def test_same_id_and_content_is_one_file():
    identity, content = new_id(), pictures.encoded()
    first = keep(id=identity, upload=pictures.upload(content))
    again = keep(id=identity, upload=pictures.upload(content))
    assert first.id == again.id == identity
    assert File.objects.count() == 1
    with pytest.raises(Conflict):
        keep(id=identity, upload=pictures.upload(pictures.encoded(pictures.scene(90, 90))))
    with pytest.raises(Conflict):
        keep(LI, id=identity, upload=pictures.upload(content))


def test_equal_content_is_stored_once():
    first, second = keep(), keep(LI)
    assert (first.sha256, first.id != second.id) == (second.sha256, True)
    assert len(list(store.everything())) == 2  # the picture and its thumb
    assert store.digest(queries.content(first)) == first.sha256


def test_too_large_says_how_large():
    with pytest.raises(Invalid) as caught:
        keep(upload=pictures.upload(pictures.encoded() + b"\0" * (16 * 1024 * 1024)))
    assert "16.0" in str(caught.value.message)
    assert "15.0" in str(caught.value.message)


def test_a_size_that_lies_does_not_help():
    class Lying(BytesIO):
        size = 10

    with pytest.raises(Invalid):
        keep(upload=Lying(pictures.encoded() + b"\0" * (16 * 1024 * 1024)))


def test_attaching_forgets_the_position_unless_asked():
    block = pictures.exif(lon=102.5, lat=24.3)
    offered = keep(upload=pictures.upload(pictures.encoded(exif=block)))
    assert offered.taken_position == pytest.approx((102.5, 24.3))
    (attached,) = services.attach(files=[offered.id], by=WANG)
    assert attached.taken_position is None
    assert File.objects.get(id=offered.id).taken_position is None
    worker = keep(upload=pictures.upload(pictures.encoded(exif=block)))
    assert services.attach(files=[worker.id], by=WANG, keep_position=True)[0].taken_position is not None


def test_attaching_is_one_statement_and_all_or_none(django_assert_num_queries):
    mine, another = keep(), keep(WANG)
    with django_assert_num_queries(1):
        found = services.attach(files=[another.id, mine.id, another.id], by=WANG)
    assert [file.id for file in found] == [another.id, mine.id]
    first = File.objects.get(id=mine.id).attached_at
    assert first == services.attach(files=[mine.id], by=WANG)[0].attached_at
    good, foreign = keep(), keep(LI)
    with pytest.raises(Denied):
        services.attach(files=[good.id, foreign.id], by=WANG)
    assert File.objects.get(id=good.id).attached_at is None


def test_only_the_sender_attaches():
    file = keep()
    for other in (LI, NOBODY, VISITOR):
        with pytest.raises(Denied):
            services.attach(files=[file.id], by=other)
    with pytest.raises(NotFound):
        services.attach(files=[file.id, new_id()], by=WANG)
    mine = keep(VISITOR)
    assert services.attach(files=[mine.id], by=VISITOR)
    with pytest.raises(Denied):
        services.attach(files=[keep(VISITOR).id], by=replace(VISITOR, visitor="w" * 32))
    assert services.attach(files=[file.id], by=SYSTEM)
    assert services.attach(files=[keep(VISITOR).id], by=replace(WANG, visitor=VISITOR.visitor))


def test_private_by_default():
    file = keep()
    assert queries.access_file(file.id, by=WANG, may=lambda _: False) == file
    with pytest.raises(NotFound):
        queries.access_file(file.id, by=LI, may=lambda _: False)
    assert queries.access_file(file.id, by=LI, may=lambda found: found.id == file.id) == file
    services.attach(files=[file.id], by=WANG)
    with pytest.raises(NotFound):
        queries.access_file(file.id, by=WANG, may=lambda _: False)


def test_orphans_go_after_two_days_and_shared_bytes_stay():
    with time_machine.travel(timezone.now() - timedelta(hours=49), tick=False):
        orphan, attached = keep(), keep(LI)
        lone = keep(upload=pictures.upload(pictures.encoded(pictures.scene(90, 90))))
        services.attach(files=[attached.id], by=LI)
    fresh = keep(LI, upload=pictures.upload(pictures.encoded(pictures.scene(70, 70))))
    assert cleaning.clean_orphans() == 2
    assert set(File.objects.values_list("id", flat=True)) == {attached.id, fresh.id}
    assert store.path(orphan.sha256).exists()
    assert not store.path(lone.sha256).exists()
    assert not store.path(lone.sha256, store.THUMB).exists()


def test_strays_without_a_row_go():
    file = keep()
    store.write("ab" * 32, b"left by a rolled-back upload")
    assert cleaning.clean_strays() == 0
    with time_machine.travel(timezone.now() + timedelta(hours=49), tick=False):
        assert cleaning.clean_strays() == 1
    assert store.path(file.sha256).exists()
    assert not store.path("ab" * 32).exists()


def test_an_address_serves_and_runs_out(client: Client):
    file = keep()
    with time_machine.travel("2026-11-02 09:07:00+08:00", tick=False) as clock:
        address = queries.url(file, "thumb")
        assert address == queries.url(file.id, "thumb")
        response = client.get(address)
        assert response.status_code == 200
        assert response.content == queries.content(file, "thumb")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Type"] == "image/jpeg"
        assert response["Cache-Control"].startswith("private")
        assert client.get(address, headers={"if-none-match": response["ETag"]}).status_code == 304
        clock.shift(timedelta(minutes=14))
        again = client.get(address)
        assert again.status_code == 200
        clock.shift(timedelta(minutes=20))
        assert client.get(address).status_code == 404


def test_forged_addresses_are_not_found(client: Client):
    good = links.token(keep())
    for bad in (good[:-1] + ("A" if good[-1] != "A" else "B"), "x", "....", good.replace(".l", ".t"), "%00"):
        assert client.get(f"/api/files/{bad}").status_code == 404
    assert client.post(f"/api/files/{good}").status_code == 405


def test_gone_bytes_are_not_found():
    file = keep()
    store.remove(file.sha256)
    with pytest.raises(NotFound):
        queries.serve(file, "large", RequestFactory().get("/"))


def test_papers_are_downloaded_never_shown(client: Client):
    file = keep(SYSTEM, upload=pictures.upload(pictures.pdf(), "a.pdf"))
    response = client.get(queries.url(file, "thumb"))
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]
    assert response.content == pictures.pdf()
