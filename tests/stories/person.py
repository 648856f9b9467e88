"""One person at one browser. Everything goes through the doors: pages are opened, forms found in them and sent."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urljoin

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shanzhi.foundation.base.ids import new_id

from .pages import Form, Page

MOST_REDIRECTS = 5


class Person:
    """A client that insists on CSRF tokens, as a browser meets them; `page` is what is on the screen."""

    def __init__(self, name: str = "") -> None:
        self.name = name
        self.client = Client(enforce_csrf_checks=True, HTTP_ACCEPT_LANGUAGE="zh-CN")
        self.page = Page("")

    def open(self, address: str, *, status: int = 200) -> Page:
        self._show(self.client.get(self._path(address)), self._path(address))
        assert self.page.status == status, f"{self.name} at {address}: {self.page.status}\n{self.page.text[:600]}"
        return self.page

    def press(self, button: str, *, photos: Iterable[bytes] = (), status: int = 200, **fields: str) -> Page:
        """Fill in the form that has this button and send it. A value that is a visible label counts as that choice.

        Photos go where the form asks for photos, first place first.
        """
        form = self.page.form(button)
        unknown = set(fields) - form.names
        assert not unknown, f"No field {unknown} beside {button!r}; there are {sorted(form.names)}"
        data = dict(form.values)
        for name, wanted in fields.items():
            data[name] = [self._value(form, name, wanted)]
        for picture in photos:
            name, address = next(iter(form.uploads.items()))
            data.setdefault(name, []).append(self.upload(address, picture, data))
        return self.send(form, data, status=status)

    def send(self, form: Form, data: dict[str, list[str]], *, status: int = 200) -> Page:
        """The form as it is, with that data: a second time too."""
        address = self._path(form.action or self.page.url)
        reply = self.client.post(address, data) if form.method == "post" else self.client.get(address, data)
        self._show(reply, address)
        assert self.page.status == status, f"{self.name} sent to {address}: {self.page.status}\n{self.page.text[:900]}"
        return self.page

    def upload(self, address: str, content: bytes, data: dict[str, list[str]]) -> str:
        file = SimpleUploadedFile("photo.jpg", content, "image/jpeg")
        reply = self.client.post(
            self._path(address), {"file": file, "id": str(new_id())}, headers={"X-CSRFToken": data["csrfmiddlewaretoken"][0]}
        )  # fmt: skip
        assert reply.status_code == 201, reply.content.decode()
        return reply.json()["id"]

    def picture(self, address: str) -> bytes:
        reply = self.client.get(self._path(address))
        assert reply.status_code == 200, address
        return b"".join(reply.streaming_content) if reply.streaming else reply.content

    def _value(self, form: Form, name: str, wanted: str) -> str:
        choices = form.options.get(name)
        if not choices or wanted in choices.values():
            return wanted
        return form.choice(name, wanted)

    def _path(self, address: str) -> str:
        whole = urljoin(f"http://testserver{self.page.url}", address)
        assert whole.startswith("http://testserver/"), whole
        return whole.removeprefix("http://testserver").partition("#")[0]

    def _show(self, reply, address: str) -> None:
        for _n in range(MOST_REDIRECTS):
            if reply.status_code not in (301, 302, 303):
                break
            address = urljoin(f"http://testserver{address}", reply["Location"]).removeprefix("http://testserver")
            reply = self.client.get(address)
        body = b"".join(reply.streaming_content) if reply.streaming else reply.content
        text = body.decode() if "html" in reply.get("Content-Type", "") else ""
        self.page = Page(text, address, reply.status_code)
