"""/account/…"""

from django.urls import path

from . import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("provider/", views.provider_go, name="provider_go"),
    path("provider/back/", views.provider_back, name="provider_back"),
    path("provider/leave/", views.provider_leave, name="provider_leave"),
    path("second/", views.second, name="second"),
    path("passkey/", views.passkey_sign_in, name="passkey_sign_in"),
    path("stay/", views.stay, name="stay"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("switch/", views.switch, name="switch"),
    path("password/", views.password, name="password"),
    path("mine/", views.mine, name="mine"),
    path("mine/sessions/end/", views.end_others, name="end_others"),
    path("mine/factor/", views.factor, name="factor"),
    path("mine/factor/remove/", views.remove_factor, name="remove_factor"),
    path("mine/passkeys/new/", views.add_passkey, name="add_passkey"),
    path("mine/passkeys/<int:pk>/", views.passkey, name="passkey"),
    path("mine/passkeys/<int:pk>/remove/", views.remove_passkey, name="remove_passkey"),
    path("set/<int:pk>/<str:token>/", views.set_password, name="set_password"),
    path("activate/", views.activate, name="activate"),
    path("slips/", views.slips, name="slips"),
    path("people/", views.people, name="people"),
    path("people/new/", views.open_account, name="open"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/link/", views.invite, name="invite"),
    path("people/<int:pk>/close/", views.close, name="close"),
    path("people/<int:pk>/reopen/", views.reopen, name="reopen"),
    path("people/<int:pk>/unlock/", views.unlock, name="unlock"),
    path("people/<int:pk>/factor/", views.reset_factor, name="reset_factor"),
    path("people/<int:pk>/post/", views.give, name="give"),
    path("people/<int:pk>/appoint/", views.appoint, name="appoint"),
    path("people/<int:pk>/help/", views.help_session, name="help"),
    path("posts/", views.posts, name="posts"),
    path("posts/<int:pk>/end/", views.end, name="end"),
    path("posts/<int:pk>/rank/", views.rank, name="rank"),
    path("roles/", views.roles, name="roles"),
    path("roles/new/", views.add_role, name="add_role"),
    path("roles/<int:pk>/", views.role, name="role"),
]
