"""Text in two languages, as playbooks give it: `{zh-hans: …, en: …}`."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext_lazy as _
from pydantic import AfterValidator, WithJsonSchema

from .wrong import Wrong, near

REQUIRED = ("zh-hans", "en")
LANGUAGES = (*REQUIRED, "mn", "bo", "ug")  # Mongolian, Tibetan and Uyghur may be added to any text


def both_languages(text: dict[str, str]) -> dict[str, str]:
    for language in text:
        if language not in LANGUAGES:
            raise Wrong(
                _("“{key}” is not a language that texts may have.").format(key=language),
                near(language, LANGUAGES) or _("Languages: {names}.").format(names=", ".join(LANGUAGES)),
            )
    for language in REQUIRED:
        if not text.get(language, "").strip():
            raise Wrong(
                _("This text has no sentence in “{language}”.").format(language=language),
                _("Write it in both languages: {example}.").format(example="{zh-hans: …, en: …}"),
            )
    return text


BilingualText = Annotated[
    dict[str, str],
    AfterValidator(both_languages),
    WithJsonSchema(
        {
            "type": "object",
            "description": "The same sentence in Chinese and English; other languages may follow.",
            "properties": {language: {"type": "string", "minLength": 1} for language in LANGUAGES},
            "required": list(REQUIRED),
            "additionalProperties": False,
        }
    ),
]
