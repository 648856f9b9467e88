from django.urls import path

from . import round_urls
from .views import day, grid, report, task, tasks

app_name = "worker"
urlpatterns = [
    path("", tasks.tasks, name="tasks"),
    path("tasks/<uuid:id>/", task.task, name="task"),
    path("tasks/<uuid:id>/where.json", task.where, name="where"),
    path("tasks/<uuid:id>/around.json", task.around, name="around"),
    path("tasks/<uuid:id>/reporter", task.reporter, name="reporter"),
    path("tasks/<uuid:id>/interest", task.interest, name="interest"),
    path("tasks/<uuid:id>/<slug:noun>", task.act, name="act"),
    path("report/", report.report, name="report"),
    path("report/suggestions/", report.suggestions, name="suggestions"),
    path("grid/", grid.grid, name="grid"),
    path("grid/points.json", grid.points, name="points"),
    path("grid/outlines.json", grid.outlines, name="outlines"),
    path("grid/codes.pdf", grid.sheet, name="sheet"),
    path("grid/codes/", grid.issue, name="issue"),
    path("day/", day.day, name="day"),
    *round_urls.urlpatterns,
]
