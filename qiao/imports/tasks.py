"""The work of an import, outside the request where a worker runs."""

from django.utils import translation

from qiao.kernel.jobs import task
from qiao.kernel.policy import Actor

from . import operations
from .models import ImportRun, RunState
from .queries import seen_in


@task()
def go_on(run_id: int) -> None:
    """Do what the run waits for, batch by batch, in the language of who brought it; what another job has done is not done again."""
    run, actor = ImportRun.objects.select_related("user").get(pk=run_id), Actor.system("import")
    with translation.override(run.user.language if run.user else None):
        seen = seen_in(run) if run.state == RunState.READING else {}
        while run.is_working:
            match run.state:
                case RunState.READING:
                    run = operations.compare(run, actor=actor, seen=seen)
                case RunState.WRITING:
                    run = operations.write(run, actor=actor)
                case RunState.UNDOING:
                    run = operations.unwrite(run, actor=actor)
