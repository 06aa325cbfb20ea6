"""Remember what was made of some bytes: a batch reads many copies of one form, most parts the same byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sized
from typing import Protocol, TypeVar


class _Piece(Hashable, Sized, Protocol):
    """Some bytes, or the text of some; or several of those."""


Said = TypeVar("Said", bound=_Piece)
Made = TypeVar("Made")


class Remembered(dict[Said, Made]):
    """What a function makes of each piece, as it is asked for.

    The function must look at nothing but the piece, and nobody may change what it made: then no file can tell anything
    of another.
    """

    def __init__(
        self, make: Callable[[Said], Made], most: int, weigh: Callable[[Said, Made], int] | None = None
    ) -> None:
        """Prepare to remember.

        Args:
            make: what makes something of a piece.
            most: letters of all pieces together; beyond them, all is forgotten. One that has an eighth of them or more
                is not remembered.
            weigh: counts the letters of a piece and of what was made of it; None for those of the piece alone.
        """
        super().__init__()
        self._make: Callable[[Said], Made] = make
        self._weigh: Callable[[Said, Made], int] | None = weigh
        self._most = self._left = most
        self._largest = most // 8

    def __missing__(self, said: Said) -> Made:
        made: Made = self._make(said)
        weight = self._weigh(said, made) if self._weigh else len(said)
        if weight > self._largest:
            return made
        if weight > self._left:
            self.clear()
            self._left = self._most
        self._left -= weight
        self[said] = made
        return made
