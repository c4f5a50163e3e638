"""One rule on publication becomes one for each part: the suggestion's text and the reply, which the old one spoke of."""

from django.db import migrations

PARTS = ("publish_policy_suggestion", "publish_policy_reply")


def part(apps, schema_editor):
    """Each provision of the old rule says the same of both parts."""
    Provision = apps.get_model("rulebook", "Provision")
    for old in Provision.objects.filter(key="publish_policy"):
        value = "must" if old.value == "must" else "may"
        for key in PARTS:
            Provision.objects.create(
                congress_id=old.congress_id, key=key, value=value, source=old.source, reason=old.reason,
                valid_from=old.valid_from, valid_to=old.valid_to, withdrawn_at=old.withdrawn_at, ended_earlier=old.ended_earlier,
            )
        old.delete()


def join(apps, schema_editor):
    """Back to one rule: what the suggestion's said."""
    Provision = apps.get_model("rulebook", "Provision")
    for new in Provision.objects.filter(key=PARTS[0]):
        value = "must" if new.value == "must" else "may_with_consent"
        Provision.objects.create(
            congress_id=new.congress_id, key="publish_policy", value=value, source=new.source, reason=new.reason,
            valid_from=new.valid_from, valid_to=new.valid_to, withdrawn_at=new.withdrawn_at, ended_earlier=new.ended_earlier,
        )
    Provision.objects.filter(key__startswith="publish_policy_").delete()


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0002_provision_withdrawn")]
    operations = [migrations.RunPython(part, join)]
