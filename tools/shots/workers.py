"""Grid workers, community secretaries, and whoever has a case in a unit."""

from .shot import Hop, Shot, refused

WORKER, SECRETARY, HANDLER, LEADER = "网格员", "书记", "承办人", "单位负责人"
TASKS, CASE = Hop("/worker/tasks/"), (Hop("/department/cases/"),)
IN_HAND = (Hop("/department/cases/", "办理中"),)
SHOTS = [
    Shot("worker-tasks", "worker:tasks", "/worker/", WORKER), Shot("worker-done", "worker:tasks", "/worker/?box=done", WORKER),
    Shot("worker-around", "worker:tasks", "/worker/?box=grid", WORKER),
    Shot("worker-task", "worker:task", "/worker/", WORKER, (TASKS,)),
    Shot("worker-deed", "worker:task", "/worker/", WORKER, (TASKS,), "?do=completion"),
    Shot("worker-help", "worker:task", "/worker/", WORKER, (TASKS,), "?do=help"),
    Shot("worker-more-time", "worker:task", "/worker/", WORKER, (TASKS,), "?do=extension-request"),
    Shot("worker-grid", "worker:grid", "/worker/grid/", WORKER), Shot("worker-report", "worker:report", "/worker/report/", WORKER),
    Shot("worker-report-refused", "worker:report", "/worker/report/", WORKER, does=(refused("main form"),)),
    Shot("worker-day", "worker:day", "/worker/day/", WORKER), Shot("worker-rounds-none", "worker:rounds", "/worker/rounds/", WORKER),
    Shot("worker-calls-none", "worker:calls", "/worker/calls/", SECRETARY),
    Shot("secretary", "worker:tasks", "/worker/", SECRETARY), Shot("secretary-task", "worker:task", "/worker/?box=grid", SECRETARY, (TASKS,)),
    Shot("secretary-desk", "desk:inbox", "/desk/", SECRETARY),
    Shot("department", "department:inbox", "/department/", HANDLER), Shot("department-work", "department:inbox", "/department/?box=work", HANDLER), Shot("department-done-box", "department:inbox", "/department/?box=done", HANDLER),
    Shot("department-case", "department:case", "/department/?box=new", HANDLER, CASE, printed=True),
    Shot("department-handling", "department:case", "/department/?box=mine", HANDLER, IN_HAND),
    Shot("department-more-time", "department:case", "/department/?box=mine", HANDLER, IN_HAND, "?do=extension-request"),
    Shot("department-done", "department:case", "/department/?box=mine", HANDLER, IN_HAND, "?do=completion"),
    Shot("department-waiting", "department:case", "/department/?box=mine", HANDLER, IN_HAND, "?do=outside-wait"),
    Shot("department-return", "department:case", "/department/?box=new", HANDLER, (Hop("/department/cases/", "已派遣"),), "?do=return"),
    Shot("leader", "department:inbox", "/department/", LEADER),
    Shot("leader-delegation", "department:case", "/department/?box=new", LEADER, (Hop("/department/cases/", "已派遣"),), "?do=delegation"),
]  # fmt: skip
