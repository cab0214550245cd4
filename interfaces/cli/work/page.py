"""Writes docs/reference/cli.md from the verbs themselves: `python -m interfaces.cli.work.page`."""

import re
import sys
from collections.abc import Iterable, Iterator
from inspect import cleandoc
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast, get_args, get_origin

import msgspec
import typer

from interfaces.cli import app
from interfaces.cli.reading import OF_A_LIST, OF_A_MATRIX
from interfaces.cli.words_of import Words
from interfaces.cli.work.doing import Common

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "cli.md"
SHARED = frozenset(field.name for field in msgspec.structs.fields(Common))
INTRODUCTION = """\
# The command line

`ledger1540 VERB …`. Data goes to stdout, talk and progress to stderr; `NO_COLOR` is honoured. This page is made from
the code by `python -m interfaces.cli.work.page`; a test keeps it up to date. What commands mean is in
[commands.md](commands.md).

| exit code | meaning |
|---|---|
| 0 | ok |
| 1 | differs (`diff`, `rebuild`, `publish-site --check`), was found (`audit`), or too few cosigned (`checkpoint`) |
| 2 | bad input, or refused |
| 3 | integrity failure |

| setting | meaning |
|---|---|
| `LEDGER1540_HOME` | where the record is: database and documents |
| `LEDGER1540_DATABASE` | where database and views are, if elsewhere: `postgresql://USER@HOST/DATABASE?schema=NAME` |
| `LEDGER1540_DATABASE_OWNER` | as whom `init` makes the tables there, if not as the role that uses them |
| `LEDGER1540_POOL` | how many connections at most read at once on PostgreSQL (8) |
| `LEDGER1540_MASTER_KEY` | the key that wraps the keys of persons: 64 hexadecimal digits |
| `LEDGER1540_MASTER_KEY_FILE` | the file it is in else; by default `ledger1540/master.key` with the user's settings |
| `LEDGER1540_SIGNER` | the folder of the key that signs checkpoints, and of its memory; else `signer` in the home |
| `LEDGER1540_SEAL` | `on-exit` (the default): a verb that records seals and signs; `elsewhere`: `work` does so |
| `LEDGER1540_POLICY` | the policy file whose witnesses are asked for cosignatures whenever a checkpoint is signed |
| `LEDGER1540_TSA` | the address of the authority that stamps checkpoints with the time (RFC 3161) |
| `LEDGER1540_TSA_CERTIFICATE` | the file of the certificates, in PEM, that its stamps must be signed under |
| `LEDGER1540_WITNESS` | the folder of a witness that is run here for others: its key and its memory |
| `LEDGER1540_SMTP` | the mail server: `smtp://USER@HOST` (STARTTLS), `smtps://…`, `smtp+plain://…`; else a folder |
| `LEDGER1540_SMTP_PASSWORD_FILE` | the file that the password is in, or `LEDGER1540_SMTP_PASSWORD` itself |
| `LEDGER1540_MAIL_FROM` | the address that mail is sent from; `LEDGER1540_MAIL_REPLY_TO` where replies go elsewhere |
| `LEDGER1540_OFFICES` | the file with the addresses of offices by role; by default `offices.json` in the home |
| `LEDGER1540_ACTOR` | as whom to act; roles come from the record, never from an option |
| `LEDGER1540_LOG` | the least that is logged: `debug`, `info`, `warning` (the default), `error` |

A *matrix* is written `KEN/7`, State and revision; `KEN` alone is its last revision that is opened and not withdrawn.
A *cell* may be written without the template of its revision: `op3cd-5-nw-legal`. An *event* is named by its id, by
its position, or by `KEY#INDEX`: the event with that index, from 0, of the command that was given with `--id KEY`.

An actor, a role and dates that a file of history claims are marked *claimed*, with the import batch, in what role it
was imported and when; in JSON by `claimed_by_import`, which names the batch or is null, and `batches`.

## Options of verbs that read

A verb that reads has those of them that bear on what it shows. It writes a screen, or with `--json` its data, or
where it lists with `--file` a file that can be cited.

{reading}
## Options of every verb that works

A verb that works gives one command, or several that are recorded all or none. It prints a line for each event
(position, id, type, stream) or with `--json` the receipt: `command`, `command_id`, `first_position`, `last_position`,
`repeated`, `dry_run` and `events`.

"""


class Parameter(NamedTuple):
    """An argument or option, as the page tells it."""

    name: str
    written: str
    argument: bool
    required: bool
    default: str
    says: str


def main() -> int:
    """Write the page, or with `--check` say whether it is up to date."""
    text = page()
    if "--check" in sys.argv[1:]:
        return int(not PAGE.exists() or PAGE.read_text("utf-8") != text)
    PAGE.write_text(text, "utf-8")
    return 0


def verbs() -> Iterator[tuple[str, str, list[Parameter]]]:
    """Yield every verb with its help and its parameters."""
    group = cast("Any", typer.main.get_command(app))
    for name in group.list_commands(None):
        command = group.commands.get(name) or group.get_command(typer.Context(group), name)
        yield _verb(name, command)
        if isinstance(command, Words):
            yield from (_verb(f"{name} {word}", each) for word, each in command.commands.items())


def _verb(name: str, command: Any) -> tuple[str, str, list[Parameter]]:
    return name, cleandoc(command.help or ""), [_parameter(each) for each in command.params if each.name != "help"]


def _parameter(found: Any) -> Parameter:
    argument = found.param_type_name == "argument"
    metavar = re.sub(r"[\[\]{}]|\.\.\.$", "", found.metavar or found.name.upper()) if argument else found.metavar
    many = bool(getattr(found, "multiple", False)) or found.nargs != 1
    if argument:
        written = metavar + ("..." if many else "")
    else:
        written = ", ".join(found.opts)
        if not found.is_flag:
            written += f" {metavar or _kind(found)}"
        if many:
            written += " (repeated)"
    default = "" if found.default in (None, False, "", ()) or callable(found.default) else str(found.default)
    written = written.replace("|", " or ")
    return Parameter(found.name, written, argument, bool(found.required), default, found.help or "")


def _kind(found: Any) -> str:
    annotation = found.type_descriptor.annotation
    annotation = next(iter(get_args(annotation)), annotation) if get_origin(annotation) is list else annotation
    if get_origin(annotation) is Literal:
        return " or ".join(map(str, get_args(annotation)))
    return {int: "NUMBER", Path: "PATH"}.get(annotation, "TEXT")


def page() -> str:
    """Return the whole page."""
    listed = list(verbs())
    given_to = {name: given for name, _, given in listed}
    working = [each for each in given_to["seal"] if each.name in SHARED]
    both = dict.fromkeys((*given_to["show"], *given_to["documents"]))
    reading = [each for each in both if each.name in (*OF_A_MATRIX, *OF_A_LIST)]
    parts = [INTRODUCTION.format(reading=_table(reading)), _table(working), "\n## The verbs\n"]
    for name, says, given in listed:
        works = {each.name for each in given} >= SHARED
        reads = [each for each in given if each in reading and {"as_of", "recorded_by"} <= {e.name for e in given}]
        own = [each for each in given if not ((works and each.name in SHARED) or each in reads)]
        usage = " ".join(["ledger1540", name, *(_usage(each) for each in own if each.argument or each.required)])
        parts += [f"\n### `{name}`\n\n{says}\n\n```\n{usage}{' [options]' if given else ''}\n```\n\n", _table(own)]
        if reads:
            names = ", ".join(f"`{each.written.partition(' ')[0]}`" for each in reads)
            parts.append(f"And of the [options of verbs that read](#options-of-verbs-that-read): {names}.\n")
        if works:
            parts.append("And the [options of every verb that works](#options-of-every-verb-that-works).\n")
    return re.sub(r"\n{3,}", "\n\n", "".join(parts))


def _usage(parameter: Parameter) -> str:
    if parameter.required or not parameter.argument:
        return parameter.written.removesuffix(" (repeated)")
    return f"[{parameter.written}]"


def _table(parameters: Iterable[Parameter]) -> str:
    rows = [
        f"| `{each.written}` | {f'`{each.default}`' if each.default else ''} | {each.says} |" for each in parameters
    ]
    return "\n".join(["| argument or option | default | meaning |", "|---|---|---|", *rows, "\n"]) if rows else ""


if __name__ == "__main__":
    sys.exit(main())
