"""What may follow a signature, or the issue of a paper: further signatures and what proves them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from pipeline.signing.new_fields import require_plain
from pipeline.signing.tagging import tagging_rule


@cache
def after_signature() -> Any:
    """Give pyHanko's rules for what may follow a signature, where that signature asks nothing stricter.

    A later party may sign in a field that its own program adds, visible or not, also where the signature allows nothing
    but signing (DocMDP 2, as the fields of our papers do): pyHanko's default then refuses a visible one, the EU's own
    library and Acrobat do not. What such a field shows is looked at elsewhere.
    """
    from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, StandardDiffPolicy
    from pyhanko.sign.diff_analysis.form_rules_api import FormUpdatingRule

    return StandardDiffPolicy([*DEFAULT_DIFF_POLICY.global_rules, tagging_rule()], FormUpdatingRule(_fields()))


@cache
def after_issue() -> Any:
    """Give the rules for what may follow the issue of a paper: as after a signature, and what the first one changes.

    The first one sets the flags of the form, and may enter itself as the one that certifies.
    """
    from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, ModificationLevel, StandardDiffPolicy
    from pyhanko.sign.diff_analysis.constants import ACROFORM_EXEMPT_STRICT_COMPARISON, ROOT_EXEMPT_STRICT_COMPARISON
    from pyhanko.sign.diff_analysis.form_rules_api import FormUpdatingRule
    from pyhanko.sign.diff_analysis.policy_api import SuspiciousModification
    from pyhanko.sign.diff_analysis.rules.file_structure_rules import CatalogModificationRule
    from pyhanko.sign.diff_analysis.rules_api import ReferenceUpdate, WhitelistRule

    class Certifying(WhitelistRule):
        """Allows the entry that says which signature certifies, once."""

        def apply(self, old: Any, new: Any) -> Iterable[Any]:
            if "/Perms" in old.root and old.root["/Perms"] != new.root.get("/Perms"):
                raise SuspiciousModification("/Perms")
            if "/Perms" in new.root and "/Perms" not in old.root:
                if set(new.root["/Perms"]) != {"/DocMDP"}:
                    raise SuspiciousModification("/Perms")
                entry = new.root.raw_get("/Perms")
                if hasattr(entry, "reference"):
                    yield ReferenceUpdate(entry.reference)

    rules: list[Any] = [
        CatalogModificationRule(ROOT_EXEMPT_STRICT_COMPARISON | {"/Perms"}),  # type: ignore[no-untyped-call]
        *DEFAULT_DIFF_POLICY.global_rules[1:],
        Certifying().as_qualified(ModificationLevel.LTA_UPDATES),
        tagging_rule(),
    ]
    form = FormUpdatingRule(_fields(), ACROFORM_EXEMPT_STRICT_COMPARISON | {"/SigFlags"})
    return StandardDiffPolicy(rules, form)


def signature_fields(reader: Any) -> set[str]:
    """Give the names of the signature fields in a file, empty ones included."""
    from pyhanko.sign.fields import enumerate_sig_fields

    return {name for name, _value, _field in enumerate_sig_fields(reader)}


def _fields() -> list[Any]:
    from pyhanko.sign.diff_analysis.rules.form_field_rules import (
        GenericFieldModificationRule,
        SigFieldCreationRule,
        SigFieldModificationRule,
    )

    class Creation(SigFieldCreationRule):
        """Allows new signature fields that are nothing else besides."""

        def apply(self, context: Any) -> Iterable[Any]:
            for name, spec in context.field_specs.items():
                if spec.field_type == "/Sig" and not spec.old_field_ref:
                    require_plain(name, spec.new_field_ref)
            yield from super().apply(context)

    return [
        Creation(allow_new_visible_after_certify=True),  # type: ignore[no-untyped-call]
        SigFieldModificationRule(),
        GenericFieldModificationRule(),
    ]
