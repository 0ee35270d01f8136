"""``quoteminer serve`` as a process of its own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.request

import pytest


@pytest.mark.slow
def test_it_answers_on_loopback_until_it_is_told_to_end(command, environment):
    process = subprocess.Popen([*command, "serve", "--port", "0"], env=environment, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        address = next(found[0] for line in process.stderr if (found := re.search(r"http://127\.0\.0\.1:\d+", line)))
        body = json.dumps({"text": "“Yes,” said Ada."}).encode()
        request = urllib.request.Request(f"{address}/mine", body, {"content-type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert [quote["content"] for quote in json.load(answer)["quotes"]] == [[[1, 5]]]
        process.terminate()
        process.communicate(timeout=30)
    finally:
        process.kill()


def test_without_its_libraries_it_says_what_to_install(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    result = run("serve")
    assert result.exit_code == 1
    assert "pip install 'quoteminer[serve]'" in result.stderr
