"""The verbs, each in a module of its own that is imported when it is used."""

from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any, cast

import typer
from typer.core import TyperGroup

from interfaces.cli.ending import ending
from interfaces.cli.plain import make_plain

READING: Mapping[str, str] = {
    "show": "interfaces.cli.show",
    "log": "interfaces.cli.log",
    "preview": "interfaces.cli.preview",
    "blame": "interfaces.cli.blame",
    "diff": "interfaces.cli.diff",
    "due": "interfaces.cli.due",
    "plan": "interfaces.cli.plan",
    "consequences": "interfaces.cli.consequences",
    "document": "interfaces.cli.document",
    "documents": "interfaces.cli.documents",
    "submissions": "interfaces.cli.submissions",
    "corrections": "interfaces.cli.corrections",
    "audit": "interfaces.cli.audit",
    "board": "interfaces.cli.board",
    "stats": "interfaces.cli.stats",
    "non-reporters": "interfaces.cli.non_reporters",
    "worklist": "interfaces.cli.worklist",
    "matrices": "interfaces.cli.matrices",
    "changes": "interfaces.cli.changes",
    "decisions": "interfaces.cli.decisions",
    "list": "interfaces.cli.list",
    "roll": "interfaces.cli.roll",
    "contacts": "interfaces.cli.contacts",
    "disclose": "interfaces.cli.disclose",
    "access": "interfaces.cli.access",
    "remind": "interfaces.cli.remind",
    "send-mail": "interfaces.cli.send_mail",
    "bounces": "interfaces.cli.bounces",
    "what-rests-on": "interfaces.cli.what_rests_on",
    "search": "interfaces.cli.search",
    "export": "interfaces.cli.export",
    "prove": "interfaces.cli.prove",
    "publish-site": "interfaces.cli.publish_site",
    "verify": "interfaces.cli.verify",
    "profile": "interfaces.cli.profile",
    "make-vault": "interfaces.cli.make_vault",
    "make-signer": "interfaces.cli.make_signer",
    "key": "interfaces.cli.key",
    "checkpoint": "interfaces.cli.checkpoint",
    "timestamp": "interfaces.cli.timestamp",
    "change-key": "interfaces.cli.change_key",
    "repack": "interfaces.cli.repack",
    "copy": "interfaces.cli.copy",
    "doctor": "interfaces.cli.doctor",
    "views": "interfaces.cli.views",
    "rebuild": "interfaces.cli.rebuild",
    "migrate": "interfaces.cli.migrate",
    "follow-views": "interfaces.cli.follow_views",
    "up": "interfaces.cli.at_work",
    "work": "interfaces.cli.at_work",
    "reconcile": "interfaces.cli.reconcile",
    "silence": "interfaces.cli.silence",
    "timelapse": "interfaces.cli.timelapse",
    "schema": "interfaces.cli.schema",
    "relay": "interfaces.cli.relay",
    "follow": "interfaces.cli.follow",
    "mirror": "interfaces.cli.mirror",
    "replay-topic": "interfaces.cli.replay_topic",
    "backup": "interfaces.cli.backup",
    "restore": "interfaces.cli.restore",
    "drill": "interfaces.cli.drill",
}
"""Verbs that read, and those that keep the views which are read: each a function of its name in its own module."""

WORKING = (
    "interfaces.cli.work",
    "interfaces.cli.record",
    "interfaces.cli.outbox",
    "interfaces.cli.witness",
    "interfaces.cli.demo",
)
"""Modules whose `register(app)` brings further verbs."""


Register = Callable[[typer.Typer], object]


class Verbs(TyperGroup):
    """The verbs by name; a module is imported when its verb is run, completed or explained."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._asked: set[str] = set()

    def parse_args(self, ctx: Any, args: list[str]) -> Any:  # Any: the library keeps its context's type to itself
        """Take the options in front of the verb."""
        make_plain(self, ctx)
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all verbs, those that read first."""
        del ctx
        return [*READING, *(name for name in self._working() if name not in READING)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a verb's command, or None."""
        if cmd_name in READING and cmd_name not in self.commands:
            function = cast(
                "Callable[..., None]", getattr(import_module(READING[cmd_name]), cmd_name.replace("-", "_"))
            )
            self.commands.update(commands_of(lambda one: one.command(cmd_name)(function)))
        found = self.commands.get(cmd_name) or self._working().get(cmd_name)
        if found is not None:
            make_plain(found, ctx)
        return found

    def _working(self) -> Mapping[str, Any]:
        for name in WORKING:
            if name not in self._asked and find_spec(name) is not None:
                self._asked.add(name)
                register = cast("Register | None", getattr(import_module(name), "register", None))
                if register is not None:
                    self.commands.update(commands_of(register))
        return {name: command for name, command in self.commands.items() if name not in READING}

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the verb that the words begin with; for one that is not there, suggest others."""
        if args and args[0] not in READING:
            self._working()
            self.commands.update({name: self.get_command(ctx, name) for name in READING})
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run a verb; a refusal becomes one message and its exit code."""
        with ending():
            return super().invoke(ctx)


def commands_of(register: Register) -> dict[str, Any]:
    """Return the commands that `register` puts on an app."""
    part = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    register(part)
    part.callback()(_nothing)  # makes a group of it, also where it has one command
    return dict(cast(TyperGroup, typer.main.get_command(part)).commands)


def _nothing() -> None:
    pass


app = typer.Typer(
    cls=Verbs,
    name="ledger1540",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"ledger1540 {version('ledger1540')}")
        raise typer.Exit


@app.callback(epilog="Exit codes: 0 ok, 1 differs or found, 2 bad input or refused, 3 integrity failure.")
def ledger1540(
    version: bool = typer.Option(False, "--version", is_eager=True, callback=_version, help="Say which version it is."),
) -> None:
    """The record of the 1540 Committee: what its matrices said at any date, how they came to say it, and what is due.

    The record is in --home, LEDGER1540_HOME or the user's data folder. You act as --actor or LEDGER1540_ACTOR; what you
    may read and do comes from the roles on record.
    """
    del version
