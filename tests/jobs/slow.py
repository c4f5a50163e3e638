"""Jobs for workers that are real processes: what they do is seen in files."""

import time
from pathlib import Path

from django.utils import timezone

from qiao.kernel.jobs import task
from qiao.kernel.models import Tick


@task
def linger(folder: str) -> None:
    """The first time, be at it until killed; the second, be done at once."""
    begun, done = Path(folder, "begun"), Path(folder, "done")
    if not begun.exists():
        begun.touch()
        time.sleep(60)
    done.touch()


@task
def finish(folder: str) -> None:
    """Take a moment, in which a signal comes."""
    Path(folder, "begun").touch()
    time.sleep(1)
    Path(folder, "done").touch()


@task
def write(folder: str) -> None:
    """Leave a line, and a row in the database."""
    with Path(folder, "tries").open("a") as tries:
        tries.write("x")
    Tick.objects.create(name=folder, due=timezone.now())


@task
def fail(folder: str) -> None:
    """Fail, and leave a line for each time."""
    with Path(folder, "tries").open("a") as tries:
        tries.write("x")
    raise RuntimeError("The paper has run out.")
