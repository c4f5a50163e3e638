"""What is kept in the repository holds on every machine: no folder and no host of the machine it was written on."""

import re
import tomllib

import pytest

from .sources import ROOT, name_of, text, tracked

EXAMPLES = {
    "tests/architecture/test_tracked.py": "what the guard must see",
    "tests/files/test_checks.py": "an invented uploader's folder inside a file that must be refused or cleaned",
    "tests/files/test_names.py": "an invented uploader's folder in a name that must be cleaned",
}
FOLDERS = re.compile(r"(?<![\w.$}>-])/(?:home|root|Users|work|workspace|mnt)/[\w.-]+|\b[A-Z]:\\\\?Users\\")
PRIVATE_HOSTS = re.compile(r"https?://(?:[\w-]+\.)*[\w-]+\.(?:local|internal|lan|corp|intranet|svc|home)\b", re.I)
NUMBERED_HOSTS = re.compile(r"https?://(?!127\.0\.0\.1|0\.0\.0\.0)\d{1,3}(?:\.\d{1,3}){3}")
INDEXES = re.compile(r"^\s*(?:--(?:extra-)?index-url|--find-links|--trusted-host|(?:\w+:)?registry\s*=|index-url\s*=)", re.M)
FETCHED = re.compile(r'"resolved"\s*:|^\S+ @ https?://', re.M)


def tells(source):
    """What a file says of a machine."""
    return [
        found.group().strip()
        for pattern in (FOLDERS, PRIVATE_HOSTS, NUMBERED_HOSTS, INDEXES, FETCHED)
        for found in pattern.finditer(source)
    ]


def test_no_file_names_a_machine():
    files = [path for path in tracked() if name_of(path) not in EXAMPLES]
    assert len(files) > 100
    assert {name_of(path): found for path in files if (found := tells(text(path)))} == {}


@pytest.mark.parametrize(
    "source",
    [
        'open("/home/somebody/x")',
        "cd /root/project",
        "http://mirror.local/simple",
        "https://packages.corp/x",
        "http://10.0.0.7/simple",
        "--index-url https://example.org/simple",
        "registry=https://example.org/",
        '"resolved": "https://example.org/x.tgz"',
    ],
)
def test_the_guard_sees_a_machine(source):
    assert tells(source)


@pytest.mark.parametrize(
    "source", ["http://127.0.0.1:8000", "postgres://root@127.0.0.1/root", "qiao/work/x", "https://docs.djangoproject.com/", "/open/"]
)
def test_the_guard_leaves_ordinary_addresses_alone(source):
    assert tells(source) == []


def test_every_locked_package_has_its_checksums():
    for lock in sorted((ROOT / "requirements").glob("*.lock")):
        pins = re.findall(r"^[\w.\[\]-]+==.*?(?=^\S|\Z)", text(lock), re.M | re.S)
        assert pins
        assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == [], lock.name


def test_a_warning_fails_the_suite():
    assert tomllib.loads(text(ROOT / "pyproject.toml"))["tool"]["pytest"]["ini_options"]["filterwarnings"][0] == "error"
