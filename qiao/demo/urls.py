"""The demonstration's own sign-in, in front of the plain one."""

from django.urls import path

from . import views

app_name = "demo"
urlpatterns = [
    path("account/sign-in/", views.sign_in, name="sign_in"),
    path("demo/enter/", views.enter, name="enter"),
]
