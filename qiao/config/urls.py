"""The root of all addresses."""

from django.conf import settings
from django.urls import include, path

from qiao.web.api import api

handler400 = "qiao.web.errors.bad_request"
handler403 = "qiao.web.errors.forbidden"
handler404 = "qiao.web.errors.not_found"
handler500 = "qiao.web.errors.broken"

urlpatterns = [
    *([path("", include("qiao.demo.urls"))] if settings.DEMO else []),
    path("", include("qiao.web.urls")),
    path("account/", include("qiao.accounts.urls")),
    path("announcements/", include("qiao.announcements.urls")),
    path("directory/", include("qiao.congress.urls")),
    path("imports/", include("qiao.imports.urls")),
    path("jobs/", include("qiao.jobs.urls")),
    path("journal/", include("qiao.journal.urls")),
    path("notices/", include("qiao.notices.urls")),
    path("privacy/", include("qiao.privacy.urls")),
    path("rulebook/", include("qiao.rulebook.urls")),
    path("views/", include("qiao.saved_views.urls")),
    path("", include("qiao.matters.urls")),
    path("ui/", include("qiao.ui.urls")),
    path("api/v1/", api.urls),
]
