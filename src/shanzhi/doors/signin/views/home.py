"""After signing in: to one's own door, in the post one acts in."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shanzhi.doors.signin.second import asked_of, has_one
from shanzhi.foundation.base.actor import Actor
from shanzhi.foundation.base.refusals import NotFound
from shanzhi.registers.people import queries as people
from shanzhi.registers.people.middleware import ACTING, ActorRequest
from shanzhi.registers.places import queries as places

# Who walks a grid works with a phone; centres and committees look over a territory; all other units answer what is sent.
ON_FOOT = {"grid", "microgrid"}
OVERSEEING = {"centre", "committee", "desk"}


def door_of(actor: Actor) -> str:
    """The address where this actor's work lies; residents' is the front page."""
    post = actor.post
    if post is None:
        return "/"
    if places.place(post.place).level in ON_FOOT:
        return "/worker/"
    return "/desk/" if people.unit(post.unit).kind in OVERSEEING else "/department/"


@login_required
def home(request: ActorRequest) -> HttpResponse:
    return HttpResponseRedirect(door_of(request.actor))


@login_required
@require_safe
def second_needed(request: ActorRequest) -> HttpResponse:
    """Why the work waits, and the way to set the second factor up; whoever has done so goes on."""
    if not asked_of(request.actor) or has_one(request.user):
        return HttpResponseRedirect(door_of(request.actor))
    return render(request, "signin/second_needed.html")


@login_required
@require_POST
def choose_post(request: ActorRequest) -> HttpResponse:
    """Act in another of one's own posts from now on, in this session only."""
    chosen = next((post for post in request.actor.posts if str(post.id) == request.POST.get("post")), None)
    if chosen is None:
        raise NotFound(_("You do not hold this post, or no longer."))
    request.session[ACTING] = str(chosen.id)
    actor = people.actor_for(request.user, acting=UUID(str(chosen.id)))
    return HttpResponseRedirect(door_of(actor))
