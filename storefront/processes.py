"""One child process of `bangmai run`: it cannot outlive us, its lines are prefixed, it is restarted after a pause."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Sequence

MOST_DEATHS = 5
DEATHS_WINDOW_SECONDS = 60.0
LONGEST_PAUSE_SECONDS = 8.0
_PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int) -> None:
    """Run in the child before exec: have the kernel send SIGTERM when the parent is gone, however it went."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it went between fork and prctl
            os._exit(1)


class Child:
    """A named command. Its output goes to ours line by line; a death that nobody asked for is counted."""

    def __init__(self, name: str, command: Sequence[str], env: dict[str, str]):
        self.name = name
        self.command = list(command)
        self.env = env
        self.process: subprocess.Popen[bytes] | None = None
        self.restart_at: float | None = None
        self._deaths: deque[float] = deque()
        self._rest = b""

    def start(self) -> None:
        """Start it in a process group of its own: a Ctrl-C of the terminal reaches us only, and we stop in order."""
        parent = os.getpid()
        self.restart_at = None
        self.process = subprocess.Popen(
            self.command,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            process_group=0,
            preexec_fn=lambda: die_with_parent(parent),  # noqa: PLW1509  safe: the supervisor has no threads
        )
        os.set_blocking(self.fileno(), False)

    def fileno(self) -> int:
        """The reading end of its output, for a selector."""
        assert self.process and self.process.stdout  # noqa: S101
        return self.process.stdout.fileno()

    @property
    def running(self) -> bool:
        """Whether the process is there now."""
        return self.process is not None and self.process.poll() is None

    def drain(self) -> bool:
        """Print the whole lines that it has written since the last call; return whether there may come more."""
        try:
            while chunk := os.read(self.fileno(), 65536):
                *lines, self._rest = (self._rest + chunk).split(b"\n")
                for line in lines:
                    self._print(line)
        except BlockingIOError:
            return True
        return False

    def close(self) -> None:
        """Print what is left of its output and let go of the process."""
        if self.process is None:
            return
        self.drain()
        if self._rest:
            self._print(self._rest)
            self._rest = b""
        assert self.process.stdout  # noqa: S101
        self.process.stdout.close()
        self.process = None

    def died(self, now: float) -> float | None:
        """Count a death at `now` (monotonic seconds); return the pause before the next start, None to give up."""
        self._deaths.append(now)
        while self._deaths[0] <= now - DEATHS_WINDOW_SECONDS:
            self._deaths.popleft()
        if len(self._deaths) >= MOST_DEATHS:
            return None
        pause = min(0.5 * 2 ** (len(self._deaths) - 1), LONGEST_PAUSE_SECONDS)
        self.restart_at = now + pause
        return pause

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the process, or with SIGKILL to its whole group: nothing of it may stay behind."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            if number is signal.SIGKILL:
                os.killpg(self.process.pid, number)
            elif self.running:
                self.process.send_signal(number)

    def _print(self, line: bytes) -> None:
        print(f"{self.name:>8} | {line.decode(errors='replace').rstrip()}", flush=True)


def stop(children: Sequence[Child], seconds: float) -> None:
    """Ask these to stop, give them so many seconds, then kill what is left, with all that it started."""
    for child in children:
        child.signal(signal.SIGTERM)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and any(child.running for child in children):
        for child in children:
            if child.process:
                child.drain()
        time.sleep(0.05)
    for child in children:
        child.signal(signal.SIGKILL)
        if child.process:
            child.process.wait()
        child.close()
