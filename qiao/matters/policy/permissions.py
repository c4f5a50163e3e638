"""What a post may include, in matters."""

from django.utils.translation import gettext_lazy as _

from qiao.kernel.policy import permission

write = permission("suggestion.write", _("Write and submit suggestions"))
cosign = permission("suggestion.cosign", _("Sign suggestions jointly"))
evaluate = permission("suggestion.evaluate", _("Evaluate replies"))
oversee = permission("suggestion.oversee", _("See every submitted suggestion of the congress"))
check = permission("suggestion.check", _("Check and register suggestions"))
assign = permission("suggestion.assign", _("Assign suggestions and decide on returns"))
supervise = permission("suggestion.supervise", _("Decide what follows dissatisfaction"))
read_sealed = permission("evaluation.read_sealed", _("Read evaluations while they are sealed"))
open_names = permission("suggestion.open_names", _("Read who has signed a confidential suggestion"))
publish = permission("suggestion.publish", _("Publish suggestions and replies"))
dispatch = permission("suggestion.dispatch", _("Dispatch to the units below and decide on their returns"))
receive = permission("suggestion.receive", _("Sign for suggestions or ask for their return"))
handle = permission("suggestion.handle", _("Contact the deputy and draft replies"))
sign_off = permission("suggestion.sign_off", _("Sign and issue replies"))
