"""The background work of an installation as its system administrator sees it: jobs, workers, schedule, and a person's own progress.

Nouns: job (任务), worker (后台进程), schedule (定时任务), progress (进度). How jobs are queued, tried again and taken over stands in
``kernel/jobs.py``, ``kernel/worker.py`` and ``kernel/schedule.py``; what is due when in ``web/schedule.py``.
"""
