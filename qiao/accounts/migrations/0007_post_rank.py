"""Posts in a unit have a rank; those who sign replies already are taken for responsible heads."""

from django.db import migrations, models


def rank_signers(apps, schema_editor):
    """Whoever has signed replies so far was a responsible head of the unit."""
    roles = [role.pk for role in apps.get_model("accounts", "Role").objects.all() if "suggestion.sign_off" in role.grants]
    apps.get_model("accounts", "Post").objects.filter(role__in=roles, unit__isnull=False).update(rank="head")


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_provider_identity'),
        ('orgs', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='post',
            name='rank',
            field=models.CharField(blank=True, choices=[('', 'None'), ('head', 'A responsible head'), ('deputy_head', 'The deputy head in charge'), ('principal_head', 'The principal head')], default='', max_length=14, verbose_name='rank in the unit'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('rank', ''), ('unit__isnull', False), _connector='OR'), name='post_rank_in_a_unit', violation_error_message='Only a post in a unit has a rank.'),
        ),
        migrations.RunPython(rank_signers, migrations.RunPython.noop),
    ]
