"""The service as OpenAPI describes it."""

from __future__ import annotations

from typing import Any, Final

from .. import __version__
from ..json_form import json_schema
from ..vocabulary import CHANGE_KINDS, CLAIM_KINDS, CLAIM_MODALITIES, QUOTE_KINDS, SCOPES, SUPPORTS, VERDICTS

_DOCUMENT: Final[dict[str, Any]] = {
    "text": {"type": "string"},
    "id": {"type": "string", "description": "without it one is made from the text"},
    "language": {"type": "string", "description": "a tag of BCP 47", "default": "en"},
    "title": {"type": ["string", "null"]},
    "metadata": {"type": "object"},
}
_SPAN: Final = {
    "type": "array",
    "items": {"type": "integer"},
    "minItems": 2,
    "maxItems": 2,
    "description": "code points, end exclusive",
}


def description(documents: int) -> dict[str, Any]:
    """The description of all that programs ask for.

    Args:
        documents: how many a request may hold.
    """
    scope = {"type": "string", "enum": list(SCOPES), "description": "what is said or written, or all attributions"}
    form = json_schema()
    # References in the form lead to its own definitions, which stand inside the component here.
    extraction = _moved(
        {name: value for name, value in form.items() if name not in ("$schema", "$id")}, "#/components/schemas/Extraction"
    )
    request = {
        "oneOf": [
            {"type": "object", "required": ["text"], "properties": {**_DOCUMENT, "scope": scope}},
            {
                "type": "object",
                "required": ["documents"],
                "additionalProperties": False,
                "properties": {
                    "documents": {"type": "array", "maxItems": documents, "items": {"$ref": "#/components/schemas/Document"}},
                    "scope": scope,
                },
            },
        ]
    }
    several = {
        "type": "object",
        "required": ["extractions"],
        "properties": {"extractions": {"type": "array", "items": {"$ref": "#/components/schemas/Extraction"}}},
    }
    claims = {
        "type": "object",
        "required": ["claims", "issues"],
        "properties": {
            "claims": {"type": "array", "items": {"$ref": "#/components/schemas/Claim"}},
            "issues": {"type": "array", "items": {"type": "object"}},
        },
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "quoteminer", "version": __version__, "summary": "Who said what, and which of it can be checked"},
        "paths": {
            "/mine": _post(
                "Who said what in one document or several", {"oneOf": [{"$ref": "#/components/schemas/Extraction"}, several]}
            ),
            "/claims": _post("What can be checked, what deserves it most first", claims),
            "/verify": _post(
                "Whether the quotations of an article stand in its sources",
                {
                    "type": "object",
                    "required": ["document", "good", "findings", "issues"],
                    "properties": {
                        "document": {"type": "string"},
                        "good": {"type": "boolean", "description": "nothing speaks against any quotation"},
                        "findings": {"type": "array", "items": {"$ref": "#/components/schemas/Finding"}},
                        "issues": {"type": "array", "items": {"type": "object"}},
                    },
                },
                "Verification",
            ),
            "/health": {
                "get": {
                    "summary": "Whether all plugins are at work",
                    "responses": {"200": _answer("its state", {"type": "object"})},
                }
            },
        },
        "components": {
            "schemas": {
                "Document": {"type": "object", "required": ["text"], "properties": _DOCUMENT},
                "Request": request,
                "Extraction": extraction,
                "Claim": _CLAIM,
                "Verification": {
                    "type": "object",
                    "required": ["article", "sources"],
                    "additionalProperties": False,
                    "properties": {
                        "article": {"$ref": "#/components/schemas/Document"},
                        "sources": {
                            "type": "array",
                            "maxItems": max(0, documents - 1),
                            "items": {"$ref": "#/components/schemas/Document"},
                        },
                    },
                },
                "Finding": _FINDING,
                "Error": {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}},
            }
        },
    }


_CLAIM: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {
        "rank": {"type": "integer"},
        "check_worthiness": {"type": "number", "minimum": 0, "maximum": 1},
        "kind": {"type": "string", "enum": list(CLAIM_KINDS)},
        "claimant": {"type": ["string", "null"], "description": "null for the document's own voice"},
        "sentence": {"type": "string", "description": "the claim as a sentence of its own"},
        "words": {"type": "string"},
        "modality": {"type": "string", "enum": list(CLAIM_MODALITIES)},
        "negated": {"type": "boolean"},
        "document": {"type": "string"},
        "start": {"type": "integer"},
        "end": {"type": "integer"},
        "quote": {"type": ["string", "null"]},
        "spans": {"type": "array", "items": _SPAN},
        "quantities": {"type": "array", "items": {"type": "object"}},
        "times": {"type": "array", "items": {"type": "object"}},
        "provenance": {"type": "object"},
    },
}


_OPTIONAL_SPAN: Final = {**_SPAN, "type": ["array", "null"]}
_FINDING: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {
        "document": {"type": "string"},
        "id": {"type": "string"},
        "verdict": {"type": "string", "enum": list(VERDICTS)},
        "text": {"type": "string"},
        "content": {"type": "array", "items": _SPAN},
        "kind": {"type": "string", "enum": list(QUOTE_KINDS)},
        "speaker": {"type": ["string", "null"]},
        "support": {"type": ["string", "null"], "enum": [*SUPPORTS, None]},
        "weight": {"type": "number", "minimum": 0, "maximum": 1, "description": "how much the changes matter"},
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        "changes": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "kind": {"type": "string", "enum": list(CHANGE_KINDS)},
                    "words": {"type": "string"},
                    "source_words": {"type": "string"},
                    "span": _OPTIONAL_SPAN,
                    "source_span": _OPTIONAL_SPAN,
                    "weight": {"type": "number", "minimum": 0, "maximum": 1},
                    "marked": {"type": "boolean", "description": "by an ellipsis or brackets"},
                },
            },
        },
        "matches": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "source": {"type": "string"},
                    "span": _SPAN,
                    "quoted": _SPAN,
                    "speaker": {"type": ["string", "null"]},
                    "text": {"type": "string"},
                },
            },
        },
    },
}


def _post(summary: str, schema: dict[str, Any], request: str = "Request") -> dict[str, Any]:
    refusals = {
        "400": "the body is no JSON",
        "413": "too much at once",
        "415": "another content type",
        "422": "a member is missing or not of its type",
        "503": "it took too long",
    }
    error = {"$ref": "#/components/schemas/Error"}
    return {
        "post": {
            "summary": summary,
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{request}"}}},
            },
            "responses": {
                "200": _answer("what was found", schema),
                **{code: _answer(text, error) for code, text in refusals.items()},
            },
        }
    }


def _answer(text: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": text, "content": {"application/json": {"schema": schema}}}


def _moved(value: Any, root: str) -> Any:
    if isinstance(value, dict):
        return {
            name: f"{root}{part[1:]}" if name == "$ref" and isinstance(part, str) and part.startswith("#") else _moved(part, root)
            for name, part in value.items()
        }
    return [_moved(part, root) for part in value] if isinstance(value, list) else value
