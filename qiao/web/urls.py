"""Pages of the composition root."""

from django.urls import path

from . import views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("prefer/", views.prefer, name="prefer"),
    path("help/", views.help_page, name="help"),
    path("healthz", views.healthz, name="healthz"),
]
