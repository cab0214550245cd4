"""Rows of a list that are refused, written to a file to mend: as they were read, each with why."""

from __future__ import annotations

import csv
import io
import os
from typing import TYPE_CHECKING

from domain.refusals import MalformedInput
from interfaces.importing.faults import Faults
from interfaces.importing.lists.columns import WHY, fitting
from interfaces.importing.tables import Table

if TYPE_CHECKING:
    from pathlib import Path

    from interfaces.importing.lists.profiles import Profile
    from interfaces.importing.planning import Planned
    from interfaces.importing.running import Run


def set_aside(path: Path, profile: Profile, plan: Planned, run: Run) -> int:
    """Write the refused rows of a list to a new file that only its owner reads, and return how many they are.

    Raises:
        MalformedInput: it cannot be written there, or is there already.
    """
    why: dict[int, str] = {}
    for fault in plan.found.first:
        said = f"{fault.column}: {fault.what}" if fault.column else fault.what
        why[fault.row] = f"{why[fault.row]}; {said}" if fault.row in why else said
    why |= {row: str(refusal) for row, refusal in run.refused.get(plan.key, {}).items()}
    if not why:
        return 0
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    table = Table(plan.source, Faults(), fits=fitting(profile))
    columns = [column for column in table.columns if column != WHY]
    writer.writerow([*columns, WHY])
    for row in table.raw():
        if row.number in why:
            writer.writerow([*(row.cells.get(column, "") for column in columns), why[row.number]])
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(text.getvalue().encode())
    except OSError as error:
        raise MalformedInput(
            f"cannot write {path}: {error.strerror or error}", where="--set-aside", remedy="name a new file"
        ) from None
    return len(why)
