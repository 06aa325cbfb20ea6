"""A template for each feature that the manual of docxtpl describes, and the facts that fill it."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import docx

from pipeline.renderers.replacing import Replacement
from tests import docxtpl_building as building
from tests.docxtpl_building import Build, paragraphs, several, table

ROWS = [{"naam": "An", "rol": "burgemeester & lid"}, {"naam": "Çelik", "rol": "<schepen>"}, {"naam": "Bo", "rol": ""}]
FACTS: dict[str, Any] = {
    "gemeente": "Gent & «Zelzate»",
    "regels": "een\ntwee\tdrie\nvier",
    "rijen": ROWS,
    "leeg": [],
    "waar": True,
    "getal": 3,
    "kleur": "FFCC00",
    "breed": 2,
    "accolades": "{{ x }} {% if %} {# #} }} %}",
}


@dataclass(frozen=True)
class Feature:
    """One feature."""

    name: str
    build: Build
    why: frozenset[str] = frozenset()
    """Why docxtpl itself must fill it, in the words of `Why`; empty where the compiled template can."""
    objects: Callable[[Any, Mapping[str, Any]], Mapping[str, Any]] | None = None
    names: tuple[str, ...] = ()
    replacements: tuple[Replacement, ...] = ()
    """How documenten.toml says what `objects` has docxtpl replace."""
    facts: Mapping[str, Any] = field(default_factory=lambda: FACTS)

    def template(self) -> bytes:
        """Give the Word file."""
        document = docx.Document()
        self.build(document)
        made = io.BytesIO()
        document.save(made)
        return made.getvalue()

    def __str__(self) -> str:
        return self.name


FEATURES = [
    Feature("value", paragraphs("Gemeente {{ gemeente }}, {{ getal }} keer", "¦vet {{ gemeente }}¦mager")),
    Feature("value cut into runs", paragraphs("a {¦{ gem¦een¦te }¦} b", "{% i¦f waar %}ja¦{% e¦ndif %}")),
    Feature("value with line ends and tabs", paragraphs("{{ regels }}", "voor ¦{{ regels }}¦ na {{ gemeente }}")),
    Feature("value with braces", paragraphs("{{ accolades }}")),
    Feature("condition in a paragraph", paragraphs("{% if waar %}ja {{ getal }}{% else %}nee{% endif %}.")),
    Feature("paragraphs", paragraphs("{%p if waar %}", "ja {{ getal }}", "{%p else %}", "nee", "{%p endif %}")),
    Feature("paragraphs repeated", paragraphs("{%p for r in rijen %}", "{{ r.naam }}: {{ r.rol }}", "{%p endfor %}")),
    Feature("runs", paragraphs("voor ¦{%r if waar %}¦vet {{ getal }}¦{%r endif %}¦ na")),
    Feature(
        "rows",
        table(("Naam", "Rol"), ("{%tr for r in rijen %}",), ("{{ r.naam }}", "{{ r.rol }}"), ("{%tr endfor %}",)),
    ),
    Feature(
        "rows, none", table(("Naam", "Rol"), ("{%tr for r in leeg %}",), ("{{ r.naam }}", "x"), ("{%tr endfor %}",))
    ),
    Feature("tables nested", building.nested),
    Feature(
        "merged with the previous paragraph",
        paragraphs("Vooraan {{ getal }}", "{%- if waar %}", " vervolg", "{%- endif %}", " slot"),
    ),
    Feature(
        "merged with the next paragraph", paragraphs("{% if waar -%}", "samen {{ getal }}", "{% endif -%}", "slot")
    ),
    Feature("braces printed", paragraphs("{_{ naam }_} en {_% if %_} en {{ getal }}")),
    Feature(
        "comments", several(paragraphs("a{# stil #}b", "{#p weg #}", "c"), table(("{#tr weg #}",), ("{{ getal }}",)))
    ),
    Feature("set", paragraphs("{% set x = getal + 1 %}{{ x }}")),
    Feature(
        "filters", paragraphs("{{ gemeente|upper }} {{ rijen|length }} {{ gemeente|dubbel }} {{ 'vast & zeker' }}")
    ),
    Feature("curly quotes in a tag", paragraphs("{{ rijen|map_naam(“naam”)|join(‘, ’) }}")),
    Feature("header, footer and properties", building.around),
    Feature("footnotes", building.footnotes("footnotes")),
    Feature("drawings", building.pictures("{{ gemeente }}")),
    Feature("header with a drawing and a table", building.around_drawn),
    Feature("drawings repeated", building.drawn_twice, frozenset({"drawings"})),
    Feature(
        "columns", table(("{%tc for r in rijen %}", "{{ r.naam }}", "{%tc endfor %}"), columns=3), frozenset({"grid"})
    ),
    Feature(
        "columns left out",
        table(("vast", "{%tc if not waar %}", "{{ getal }}", "{%tc endif %}"), ("{{ getal }}",), columns=4),
        frozenset({"grid"}),
    ),
    Feature("rows left out under a merged cell", building.rows_left_out(merged=True)),
    Feature("rows left out that hold a column", building.rows_left_out(merged=False), frozenset({"grid"})),
    Feature("colspan", table(("{% colspan breed %}{{ gemeente }}", "b"), ("c", "d")), frozenset({"markup"})),
    Feature("cellbg", table(("{% cellbg kleur %}{{ gemeente }}", "b")), frozenset({"markup"})),
    Feature(
        "merged down",
        table(("Naam", "Rol"), ("{%tr for r in rijen %}",), ("{% vm %}samen", "{{ r.rol }}"), ("{%tr endfor %}",)),
        frozenset({"markup"}),
    ),
    Feature(
        "merged across",
        table(
            ("{%tc for r in rijen %}", "{% hm %}samen", "{%tc endfor %}"),
            ("{%tc for r in rijen %}", "{{ r.naam }}", "{%tc endfor %}"),
            columns=3,
        ),
        frozenset({"markup"}),
    ),
    Feature("text tabbed by the template", paragraphs("a\tb {{ getal }}")),
    Feature("macro", paragraphs("{% macro m(x) %}<{{ x }}>{% endmacro %}", "{{ m(getal) }}"), frozenset({"markup"})),
    Feature(
        "rich text",
        paragraphs("voor {{r rijk }} na", "{{ gemeente }}"),
        frozenset({"markup", "objects"}),
        building.rich,
        ("rijk",),
    ),
    Feature(
        "rich paragraphs",
        paragraphs("{{p rijk }}", "{{ regels }}"),
        frozenset({"markup", "objects"}),
        building.rich_paragraphs,
        ("rijk",),
    ),
    Feature("listing", paragraphs("voor {{ lijst }} na"), frozenset({"objects"}), building.listing, ("lijst",)),
    Feature(
        "pictures",
        paragraphs("{{ beeld }} en {{ ander }}", "{{ gemeente }}"),
        frozenset({"objects"}),
        building.images,
        ("beeld", "ander"),
    ),
    Feature(
        "subdocument",
        paragraphs("{{p deel }}", "{{ gemeente }}"),
        frozenset({"markup", "objects"}),
        building.subdocument,
        ("deel",),
    ),
    Feature(
        "subdocument of a file",
        paragraphs("{{p deel }}", "{{ getal }}"),
        frozenset({"markup", "objects"}),
        building.subdocument_of_file,
        ("deel",),
    ),
    Feature(
        "picture replaced",
        building.described,
        objects=building.replaced_picture,
        replacements=(Replacement("wapen", "Wapen van «de» stad", "wapen.png", building.png(77)),),
    ),
    Feature(
        "media replaced, and a picture printed",
        building.pictures("{{ gemeente }} {{ beeld }} {{ ander }}"),
        frozenset({"objects"}),
        building.replaced_media,
        ("beeld", "ander"),
        (Replacement("wapen", "image1.png", "wapen.png", building.png(78)),),
    ),
    Feature(
        "files replaced",
        building.embedded,
        objects=building.replaced_files,
        replacements=tuple(Replacement(f"b{n}", f"blad{n}.xlsx", "ander.xlsx", building.SHEET) for n in (1, 2)),
    ),
]
