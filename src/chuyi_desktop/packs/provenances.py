"""出处 of rules: the wall that nothing is dressed up as official."""

from collections.abc import Mapping
from dataclasses import dataclass

from chuyi_desktop.domain.provenance import Basis, Provenance
from chuyi_desktop.packs.models import DocumentModel, SourceModel
from chuyi_desktop.packs.nearest import hint, listed
from chuyi_desktop.packs.spot import Spot

NOWHERE = Provenance(Basis.REFERENCE)
"""Stands in where a source is faulty, so that reading can go on to further mistakes."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Reads sources that refer to ``documents``; ``default`` stands for rules that name none."""

    documents: Mapping[str, DocumentModel]
    default: Provenance | None = None
    faulty: frozenset[str] = frozenset()
    """Documents that exist but could not be read: nothing is said of them."""

    def read(self, model: SourceModel, spot: Spot) -> Provenance:
        """The provenance, with its mistakes noted."""
        document = None if model.document is None else self.documents.get(model.document)
        if model.document is not None and document is None:
            if model.document in self.faulty:
                return NOWHERE
            known = hint(model.document, self.documents)
            (spot / "document").fault("packs.unknown_document", found=model.document, hint=known)
            return NOWHERE
        title = document.title if document else ""
        number = (document.number or "") if document else ""
        if model.basis is not Basis.REFERENCE:
            self._note_unproven(model, number, spot)
        elif not title and not model.note:
            spot.fault("packs.reference_without_note")
        return Provenance(model.basis, title, number, model.article or "", model.note or "")

    def of(self, model: SourceModel | None, spot: Spot) -> Provenance:
        """The provenance of the rule at ``spot``: its own, else the pack's default."""
        if model is not None:
            return self.read(model, spot / "source")
        if self.default is None:
            spot.fault("packs.no_source")
            return NOWHERE
        return self.default

    def read_default(self, model: SourceModel | None, spot: Spot) -> "Sources":
        """These sources with the pack's default. Only reference may be had without being asked for."""
        if model is None:
            return self
        if model.basis is not Basis.REFERENCE:
            (spot / "basis").fault("packs.default_must_be_reference")
            return Sources(self.documents, NOWHERE, self.faulty)
        return Sources(self.documents, self.read(model, spot), self.faulty)

    @staticmethod
    def _note_unproven(model: SourceModel, number: str, spot: Spot) -> None:
        """official and national say document, number and article, or they are not what they claim."""
        missing = [key for key in ("document", "article") if getattr(model, key) is None]
        if missing:
            spot.fault("packs.unproven", basis=model.basis.value, what=listed(missing))
        if model.document is not None and not number:
            (spot / "document").fault("packs.document_without_number", found=model.document)
