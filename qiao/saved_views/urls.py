"""/views/…"""

from django.urls import path

from . import views

app_name = "saved_views"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.save, name="save"),
    path("<int:pk>/remove/", views.remove, name="remove"),
]
