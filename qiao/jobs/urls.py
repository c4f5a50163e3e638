"""/jobs/…"""

from django.urls import path

from . import views

app_name = "jobs"
urlpatterns = [
    path("", views.index, name="index"),
    path("<uuid:pk>/retry/", views.retry, name="retry"),
    path("progress/<int:pk>/", views.progress, name="progress"),
]
