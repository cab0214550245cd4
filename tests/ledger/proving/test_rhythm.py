"""A checkpoint is due a second after the record fell quiet, and once a minute while it does not."""

from ledger.proving.rhythm import Rhythm


class Hand:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_checkpoint_is_due_a_second_after_a_write_and_not_without_one() -> None:
    hand = Hand()
    rhythm = Rhythm(hand)
    assert rhythm.seconds_left() is None
    rhythm.saw(1)
    assert rhythm.seconds_left() == 1.0
    hand.now = 0.5
    rhythm.saw(1)
    assert rhythm.seconds_left() == 0.5, "nothing new was recorded"
    rhythm.saw(2)
    assert rhythm.seconds_left() == 1.0
    hand.now = 2.0
    assert rhythm.seconds_left() == 0.0
    rhythm.signed(3)
    rhythm.saw(3)
    assert rhythm.seconds_left() is None, "the seal itself is under the checkpoint"


def test_under_load_it_is_due_once_a_minute() -> None:
    hand = Hand()
    rhythm = Rhythm(hand)
    due = list[float]()
    for tenth in range(3000):
        hand.now = tenth / 10
        rhythm.saw(tenth + 1)
        if rhythm.seconds_left() == 0.0:
            due.append(hand.now)
            rhythm.signed(tenth + 1)
    assert due == [60.0, 120.1, 180.2, 240.3]
