"""`python3 storefront/bootstrap.py`: every way in which it can fail is one line and exit code 1."""

import ast
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from storefront import bootstrap

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with only what the bootstrap reads."""
    (tmp_path / "storefront").mkdir()
    shutil.copy(ROOT / "storefront" / "bootstrap.py", tmp_path / "storefront")
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def run(checkout: Path, python: str = sys.executable, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the bootstrap of that checkout as a person would; no package index but a closed port."""
    closed = {
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_RETRIES": "1",
        "PIP_NO_CACHE_DIR": "1",
    }
    return subprocess.run(
        [python, "storefront/bootstrap.py"],
        cwd=checkout,
        env={"PATH": os.environ["PATH"], "HOME": str(checkout / "home")} | closed | env,
        capture_output=True,
        text=True,
        timeout=120,
    )


def assert_one_line(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("bangmai: ")
    assert " / " in lines[0]
    return lines[0]


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 8, 18), (3, 10, 13)])
def test_an_old_python_is_told_so(version):
    with pytest.raises(bootstrap.Failed) as failure:
        bootstrap.check_python(version, "linux")
    assert ".".join(map(str, version)) in str(failure.value)
    assert "3.11" in str(failure.value)


def test_this_python_is_new_enough():
    bootstrap.check_python(sys.version_info, sys.platform)


def test_the_file_can_be_read_by_python_3_8():
    ast.parse((ROOT / "storefront" / "bootstrap.py").read_text(), feature_version=(3, 8))


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_python_without_venv_is_told_what_to_install(missing):
    for broken in (None, SimpleNamespace(origin=None)):
        found = {"venv": SimpleNamespace(origin="there"), "ensurepip": SimpleNamespace(origin="there"), missing: broken}
        with pytest.raises(bootstrap.Failed) as failure:
            bootstrap.check_venv(find=found.get)
    assert missing in str(failure.value)
    assert "apt install python3." in str(failure.value)


def test_an_index_that_does_not_answer_is_one_line_with_pips_reason(checkout):
    line = assert_one_line(run(checkout))
    assert "No matching distribution found for pip==" in line
    assert "PIP_INDEX_URL" in line
    assert not list((checkout / ".venv").glob(".bangmai-build"))


def test_a_folder_that_cannot_be_made_is_one_line(checkout):
    (checkout / ".venv").write_text("a file where the folder should be")
    assert "File exists" in assert_one_line(run(checkout))


def test_a_full_disk_is_named():
    failure = bootstrap.explain(["ERROR: Could not install packages: [Errno 28] No space left on device"])
    assert "disk is full" in str(failure)


class Checkout:
    """An environment in which pip is replaced by a program of the test."""

    def __init__(self, home: Path, pip: str):
        self.environment = bootstrap.Environment(home)
        self.home = home
        (home / "bin").mkdir(parents=True)
        self.environment.python.write_text(f"#!/bin/sh\n{pip}\n")
        self.environment.python.chmod(0o755)
        (home / "pyvenv.cfg").touch()


LOCK = ROOT / "requirements" / "build.txt"


def test_a_finished_installation_is_believed_until_the_lock_changes(tmp_path):
    place = Checkout(tmp_path / "venv", "exit 0")
    lock = tmp_path / "build.txt"
    lock.write_text("a==1\n")
    place.environment.install(lock)
    assert place.environment.has(lock)
    lock.write_text("a==2\n")
    assert not place.environment.has(lock)


def test_an_interrupted_installation_is_not_believed(tmp_path):
    place = Checkout(tmp_path / "venv", "kill -9 $$")
    with pytest.raises(bootstrap.Failed):
        place.environment.install(LOCK)
    assert not place.environment.has(LOCK)
    assert not place.environment.believable()


def test_a_failed_download_leaves_what_was_there(tmp_path):
    place = Checkout(
        tmp_path / "venv", 'case "$*" in *--version*) exit 0;; esac; echo "WARNING: Retrying (Retry(total=0"; exit 1'
    )
    with pytest.raises(bootstrap.NotFetched):
        place.environment.install(LOCK)
    assert not place.environment.has(LOCK)
    assert place.environment.believable()


def test_an_environment_that_was_moved_is_made_anew(tmp_path):
    place = Checkout(tmp_path / "venv", "exit 0")
    (place.home / ".bangmai-path").write_text("/elsewhere/.venv")
    assert not place.environment.believable()


def test_the_second_run_takes_no_time(checkout):
    environment = bootstrap.Environment(checkout / ".venv")
    environment.python.parent.mkdir(parents=True)
    environment.python.symlink_to(sys.executable)
    script = "import sys; sys.path.insert(0, 'storefront'); import bootstrap as b; from pathlib import Path\n"
    script += "for name in ('build', 'runtime'):\n"
    script += "    lock = b.ROOT / 'requirements' / (name + '.txt')\n"
    script += "    b.Environment(b.ROOT / '.venv').stamp(lock).write_text(b.fingerprint(lock))\n"
    subprocess.run([sys.executable, "-c", script], cwd=checkout, check=True)
    begin = time.perf_counter()
    done = run(checkout)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert time.perf_counter() - begin < 1.0  # 0.05 s on a quiet machine


def test_the_locks_name_no_index_and_hash_everything():
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        lines = lock.read_text().splitlines()
        assert not [line for line in lines if "://" in line or line.startswith("--")]
        pinned = [number for number, line in enumerate(lines) if "==" in line and not line.startswith((" ", "#"))]
        assert pinned
        assert all("--hash=sha256:" in lines[number + 1] for number in pinned)
