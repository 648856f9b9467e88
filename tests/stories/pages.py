"""Pages as a person without scripts meets them: text, links, pictures, and forms with all that they carry."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SILENT = {"script", "style", "template", "noscript"}


@dataclass
class Form:
    """`values`: what would be sent as it stands. `options`: name → {label: value} of selects, radios and boxes."""

    action: str
    method: str
    id: str = ""
    values: dict[str, list[str]] = field(default_factory=dict)
    options: dict[str, dict[str, str]] = field(default_factory=dict)
    uploads: dict[str, str] = field(default_factory=dict)  # field name → address that takes its photos
    buttons: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def choice(self, name: str, label: str) -> str:
        """The value behind a visible label, or behind one that holds it."""
        found = self.options.get(name, {})
        fits = [value for text, value in found.items() if value and (text == label or label in text)]
        assert fits, f"{label!r} cannot be chosen as {name!r}; there are {sorted(found)}"
        return fits[0]


class Page(HTMLParser):
    def __init__(self, html: str, url: str = "", status: int = 200) -> None:
        super().__init__(convert_charrefs=True)
        self.url, self.status, self.html = url, status, html
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []  # (text, address)
        self.images: list[str] = []
        self._texts: list[str] = []
        self._stack: list[str] = []
        self._form: Form | None = None
        self._loose: list[tuple[str, str]] = []  # (form id, button text): buttons outside of their form
        self._labels: dict[str, str] = {}
        self._wait: list[tuple[Form, str, str, str]] = []  # choices whose label comes by id or after them
        self._open: dict[str, list] = {}
        self.feed(html)
        self.close()
        self._settle()

    @property
    def text(self) -> str:
        return " ".join(" ".join(self._texts).split())

    def link(self, text: str) -> str:
        found = [address for words, address in self.links if text in words]
        assert found, f"No link {text!r} at {self.url}; there are {[words for words, _ in self.links]}"
        return found[0]

    def form(self, button: str) -> Form:
        found = [form for form in self.forms if any(button in text for text in form.buttons)]
        assert found, (
            f"No form with a button {button!r} at {self.url}: {[form.buttons for form in self.forms]}\n{self.text}"
        )
        return found[0]

    # --- reading ---------------------------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._stack.append(tag)
        if SILENT & set(self._stack):
            return
        if tag == "form":
            self._form = Form(has.get("action", ""), has.get("method", "get").lower(), has.get("id", ""))
            self.forms.append(self._form)
        elif tag == "a":
            self._begin("a", has.get("href", ""))
        elif tag == "label":
            self._begin("label", has.get("for", ""))
        elif tag == "button":
            self._begin("button", has.get("form", ""))
        elif tag == "img":
            self.images.append(has.get("src", ""))
        elif self._form is not None:
            self._control(tag, has)

    def _control(self, tag: str, has: dict[str, str]) -> None:
        name, form = has.get("name", ""), self._form
        assert form is not None
        if tag == "sz-photos" and has.get("upload"):
            form.uploads[name] = has["upload"]
        elif tag == "select":
            form.names.add(name)
            self._select = name
        elif tag == "option":
            self._begin("option", has.get("value", ""), "selected" in has)
        elif tag == "textarea":
            form.names.add(name)
            self._begin("textarea", name)
        elif tag == "input" and name and "disabled" not in has:
            form.names.add(name)
            kind = has.get("type", "text")
            if kind in ("radio", "checkbox"):
                self._wait.append((form, name, has.get("value", "on"), has.get("id", "")))
                if "label" in self._open:
                    self._open["label"][2].append(len(self._wait) - 1)
            if (kind in ("radio", "checkbox") and "checked" not in has) or kind in ("file", "submit", "button"):
                return
            form.values.setdefault(name, []).append(has.get("value", "on" if kind == "checkbox" else ""))

    def _begin(self, tag: str, about: str, more: object = None) -> None:
        self._open[tag] = [about, len(self._texts), [], more]

    def handle_endtag(self, tag: str) -> None:
        if tag in self._stack:
            while self._stack.pop() != tag:
                pass
        if tag in self._open:
            about, start, inside, more = self._open.pop(tag)
            self._ended(tag, about, " ".join("".join(self._texts[start:]).split()), inside, more)
        elif tag == "form":
            self._form = None

    def _ended(self, tag: str, about: str, text: str, inside: list[int], more: object) -> None:
        if tag == "a":
            self.links.append((text, about))
        elif tag == "label":
            self._labels[about] = text
            for number in inside:
                form, name, value, _id = self._wait[number]
                form.options.setdefault(name, {})[text] = value
        elif tag == "button" and about:
            self._loose.append((about, text))
        elif self._form is None:
            return
        elif tag == "button":
            self._form.buttons.append(text)
        elif tag == "textarea":
            self._form.values.setdefault(about, []).append(text)
        elif tag == "option":
            self._form.options.setdefault(self._select, {})[text] = about
            if more:
                self._form.values[self._select] = [about]

    def handle_data(self, data: str) -> None:
        if not SILENT & set(self._stack):
            self._texts.append(data)

    def _settle(self) -> None:
        for form, name, value, id in self._wait:
            known = form.options.setdefault(name, {})
            if id in self._labels and value not in known.values():
                known[self._labels[id]] = value
        for id, text in self._loose:
            for form in self.forms:
                if form.id == id:
                    form.buttons.append(text)
