"""The generated reference: fresh, complete, and the same on every machine."""

import json
import re

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import translation

from qiao.kernel.operation import OPERATIONS
from qiao.kernel.policy import PERMISSIONS
from qiao.web import reference


def test_the_reference_is_as_the_code_would_have_it():
    call_command("reference", check=True)


def test_a_stale_a_missing_and_a_leftover_file_are_each_named(tmp_path, settings):
    settings.ROOT = tmp_path
    folder = tmp_path / reference.FOLDER
    reference.write(folder)
    (folder / "flows.md").write_text("old", encoding="utf-8")
    (folder / "settings.md").unlink()
    (folder / "colours.md").write_text("what nothing makes", encoding="utf-8")
    with pytest.raises(CommandError) as said:
        call_command("reference", check=True)
    assert re.findall(r"[a-z]+\.(?:md|json)", str(said.value)) == ["colours.md", "flows.md", "settings.md"]
    call_command("reference", verbosity=0)
    call_command("reference", check=True)
    assert not (folder / "colours.md").exists()


def test_it_is_in_english_whatever_language_is_spoken():
    with translation.override("zh-hans"):
        chinese = reference.pages()
    with translation.override("en"):
        assert chinese == reference.pages()
    assert not re.search("[\u4e00-\u9fff]", "".join(chinese[name] for name in ("flows.md", "permissions.md", "settings.md")))


def test_every_operation_and_every_permission_stands_in_it():
    """But for those of the demonstration, which no installation has."""
    pages, ours = reference.pages(), [run for run in OPERATIONS.values() if run.body.__module__.startswith("qiao.")]
    assert all(f"| `{run.guard.code}` |" in pages["operations.md"] for run in ours if not run.body.__module__.startswith("qiao.demo"))
    assert all(f"| `{code}` |" in pages["permissions.md"] for code in PERMISSIONS)


def test_settings_name_no_folder_and_no_value_of_this_machine(monkeypatch):
    monkeypatch.setenv("QIAO_SMTP_HOST", "mail.example.org")
    written = reference.variables()
    assert "`QIAO_DATABASE_POOL`" in written
    assert "mail.example.org" not in written
    assert str(settings.ROOT) not in written


def test_reading_the_settings_leaves_the_environment_and_the_list_as_they_were(monkeypatch):
    monkeypatch.setenv("QIAO_SMTP_HOST", "mail.example.org")
    first = [value.name for value in reference.values()]
    assert [value.name for value in reference.values()] == first
    assert len(set(first)) == len(first)
    assert reference.os.environ["QIAO_SMTP_HOST"] == "mail.example.org"


def test_the_schema_keeps_fields_called_title_and_drops_titles():
    schema = json.loads(reference.openapi())
    assert "title" in schema["components"]["schemas"]["DraftIn"]["properties"]
    assert "title" not in schema["components"]["schemas"]["DraftIn"]["properties"]["matter"]
    assert schema["info"]["title"] == "Qiao"


def test_a_step_of_the_system_is_nobody_elses():
    line = next(line for line in reference.flows().splitlines() if line.startswith("| `take_back` |"))
    assert "✓" not in line
    assert line.endswith("| system |")
