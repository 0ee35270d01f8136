"""The service, asked without a network."""

from __future__ import annotations

import json
import time

import jsonschema
import pytest
from openapi_spec_validator import validate
from starlette.testclient import TestClient

from quoteminer import Document, Extraction, Miner
from quoteminer.pictures import page
from quoteminer.service import Limits, application

STORY = "“It works,” said Ada. “I paid 30 million in 2019,” said Bob."
JSON = {"content-type": "application/json"}


@pytest.fixture(scope="module")
def client():
    with TestClient(application(Miner(["rules"]), Limits(size=20_000, documents=3)), raise_server_exceptions=False) as client:
        yield client


def test_one_document_is_one_result(client):
    answer = client.post("/mine", json={"text": STORY, "id": "a", "title": "T", "metadata": {"date": "2026"}})
    assert answer.status_code == 200
    document = Document(STORY, id="a", title="T", metadata={"date": "2026"})
    assert Extraction.from_dict(answer.json()) == Miner(["rules"]).mine(document)


def test_several_are_several_in_their_order(client):
    answer = client.post("/mine", json={"documents": [{"text": STORY}, {"text": ""}], "scope": "all"})
    found = [Extraction.from_dict(one) for one in answer.json()["extractions"]]
    assert found == [Miner(["rules"]).mine(text, scope="all") for text in (STORY, "")]
    assert client.post("/mine", json={"documents": []}).json() == {"extractions": []}


def test_claims_are_ranked_over_all_documents(client):
    answer = client.post("/claims", json={"documents": [{"text": "“It works,” said Ada."}, {"text": STORY, "id": "b"}]}).json()
    assert [one["rank"] for one in answer["claims"]] == list(range(1, len(answer["claims"]) + 1))
    scores = [one["check_worthiness"] for one in answer["claims"]]
    assert scores == sorted(scores, reverse=True)
    assert (answer["claims"][0]["sentence"], answer["claims"][0]["document"]) == ("I paid 30 million in 2019.", "b")
    assert answer["issues"] == []


def test_what_went_wrong_is_in_the_answer(client):
    answer = client.post("/mine", json={"text": "Ada sanoi, että se toimii.", "language": "fi"}).json()
    assert [issue["severity"] for issue in answer["issues"]] == ["error"]


def test_a_lone_surrogate_comes_back_as_it_went(client):
    answer = client.post("/mine", content=b'{"text": "a\\ud83d"}', headers=JSON)
    assert Extraction.from_json(answer.text).document.text == "a\ud83d"


@pytest.mark.parametrize(
    ("content", "status", "message"),
    [
        (b"{", 400, "no JSON"),
        (b"\xff", 400, "no JSON"),
        (b"[" * 10_000, 400, "no JSON"),
        (b"[]", 422, "no object"),
        (b"{}", 422, "no 'text'"),
        (b'{"text": 1}', 422, "text"),
        (b'{"text": "x", "scope": "most"}', 422, "scope: 'most' is not one of speech, all"),
        (b'{"text": "x", "scope": []}', 422, "scope"),
        (b'{"text": "x", "language": "no language"}', 422, "language"),
        (b'{"documents": {}}', 422, "documents: expected a list"),
        (b'{"documents": ["x"]}', 422, "documents[0]: expected a JSON object"),
        (b'{"documents": [], "text": "x"}', 422, "text: belongs into the documents"),
        (b'{"documents": [{}, {}, {}, {}]}', 413, "4 are more than 3"),
        (b'{"text": "' + b"x" * 20_000 + b'"}', 413, "more than 20,000 bytes"),
    ],
)
@pytest.mark.parametrize("path", ["/mine", "/claims"])
def test_what_is_wrong_is_said(client, path, content, status, message):
    answer = client.post(path, content=content, headers=JSON)
    assert answer.status_code == status
    assert message in answer.json()["error"]


def test_a_long_body_is_refused_without_its_length_too(client):
    answer = client.post("/mine", content=(b"x" * 5_000 for _ in range(5)), headers=JSON)
    assert answer.status_code == 413


def test_other_content_and_methods_are_refused(client):
    assert client.post("/mine", content="text").status_code == 415
    assert client.post("/mine", data={"text": "x"}).status_code == 415
    assert client.get("/mine").status_code == 405
    assert client.get("/nothing").status_code == 404
    assert "error" in client.get("/nothing").json()


def test_a_pasted_text_becomes_a_page(client):
    assert "<textarea" in client.get("/").text
    answer = client.post("/", data={"text": STORY.replace(" “", "\r\n“"), "language": "en"})
    text = STORY.replace(" “", "\n“")
    assert answer.text == page(Miner(["rules"]).mine(Document(text, title="Your text")))
    assert answer.headers["x-frame-options"] == "DENY"
    assert "<textarea" in client.post("/", data={"text": "  "}).text
    assert client.post("/", data={"text": "x", "language": "<b>"}).status_code == 422


def test_its_health_names_the_plugins(client):
    answer = client.get("/health").json()
    assert answer["status"] == "ok"
    assert [(one["name"], one["status"]) for one in answer["plugins"] if one["status"] == "active"] == [("rules", "active")]


def test_quotations_are_held_against_sources(client):
    body = {
        "article": {"text": STORY, "id": "a"},
        "sources": [{"text": "ADA: It works.\n\nBOB: I paid 40 million in 2019.", "id": "s"}],
    }
    answer = client.post("/verify", json=body).json()
    assert [(one["verdict"], [change["kind"] for change in one["changes"]]) for one in answer["findings"]] == [
        ("too_short", []),
        ("altered", ["number"]),
    ]
    assert (answer["document"], answer["good"], answer["issues"]) == ("a", False, [])


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"article": {"text": "x"}}, 422, "sources: is missing"),
        ({"article": {"text": "x"}, "sources": [], "scope": "all"}, 422, "scope: there is no such member"),
        ({"article": {"text": "x"}, "sources": {}}, 422, "sources: expected a list"),
        ({"article": {"text": "x"}, "sources": [{"text": "x"}] * 3}, 413, "sources: 3 and the article are more than 3"),
        ({"article": {"text": 3}, "sources": []}, 422, "article: "),
        ({"article": {"text": "x"}, "sources": [{"text": "x"}, 3]}, 422, "sources[1]: "),
        ([], 422, "the body is no object"),
    ],
)
def test_what_cannot_be_verified_is_refused(client, body, status, said):
    answer = client.post("/verify", json=body)
    assert answer.status_code == status
    assert said in answer.json()["error"]


def test_what_takes_too_long_is_given_up():
    class Sleepy:
        def mine_many(self, documents, *, scope=None):
            time.sleep(1)
            return ()

    with TestClient(application(Sleepy(), Limits(seconds=0.1))) as client:
        answer = client.post("/mine", json={"text": "x"})
    assert (answer.status_code, answer.json()) == (503, {"error": "not done within 0.1 s: send less at once, or later"})


def test_the_description_is_valid_and_fits_the_answers(client):
    described = client.get("/openapi.json").json()
    validate(described)
    for path, body in (
        ("/mine", {"text": STORY}),
        ("/mine", {"documents": [{"text": STORY}]}),
        ("/claims", {"text": STORY}),
        ("/verify", {"article": {"text": STORY}, "sources": [{"text": "BOB: I paid 40 million in 2019."}]}),
    ):
        post = described["paths"][path]["post"]
        schemas = {"components": described["components"]}
        request = post["requestBody"]["content"]["application/json"]["schema"]
        jsonschema.validate(body, {**request, **schemas})
        answer = post["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.validate(json.loads(client.post(path, json=body).text), {**answer, **schemas})
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({"texts": []}, {**request, **schemas})
