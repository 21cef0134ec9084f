"""A whole shop of real processes for a test: database, web server, relay, sweep, payment stand-in; all on 127.0.0.1.

Which database it is, `server` or else DATABASE_URL says: SQLite in the test's folder, or a new one on PostgreSQL.
"""

import contextlib
import json
import os
import secrets
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg

from benchmarks.servers import ROOT, environment, free_port


class Shop:
    """Starts and ends the processes; each is a child of the test and of nobody else."""

    def __init__(
        self, home: Path, *, web_workers: int = 4, flags: dict[str, str] | None = None, server: str | None = None
    ):
        self.server = os.environ.get("DATABASE_URL", "") if server is None else server
        self.home = home
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.standin_port = free_port()
        self.kills = home / "kills"
        self.kills.mkdir(parents=True, exist_ok=True)
        self.web_workers = web_workers
        self.children: dict[str, subprocess.Popen] = {}
        self.database = ""
        self.env = {
            **environment(home, port=self.port, standin_port=self.standin_port),
            "DATABASE_URL": self._database_url(),
            "BANGMAI_TEST": "1",
            "BANGMAI_TEST_KILL": str(self.kills),
            "RATE_LIMIT_FACTOR": "100000",
            "CELERY_BROKER_URL": "filesystem://",
            "REDIS_URL": "",
            "PYTHONWARNINGS": "ignore",
            **(flags or {}),
        }
        self.secret = self.env["STRIPE_SECRET_KEY"]

    def _database_url(self) -> str:
        if not self.server.startswith("postgres"):
            return f"sqlite:///{self.home / 'shop.sqlite3'}"
        server, _ = self.server.rsplit("/", 1)
        self.database = f"bangmai_fault_{secrets.token_hex(4)}"
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{self.database}"')
        return f"{server}/{self.database}"

    def fill(self, *, stock: int, variants: int = 2) -> dict:
        """Migrate and make the catalogue of `tests.faults.catalogue`."""
        command = [sys.executable, "-m", "tests.faults.catalogue", str(stock), str(variants)]
        answer = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=120)
        assert answer.returncode == 0, answer.stderr
        return json.loads(answer.stdout.splitlines()[-1])

    def prepare_demo(self, *, products: int, orders: int) -> None:
        """Migrate, collect static files, and seed a demo of this size."""
        self.manage("migrate --verbosity 0", "createcachetable --verbosity 0")
        self.collect_static()
        self.command("demo", "seed", "--products", str(products), "--orders", str(orders))

    def collect_static(self) -> None:
        """Collect the static files, which pages need and the API does not."""
        self.manage("collectstatic --noinput --verbosity 0")

    def manage(self, *commands: str) -> None:
        """Run commands of Django; `call_command` leaves out the system checks: there may be no tables yet."""
        calls = "".join(f"call_command(*{line.split()!r}); " for line in commands)
        source = f"import django; django.setup(); from django.core.management import call_command; {calls}"
        env = {**self.env, "DJANGO_SETTINGS_MODULE": "storefront.settings"}
        subprocess.run([sys.executable, "-c", source], cwd=ROOT, env=env, check=True, timeout=300)

    def command(self, *args: str, check: bool = True) -> subprocess.CompletedProcess:
        """Run `bangmai …` and wait."""
        line = [sys.executable, "-c", "from storefront.cli import main; main()", *args]
        return subprocess.run(line, cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=120, check=check)

    def start_web(self) -> None:
        """Start gunicorn and wait until it answers."""
        self._start(
            "web",
            [
                *(sys.executable, "-m", "gunicorn", "storefront.wsgi", "--workers", str(self.web_workers)),
                *("--bind", f"127.0.0.1:{self.port}", "--backlog", "1024", "--timeout", "60", "--log-level", "warning"),
            ],
        )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                self.graphql("{ __typename }")
                return
            time.sleep(0.1)
        raise AssertionError("the web server did not answer within 60 s")

    def start_relay(self) -> None:
        """Start the relay."""
        self._start("relay", [sys.executable, "-c", "from storefront.cli import main; main(['relay'])"])

    def start_sweep(self) -> None:
        """Start what the worker's beat does, every second, in a process of its own."""
        self._start("sweep", [sys.executable, "-m", "tests.faults.sweep"])

    def start_worker(self) -> None:
        """Start the worker with its clock, as the shop's supervisor does: cards, index, spreadsheets."""
        for name in ("messages", "control"):  # of the broker that is made of files
            (self.home / "broker" / name).mkdir(parents=True, exist_ok=True)
        line = [*(sys.executable, "-m", "celery", "-q", "-A", "storefront", "worker", "--beat", "--pool", "solo")]
        line += ["--loglevel", "INFO", "--schedule", str(self.home / "beat-schedule"), "--without-mingle"]
        self._start("worker", line)

    def work_on_sheet(self, job: int) -> subprocess.Popen:
        """Start a process that works on an import until it waits or is over, and prints what that took."""
        line = [sys.executable, "-m", "tests.faults.sheets", "work", str(job), "0"]
        child = subprocess.Popen(
            line, cwd=ROOT, env=self.env, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        self.children[f"sheet {job}"] = child
        return child

    def start_standin(self) -> None:
        """Start the payment stand-in and wait until it answers."""
        self._start(
            "standin",
            [
                *(sys.executable, "-m", "checkout.standin", "--port", str(self.standin_port)),
                *("--data", str(self.home / "standin.sqlite3"), "--webhook-url", f"{self.url}/webhooks/stripe/"),
            ],
        )
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError), urllib.request.urlopen(self.env["STRIPE_API_BASE"] + "/health"):
                return
            time.sleep(0.1)
        raise AssertionError("the stand-in did not answer within 20 s")

    def _start(self, name: str, command: list[str]) -> None:
        with (self.home / f"{name}.log").open("ab") as log:
            self.children[name] = subprocess.Popen(
                command, cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True
            )

    def stop(self, name: str) -> None:
        """End one child and those that it started."""
        child = self.children.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGTERM)
        try:
            child.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()

    def close(self) -> None:
        """End all children and drop the database."""
        for name in list(self.children):
            self.stop(name)
        if self.database:
            server, _ = self.server.rsplit("/", 1)
            with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
                connection.execute(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')

    def arm(self, point: str) -> None:
        """Let the next process that reaches this point die."""
        (self.kills / point).touch()

    def graphql(self, query: str, variables: dict | None = None, *, timeout: float = 60) -> dict:
        """Send one document and return its data. Raises OSError when no answer came."""
        body = json.dumps({"query": query, "variables": variables or {}}).encode()
        request = urllib.request.Request(
            f"{self.url}/graphql/", data=body, headers={"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                told = json.load(answer)
        except urllib.error.HTTPError as refused:
            raise AssertionError(f"{refused.code}: {refused.read()[:400]!r}") from None
        assert "errors" not in told, told["errors"]
        return told["data"]

    def sql(self, statement: str) -> list[tuple]:
        """Run one statement and return its rows."""
        if self.database:
            with psycopg.connect(self.env["DATABASE_URL"]) as connection:
                return connection.execute(statement).fetchall()
        with contextlib.closing(sqlite3.connect(self.home / "shop.sqlite3", timeout=20)) as connection:
            return connection.execute(statement).fetchall()

    def execute(self, statement: str) -> None:
        """Run one statement that changes something."""
        if self.database:
            with psycopg.connect(self.env["DATABASE_URL"], autocommit=True) as connection:
                connection.execute(statement)
            return
        with contextlib.closing(sqlite3.connect(self.home / "shop.sqlite3", timeout=20)) as connection, connection:
            connection.execute(statement)

    def broken(self) -> list[str]:
        """Return what `bangmai check` finds broken."""
        answer = self.command("check", check=False)
        assert answer.returncode in (0, 1), answer.stderr
        return [line for line in answer.stderr.splitlines() if line.startswith("BROKEN")] + (
            [answer.stderr] if answer.returncode and "BROKEN" not in answer.stderr else []
        )


@contextlib.contextmanager
def shops(folder: Path) -> Iterator[Callable[..., Shop]]:
    """Give a maker of shops, each in a folder of its own; all are closed in the end."""
    made: list[Shop] = []

    def make(name: str = "shop", **options) -> Shop:
        made.append(Shop(folder / name, **options))
        return made[-1]

    try:
        yield make
    finally:
        for one in made:
            one.close()


CREATE = """mutation($input: CheckoutCreateInput!) {
  checkoutCreate(input: $input) { checkout { id } errors { code message field } } }"""
COMPLETE = """mutation($id: ID!) {
  checkoutComplete(id: $id) { order { id number total { gross { amount } } } errors { code message field } } }"""
INITIALIZE = """mutation($id: ID!) { transactionInitialize(id: $id, paymentGateway: {id: "stripe"}) {
  transaction { id pspReference } errors { code message } } }"""
PROCESS = """mutation($id: ID!) { transactionProcess(id: $id) {
  transaction { order { id chargeStatus } } errors { code message } } }"""


def basket(variants: dict[int, int], *, tag: str = "spring-open", email: str = "buyer@example.com") -> dict:
    """Return the input of `checkoutCreate` for these quantities by variant id."""
    from graphql_relay import to_global_id

    return {
        "email": email,
        "lines": [
            {
                "variantId": to_global_id("ProductVariant", str(variant)),
                "quantity": quantity,
                "metadata": [{"key": "tag", "value": tag}],
            }
            for variant, quantity in variants.items()
        ],
        "shippingAddress": {
            "firstName": "收货人",
            "phone": "13800000000",
            "streetAddress1": "一号院",
            "metadata": [{"key": "divisionCode", "value": "110101"}],
        },
    }
