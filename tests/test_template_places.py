"""An error while a template is filled names the same place as `lint` does: the paragraph or cell of its tag."""

from __future__ import annotations

import pytest

from pipeline.errors import DefinitionError
from pipeline.library import load
from pipeline.lint.examples import TODAY, first
from pipeline.renderers import papers
from tests.call_copies import copy_call, templates
from tests.template_files import box, part, rows, template
from tests.word_files import p, r

BY_ZERO = "{{ (1 / (bijdrage - bijdrage))|number }}"
"""A tag that nothing can be seen on before it runs."""
ON_ZERO = "{%tr if 1 / (bijdrage - bijdrage) %}"
LOOP = "{%tr for i in ingrepen %}"
END = "{%tr endfor %}"


def place_of(tmp_path, data):
    """Fill a template with a dossier in which everything is filled in; give the place of the error."""
    folder = copy_call(tmp_path)
    (templates(folder) / "toekenning.docx").write_bytes(data)
    call = load(folder)
    example = first(call, call.form)
    with pytest.raises(DefinitionError) as caught:
        papers(call, example.dossier, findings=(), today=TODAY, only=("toekenning",))
    (fault,) = caught.value.faults
    assert fault.file == "toekenning.docx"
    return fault.key


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (template(p("Een.") + p(f"Deel {BY_ZERO}")), f"word/document.xml: «Deel {BY_ZERO}» (alinea 2)"),
        (
            template(p("{{ stad }}") + p("{%p if stad is given %}") + p(BY_ZERO) + p("{%p endif %}") + p("{{ stad }}")),
            f"word/document.xml: «{BY_ZERO}» (alinea 3)",
        ),
        (
            template(p("{{ stad }}") + p("{%p set deel = 1 / (bijdrage - bijdrage) %}") + p("{{ stad }}")),
            "word/document.xml: «{%p set deel = 1 / (bijdrage - bijdrage) %}» (alinea 2)",
        ),
        (
            template(rows(["Wat", "Deel"], [LOOP, ""], ["{{ i.wat }}", BY_ZERO], [END, ""])),
            f"word/document.xml: «{BY_ZERO}» (tabel 1, rij 3, cel 2)",
        ),
        (
            template(
                rows(
                    ["Wat"],
                    [LOOP],
                    ["{{ i.wat }}"],
                    [END],
                    ["{%tr if 1 / (bijdrage - bijdrage) %}"],
                    ["x"],
                    ["{%tr endif %}"],
                )
            ),
            f"word/document.xml: «{ON_ZERO}» (tabel 1, rij 5, cel 1)",
        ),
        (
            template(p("{{ stad }}"), header1=part("hdr", p("{{ stad }}") + p(BY_ZERO))),
            f"word/header1.xml: «{BY_ZERO}» (alinea 2)",
        ),
        (
            template(p(r("Links ") + box(p("{{ stad }}") + p(BY_ZERO)))),
            f"word/document.xml: «{BY_ZERO}» (alinea 1, tekstvak, alinea 2)",
        ),
        (
            template(p("{{ stad }}") + p("Deel " + BY_ZERO.replace("|number", "|number|upper")) + p(BY_ZERO)),
            f"word/document.xml: «Deel {BY_ZERO.replace('|number', '|number|upper')}» (alinea 2)",
        ),
        (
            template(rows(["Wat"], ["{%tc for i in ingrepen %}", "{{ i.wat }}", "{%tc endfor %}"]) + p(BY_ZERO)),
            f"word/document.xml: «{BY_ZERO}» (alinea 1)",
        ),
        (
            template(rows(["Wat"], ["{%tc for i in ingrepen %}", f"{{{{ i.wat }}}} {BY_ZERO}", "{%tc endfor %}"])),
            f"word/document.xml: «{{{{ i.wat }}}} {BY_ZERO}» (tabel 1, rij 2, cel 2)",
        ),
    ],
    ids=["paragraph", "after-a-tag", "set", "cell", "row", "header", "box", "first-of-two", "after-cells", "in-cells"],
)
def test_an_error_while_filling_names_the_paragraph_or_cell_of_its_tag(tmp_path, data, key):
    assert place_of(tmp_path, data) == key
