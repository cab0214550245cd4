"""Logs: for people in a terminal, JSON lines otherwise, always on stderr.

Importing structlog takes as long as answering a question, so nothing here imports it: `configure` leaves its
settings to be applied when something first imports structlog in order to log.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from contextvars import ContextVar
from importlib.abc import Loader, MetaPathFinder
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from domain.refusals import MalformedInput

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, MutableMapping, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

    from structlog.typing import Processor

LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40, "critical": 50}
QUIET = "warning"

_least = LEVELS[QUIET]
_bound: ContextVar[Mapping[str, str | int] | None] = ContextVar("ledger1540_bound", default=None)


def configure(json: bool | None = None, level: str | None = None) -> None:
    """Say how to log, before anything does.

    Args:
        json: lines for machines (true) or for people (false); by default for people if stderr is a terminal.
        level: the least that is logged; by default what LEDGER1540_LOG says, else warnings.

    Raises:
        MalformedInput: there is no such level.
    """
    wanted = (level or os.environ.get("LEDGER1540_LOG") or QUIET).lower()
    if wanted not in LEVELS:
        raise MalformedInput(
            f"{wanted!r} is not a level of logging",
            where="LEDGER1540_LOG",
            remedy=f"one of {', '.join(LEVELS)}",
        )
    global _least
    _least = LEVELS[wanted]
    settings = _Settings(not _terminal() if json is None else json, _least)
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, _ConfigureOnImport)]
    if "structlog" in sys.modules:
        _apply(settings)
    else:
        sys.meta_path.insert(0, _ConfigureOnImport(settings))


def info(what: str, **said: str | int | bool | None) -> None:
    """Log that something was done; where nobody asked to be told, it does not even import the logger."""
    if _least <= LEVELS["info"]:
        import structlog

        structlog.get_logger().info(what, **{name: value for name, value in said.items() if value is not None})


def warning(what: str, **said: str | int | bool | None) -> None:
    """Log what goes wrong and is tried again."""
    if _least <= LEVELS["warning"]:
        import structlog

        structlog.get_logger().warning(what, **{name: value for name, value in said.items() if value is not None})


def error(what: str, **said: str | int | bool | None) -> None:
    """Log what somebody must look at."""
    import structlog

    structlog.get_logger().error(what, **{name: value for name, value in said.items() if value is not None})


@contextmanager
def bind(
    *,
    request: str | None = None,
    command: str | None = None,
    position: int | None = None,
    workflow: str | None = None,
) -> Generator[None]:
    """Put what is being worked on into every line logged within the block; ids and numbers, never names."""
    given = {"request": request, "command": command, "position": position, "workflow": workflow}
    said = {name: value for name, value in given.items() if value is not None}
    token = _bound.set({**(_bound.get() or {}), **said})
    try:
        yield
    finally:
        _bound.reset(token)


class _Settings(NamedTuple):
    json: bool
    level: int


class _ConfigureOnImport(MetaPathFinder):
    """Steps aside at the first import of structlog, and configures it as soon as that is done."""

    def __init__(self, settings: _Settings) -> None:
        self.settings = settings

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None, /
    ) -> ModuleSpec | None:
        if fullname != "structlog":
            return None
        sys.meta_path.remove(self)
        spec = find_spec(fullname)
        if spec is not None and spec.loader is not None:
            spec.loader = _Configuring(spec.loader, self.settings)
        return spec


class _Configuring(Loader):
    def __init__(self, loader: Loader, settings: _Settings) -> None:
        self.loader = loader
        self.settings = settings

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self.loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self.loader.exec_module(module)
        _apply(self.settings)


def _apply(settings: _Settings) -> None:
    import structlog

    # Tracebacks show no local variables, in either form: those can hold personal data.
    ending: list[Processor]
    if settings.json:
        transformer = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
        ending = [
            structlog.processors.ExceptionRenderer(transformer),
            structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=True, default=str),
        ]
    else:
        ending = [
            structlog.dev.ConsoleRenderer(
                colors=_colours(), exception_formatter=structlog.dev.plain_traceback, pad_event_to=40
            )
        ]
    structlog.configure(
        processors=[
            _add_bound,
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            structlog.processors.StackInfoRenderer(),
            *ending,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(settings.level),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )


def _add_bound(_logger: object, _method: str, line: MutableMapping[str, object]) -> Mapping[str, object]:
    return {**(_bound.get() or {}), **line}


def _terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def _colours() -> bool:
    return _terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
