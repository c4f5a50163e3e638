"""Mail by a real server: TLS and password, refused and busy addresses, a cut line, a server that is slow or silent."""

import datetime as dt
import ipaddress
import ssl

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from qiao.notices import operations
from qiao.notices.models import Attempt, Delivery, Refusal
from qiao.notices.operations import sending

from . import factories as given
from .servers import mail_server
from .test_tasks import send

pytestmark = pytest.mark.capability("M4")


def use(settings, server, **more):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 2
    for name, value in more.items():
        setattr(settings, name, value)


@pytest.fixture
def server(settings):
    with mail_server() as running:
        use(settings, running)
        yield running


@pytest.fixture
def three(congress):
    """Notices to three people, in the order in which they are sent."""
    return given.told(*(given.member(congress, name) for name in ("first", "second", "third")))


def states(notices):
    rows = Delivery.objects.filter(notice__in=notices).order_by("notice")
    return [(one.state, one.tries) for one in rows]


def certificate(folder):
    """A certificate for this machine, which is its own authority; the files of it and of its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True).sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
    return folder / "cert.pem", folder / "key.pem"


@pytest.fixture
def locked(settings, tmp_path):
    """A server that speaks STARTTLS and asks for a password."""
    cert, key = certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)

    def check(server, session, envelope, mechanism, data):
        return AuthResult(success=(data.login, data.password) == (b"qiao", b"right"), handled=False)

    with mail_server(tls_context=context, require_starttls=True, auth_required=True, authenticator=check) as running:
        use(settings, running, EMAIL_USE_TLS=True, EMAIL_HOST_USER="qiao", EMAIL_HOST_PASSWORD="right")
        yield running, cert


def test_letters_go_by_starttls_with_a_password_once_the_certificate_is_trusted(locked, three, monkeypatch):
    server, cert = locked
    send(three)
    assert states(three) == [("waiting", 1)] * 3, "nobody trusts this certificate yet"
    assert "CERTIFICATE_VERIFY_FAILED" in Delivery.objects.filter(notice=three[0]).get().error
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    send(three)
    assert server.letters == [(f"{name}@example.cn", True, True) for name in ("first", "second", "third")]
    assert states(three) == [("sent", 2)] * 3


def test_a_wrong_password_is_said_and_asked_once_a_batch(locked, three, settings, monkeypatch):
    server, cert = locked
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    settings.EMAIL_HOST_PASSWORD = "wrong"
    send(three)
    assert states(three) == [("waiting", 1)] * 3
    assert {one.reason.partition(":")[0] for one in Attempt.objects.all()} == {"SMTPAuthenticationError"}
    assert not server.letters


def test_a_refused_address_is_given_up_a_busy_one_is_tried_again_the_third_gets_its_letter(server, three):
    server.refused = {"first@example.cn": "550 5.1.1 No such user", "second@example.cn": "451 4.7.1 Greylisted, try again"}
    send(three)
    assert states(three) == [("failed", 1), ("waiting", 1), ("sent", 1)]
    assert Refusal.objects.get().address == "first@example.cn"
    log = dict(Attempt.objects.values_list("delivery__notice", "reason"))
    assert "No such user" in log[three[0].pk]
    assert "Greylisted" in log[three[1].pk]
    server.refused = {}
    send(three)
    assert states(three) == [("failed", 1), ("sent", 2), ("sent", 1)]


def test_a_line_cut_in_the_middle_of_a_letter_costs_that_letter_one_try(server, three):
    server.cut = ["first@example.cn"]
    send(three)
    assert states(three) == [("waiting", 1), ("sent", 1), ("sent", 1)]
    assert Attempt.objects.earliest("pk").reason.startswith("SMTPServerDisconnected")
    server.cut = []
    send(three)
    assert states(three) == [("sent", 2), ("sent", 1), ("sent", 1)]


def test_a_server_that_does_not_answer_in_time_is_waited_for_once_a_batch(server, three, settings):
    settings.EMAIL_TIMEOUT, server.slow = 0.2, 0.6
    send(three)
    assert states(three) == [("waiting", 1)] * 3
    assert server.asked == 1
    assert "timed out" in Delivery.objects.filter(notice=three[2]).get().error


def test_a_slow_server_does_not_hold_a_worker_the_rest_of_a_batch_is_another_jobs(server, three, monkeypatch):
    server.slow = 0.1
    monkeypatch.setattr(sending, "TURN", 0.05)
    left = operations.deliver([notice.pk for notice in three])
    assert (left.again, left.rest) == ([], [three[1].pk, three[2].pk])
    assert states(three) == [("sent", 1), ("waiting", 0), ("waiting", 0)]
