"""Mining over HTTP: what ``quoteminer serve`` runs. Needs the extra ``serve``."""

from .app import Limits, application

__all__ = ["Limits", "application"]
