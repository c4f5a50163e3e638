"""A real OpenID Connect provider in a process of its own, for tests that sign in by it."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import requests

CLIENT = {"OIDC_CLIENT": "qiao", "OIDC_SECRET": "a secret between the two", "OIDC_NAME": "统一身份认证", "OIDC_CLAIM": "login"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(people: dict[str, str]) -> Iterator[str]:
    """A provider that knows people: its names for them, and our sign-in names; gives its address."""
    port = free_port()
    known = [f"--user-claims={json.dumps({'sub': subject, 'login': login})}" for subject, login in people.items()]
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *known], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _moment in range(300):
            try:
                requests.get(f"{address}/.well-known/openid-configuration", timeout=1).raise_for_status()
                break
            except requests.RequestException:
                time.sleep(0.1)
        yield address
    finally:
        process.kill()
        process.wait()


def pass_through(client, subject: str, start: str = "/account/provider/"):
    """Do what a browser does: go to the provider, say who one is there, and come back with its answer."""
    away = client.get(start)
    assert away.status_code == 302, away.content.decode()[:400]
    back = requests.post(away["Location"], data={"sub": subject}, timeout=5, allow_redirects=False)
    return client.get(back.headers["Location"].split("http://testserver", 1)[1])
