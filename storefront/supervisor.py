"""`bangmai run`: prepares the data directory, then runs all processes of one machine in the foreground.

The order of stopping matters: the web first, so that no new order comes in, then what works on the orders that came,
and the payment stand-in last, because the others may still be talking to it.
"""

import contextlib
import errno
import fcntl
import http.client
import os
import secrets
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from django.conf import settings

from storefront.processes import Child, die_with_parent, stop

# Where the shop takes the payment provider's notices.
WEBHOOK_PATH = "/webhooks/stripe/"


class CannotRun(Exception):
    """The shop cannot start or go on; the message is the one line to show."""


def run(*, host: str, port: int) -> int:
    """Run the shop until it is stopped; return the exit code.

    Without a Stripe key in the settings the payment stand-in is started as well, with secrets made for this run.
    Every failure is one line on standard error and exit code 1.
    """
    asked = StopRequest()
    try:
        check_port(host, port)
        with only_one(settings.HOME):
            make_folders(getattr(settings, "CELERY_BROKER_TRANSPORT_OPTIONS", {}))
            prepare(settings.HOME, asked)
            started = children(host, port, settings.HOME, standin=not settings.STRIPE_SECRET_KEY)
            Supervisor(started, host, port, asked).run()
    except CannotRun as failure:
        print(f"bangmai: {failure}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read our output is gone, and by now so are the children
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    finally:
        asked.restore()
    _say("stopped / 已停止")
    return 0


class StopRequest:
    """True once somebody has asked us to stop: Ctrl-C, SIGTERM, or the terminal is gone.

    Only noted, not raised: an exception out of a signal handler could come between starting a process and knowing it.
    """

    def __init__(self) -> None:
        self.came = False
        self._previous = {n: signal.signal(n, self._note) for n in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.came = True

    def __bool__(self) -> bool:
        return self.came

    def restore(self) -> None:
        """Give the signals back to the handlers that were there."""
        for number, handler in self._previous.items():
            signal.signal(number, handler)


def check_port(host: str, port: int) -> None:
    """Raise CannotRun unless we could listen there."""
    try:
        _bind(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotRun(
                f"port {port} on {host} is taken by another program; choose one: make run PORT={port + 10} / "
                f"端口 {port} 已被占用，可换一个：make run PORT={port + 10}"
            ) from None
        raise CannotRun(f"cannot listen on {host}:{port}: {error.strerror} / 无法监听 {host}:{port}") from None


def _bind(host: str, port: int) -> int:
    """Bind and let go again; return the port, which is a free one for port 0. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        trial.bind((host, port))
        return trial.getsockname()[1]


def standin_port(host: str, port: int, wanted: int) -> int:
    """Return a port for the payment stand-in: the wanted one or nothing, else the one after ours, else a free one."""
    if wanted:
        check_port(host, wanted)
        return wanted
    try:
        return _bind(host, port + 1)
    except (OSError, OverflowError):
        return _bind(host, 0)


@contextlib.contextmanager
def only_one(home: Path) -> Iterator[None]:
    """Hold the data directory, so that a second `bangmai run` cannot run the same worker and relay beside us."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = (home / "run.lock").open("w")
    except OSError as error:
        raise CannotRun(f"cannot write to the data directory {home}: {error.strerror} / 无法写入数据目录") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CannotRun(f"another `bangmai run` uses {home} / 已有一个 bangmai run 正在使用该数据目录") from None
        yield


def make_folders(broker_options: dict[str, object]) -> None:
    """Make the folders of a broker that is made of files; kombu expects to find them."""
    for name in ("data_folder_in", "data_folder_out", "control_folder"):
        if name in broker_options:
            Path(str(broker_options[name])).mkdir(parents=True, exist_ok=True)


def prepare(home: Path, asked: StopRequest) -> None:
    """Bring database, static files, demo data and index up to date, in a process that gives its memory back."""
    _say("preparing the shop; the first start takes a few minutes / 正在准备，首次启动需要几分钟")
    parent = os.getpid()
    setup = subprocess.Popen(
        [*_bangmai(), "setup"],
        env=os.environ | {"BANGMAI_HOME": str(home)},
        preexec_fn=lambda: die_with_parent(parent),  # noqa: PLW1509  safe: no threads here
    )
    while setup.poll() is None:
        if asked:
            setup.terminate()
        time.sleep(0.1)
    if setup.returncode and not asked:
        raise CannotRun(
            f"the preparation failed (exit code {setup.returncode}), see the lines above / 准备失败，请看上面的输出"
        )


def children(host: str, port: int, home: Path, *, standin: bool) -> list[Child]:
    """Return the processes to run, in the order in which they are started."""
    public = os.environ.get("PUBLIC_URL") or f"http://{_local(host)}:{port}"
    shared = os.environ | {"BANGMAI_HOME": str(home), "HOST": host, "PORT": str(port), "PUBLIC_URL": public}
    shared["PYTHONUNBUFFERED"] = "1"
    python = [sys.executable, "-m"]
    before: list[Child] = []
    if standin:
        pay_port = standin_port(host, port, wanted=settings.STRIPE_STANDIN_PORT)
        shared |= _standin_settings(public, pay_port)
        pay = ["checkout.standin", "--host", host, "--port", str(pay_port), "--data", str(home / "standin.sqlite3")]
        pay += ["--webhook-url", f"http://{_local(host)}:{port}{WEBHOOK_PATH}"]
        for prefix in {public, f"http://127.0.0.1:{port}", f"http://localhost:{port}"}:
            pay += ["--return-prefix", f"{prefix}/"]
        before = [Child("standin", [*python, *pay], shared)]
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    web = ["gunicorn", "storefront.wsgi:application", "--bind", address, "--workers", str(settings.WEB_WORKERS)]
    web += ["--worker-class", "sync", "--graceful-timeout", "3", "--no-control-socket", "--log-level", "warning"]
    worker = ["celery", "-q", "-A", "storefront", "worker", "--beat", "--pool", "solo", "--loglevel", "INFO"]
    worker += ["--schedule", str(home / "beat-schedule"), "--without-gossip", "--without-mingle"]
    return [
        *before,
        Child("web", [*python, *web], shared),
        Child("relay", [*_bangmai(), "relay"], shared),
        # A demo in a container runs as root, which needs no paragraph about it at each start.
        Child("worker", [sys.executable, "-W", "ignore:You're running the worker", "-m", *worker], shared),
    ]


def _standin_settings(public: str, port: int) -> dict[str, str]:
    """Keys of this run only, in the form of Stripe's, for the stand-in and those that talk to it."""
    address = f"http://{_local(urlsplit(public).hostname or '127.0.0.1')}:{port}"
    return {
        "STRIPE_SECRET_KEY": f"sk_test_{secrets.token_hex(16)}",
        "STRIPE_PUBLISHABLE_KEY": f"pk_test_{secrets.token_hex(16)}",
        "STRIPE_WEBHOOK_SECRET": f"whsec_{secrets.token_hex(16)}",
        "STRIPE_API_BASE": address,
        "STRIPE_STANDIN_URL": address,
    }


def _bangmai() -> list[str]:
    return [sys.executable, "-c", "from storefront.cli import main; main(prog_name='bangmai')"]


def _local(host: str) -> str:
    """The address by which this machine reaches a server listening on `host`."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return f"[{host}]" if ":" in host else host


def _say(line: str) -> None:
    print(f"bangmai: {line}", flush=True)


class Supervisor:
    """Starts the children, passes on their output, restarts the dead, and stops all of them at the end."""

    def __init__(self, children: list[Child], host: str, port: int, asked: StopRequest):
        self.children = children
        self.asked = asked
        self.host = _local(host)
        self.port = port
        self.ready = False
        self._selector = selectors.DefaultSelector()
        self._next_look = 0.0

    def run(self) -> None:
        """Run until asked to stop; raise CannotRun when a child cannot be kept alive."""
        try:
            for child in [] if self.asked else self.children:
                self._start(child)
            while not self.asked:
                self.turn()
        finally:
            self.stop()

    def turn(self) -> None:
        """Do what there is to do now; wait at most a fifth of a second for it."""
        for key, _ in self._selector.select(timeout=0.2):
            if not key.data.drain():
                self._selector.unregister(key.fileobj)
        now = time.monotonic()
        for child in self.children:
            if child.process and not child.running:
                self._bury(child, now)
            elif child.restart_at is not None and child.restart_at <= now:
                self._start(child)
        if not self.ready and now >= self._next_look:
            self._look(now)

    def stop(self) -> None:
        """Stop the web, then the workers, then the stand-in: within ten seconds in all."""
        named = {child.name: child for child in self.children}
        for names, seconds in ((("web",), 4.0), (("relay", "worker"), 4.0), (("standin",), 1.0)):
            stop([named[name] for name in names if name in named], seconds)

    def _start(self, child: Child) -> None:
        child.start()
        self._selector.register(child, selectors.EVENT_READ, child)

    def _bury(self, child: Child, now: float) -> None:
        assert child.process  # noqa: S101
        code = child.process.returncode
        with contextlib.suppress(KeyError):  # it had closed its output before
            self._selector.unregister(child)
        child.signal(signal.SIGKILL)  # what it may have left in its group
        child.close()
        pause = child.died(now)
        if pause is None:
            raise CannotRun(
                f"{child.name} died five times in a minute (last exit code {code}), giving up; see its lines above / "
                f"{child.name} 一分钟内退出五次，已放弃，请看上面的输出"
            )
        _say(f"{child.name} ended with exit code {code}, again in {pause:g} s / {child.name} 异常退出，即将重启")

    def _look(self, now: float) -> None:
        """Ask the shop whether it can take orders; say so, once, when it can."""
        self._next_look = now + 0.5
        connection = http.client.HTTPConnection(self.host.strip("[]"), self.port, timeout=2)
        try:
            connection.request("GET", "/health/ready")
            self.ready = connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return
        finally:
            connection.close()
        if self.ready:
            _say(
                f"the shop is open at http://{self.host}:{self.port} (stop it with Ctrl-C) / 商城已就绪，按 Ctrl-C 停止"
            )
