"""What one takes along: an archive with a page, data and one's own pictures; nothing of others."""

from __future__ import annotations

import json
import re
from io import BytesIO
from itertools import count
from typing import Any
from zipfile import ZipFile

import pytest
from asgiref.sync import async_to_sync
from django.test import AsyncClient, Client

from cases import *  # noqa: F403 - fixtures
from shanzhi.doors.signin import packing
from shanzhi.engines.casework import services
from shanzhi.registers.evidence import queries as evidence
from shanzhi.registers.evidence import store
from shanzhi.registers.evidence.services import keep
from shanzhi.simulation.pictures import draw

FOLDER = packing.FOLDER


def taken(client, language: str = "zh-hans") -> ZipFile:
    answer = client.get("/signin/me/data/", headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    assert re.search(r"filename=\"shanzhi-my-data-\d{4}-\d\d-\d\d\.zip\"", answer["Content-Disposition"])
    assert "no-store" in answer["Cache-Control"]
    packed = ZipFile(BytesIO(b"".join(answer.streaming_content)))
    assert packed.testzip() is None
    return packed


def data_in(packed: ZipFile):
    return json.loads(packed.read(f"{FOLDER}/data.json"))


@pytest.fixture
def photo():
    """As tests.cases has it, with bytes."""
    numbers = count()

    def make(by):
        upload: Any = BytesIO(draw("manhole", seed=next(numbers)))
        upload.size = len(upload.getvalue())
        return keep(upload=upload, by=by).id

    return make


@pytest.fixture
def handled(report, do, photo, yuxi):
    """王秀英's case with a picture of hers, one of whoever handled it, and a follower."""
    hers = photo(yuxi.actor("王秀英"))
    case = report(words="门口的井盖破了", files=[services.Attached(hers, "spot")])
    do(case, "registration", "陈静", category="manhole-cover")
    do(case, "dispatch", "陈静", unit="city-housing")
    do(case, "acceptance", "赵强")
    do(case, "completion", "赵强", photos="after", result="换好了")
    services.subscribe(case=case.id, by=yuxi.actor("李桂芳"), name="李桂芳")
    return case


def test_it_holds_a_page_data_and_the_pictures_that_were_sent(handled, client_for):
    packed = taken(client_for("王秀英"))
    names = set(packed.namelist())
    picture = f"{FOLDER}/pictures/{handled.number}-1.jpg"
    assert names == {
        f"{FOLDER}/index.html",
        f"{FOLDER}/data.json",
        picture,
    }  # the colleague's picture of after is not hers
    (matter,) = data_in(packed)["matters"]
    assert [photo["path"] for photo in matter["photos"]] == [f"pictures/{handled.number}-1.jpg"]
    (mine,) = evidence.files([matter["photos"][0]["file"]]).values()
    assert packed.read(picture) == evidence.content(mine)
    page = packed.read(f"{FOLDER}/index.html").decode()
    assert f'src="pictures/{handled.number}-1.jpg"' in page
    assert "门口的井盖破了" in page
    assert "换好了" not in page
    assert "http" not in page.replace("http-equiv", "")  # asks nothing of anybody


def test_whoever_follows_takes_no_words_and_no_pictures(handled, client_for):
    packed = taken(client_for("李桂芳"))
    assert not [name for name in packed.namelist() if "pictures" in name]
    text = packed.read(f"{FOLDER}/index.html").decode() + packed.read(f"{FOLDER}/data.json").decode()
    assert handled.number in text
    assert "井盖破了" not in text
    assert "王秀英" not in text
    assert not data_in(taken(client_for("赵强")))["matters"]


@pytest.mark.parametrize(("language", "says"), [("zh-hans", "我的事项"), ("en", "My matters")])
def test_its_page_speaks_the_readers_language(handled, client_for, language, says):
    assert says in taken(client_for("王秀英"), language).read(f"{FOLDER}/index.html").decode()


def test_a_picture_that_is_gone_is_said_to_be(handled, client_for):
    (matter,) = data_in(taken(client_for("王秀英")))["matters"]
    (file,) = evidence.files([matter["photos"][0]["file"]]).values()
    store.remove(file.sha256)
    packed = taken(client_for("王秀英"))
    assert data_in(packed)["matters"][0]["photos"][0]["path"] is None
    assert "这张照片已不再保存" in packed.read(f"{FOLDER}/index.html").decode()


def test_no_more_than_one_picture_is_held_at_once(handled, client_for, monkeypatch):
    read: list[str] = []
    content = evidence.content
    monkeypatch.setattr(evidence, "content", lambda file: read.append(file.sha256) or content(file))
    parts = client_for("王秀英").get("/signin/me/data/").streaming_content
    next(parts), next(parts)
    assert read == []
    next(parts)
    assert len(read) == 1


def test_a_server_of_asynchronous_pages_sends_it_in_parts_too(handled, yuxi):
    async def fetch() -> bytes:
        client = AsyncClient()
        client.cookies = signed.cookies
        answer = await client.get("/signin/me/data/")
        assert answer.is_async
        return b"".join([part async for part in answer.streaming_content])

    signed = Client()
    signed.force_login(yuxi.accounts["王秀英"])
    assert ZipFile(BytesIO(async_to_sync(fetch)())).testzip() is None


def test_nobody_else_gets_anything(client_for):
    assert client_for(None).get("/signin/me/data/").status_code == 302
