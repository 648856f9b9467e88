from django.urls import URLPattern, path

from shanzhi.doors.department import views

app_name = "department"
urlpatterns: list[URLPattern] = [
    path("", views.inbox, name="inbox"),
    path("points.json", views.points, name="points"),
    path("outlines.json", views.outlines, name="outlines"),
    path("cases/<uuid:id>/", views.case, name="case"),
    path("cases/<uuid:id>/where.json", views.where, name="where"),
    path("cases/<uuid:id>/around.json", views.around, name="around"),
    path("cases/<uuid:id>/record.pdf", views.record, name="record"),
    path("cases/<uuid:id>/reporter", views.reporter, name="reporter"),
    path("cases/<uuid:id>/interest", views.interest, name="interest"),
    path("cases/<uuid:id>/<slug:noun>", views.action, name="action"),
]
