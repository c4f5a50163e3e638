"""What is done at which hour: a plain list. The first column is a cron line in the congress's own time."""

from django.utils.translation import gettext_lazy as _

from qiao.jobs.tasks import clear
from qiao.journal.tasks import seal
from qiao.kernel.schedule import Every
from qiao.matters.tasks import open_evaluations, remind, remind_of_receipts
from qiao.notices.tasks import begin_digests, send_waiting_mail
from qiao.privacy.tasks import dispose

SCHEDULE = [
    Every("*/5 * * * *", seal, _("Seal the journal")),
    Every("*/15 * * * *", send_waiting_mail, _("Send the mail that has been waiting")),
    Every("0 8-20 * * *", begin_digests, _("Send the daily letters of those who are not in quiet hours")),
    Every("5 0 * * *", open_evaluations, _("Open the evaluations whose seal has ended")),
    Every("30 7 * * *", remind, _("Remind of last days")),
    Every("35 7 * * *", remind_of_receipts, _("Remind of replies whose receipt is not confirmed")),
    Every("20 2 * * *", dispose, _("Delete personal data whose term is over")),
    Every("40 3 * * *", clear, _("Clear away jobs that are over")),
]
