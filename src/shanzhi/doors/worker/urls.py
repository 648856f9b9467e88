from django.urls import path

from .views import task, tasks

app_name = "worker"
urlpatterns = [
    path("", tasks.tasks, name="tasks"),
    path("tasks/<uuid:id>/", task.task, name="task"),
    path("tasks/<uuid:id>/where.json", task.where, name="where"),
    path("tasks/<uuid:id>/around.json", task.around, name="around"),
    path("tasks/<uuid:id>/<slug:noun>", task.act, name="act"),
]
