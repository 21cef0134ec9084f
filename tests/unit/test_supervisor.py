"""`bangmai run`: order of stopping, restarts, giving up, and that nothing outlives it. With small real processes."""

import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import psutil
import pytest

from storefront import processes, supervisor

ROOT = Path(__file__).resolve().parents[2]
# A child that says when it is told to stop, with a child of its own.
CHILD = """
import signal, subprocess, sys, time
own = subprocess.Popen(["sleep", "60"])
def stop(*_):
    own.kill(); own.wait()
    print("asked to stop", flush=True); sys.exit(0)
signal.signal(signal.SIGTERM, stop)
print("up", own.pid, flush=True)
while True: time.sleep(0.1)
"""
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


def start(children: dict[str, str]) -> subprocess.Popen[str]:
    """Run a supervisor over these children, each a Python text, in a process of its own."""
    program = f"""
    import os, sys
    from storefront.processes import Child
    from storefront.supervisor import CannotRun, StopRequest, Supervisor
    children = [Child(name, [sys.executable, "-c", text], dict(os.environ)) for name, text in {children!r}.items()]
    try:
        Supervisor(children, "127.0.0.1", 9, StopRequest()).run()
    except CannotRun as failure:
        sys.exit(f"bangmai: {{failure}}")
    """
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "storefront.settings"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def lines_until(process: subprocess.Popen[str], count: int, text: str) -> list[str]:
    """Read lines of output until `count` of them hold `text`."""
    assert process.stdout
    lines: list[str] = []
    while sum(text in line for line in lines) < count:
        line = process.stdout.readline()
        assert line, f"ended early: {lines}"
        lines.append(line.rstrip())
    return lines


def family(process: subprocess.Popen[str]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


def test_ctrl_c_stops_the_web_first_and_the_stand_in_last_and_leaves_nothing():
    process = start({"standin": CHILD, "web": CHILD, "relay": CHILD, "worker": CHILD})
    lines_until(process, 4, "| up")
    children = family(process)
    assert len(children) == 8
    begin = time.monotonic()
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=15)
    assert process.returncode == 0
    assert time.monotonic() - begin < 10
    told = [line.split("|")[0].strip() for line in output.splitlines() if "asked to stop" in line]
    assert (told[0], sorted(told[1:3]), told[3]) == ("web", ["relay", "worker"], "standin")
    assert not [child for child in children if child.is_running()]


def test_a_child_that_will_not_stop_is_killed_within_ten_seconds():
    process = start({"web": STUBBORN, "relay": STUBBORN})
    lines_until(process, 2, "| up")
    begin = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=15)
    assert process.returncode == 0
    assert time.monotonic() - begin < 10


def test_a_killed_supervisor_takes_its_children_along():
    process = start({"web": CHILD, "relay": CHILD})
    lines_until(process, 2, "| up")
    children = family(process)
    process.kill()
    process.communicate(timeout=15)
    _gone, alive = psutil.wait_procs(children, timeout=5)
    assert not alive


def test_a_child_that_dies_is_started_again():
    process = start({"relay": CHILD})
    lines_until(process, 1, "| up")
    [relay] = psutil.Process(process.pid).children()
    [its_own] = relay.children()
    relay.kill()
    lines = lines_until(process, 1, "| up")
    assert any("relay ended with exit code -9" in line for line in lines)
    psutil.wait_procs([its_own], timeout=5)
    assert not its_own.is_running(), "what the dead child had started must not stay behind"
    process.terminate()
    process.communicate(timeout=15)
    assert process.returncode == 0


def test_a_child_that_cannot_live_is_given_up_in_one_line():
    process = start({"web": CHILD, "relay": "raise SystemExit('no table')"})
    output, _ = process.communicate(timeout=40)
    assert process.returncode == 1
    assert output.count("| no table") == 5
    assert "relay died five times in a minute (last exit code 1), giving up" in output.splitlines()[-1]


def test_pauses_grow_and_old_deaths_are_forgotten():
    child = processes.Child("relay", ["true"], {})
    assert [child.died(now) for now in (0.0, 1.0, 2.0, 3.0, 4.0)] == [0.5, 1.0, 2.0, 4.0, None]
    assert child.died(100.0) == 0.5


def test_output_is_passed_on_line_by_line_with_the_name(capfd):
    text = r"import sys; sys.stdout.buffer.write('洛川苹果\nhalf'.encode()); sys.stdout.flush()"
    child = processes.Child("relay", [sys.executable, "-c", text], dict(os.environ))
    child.start()
    assert child.process
    child.process.wait()
    child.close()
    assert capfd.readouterr().out == "   relay | 洛川苹果\n   relay | half\n"


@pytest.fixture
def taken_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_taken_port_is_one_line_and_exit_code_1(taken_port, capsys):
    assert supervisor.run(host="127.0.0.1", port=taken_port) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(f"bangmai: port {taken_port} on 127.0.0.1 is taken")


def test_the_stand_in_gets_another_port_when_the_next_one_is_taken(taken_port):
    chosen = supervisor.standin_port("127.0.0.1", taken_port - 1, wanted=0)
    assert chosen != taken_port
    with pytest.raises(supervisor.CannotRun):
        supervisor.standin_port("127.0.0.1", 8000, wanted=taken_port)


def test_two_shops_cannot_share_a_data_directory(tmp_path):
    with supervisor.only_one(tmp_path), pytest.raises(supervisor.CannotRun), supervisor.only_one(tmp_path):
        pass


def test_without_a_stripe_key_the_stand_in_and_the_shop_share_secrets_of_this_run(tmp_path):
    children = {c.name: c for c in supervisor.children("127.0.0.1", 18000, tmp_path, standin=True)}
    assert list(children) == ["standin", "web", "relay", "worker"]
    secrets = {child.env["STRIPE_WEBHOOK_SECRET"] for child in children.values()}
    assert len(secrets) == 1
    assert children["web"].env["STRIPE_API_BASE"].startswith("http://127.0.0.1:")
    assert not any(secret in " ".join(child.command) for secret in secrets for child in children.values())


def test_with_a_stripe_key_there_is_no_stand_in(tmp_path):
    names = [child.name for child in supervisor.children("127.0.0.1", 18000, tmp_path, standin=False)]
    assert names == ["web", "relay", "worker"]
