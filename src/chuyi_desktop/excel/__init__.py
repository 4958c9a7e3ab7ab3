"""Excel workbooks for people: written with XlsxWriter, read by a bounded reader of our own, marked where they
stand. :class:`~chuyi_desktop.excel.workbooks.ExcelWorkbooks` is the door."""
