"""The app of accounts: every sign-in notes in its session when it began and from where."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts as an app."""

    name = "qiao.accounts"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from .sessions import begun

        user_logged_in.connect(begun)
