"""Sentences about typed values, and how values are written out."""

MESSAGES: dict[str, str] = {
    "input.missing.not_filled": "未填",
    "input.missing.division_by_zero": "未填（除数为 0）",
    "input.missing.no_rows": "未填（明细表无数据）",
    "input.missing.not_applicable": "不适用",
    "input.yes": "是",
    "input.no": "否",
    "input.date": "{year}年{month}月{day}日",
    "input.not_a_number": "“{found}”不是数，应填数，单位 {unit}",
    "input.not_a_plain_number": "“{found}”不是数，应填数",
    "input.out_of_range": "“{found}”太大或太小，不会是{label}，请检查是不是多打了数字",
    "input.wrong_unit": "“{found}”的单位是 {written}，这里应为 {wanted} 或可换算的单位",
    "input.not_whole": "“{found}”不是整数，{label}应填整数",
    "input.too_many_decimals": "“{found}”小数位数太多，{label}最多保留 {digits} 位小数",
    "input.below_minimum": "“{found}”小于允许的最小值 {minimum}",
    "input.above_maximum": "“{found}”大于允许的最大值 {maximum}",
    "input.not_a_choice": "“{found}”不在可选项中，应为：{choices}",
    "input.not_yes_no": "“{found}”不是“是”或“否”",
    "input.not_a_date": "“{found}”不是日期，应写成 2024-09-01、2024年9月1日或 2024.9",
    "input.too_long": "文字共 {length} 个字符，最多 {limit} 个",
    "input.control_character": "文字中有看不见的控制字符（{code_point}），请删去后再填",
    "input.private_character": "文字中有自造字（{code_point}），别的电脑显示不出来，请改用标准汉字",
    "input.digits_lost": (
        "“{found}”是被 Excel 当成数的 {digits} 位号码（如身份证号），第 15 位以后已经变成 0，找不回来了。"
        "请把这一列的格式改为“文本”，再从原件重新录入"
    ),
    "input.converted": "“{found}”已换算为 {value}",
}
