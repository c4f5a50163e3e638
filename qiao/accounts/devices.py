"""What a browser says of itself, in the two words by which its owner knows it."""

from django.utils.translation import gettext_lazy as _

from qiao.kernel.policy import Words

BROWSERS: list[tuple[str, Words]] = [
    ("MicroMessenger", _("WeChat")), ("wxwork", _("WeCom")), ("DingTalk", _("DingTalk")), ("Edg", "Edge"), ("QQBrowser", _("QQ Browser")),
    ("Quark", _("Quark")), ("UCBrowser", _("UC Browser")), ("MiuiBrowser", _("Xiaomi Browser")), ("HuaweiBrowser", _("Huawei Browser")),
    ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"),
]  # fmt: skip
"""Most of them call themselves Chrome and Safari too: the first that is found is it."""
SYSTEMS: list[tuple[str, Words]] = [
    ("OpenHarmony", _("HarmonyOS")), ("Android", _("Android telephone")), ("iPhone", "iPhone"), ("iPad", "iPad"),
    ("Windows", "Windows"), ("Macintosh", "Mac"), ("Linux", "Linux"),
]  # fmt: skip


def device(agent: str) -> str:
    """Browser and system, as “Chrome · Windows”; the whole line where neither is known."""
    found = (next((words for mark, words in known if mark in agent), "") for known in (BROWSERS, SYSTEMS))
    return " · ".join(str(words) for words in found if words) or agent
