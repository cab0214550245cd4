"""An Office file is a zip of parts; the same parts always give the same bytes."""

import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of each part: a zip can write no earlier one, and when a file was made stands in its citation."""


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return parts as a zip, in their order."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            info = ZipInfo(name, EARLIEST)
            info.compress_type = ZIP_DEFLATED
            info.create_system = 0  # what the file was made on is nobody's concern
            package.writestr(info, content)
    return out.getvalue()


def without_properties(document: bytes) -> bytes:
    """Return an Office file whose properties tell neither who made it, nor when, nor with what."""
    with ZipFile(io.BytesIO(document)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["docProps/core.xml"] = CORE
    parts["docProps/app.xml"] = APP
    return packed(parts)


CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>ledger1540</Application></Properties>"
)
