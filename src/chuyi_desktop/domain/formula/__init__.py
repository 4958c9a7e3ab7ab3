"""The expression language of the form packs: parsed once to a tree that is evaluated, explained and,
elsewhere, differentiated and translated to Excel."""

from chuyi_desktop.domain.formula.evaluate import Facts, evaluate
from chuyi_desktop.domain.formula.parser import FormulaError, parse
from chuyi_desktop.domain.formula.references import Reference, references, rewritten, tables_used
from chuyi_desktop.domain.formula.render import write
from chuyi_desktop.domain.formula.tree import Expression

__all__ = [
    "Expression",
    "Facts",
    "FormulaError",
    "Reference",
    "evaluate",
    "parse",
    "references",
    "rewritten",
    "tables_used",
    "write",
]
