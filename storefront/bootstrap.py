"""Make the virtual environment from the lock: `python3 storefront/bootstrap.py [--dev] [--browser]`.

Standard library only, and readable by Python 3.8, so that a too-old Python gets a sentence and not a syntax error.
Every failure is one line in English and Chinese and exit code 1. A stamp, written last, holds the hash of what was
installed: a second run compares it and ends at once, an interrupted one is started over.
"""

import contextlib
import errno
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

try:
    import fcntl
except ImportError:  # not a POSIX system; the check below says so
    fcntl = None  # type: ignore[assignment]

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
# Wheels only, but for the one package that has none; it and the project itself are built with the locked setuptools
# (requirements/build.txt), not with one that the build would fetch.
BUILD_FROM_LOCK = ("--only-binary", ":all:", "--no-binary", "promise", "--no-build-isolation")
NO_SPACE = ("No space left on device", "Errno 28", "Disk quota exceeded")


class Failed(Exception):
    """The environment cannot be made; the message is the one line that the user sees."""

    def __init__(self, english, chinese):
        super().__init__("bangmai: {} / {}".format(english, chinese))


class NotFetched(Failed):
    """The index did not answer."""


def check_python(version, platform):
    """Raise Failed unless this Python (version tuple, sys.platform) can run the shop."""
    if tuple(version[:2]) < OLDEST:
        found = ".".join(str(part) for part in version[:3])
        raise Failed(
            "Python {} is too old, 3.11 or newer is needed; with another one: make run PYTHON=python3.12".format(found),
            "Python {} 版本过低，需要 3.11 或更高版本；可用 make run PYTHON=python3.12 指定".format(found),
        )
    if platform not in ("linux", "darwin") or fcntl is None:
        raise Failed("this runs on Linux or macOS, not on " + platform, "请在 Linux 或 macOS 上运行")


def check_venv(find=None):
    """Raise Failed when this Python came without venv or ensurepip, as Debian's does until a package is added."""
    import importlib.util

    find = find or importlib.util.find_spec
    # An empty folder of that name is found too, but has no file of its own.
    missing = [name for name in ("venv", "ensurepip") if getattr(find(name), "origin", None) is None]
    if missing:
        package = "python{}.{}-venv".format(*sys.version_info[:2])
        raise Failed(
            "this Python has no {}; on Debian or Ubuntu: apt install {}".format(" and no ".join(missing), package),
            "当前 Python 缺少 {}，Debian/Ubuntu 请执行 apt install {}".format("、".join(missing), package),
        )


def disk_full():
    """Return the failure for a full disk."""
    return Failed(
        "the disk is full; about 500 MB are needed under {}".format(ROOT),
        "磁盘空间不足，{} 下约需 500 MB".format(ROOT),
    )


class Environment:
    """The virtual environment at `home`, and what has been installed into it."""

    def __init__(self, home, python=sys.executable):
        self.home = Path(home)
        self.creator = python
        self.python = self.home / "bin" / "python"
        # There from the first file to the last: what is left of an interrupted installation is not believed.
        self.unfinished = self.home / ".bangmai-unfinished"

    def stamp(self, lock):
        """Return the file that says which state of this lock file was installed."""
        return self.home / (".bangmai-" + lock.stem)

    def has(self, lock):
        """Whether the packages of this lock file are in, for this folder and this project file."""
        if self.unfinished.exists() or not self.python.exists():
            return False
        try:
            return self.stamp(lock).read_text() == fingerprint(lock)
        except OSError:
            return False

    def believable(self):
        """Whether the folder holds a whole environment of this path, which can be added to."""
        if self.unfinished.exists() or not self.python.exists():
            return False
        config = self.home / "pyvenv.cfg"
        pip = subprocess.run([str(self.python), "-I", "-m", "pip", "--version"], capture_output=True, check=False)
        moved = self.home / ".bangmai-path"
        here = not moved.exists() or moved.read_text() == str(self.home)
        return config.exists() and here and pip.returncode == 0

    def create(self):
        """Make an empty environment, replacing what is there."""
        say("making the virtual environment", "正在创建虚拟环境")
        shutil.rmtree(str(self.home), ignore_errors=True)
        self.home.mkdir(parents=True)
        self.unfinished.touch()
        command = [self.creator, "-I", "-m", "venv", str(self.home)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            output = (done.stdout + done.stderr).strip()
            # ensurepip dies of a full disk without naming it.
            if any(words in output for words in NO_SPACE) or shutil.disk_usage(str(ROOT)).free < 30e6:
                raise disk_full()
            last = output.splitlines()[-1] if output else "python -m venv failed"
            raise Failed("cannot make the virtual environment: " + last, "无法创建虚拟环境")
        (self.home / ".bangmai-path").write_text(str(self.home))

    def pip(self, arguments, label, total=0):
        """Run pip, showing one line of progress; raise Failed with pip's own last error."""
        command = [str(self.python), "-I", "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
        process = subprocess.Popen(
            [*command, "--progress-bar", "off", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=dict(os.environ, PYTHONUNBUFFERED="1", PIP_ROOT_USER_ACTION="ignore"),
        )
        errors, seen, retried = [], 0, False
        with process:
            for line in process.stdout or ():
                if line.startswith("Collecting ") or line.startswith("Requirement already satisfied"):
                    seen += 1
                    redraw(label, "{}/{}".format(min(seen, total), total))
                elif "Retrying (" in line:
                    retried = True
                elif line.startswith("ERROR:") or any(words in line for words in NO_SPACE):
                    errors.append(line.strip())
        redraw(label, "failed" if process.returncode else "ready", end=True)
        if process.returncode:
            raise explain(errors, retried)

    def install(self, lock):
        """Install one lock file and mark it as done."""
        say("installing {} (a minute or two the first time)".format(lock.stem), "正在安装依赖，首次约需一两分钟")
        # Written down before the first file and taken away after the stamp.
        self.unfinished.touch()
        total = sum("==" in line and not line.startswith(" ") for line in lock.read_text().splitlines())
        try:
            self.pip(["--require-hashes", *BUILD_FROM_LOCK, "-r", str(lock)], lock.stem, total)
        except NotFetched:
            # pip fetches everything before it writes anything, so what was there before is still whole.
            self.unfinished.unlink()
            raise
        if lock.stem == "runtime":
            self.pip(["--no-build-isolation", "--no-deps", "--no-index", "-e", str(ROOT)], "bangmai", 1)
        self.stamp(lock).write_text(fingerprint(lock))
        self.unfinished.unlink()


def explain(errors, retried=False):
    """Turn pip's error lines into the failure to show; `retried`: it had to ask the index again."""
    if any(words in line for line in errors for words in NO_SPACE):
        return disk_full()
    last = errors[-1].replace("ERROR: ", "", 1) if errors else "pip gave no reason"
    kind = NotFetched if retried else Failed
    what = "the package index does not answer" if retried else "the installation failed"
    return kind(
        "{}: {} (check the network, or PIP_INDEX_URL, and run again)".format(what, last),
        "依赖安装失败，请检查网络或 PIP_INDEX_URL 后重试",
    )


def fingerprint(lock):
    """Hash of all that decides what an installation holds: lock, folder and, where it is installed, the project."""
    project = (ROOT / "pyproject.toml").read_bytes() if lock.stem == "runtime" else b""
    digest = hashlib.sha256()
    for part in (lock.read_bytes(), str(ROOT).encode(), project):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def say(english, chinese):
    """Print one line of what is going on, in both languages."""
    print("bangmai: {} / {}".format(english, chinese), flush=True)


def redraw(label, state, end=False):
    """Redraw the progress line on a terminal; elsewhere print only its last state."""
    if sys.stdout.isatty() or end:
        start = "\r" if sys.stdout.isatty() else ""
        print("{}  {} {}   ".format(start, label, state).rstrip(" "), end="\n" if end else "", flush=True)


@contextlib.contextmanager
def alone(lock):
    """Hold off a second bootstrap of the same checkout until this one ends."""
    with lock.open("rb") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def main(arguments):
    """Make or complete the environment; return the exit code."""
    try:
        check_python(sys.version_info, sys.platform)
        names = ["build", "runtime"] + [name for name in ("dev", "browser") if "--" + name in arguments]
        locks = [ROOT / "requirements" / (name + ".txt") for name in names]
        environment = Environment(ROOT / ".venv")
        if all(environment.has(lock) for lock in locks):
            return 0
        check_venv()
        with alone(locks[0]):
            if not environment.believable():
                environment.create()
            for lock in locks:
                if not environment.has(lock):
                    environment.install(lock)
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nbangmai: interrupted, run again to go on / 已中断，重新运行即可继续", file=sys.stderr)
        return 1
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        print(disk_full() if full else Failed(str(error), "文件操作失败"), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    # Python put this file's folder first on the path, where the shop's modules could hide the standard library's.
    sys.path.pop(0)
    sys.exit(main(sys.argv[1:]))
