"""The servers under measurement and what they cost: CPU time of their processes, from /proc."""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """Return a port that nobody listens on right now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def environment(home: Path, *, port: int, standin_port: int) -> dict[str, str]:
    """Return the environment of a shop with its data in `home` and new keys: for measurements, and for tests."""
    standin = f"http://127.0.0.1:{standin_port}"
    return {
        **os.environ,
        "BANGMAI_HOME": str(home),
        "SQLITE_SYNCHRONOUS": "FULL",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
        "STRIPE_SECRET_KEY": f"sk_test_{secrets.token_hex(12)}",
        "STRIPE_WEBHOOK_SECRET": f"whsec_{secrets.token_hex(12)}",
        "STRIPE_API_BASE": standin,
        "STRIPE_STANDIN_URL": standin,
        "LOG_LEVEL": "WARNING",
    }


def tree(pid: int) -> list[int]:
    """Return a process and all its descendants."""
    found = [pid]
    for process in found:
        for task in Path(f"/proc/{process}/task").glob("*/children"):
            with contextlib.suppress(FileNotFoundError):
                found += [int(child) for child in task.read_text().split()]
    return found


def cpu_seconds(pids: list[int]) -> float:
    """Return the CPU time that these processes have used, user and system."""
    ticks = 0
    for pid in pids:
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS


class Servers:
    """Web server, relay and payment stand-in over one data directory."""

    def __init__(self, home: Path, *, workers: int = 2, page_cache: bool = False, database_url: str = ""):
        self.home = home
        self.port = free_port()
        self.standin_port = free_port()
        self.workers = workers
        self.children: dict[str, subprocess.Popen] = {}
        self.env = {
            **environment(home, port=self.port, standin_port=self.standin_port),
            "PAGE_CACHE": "1" if page_cache else "0",
            "RATE_LIMIT_FACTOR": "1000000",
        }
        self.secret = self.env["STRIPE_SECRET_KEY"]
        if database_url:
            self.env["DATABASE_URL"] = database_url

    def command(self, *args: str) -> str:
        """Run `bangmai …` in the foreground and return what it prints; its progress goes to our standard error."""
        line = [sys.executable, "-c", "from storefront.cli import main; main()", *args]
        return subprocess.run(line, cwd=ROOT, env=self.env, stdout=subprocess.PIPE, text=True, check=True).stdout

    def script(self, source: str) -> str:
        """Run a few lines of Python with the shop set up, and return what they print."""
        whole = f"import django; django.setup()\n{source}"
        env = {**self.env, "DJANGO_SETTINGS_MODULE": "storefront.settings"}
        answer = subprocess.run([sys.executable, "-c", whole], cwd=ROOT, env=env, stdout=subprocess.PIPE, check=True)
        return answer.stdout.decode()

    def start(self, *names: str) -> None:
        """Start web, relay or stand-in."""
        bangmai = [sys.executable, "-c", "from storefront.cli import main; main()"]
        gunicorn = ["--workers", str(self.workers), "--bind", f"127.0.0.1:{self.port}", "--backlog", "1024"]
        standin = ["--port", str(self.standin_port), "--data", str(self.home / "bench-standin.sqlite3")]
        notices = f"http://127.0.0.1:{self.port}/webhooks/stripe/"
        lines = {
            "web": [sys.executable, "-m", "gunicorn", "storefront.wsgi", *gunicorn, "--log-level", "warning"],
            "relay": [*bangmai, "relay"],
            "standin": [sys.executable, "-m", "checkout.standin", *standin, "--webhook-url", notices],
        }
        for name in names:
            with (self.home / f"bench-{name}.log").open("ab") as log:
                self.children[name] = subprocess.Popen(
                    lines[name], cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True
                )
        addresses = {
            "web": f"http://127.0.0.1:{self.port}/health/ping",
            "standin": f"{self.env['STRIPE_API_BASE']}/health",
        }
        for name in names:
            if name in addresses:
                _wait(addresses[name])

    def cpu(self, *names: str) -> float:
        """Return the CPU seconds that these servers have used so far."""
        return cpu_seconds([pid for name in names for pid in tree(self.children[name].pid)])

    def close(self) -> None:
        """End what was started."""
        for child in self.children.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGTERM)
            child.wait(timeout=20)
        self.children.clear()


def _wait(address: str, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
