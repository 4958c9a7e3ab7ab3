"""A copy of the user's own workbook with the bad cells coloured and commented, a list of them in front.

Only the bytes that say so are changed: charts, pictures, shapes, macros, formats and formulas, also such as
no library knows, stay as they were (decision 0010).
"""

from chuyi_desktop.excel.marking.copying import marked_copy

__all__ = ["marked_copy"]
