from django.urls import path

from .views import accounts, calendar, closing, people, posts, units, vacant

app_name = "administration"
urlpatterns = [
    path("", units.listed, name="units"),
    path("units.csv", units.table, name="units-table"),
    path("tree/", units.tree, name="tree"),
    path("units/new/", units.new, name="unit-new"),
    path("units/<uuid:id>/", units.unit, name="unit"),
    path("units/<uuid:id>/name/", units.change, name="unit-change"),
    path("units/<uuid:id>/closing/", closing.close, name="unit-close"),
    path("units/<uuid:id>/closing/withdrawal", closing.keep, name="unit-keep"),
    path("units/<uuid:id>/calendar/", calendar.of_unit, name="unit-calendar"),
    path("units/<uuid:id>/calendar/hours", calendar.hours, name="unit-hours"),
    path("units/<uuid:id>/calendar/hours/<uuid:row>/withdrawal", calendar.clear_hours, name="unit-hours-clear"),
    path("units/<uuid:id>/calendar/days", calendar.day, name="unit-day"),
    path("units/<uuid:id>/calendar/days/<uuid:row>/withdrawal", calendar.clear_day, name="unit-day-clear"),
    path("calendar/", calendar.of_place, name="calendar"),
    path("calendar/<uuid:place>/days", calendar.place_day, name="place-day"),
    path("calendar/<uuid:place>/days/<uuid:row>/withdrawal", calendar.clear_place_day, name="place-day-clear"),
    path("people/", people.listed, name="people"),
    path("people.csv", people.table, name="people-table"),
    path("people/new/", posts.new, name="person-new"),
    path("people/<uuid:id>/", people.person, name="person"),
    path("people/<uuid:id>/posts/", posts.appoint, name="appoint"),
    path("people/<uuid:id>/name", accounts.rename, name="person-name"),
    path("people/<uuid:id>/account/", accounts.give, name="person-account"),
    path("people/<uuid:id>/link", accounts.link, name="person-link"),
    path("people/<uuid:id>/closing", accounts.close, name="person-close"),
    path("people/<uuid:id>/opening", accounts.reopen, name="person-open"),
    path("people/<uuid:id>/second", accounts.second, name="person-second"),
    path("posts/<uuid:id>/end/", posts.end, name="post-end"),
    path("posts/<uuid:id>/end/withdrawal", posts.keep, name="post-keep"),
    path("vacant/", vacant.vacant, name="vacant"),
]
