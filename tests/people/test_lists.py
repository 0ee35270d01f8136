"""What lists may be, and what is said of those that are not."""

from __future__ import annotations

import json
import math

import pytest

import quoteminer
from quoteminer_people import lists


def write(tmp_path, content: str | bytes, name: str = "desk.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def refused(list_) -> quoteminer.FormatError:
    with pytest.raises(quoteminer.FormatError) as caught:
        lists.read(list_)
    return caught.value


def test_a_table(tmp_path):
    text = "Name,aliases,role,kind,language,id,id_wikidata,identifiers,Party\nAda Noon,A. Noon; Noon|the mayor,mayor,,en,17,Q1,viaf:3;own: x,Mill\n"
    (entry,) = lists.read(write(tmp_path, text))
    assert (entry.name, entry.aliases, entry.role, entry.kind, entry.language, entry.place) == (
        "Ada Noon",
        ("A. Noon", "Noon", "the mayor"),
        "mayor",
        "person",
        "en",
        "desk.csv:2",
    )
    assert dict(entry.identifiers) == {"people": "17", "wikidata": "Q1", "viaf": "3", "own": "x"}
    assert dict(entry.attributes) == {"Party": "Mill"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_spreadsheets_write(tmp_path, delimiter):
    text = delimiter.join(["name", "role"]) + "\r\n" + delimiter.join(["Zoë Noon", '"a ""big""\r\nname"']) + "\r\n\r\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        (entry,) = lists.read(write(tmp_path, text.encode(encoding)))
        assert (entry.name, entry.role) == ("Zoë Noon", 'a "big"\r\nname')


def test_json_lines(tmp_path):
    rows = [
        {"name": "Ada Noon", "aliases": ["Noon"], "identifiers": {"desk": 17}, "born": 1970, "tags": ["a"], "party": None},
        {"name": "Gazelle Ltd", "kind": "Organisation"},
    ]
    path = write(tmp_path, "\n".join(map(json.dumps, rows)), "desk.jsonl")
    ada, firm = lists.read(path)
    assert (ada.aliases, dict(ada.identifiers), dict(ada.attributes)) == (
        ("Noon",),
        {"desk": "17"},
        {"born": 1970, "tags": ["a"]},
    )
    assert firm.kind == "organisation"


def test_rows_of_a_data_frame():
    (entry,) = lists.read([{"name": "Ada Noon", "role": math.nan, "id": 17, "party": math.nan}])
    assert (entry.role, dict(entry.identifiers), dict(entry.attributes), entry.place) == (None, {"people": "17"}, {}, "rows:1")


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("", None, "empty"),
        ("name,role\n", None, "empty"),
        ("person,role\nAda,mayor\n", 1, "no column 'name'"),
        ("name\nAda Noon\n", 1, "one column only"),
        ("\n\nname\nAda Noon\n", 3, "one column only"),
        ("name,role,Role\nAda,a,b\n", 1, "two columns 'role'"),
        ("name,role,,\nAda,a,b,c\n", 1, "without a name"),
        ("name,id\nAda,1\n\n ,2\n", 4, "has no name"),
        ("name,id\nAda,1\nBob,2\nCy,1\n", 4, "has the people id '1' that is in line 2"),
        ("name,role\nAda,mayor\nAda,mayor\n", 3, "nothing that is not in line 2"),
        ("name,kind\nAda,human\n", 2, "kind 'human'"),
        ("name,role\nAda,mayor,1,2\n", 2, "has 4 cells, the first line 2"),
        ('name,role\nAda,"mayor\nBob,x\n', 2, "cannot be read as a table"),
        ("name,identifiers\nAda,Q1\n", 2, "not scheme:id"),
        ("name,id_desk,identifiers\nAda,1,desk:2\n", 2, "two ids of the scheme 'desk'"),
        ("name,role\nAda,mayor\nJürgen,x\n".encode("latin-1"), 3, "is not UTF-8 (byte 0xfc)"),
        ('{"name": "Ada"}\n{"name": \n', 2, "is no JSON"),
        ('{"name": "Ada"}\n[1]\n', 2, "no JSON object"),
        ('{"name": ["Ada"]}\n', 1, "which is no text"),
        ('{"name": "Ada", "aliases": 3}\n', 1, "neither a text nor a list"),
        ('{"name": "Ada", "id": true}\n', 1, "which is no text"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path, content, line, message):
    error = refused(write(tmp_path, content))
    assert message in error.message
    assert (error.line, error.source.endswith("desk.csv")) == (line, True)


def test_rows_are_checked_too():
    assert refused([{"name": "Ada", "role": "x"}, {"role": "y"}]).line == 2
    assert "no mapping" in str(refused(["Ada"]))


def test_several_problems_are_told_at_once(tmp_path):
    error = refused(write(tmp_path, "name,kind\n" + ",person\n" * 30))
    assert error.line == 2
    assert len(error.__notes__) == 10
    assert error.__notes__[0].endswith("desk.csv:3: has no name")
    assert error.__notes__[-1].endswith("20 more problems")


def test_one_id_may_have_a_line_for_each_language(tmp_path):
    text = "name,id,language\nVolodymyr Zelensky,1,en\nWolodymyr Selenskyj,1,de\n"
    assert len(lists.read(write(tmp_path, text))) == 2
    assert refused(write(tmp_path, text.replace(",de", ",en-GB"))).line == 3
    assert refused(write(tmp_path, text.replace(",de", ","))).line == 3


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        lists.read(tmp_path / "nothing.csv")
