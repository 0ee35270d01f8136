"""Another process, started afresh, with other hashes of strings: does a component give the same there?"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Any


def elsewhere(payload: bytes, seconds: float) -> Any:
    """Run a pickled ``(function, make, component, arguments)`` in a new process; ``component`` is ``None`` to make one there.

    Returns:
        ``(result, None)`` or ``(None, what went wrong)``.
    """
    environment = dict(os.environ, PYTHONHASHSEED="4711" if os.environ.get("PYTHONHASHSEED") != "4711" else "42")
    message = pickle.dumps((sys.path, payload))
    try:
        done = subprocess.run(
            [sys.executable, "-c", "from quoteminer.testing.worker import main; main()"],
            input=message,
            capture_output=True,
            env=environment,
            timeout=seconds + 30,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None, f"no answer in {seconds + 30:g} s"
    if done.returncode != 0:
        return None, done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2] or f"exit code {done.returncode}"
    try:
        return pickle.loads(done.stdout)
    except Exception as error:
        return None, f"its result cannot be read: {error!r}"


def run(payload: bytes) -> tuple[Any, str | None]:
    """What :func:`elsewhere` does there."""
    try:
        function: Callable[..., Any]
        function, make, component, arguments = pickle.loads(payload)
        return function(make() if component is None else component, *arguments), None
    except Exception as error:
        return None, repr(error)


def main() -> None:
    """Read the payload from standard input and write the result; whatever the component prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    path, payload = pickle.load(sys.stdin.buffer)
    sys.path[:] = path
    result = run(payload)
    try:
        answer = pickle.dumps(result)
    except Exception as error:
        answer = pickle.dumps((None, f"its result cannot be pickled: {error!r}"))
    with answers:
        answers.write(answer)
