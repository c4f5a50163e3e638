"""Pages of the composition root."""

from django.urls import path

from . import health, metrics, views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("prefer/", views.prefer, name="prefer"),
    path("help/", views.help_page, name="help"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
]
