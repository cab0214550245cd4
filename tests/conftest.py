"""How long generated tests run: `make test` a little, `make soak` (or `--hypothesis-profile=soak`) far longer."""

import os
import shutil
from tempfile import mkdtemp

from hypothesis import HealthCheck, settings

from tests import broker, postgres

settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "soak",
    settings.get_profile("default"),
    max_examples=10_000,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("default")

_CONFIG = mkdtemp(prefix="ledger1540-config-")
os.environ["XDG_CONFIG_HOME"] = _CONFIG  # where a master key is made that nobody gave
os.environ["LEDGER1540_SEAL"] = "elsewhere"  # positions are those of what a test records; tests of seals say so


def pytest_unconfigure() -> None:
    postgres.stop()
    broker.stop()
    shutil.rmtree(_CONFIG)
