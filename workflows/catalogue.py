"""Every kind of thing that falls due."""

from workflows.kinds import Kind
from workflows.silence.kind import Silence

KINDS: tuple[Kind, ...] = (Silence(),)
