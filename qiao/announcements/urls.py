"""/announcements/…"""

from django.urls import path

from . import views

app_name = "announcements"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/release/", views.release, name="release"),
]
