"""The project's files as the architecture tests read them."""

import ast
import functools
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
QIAO = ROOT / "qiao"
NOT_OURS = {".git", ".venv", ".tools", "node_modules", "build", "var", "__pycache__"}


def name_of(path: Path) -> str:
    """A file as the messages name it: from the project's folder on."""
    return path.relative_to(ROOT).as_posix()


@functools.cache
def tracked() -> tuple[Path, ...]:
    """Every file that belongs to the project: what git keeps or would keep, and without git what lies outside the made folders."""
    try:
        asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
        said = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True, text=True).stdout  # noqa: S603
        found = [ROOT / name for name in said.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        found = [path for path in ROOT.rglob("*") if not NOT_OURS & set(path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in found if path.is_file()))


def python_files(*, migrations: bool = False) -> list[Path]:
    """The product's modules."""
    return sorted(path for path in QIAO.rglob("*.py") if migrations or "migrations" not in path.parts)


def migrations() -> list[Path]:
    """The product's migrations."""
    return sorted(path for path in QIAO.rglob("migrations/0*.py"))


def templates() -> list[Path]:
    """The product's page, component and message templates."""
    return sorted(path for kind in ("html", "txt") for path in QIAO.glob(f"*/templates/**/*.{kind}"))


@functools.cache
def tree(path: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Every absolute import of a module, wherever it stands: line and dotted name."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def text(path: Path) -> str:
    """A file's text; of a file that is not text, nothing."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""
