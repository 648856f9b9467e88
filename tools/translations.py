"""Translations without GNU gettext: `update [app folder …]`, `compile`, `check`. English sentences are the message ids."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src"
LANGUAGE = "zh_Hans"
KEYWORDS = dict.fromkeys(("_", "gettext", "gettext_lazy")) | {
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
}  # fmt: skip
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")


def apps() -> list[Path]:
    return sorted(path.parent for path in SRC.rglob("apps.py"))


def po_path(app: Path) -> Path:
    return app / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def messages(app: Path) -> Iterator[tuple[str, str, str | None, str | None]]:
    """(where, msgid, plural, context) for every translatable string below the app's folder."""
    from babel.messages.extract import extract
    from django.template.base import Lexer  # noqa: F401 - fails early with a clear error without Django
    from django.utils.translation.template import templatize

    for path in sorted(app.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt", ".typ"} or "migrations" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            if "{%" not in text:
                continue
            text = templatize(text, origin=str(path))
        for line, found, _, context in extract("python", BytesIO(text.encode()), keywords=KEYWORDS):
            single, plural = (found[0], found[1]) if isinstance(found, tuple) else (found, None)
            if isinstance(found, tuple) and context:
                single, plural = found[-1], None
            yield f"{path.relative_to(app)}:{line}", single, plural, context


def update(app: Path) -> None:
    wanted = {(context, single): (where, plural) for where, single, plural, context in messages(app) if single}
    if not wanted:
        return
    target = po_path(app)
    old = {(e.msgctxt, e.msgid): e for e in polib.pofile(str(target))} if target.exists() else {}
    fresh = polib.POFile(wrapwidth=120)
    fresh.metadata = {
        "Language": LANGUAGE,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    for (context, single), (where, plural) in sorted(wanted.items(), key=lambda item: (item[1][0], item[0][1])):
        entry = polib.POEntry(msgid=single, msgctxt=context, comment="", occurrences=[(where.rsplit(":", 1)[0], "")])
        known = old.get((context, single))
        if plural:
            entry.msgid_plural = plural
            entry.msgstr_plural = dict(known.msgstr_plural) if known and known.msgstr_plural else {0: ""}
        else:
            entry.msgstr = known.msgstr if known else ""
        fresh.append(entry)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(target))
    missing = [e.msgid for e in fresh if not e.translated()]
    print(f"{app.relative_to(SRC)}: {len(fresh)} messages, {len(missing)} to translate")
    for text in missing:
        print(f"   {text}")


def compile_all() -> None:
    for po in SRC.rglob("*.po"):
        polib.pofile(str(po)).save_as_mofile(str(po.with_suffix(".mo")))


def check() -> list[str]:
    """What is missing, left over, or differs in its placeholders."""
    found: list[str] = []
    for app in apps():
        wanted = {(context, single): where for where, single, _, context in messages(app) if single}
        target = po_path(app)
        entries = {(e.msgctxt, e.msgid): e for e in polib.pofile(str(target))} if target.exists() else {}
        name = app.relative_to(SRC)
        for key, where in wanted.items():
            entry = entries.get(key)
            if entry is None or not entry.translated():
                found.append(f"{name}/{where}: not translated to zh-hans: {key[1]!r}")
                continue
            texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
            for text in texts:
                # "Once" stands for "%(n)s times" in one of English's two forms; Chinese has one.
                if placeholders(text) ^ placeholders(entry.msgid_plural or entry.msgid):
                    found.append(f"{name}: placeholders differ: {entry.msgid!r} / {text!r}")
        found += [f"{name}: no longer used: {key[1]!r}" for key in entries.keys() - wanted.keys()]
    return found + contradictions()


def contradictions() -> list[str]:
    """One sentence, two translations: Django merges the apps' catalogues, so one of them would win everywhere."""
    said: dict[tuple[str | None, str], dict[str, str]] = {}
    for app in apps():
        for entry in polib.pofile(str(po_path(app))) if po_path(app).exists() else ():
            text = entry.msgstr or str(entry.msgstr_plural)
            said.setdefault((entry.msgctxt, entry.msgid), {}).setdefault(text, str(app.relative_to(SRC)))
    return [
        f"{' and '.join(texts.values())} translate {key[1]!r} differently: {' / '.join(texts)}"
        for key, texts in said.items()
        if len(texts) > 1
    ]


def placeholders(text: str) -> set[str]:
    return {match.group(0) for match in PLACEHOLDER.finditer(text)}


def main(argv: list[str]) -> None:
    command, *folders = argv or ["check"]
    if command == "update":
        for app in [Path(f).resolve() for f in folders] or apps():
            update(app)
    elif command == "compile":
        compile_all()
    elif command == "check":
        problems = check()
        print("\n".join(problems) or "every string is translated")
        sys.exit(bool(problems))


if __name__ == "__main__":
    main(sys.argv[1:])
