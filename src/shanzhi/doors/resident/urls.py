from django.urls import path

from . import call_urls
from .views import about, acts, answering, follow, home, mine, notices, one, papers, report

app_name = "resident"
urlpatterns = [
    path("", home.home, name="home"),
    path("report/", report.report, name="report"),
    path("report/suggestions/", report.suggestions, name="suggestions"),
    path("c/<str:token>", report.scanned, name="code"),
    path("c/<str:token>/", report.scanned),
    path("follow/<str:token>/", follow.follow, name="follow"),
    path("follow/<str:token>/sent/", follow.sent_with_link, name="sent-with-link"),
    path("case/<str:number>/", follow.case, name="case"),
    path("case/<str:number>/papers/<slug:name>.pdf", papers.paper, name="paper"),
    path("reports/", mine.reports, name="reports"),
    path("reports/<uuid:id>/", one.one, name="one"),
    path("reports/<uuid:id>/sent/", follow.sent, name="sent"),
    path("reports/<uuid:id>/record.pdf", one.record, name="record"),
    path("reports/<uuid:id>/spot.json", one.spot, name="spot"),
    path("reports/<uuid:id>/subscription/", acts.subscribe, name="subscribe"),
    path("reports/<uuid:id>/<slug:action>/", acts.act, name="act"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read_all, name="read-all"),
    path("notices/<uuid:id>/", notices.open_notice, name="notice"),
    path("answering/", answering.answering, name="answering"),
    path("about/how/", about.how, name="how"),
    path("about/privacy/", about.privacy, name="privacy"),
    path("about/boundaries/", about.boundaries, name="boundaries"),
    *call_urls.urlpatterns,
]
