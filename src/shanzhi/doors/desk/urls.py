from django.urls import URLPattern, path, re_path

from shanzhi.doors.desk.views import bulk, case, inbox, lines, load, places, quick, report, saved, search, today, units

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", inbox.inbox, name="inbox"),
    path("points.json", inbox.points, name="points"),
    path("outlines.json", inbox.outlines, name="outlines"),
    path("cases/<uuid:id>/", case.case, name="case"),
    path("cases/<uuid:id>/where.json", case.where, name="where"),
    path("cases/<uuid:id>/around.json", case.around, name="around"),
    path("cases/<uuid:id>/record.pdf", case.record, name="record"),
    path("cases/<uuid:id>/reporter", case.reporter, name="reporter"),
    path("cases/<uuid:id>/interest", case.interest, name="interest"),
    path("cases/<uuid:id>/quick", quick.panel, name="quick"),
    path("cases/<uuid:id>/<slug:noun>", case.action, name="action"),
    path("bulk/", bulk.choose, name="bulk"),
    path("bulk/<uuid:id>/", bulk.result, name="bulk-result"),
    path("bulk/<uuid:id>/undo", bulk.undo, name="bulk-undo"),
    path("search/", search.search, name="search"),
    path("search/points.json", search.points, name="search-points"),
    re_path(r"^search/cases\.(?P<kind>csv|xlsx)$", search.table, name="table"),
    path("search/saved/", saved.keep, name="saved-keep"),
    path("search/saved/<uuid:id>/name", saved.rename, name="saved-rename"),
    path("search/saved/<uuid:id>/removal", saved.remove, name="saved-remove"),
    path("today/", today.today, name="today"),
    path("report/", report.report, name="report"),
    path("places/", places.home, name="places"),
    path("places/<uuid:id>/", places.place, name="place"),
    path("places/<uuid:id>/outlines.json", places.outlines, name="place-outlines"),
    path("places/<uuid:id>/codes", places.issue, name="issue"),
    path("places/<uuid:id>/codes.pdf", places.sheet, name="sheet"),
    path("lines/", lines.lines, name="lines"),
    path("load/", load.load, name="load"),
    path("units/", units.units, name="units"),
]
