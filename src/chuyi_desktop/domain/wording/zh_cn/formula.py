"""Sentences of the formula language."""

MESSAGES: dict[str, str] = {
    "formula.too_long": "公式太长（{length} 个字符），最多 {limit} 个字符，请拆成几个导出指标",
    "formula.too_many": "公式有 {count} 个部分，最多 {limit} 个，请拆成几个导出指标",
    "formula.too_deep": "公式括号嵌套超过 {limit} 层，请拆成几个导出指标",
    "formula.unknown_character": "公式第 {at} 个字符“{found}”不认识",
    "formula.open_text": "公式第 {at} 个字符起的引号没有配对",
    "formula.expected": "公式第 {at} 个字符处应为 {wanted}，现为“{found}”",
    "formula.end": "公式结束",
    "formula.value_wanted": "数、指标、函数或左括号",
    "formula.whole_number_wanted": "0 到 12 的整数",
    "formula.name_wanted": "指标名",
    "formula.years_wanted": "2 到 {most} 的整数（几年，连本年在内）",
    "formula.table_wanted": "明细表名",
    "formula.unknown_function": "没有“{found}”这个函数；可用：{known}",
    "formula.arguments": "函数“{function}”要 {wanted} 个参数，现有 {found} 个",
    "formula.kinds": "“{operation}”两边应为{wanted}，现为{found}",
    "formula.report_year": "申报年度",
    "formula.kind.number": "数",
    "formula.kind.text": "文字",
    "formula.kind.yes_no": "是否",
    "formula.kind.date": "日期",
}
