"""Gaps: answers that are not given, and what meeting one does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from pipeline import language
from pipeline.errors import PaperRefused


class NotJudged(Exception):
    """An expression needs an answer that is missing or doubtful."""

    def __init__(self, gap: Gap) -> None:
        super().__init__(gap.label)
        self.gap = gap


class Use(Enum):
    """Who meets a gap."""

    JUDGE = "judge"
    """A rule: every use but the tests `is given` … stops it as not judged."""
    DRAFT = "draft"
    """A draft: it prints `[ontbreekt: …]`."""
    FINAL = "final"
    """A final paper: it is refused."""


class Gap:
    """An answer that is empty, not found or doubtful.

    The tests `given`, `empty`, `not_found` and `doubtful` may ask about it; any other use depends on `use`.
    """

    __slots__ = ("asked", "columns", "key", "label", "labels", "optional", "state", "use")

    def __init__(
        self,
        label: str,
        state: str,
        use: Use,
        key: str = "",
        columns: Mapping[str, str] | None = None,
        labels: tuple[str, ...] = (),
        optional: bool = False,
    ) -> None:
        self.label = label
        self.state = state
        self.use = use
        self.key = key
        self.columns = columns
        """Tables: column key → label, so that a draft can show one row of gaps."""
        self.labels = labels or (label,)
        """All answers that it stands for (a named value may lack several)."""
        self.optional = optional
        """Nobody has to answer: left empty, it counts as nothing in a total."""
        self.asked = True
        """False where another answer says that this question does not apply: then its absence is nothing either."""

    @property
    def is_nothing(self) -> bool:
        """Whether it is left empty where nobody has to answer, or absent where it does not apply."""
        return self.optional and (self.state == "empty" or (self.state == "not_found" and not self.asked))

    @property
    def is_no_rows(self) -> bool:
        """Whether it is a table without rows that nobody has to fill: a loop or a filter then sees no rows."""
        return self.is_nothing and self.columns is not None

    def used_by(self, use: Use) -> Gap:
        """Give the same gap for another use."""
        gap = Gap(self.label, self.state, use, self.key, self.columns, self.labels, self.optional)
        gap.asked = self.asked
        return gap

    def meet(self) -> None:
        """Raise what the use asks; return in a draft."""
        if self.use is Use.JUDGE:
            raise NotJudged(self)
        if self.use is Use.FINAL:
            raise PaperRefused(
                language._("«{label}» ontbreekt of is twijfelachtig; vul of verbeter dat antwoord eerst.").format(
                    label="», «".join(self.labels)
                )
            )

    def read(self, name: str) -> Any:
        """Give what an expression sees under a name: a column of a table, or the gap itself."""
        self.meet()
        if self.columns is not None and name in self.columns:
            return Gap(self.columns[name], self.state, self.use, name)
        return self

    def __str__(self) -> str:
        self.meet()
        return language._("[ontbreekt: {label}]").format(label=self.label)

    def __html__(self) -> str:
        from markupsafe import escape

        return str(escape(str(self)))

    def __bool__(self) -> bool:
        if not self.is_no_rows:
            self.meet()
        return False

    def __iter__(self) -> Iterator[Any]:
        """Give no rows where none are needed; in a draft one row of gaps, or the gap itself when it is no table."""
        if self.is_no_rows:
            return
        self.meet()
        if self.columns is None:
            yield self
            return
        from pipeline.expression.records import Record

        cells = {key: Gap(label, self.state, self.use, key) for key, label in self.columns.items()}
        yield Record(cells, "row", extra={"number": 1})

    def __len__(self) -> int:
        if self.is_no_rows:
            return 0
        self.meet()
        return 1

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self.read(name)

    def _refuse(self, *_others: object, **_named: object) -> Any:
        self.meet()
        return self

    def _compare(self, _other: object) -> bool:
        self.meet()
        return False

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _refuse
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = _refuse
    __mod__ = __rmod__ = __pow__ = __rpow__ = _refuse
    __neg__ = __pos__ = __abs__ = __getitem__ = __call__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = _compare
    __eq__ = _compare
    __ne__ = _compare
    __contains__ = _compare

    def __hash__(self) -> int:
        self.meet()
        return id(self)
