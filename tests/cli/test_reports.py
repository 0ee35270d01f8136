"""What goes wrong is said once."""

from __future__ import annotations

from quoteminer import Issue
from quoteminer.cli.reports import Reports


def said(*issues):
    lines: list[str] = []
    reports = Reports(lines.append)
    for issue in issues:
        reports.report(issue, f"{issue.document_id}: ")
    reports.close()
    return lines, reports.failed


def test_the_same_of_other_documents_is_counted():
    many = [Issue("c", f"d{number}", "is late", "warning") for number in range(1000)]
    assert said(*many) == (["warning: d0: is late", "warning: c: is late (the same in 999 more)"], False)


def test_of_very_many_different_ones_the_first_are_shown():
    lines, failed = said(
        *(Issue("c", "d", f"trouble {number}", "error") for number in range(1000)), Issue("e", "d", "other", "info")
    )
    assert failed
    assert len(lines) == 22
    assert lines[-2:] == ["info: d: other", "error: c: 980 more"]


def test_every_input_that_is_not_read_is_named():
    lines: list[str] = []
    reports = Reports(lines.append)
    for number in range(100):
        reports.unread(Issue("text", f"f{number}", f"f{number}: is a binary file", "error"))
        reports.unread(Issue("text", f"f{number}", f"f{number}: looks like HTML", "warning"))
    reports.close()
    assert reports.failed
    assert sum(line.startswith("error: f") for line in lines) == 100
    assert sum(line.startswith("warning: f") for line in lines) == 20
    assert lines[-1] == "warning: text: 80 more"
