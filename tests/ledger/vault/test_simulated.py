"""The vault of a simulation: one seed gives the same sealed texts, and no record of real facts has such a vault."""

from pathlib import Path

import pytest

from ledger.refusals import OriginUnfit
from ledger.vault.keys import Keys
from ledger.vault.refusals import KeyAbsent
from ledger.vault.simulated import SimulatedVault, sealed

ORIGIN = "example.org/ledger1540/simulation"


def made(folder: Path, seed: int = 7) -> SimulatedVault:
    keys = Keys(folder)
    keys.make()
    return SimulatedVault(keys, ORIGIN, seed)


def test_one_seed_seals_alike_in_two_vaults_and_another_seed_otherwise(tmp_path: Path) -> None:
    one, other, third = (made(tmp_path / name, seed) for name, seed in (("a", 7), ("b", 7), ("c", 8)))
    found = [each.seal("sim-contact-1", "name", "k", "Example person 1", new=True) for each in (one, other, third)]
    assert found[0] == found[1] == sealed(7, "sim-contact-1", "name", "k", "Example person 1") != found[2]
    assert one.keys.read("sim-contact-1") == other.keys.read("sim-contact-1")


def test_a_key_that_was_kept_opens_and_one_that_was_destroyed_does_not(tmp_path: Path) -> None:
    vault = made(tmp_path / "vault")
    text = sealed(7, "sim-contact-1", "name", "k", "Example person 1")
    vault.keep("sim-contact-1")
    assert vault.unseal("sim-contact-1", "name", text)[1] == "Example person 1"
    vault.keys.destroy("sim-contact-1")
    with pytest.raises(KeyAbsent):
        vault.unseal("sim-contact-1", "name", text)


def test_a_record_that_is_no_simulation_has_no_such_vault(tmp_path: Path) -> None:
    with pytest.raises(OriginUnfit, match="follow from no seed"):
        SimulatedVault(Keys(tmp_path / "vault"), "example.org/ledger1540/1", 7)
