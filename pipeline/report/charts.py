"""The pictures of the report, as shapes that the page draws: no library, no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline import language
from pipeline.dossier import ActKind
from pipeline.language import _
from pipeline.report.telling import Completeness, Line, Telling

WIDTH = 720
_LABELS = 190
_VALUES = 130
_BAR = 26
_GAP = 14

COLOURS = {
    "available": "#9aa9bd",
    "requested": "#1f5f99",
    "complete": "#2e7d4f",
    "granted": "#0f4c3a",
    "incomplete": "#b3432b",
    "not_judged": "#b98a1d",
    "withdrawn": "#8a8a8a",
}
_ROOM = WIDTH - _LABELS - _VALUES


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with a word before and a figure after it."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    label: str
    figure: str

    @property
    def middle(self) -> float:
        """The height at which its words stand."""
        return self.y + self.height / 2

    @property
    def before(self) -> float:
        """Where the word before it ends."""
        return self.x - 10

    @property
    def end(self) -> float:
        """Where it ends."""
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with what it says in words."""

    title: str
    words: str
    width: int
    height: float
    bars: tuple[Bar, ...]
    legend: str = ""
    """What the colours mean."""


def budget(telling: Telling) -> Chart | None:
    """Draw what is asked and granted against what is available."""
    lines = [line for line in telling.dossiers if not line.withdrawn]
    complete = [line for line in lines if line.completeness is Completeness.COMPLETE]
    amounts: list[tuple[str, str, Decimal]] = []
    if telling.available is not None:
        amounts.append((_("beschikbaar"), "available", telling.available))
    amounts.append((_("gevraagd"), "requested", _sum([line.requested for line in lines])))
    amounts.append((_("in volledige dossiers"), "complete", _sum([line.requested for line in complete])))
    if any(act.kind is ActKind.DECIDE for line in lines for act in line.acts):
        amounts.append((_("toegekend"), "granted", _sum([line.granted for line in lines])))
    if not lines:
        return None
    figures = [(label, colour, float(amount), language.euro(amount)) for label, colour, amount in amounts]
    words = ", ".join(f"{label} {figure}" for label, _colour, _value, figure in figures) + "."
    return _chart(_("Gevraagd tegenover beschikbaar"), words, figures)


def completeness(telling: Telling) -> Chart | None:
    """Draw how many dossiers are complete."""
    lines = telling.dossiers
    if not lines:
        return None
    counts = {
        "complete": (_("volledig"), 0),
        "incomplete": (_("onvolledig"), 0),
        "not_judged": (_("niet te beoordelen"), 0),
        "withdrawn": (_("ingetrokken"), 0),
    }
    for line in lines:
        kind = "withdrawn" if line.withdrawn else line.completeness.value
        label, number = counts[kind]
        counts[kind] = (label, number + 1)
    figures = [(label, kind, float(number), str(number)) for kind, (label, number) in counts.items()]
    words = ", ".join(f"{label}: {figure}" for label, _kind, _value, figure in figures) + "."
    return _chart(_("Hoeveel dossiers zijn volledig"), words, figures)


def requests(telling: Telling, most: int = 40) -> Chart | None:
    """Draw the amount asked by each dossier, as long as that fits on a page."""
    lines: Sequence[Line] = [line for line in telling.dossiers if line.requested is not None]
    if not lines or len(lines) > most:
        return None
    figures = [
        (
            f"{line.number.rpartition('-')[2]} {line.applicant}".strip(),
            "withdrawn" if line.withdrawn else line.completeness.value,
            max(0.0, float(line.requested or 0)),
            language.euro(line.requested or Decimal(0)),
        )
        for line in lines
    ]
    words = "; ".join(f"{label}: {figure}" for label, _kind, _value, figure in figures) + "."
    legend = _("groen: volledig, rood: onvolledig, oker: niet te beoordelen, grijs: ingetrokken")
    return _chart(_("Gevraagd per dossier"), words, figures, bar=18, gap=8, legend=legend)


def _sum(amounts: Sequence[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


def _chart(
    title: str,
    words: str,
    figures: Sequence[tuple[str, str, float, str]],
    bar: int = _BAR,
    gap: int = _GAP,
    legend: str = "",
) -> Chart:
    top = max(value for _label, _colour, value, _figure in figures) or 1.0
    bars = tuple(
        Bar(
            _LABELS,
            gap + number * (bar + gap),
            round(_ROOM * max(0.0, value) / top, 1),
            bar,
            COLOURS[colour],
            label if len(label) <= 28 else f"{label[:27]}…",
            figure,
        )
        for number, (label, colour, value, figure) in enumerate(figures)
    )
    return Chart(title, words, WIDTH, gap + len(bars) * (bar + gap), bars, legend)
