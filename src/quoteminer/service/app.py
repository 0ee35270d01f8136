"""The service: texts in, JSON or a page out, within limits."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs

import attrs
from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from .. import __version__
from ..document import Document
from ..errors import AnnotationError, FormatError
from ..extraction import Extraction
from ..formats.claim_rows import record
from ..formats.jsonl import document_from
from ..json_form import dumps, loads
from ..mining.miner import Miner
from ..pictures import page
from ..verification import verify
from ..vocabulary import SCOPES, Scope
from .description import description
from .form import form

if TYPE_CHECKING:
    from starlette.requests import Request

_JSON: Final = "application/json"
_FORM: Final = "application/x-www-form-urlencoded"
_OPTIONS: Final = frozenset({"documents", "scope"})
_VERIFIED: Final = frozenset({"article", "sources"})


@attrs.frozen
class Limits:
    """What a request may cost.

    Attributes:
        size: bytes of its body.
        documents: how many it may hold.
        seconds: how long an answer may take; a component may take as long for one document, and then loses its results for it.
        parallel: requests that are mined at once, others wait; ``None`` for as many as there are processors.
    """

    size: int = 2_000_000
    documents: int = 100
    seconds: float = 30.0
    parallel: int | None = None


def application(miner: Miner, limits: Limits | None = None) -> Starlette:
    """The service as an ASGI application, for any server.

    Args:
        miner: mines; its own ``time_limit`` should not be above ``limits.seconds``.
    """
    service = _Service(miner, limits or Limits())
    return Starlette(
        routes=[
            Route("/", service.show_form, methods=["GET"]),
            Route("/", service.show_page, methods=["POST"]),
            Route("/mine", service.mine, methods=["POST"]),
            Route("/claims", service.claims, methods=["POST"]),
            Route("/verify", service.verify, methods=["POST"]),
            Route("/health", service.health, methods=["GET"]),
            Route("/openapi.json", service.describe, methods=["GET"]),
        ],
        exception_handlers={HTTPException: _refused},
    )


@attrs.frozen(eq=False)
class _Service:
    miner: Miner
    limits: Limits
    _limiter: CapacityLimiter = attrs.field(init=False)

    @_limiter.default
    def _as_many_as_processors(self) -> CapacityLimiter:
        return CapacityLimiter(self.limits.parallel or os.cpu_count() or 1)

    async def show_form(self, request: Request) -> Response:
        return _html(form())

    async def show_page(self, request: Request) -> Response:
        """The page about a text from the form."""
        body = await self._body(request, _FORM)
        fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=10)
        # Browsers send line ends as CR and LF.
        text = fields.get("text", [""])[0].replace("\r\n", "\n")
        if not text.strip():
            return _html(form())
        language = fields.get("language", ["en"])[0].strip() or "en"
        try:
            document = Document(text, language=language, title="Your text")
        except AnnotationError as error:
            raise HTTPException(422, str(error)) from None
        return _html(await self._within(functools.partial(self._page, document)))

    def _page(self, document: Document) -> str:
        return page(self.miner.mine(document))

    async def mine(self, request: Request) -> Response:
        """One result for one document, ``{"extractions": […]}`` for several."""
        documents, scope, several = await self._documents(request)
        found = await self._within(functools.partial(self._mined, documents, scope))
        data = [one.to_dict() for one in found]
        return _json({"extractions": data} if several else data[0])

    async def claims(self, request: Request) -> Response:
        """The claims of all documents, those that deserve a check most first."""
        documents, scope, _ = await self._documents(request)
        found = await self._within(functools.partial(self._mined, documents, scope))
        items = sorted(((one, claim) for one in found for claim in one.claims), key=lambda item: -item[1].check_worthiness)
        issues = [issue for one in found for issue in one.to_dict()["issues"]]
        return _json({"claims": [record(rank, item) for rank, item in enumerate(items, 1)], "issues": issues})

    async def verify(self, request: Request) -> Response:
        """The verdicts on the quotations of an article, and what went wrong."""
        data = await self._object(request)
        unknown = sorted(set(data) - _VERIFIED)
        if unknown:
            raise HTTPException(422, f"{unknown[0]}: there is no such member, only {' and '.join(sorted(_VERIFIED))}")
        missing = sorted(_VERIFIED - set(data))
        if missing:
            raise HTTPException(422, f"{missing[0]}: is missing")
        sources = data["sources"]
        if not isinstance(sources, list):
            raise HTTPException(422, "sources: expected a list")
        if len(sources) >= self.limits.documents:
            raise HTTPException(413, f"sources: {len(sources):,} and the article are more than {self.limits.documents:,}")
        article = _document(data["article"], "article: ")
        against = [_document(one, f"sources[{number}]: ") for number, one in enumerate(sources)]
        found = await self._within(functools.partial(verify, article, against, miner=self.miner))
        issues = attrs.evolve(found.extraction, issues=found.issues).to_dict()["issues"]
        return _json({"document": article.id, "good": found.good, "findings": found.to_dicts(), "issues": issues})

    async def health(self, request: Request) -> Response:
        plugins = [{"name": info.name, "version": info.version, "status": info.status} for info in self.miner.plugins()]
        failed = any(info["status"] == "failed" for info in plugins)
        return _json({"status": "degraded" if failed else "ok", "version": __version__, "plugins": plugins})

    async def describe(self, request: Request) -> Response:
        return _json(description(self.limits.documents))

    def _mined(self, documents: list[Document], scope: Scope | None) -> list[Extraction]:
        return list(self.miner.mine_many(documents, scope=scope))

    async def _within(self, work: Callable[[], Any]) -> Any:
        """The result of work in a thread; it is left behind when it takes too long."""
        try:
            return await asyncio.wait_for(run_sync(work, limiter=self._limiter, abandon_on_cancel=True), self.limits.seconds)
        except TimeoutError:
            raise HTTPException(503, f"not done within {self.limits.seconds:g} s: send less at once, or later") from None

    async def _body(self, request: Request, kind: str) -> bytes:
        given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if given != kind:
            raise HTTPException(415, f"content-type: expected {kind}, not {given or 'none'}")
        too_much = HTTPException(413, f"the body has more than {self.limits.size:,} bytes")
        with contextlib.suppress(ValueError):
            if int(request.headers.get("content-length", "0")) > self.limits.size:
                raise too_much
        parts: list[bytes] = []
        size = 0
        async for part in request.stream():
            size += len(part)
            if size > self.limits.size:
                raise too_much
            parts.append(part)
        return b"".join(parts)

    async def _object(self, request: Request) -> Mapping[str, Any]:
        """The object of JSON that a request holds."""
        body = await self._body(request, _JSON)
        try:
            data = loads(body.decode("utf-8"))
        except (FormatError, UnicodeDecodeError, RecursionError) as error:
            raise HTTPException(400, f"the body is no JSON: {error}") from None
        if not isinstance(data, Mapping):
            raise HTTPException(422, "the body is no object")
        return data

    async def _documents(self, request: Request) -> tuple[list[Document], Scope | None, bool]:
        """The documents of a request, the scope that it asks for, and whether it gave them as a list."""
        data = await self._object(request)
        scope = data.get("scope")
        if scope is not None and scope not in SCOPES:
            raise HTTPException(422, f"scope: {scope!r} is not one of {', '.join(SCOPES)}")
        several = "documents" in data
        given = data["documents"] if several else [{name: value for name, value in data.items() if name != "scope"}]
        if not isinstance(given, list):
            raise HTTPException(422, "documents: expected a list")
        if several and set(data) - _OPTIONS:
            raise HTTPException(422, f"{', '.join(sorted(set(data) - _OPTIONS))}: belongs into the documents")
        if len(given) > self.limits.documents:
            raise HTTPException(413, f"documents: {len(given):,} are more than {self.limits.documents:,}")
        documents = [_document(one, f"documents[{number}]: " if several else "") for number, one in enumerate(given)]
        return documents, scope, several


def _document(given: object, where: str) -> Document:
    """A document that a request holds."""
    try:
        return document_from(given, "en", None)
    except (FormatError, AnnotationError) as error:
        raise HTTPException(422, f"{where}{error}") from None


def _json(data: Any, status: int = 200) -> Response:
    return Response(dumps(data).encode("utf-8"), status, media_type=_JSON)


def _html(text: str) -> Response:
    headers = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer"}
    return HTMLResponse(text, headers=headers)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return JSONResponse({"error": error.detail}, error.status_code, headers=error.headers)
