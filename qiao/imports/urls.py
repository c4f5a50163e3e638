"""/imports/…"""

from django.urls import path

from . import views

app_name = "imports"
urlpatterns = [
    path("run/<int:pk>/", views.run, name="run"),
    path("run/<int:pk>/confirm/", views.confirm, name="confirm"),
    path("run/<int:pk>/cancel/", views.cancel, name="cancel"),
    path("run/<int:pk>/undo/", views.undo, name="undo"),
    path("run/<int:pk>/progress/", views.progress, name="progress"),
    path("run/<int:pk>/left-out/", views.left_out, name="left_out"),
    path("<slug:kind>/", views.start, name="start"),
    path("<slug:kind>/export/<slug:form>/", views.export, name="export"),
    path("<slug:kind>/template/<slug:form>/", views.template, name="template"),
]
