"""Whether the signatures in a paper leave room for the next one."""

from __future__ import annotations

from typing import Any

from pipeline.signing.verdict import Lock


def lock_of(reader: Any) -> Lock:
    """Tell whether a signature in a file forbids every later one, or everything but later ones.

    A signature may forbid all change (DocMDP 1) or all but signing (DocMDP 2), because it certifies the paper or
    because its field asks that; and it may lock fields in which nobody signed yet (FieldMDP).

    Args:
        reader: pyHanko's reader of the file.
    """
    from pyhanko.sign.fields import MDPPerm, enumerate_sig_fields
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

    only_signing = False
    waiting = [name for name, value, _field in enumerate_sig_fields(reader) if value is None]
    for name, _value, field in enumerate_sig_fields(reader, filled_status=True):
        try:
            signature = EmbeddedPdfSignature(reader, field, name)
            allowed, fields = signature.docmdp_level, signature.fieldmdp
        except Exception:  # noqa: BLE001 - a damaged signature locks nothing; that it is damaged is told elsewhere
            allowed, fields = None, None
        if allowed is MDPPerm.NO_CHANGES or (fields and waiting and all(map(fields.is_locked, waiting))):
            return Lock(closed=True, field=name)
        only_signing = only_signing or allowed is MDPPerm.FILL_FORMS
    return Lock(only_signing=only_signing)
