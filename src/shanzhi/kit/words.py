"""Sentences that the browser code says. Every page carries them as data, in its language."""

from __future__ import annotations

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    return {
        "left": _("{time} left"),
        "over": _("{time} overdue"),
        "paused": _("Clock paused"),
        "days": _("{n} d"),
        "hours": _("{n} h"),
        "minutes": _("{n} min"),
        "moments": _("under 1 min"),
        "leftMoments": _("under 1 min left"),
        "overMoments": _("under 1 min overdue"),
        "close": _("Close"),
        "next": _("Next picture"),
        "previous": _("Previous picture"),
        "remove": _("Remove this photo"),
        "sending": _("Sending the photo …"),
        "waiting": _("No connection. It will be sent when you are back online."),
        "retry": _("Not sent. Tap to try again."),
        "notPicture": _("This file is not a picture that can be used. Take a photo or choose JPEG, PNG or WebP."),
        "tooMany": _("Up to {n} photos."),
        "photo": _("Photo {n}"),
        "stillSending": _("Photos are still being sent. The form goes off when they have arrived."),
        "photosFailed": _("Some photos did not get through. Try them again or remove them."),
        "moveMap": _("Move the map until the pin is on the spot."),
        "here": _("The pin is here: {place}"),
        "outside": _("Outside the mapped area. Nearest: {place}, {metres} m"),
        "noPosition": _("Your position could not be read. Move the map or search for the place."),
        "noMap": _("The map cannot be shown on this device. Search for the place instead."),
        "mapFailed": _("The map did not load. Check the connection and open it again."),
        "madeUp": _("Outlines from the subdistrict down: synthetic data"),
        "locate": _("Go to my position"),
        "zoomIn": _("Closer"),
        "zoomOut": _("Farther"),
        "nothing": _("Nothing found"),
        "choices": _("Choices"),
        "choicesFound": _("{n} to choose from"),
        "moreChoices": _("{n} more: type a few words"),
        "copied": _("Copied"),
        "left_characters": _("{n} characters left"),
        "offline": _("No connection. What you have typed stays here."),
        "failed": _("That did not reach the server. Nothing was changed; try again."),
        "showBefore": _("Show more of before or after"),
        "group": _("{n} cases here"),
    }
