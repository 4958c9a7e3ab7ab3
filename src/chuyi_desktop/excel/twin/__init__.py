"""The live twin: the school's workbook with everything that is computed standing in it as Excel formulas.

:mod:`~chuyi_desktop.excel.twin.scalars` and :mod:`~chuyi_desktop.excel.twin.vectors` translate the formula
trees, :mod:`~chuyi_desktop.excel.twin.calculation` keeps their steps as the rows of the hidden sheet 计算,
and the other modules lay out the sheets on which people read the results.

未填 is an Excel error there: an error spreads through arithmetic and comparisons by itself, as a missing
value does, and only and/or/if need more. People read the word 未填 in its place.
"""
