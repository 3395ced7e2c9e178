"""The two commands of a fresh machine, with nothing but Python 3.11+, pip, venv and git.

python3 dev.py demo     set up, make the sample catalogue, check and deliver its title for svod, worldwide
python3 dev.py test     the gate: style, types, imports, generated docs, tests; what CI runs
python3 dev.py test --slow      only the tests that take long or need a real server
python3 dev.py fix      format, mend what ruff can mend, write the generated docs
"""

import hashlib
import os
import subprocess
import sys
import time
import venv
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent
RUNTIME, DEV = "requirements.txt", "requirements-dev.txt"


def environment(name: str, requirements: str) -> Path:
    """The `bin` folder of an environment that holds what `requirements` pins, made or renewed if it has to be."""
    folder = ROOT / name
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    wanted = (ROOT / requirements).read_bytes() + (ROOT / "pyproject.toml").read_bytes() + str(ROOT).encode()
    mark, digest = folder / "installed", hashlib.sha256(wanted).hexdigest()
    if mark.is_file() and mark.read_text(encoding="utf-8") == digest:
        return programs
    print(f"setting up {name} from {requirements} (once)", flush=True)
    venv.create(folder, with_pip=True, clear=True)
    pip = [programs / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    run(*pip, "--require-hashes", "-r", ROOT / requirements)
    run(*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT)
    mark.write_text(digest, encoding="utf-8")
    return programs


def run(*command: str | Path, variables: Mapping[str, str] | None = None) -> None:
    """Run a command and stop with its exit code if it fails."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, check=False, env=variables)
    if done.returncode:
        sys.exit(done.returncode)


def demo() -> None:
    """The main job on the sample title."""
    begun = time.monotonic()
    programs = environment(".venv-run", RUNTIME)
    catalogue = ROOT / "demo"
    if not (catalogue / "releaseprint.toml").is_file():
        run(programs / "releaseprint", "sample", catalogue)
    order = ("--platform", "svod", "--territory", "worldwide", "--catalogue", catalogue)
    title = "kim-il-sungs-children"
    run(programs / "releaseprint", "report", title, *order, "--html", catalogue / "reports" / f"{title}.svod.html")
    run(programs / "deliver", *order)
    run(programs / "releaseprint", "packages", "--catalogue", catalogue)
    print(f"\ndone in {time.monotonic() - begun:.0f} s; the catalogue is {catalogue}")


def test(*, slow: bool) -> None:
    """The gate."""
    programs = environment(".venv", DEV)
    python = programs / "python"
    if not slow:
        run(programs / "ruff", "check", ".")
        run(programs / "ruff", "format", "--check", ".")
        run(programs / "mypy")
        run(programs / "lint-imports", "--no-cache")
        run(python, ROOT / "docs" / "generate.py", "--check")
    marked = ("-m", "slow") if slow else ()
    run(python, "-m", "pytest", "-n", "2", "--dist", "loadfile", *marked, variables=keeping_bytecode())


def keeping_bytecode() -> dict[str, str]:
    """The environment of tests: what is compiled is kept, or each worker compiles every test at every run."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def fix() -> None:
    """Mend what can be mended without thought."""
    programs = environment(".venv", DEV)
    run(programs / "ruff", "check", "--fix", ".")
    run(programs / "ruff", "format", ".")
    run(programs / "python", ROOT / "docs" / "generate.py")


def main(arguments: list[str]) -> None:
    """Carry out one of the commands above."""
    if sys.version_info < (3, 11):  # noqa: UP036 -- this script meets whatever Python a machine has
        sys.exit("releaseprint needs Python 3.11 or newer")
    commands = {
        ("demo",): demo,
        ("test",): lambda: test(slow=False),
        ("test", "--slow"): lambda: test(slow=True),
        ("fix",): fix,
    }
    command = commands.get(tuple(arguments))
    if command is None:
        sys.exit((__doc__ or "").strip())
    command()


if __name__ == "__main__":
    main(sys.argv[1:])
