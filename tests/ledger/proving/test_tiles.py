"""The paths of tiles, and which a tree of some size has, as C2SP tlog-tiles says."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.proving.tiles import Tile, entry_bundles, tile_at, tiles


def test_a_path_is_in_groups_of_three_digits() -> None:
    assert Tile(0, 1234067).path() == "tile/0/x001/x234/067"
    assert Tile(1, 0, 17).path() == "tile/1/000.p/17"
    assert Tile("entries", 1000).path() == "tile/entries/x001/000"


def test_a_tree_of_70_000_has_the_tiles_that_the_specification_counts() -> None:
    found = Counter((tile.level, tile.width) for tile in tiles(70_000))
    assert found == {(0, 256): 273, (0, 112): 1, (1, 256): 1, (1, 17): 1, (2, 1): 1}
    assert [tile.path() for tile in tiles(256)] == ["tile/0/000", "tile/1/000.p/1"]
    assert list(tiles(0)) == []


@given(st.integers(0, 200_000), st.integers(0, 200_000))
def test_what_was_full_before_is_left_out_and_all_else_is_there(size: int, before: int) -> None:
    since = min(size, before)
    full = {tile for tile in tiles(since) if tile.width == 256}
    assert set(tiles(size, since)) == set(tiles(size)) - full
    assert {tile.index for tile in entry_bundles(size)} == {tile.index for tile in tiles(size) if tile.level == 0}


@given(st.integers(0, 63), st.integers(0, 10**12), st.integers(1, 256))
def test_a_path_names_its_tile(level: int, index: int, width: int) -> None:
    tile = Tile(level, index, width)
    assert tile_at(tile.path()) == tile


@pytest.mark.parametrize(
    "path",
    ["tile/64/000", "tile/0/0", "tile/0/x000/000", "tile/0/000.p/256", "tile/0/000.p/0", "tile/01/000", "checkpoint"],
)
def test_any_other_path_names_none(path: str) -> None:
    assert tile_at(path) is None
