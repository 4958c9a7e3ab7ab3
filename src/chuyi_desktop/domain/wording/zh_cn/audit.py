"""Sentences of the second look at form packs: what reads well and yet cannot be meant."""

MESSAGES: dict[str, str] = {
    # Rules no school can fail or meet
    "audit.never_met": "没有学校能满足“{title}”：{subject} 只能{range}，而标准是 {wanted}。"
    "请改标准值，或改指标的 minimum、maximum",
    "audit.always_met": "每所学校都满足“{title}”：{subject} 总是{range}，标准 {wanted} 不起作用。"
    "请改标准值或删去这一条",
    "audit.requires_never": "“{title}”的公式永远不成立，没有学校能满足，请检查比较的方向和数值",
    "audit.requires_always": "“{title}”的公式永远成立，不起作用，请检查比较的方向和数值，或删去",
    "audit.applies_never": "“{title}”的适用情形永远不成立，这一条对谁都不起作用，"
    "请改 applies_when 或删去这一条",
    "audit.applies_always": "“{title}”的适用情形永远成立，请删去 applies_when",
    "audit.case_never": "第 {number} 个情形永远不会用到：when 永远不成立，请改公式或删去这个情形",
    "audit.case_hides": "第 {number} 个情形的 when 永远成立，它后面的情形都用不到，请改公式或删去后面的情形",
    "audit.case_twice": "第 {number} 个情形与第 {first} 个的 when 相同，永远用不到，请改公式或删去一个",
    "audit.contradiction": "“{title}”与“{other}”不能同时满足："
    "同一个 {subject}，一处要求 {wanted}，另一处要求 {also}",
    "audit.same_rule": "“{title}”与“{other}”是同一条规则，只需要一条，请删去一处或改正",
    "audit.check_never": "审核“{title}”永远不成立，每所学校都会被提示，请检查比较的方向和数值",
    "audit.check_always": "审核“{title}”永远成立，查不出任何问题，请检查比较的方向和数值",
    "audit.same_check": "审核“{title}”与“{other}”的公式相同，只需要一条",
    # Points
    "audit.band_never": "“{title}”的这一段没有学校能达到：{subject} 只能{range}，界限是 {bound}，请改界限",
    "audit.band_always": "“{title}”的这一段每所学校都达到：{subject} 总是{range}，"
    "之后的分段和 otherwise 都用不到。要给所有学校这些分就写成 otherwise",
    "audit.linear_constant": "“{title}”的得分与学校填什么无关："
    "{subject} 只能{range}，而计分区间是 {least} 到 {most}",
    "audit.linear_never_full": "“{title}”没有学校能得满分：{subject} 只能{range}，满分的值是 {full}",
    # Tiers
    "audit.tier_same": "档次“{name}”永远不会出现：前一档“{better}”的要求与它相同或更低，请改要求或删去一档",
    "audit.tier_all_unmet": "条件组“{group}”只有 {count} 条，允许 {most} 条不满足等于没有要求，请改小或删去",
    # Units
    "audit.dimension": "公式的结果是 {found}，而单位写的是“{unit}”，请改公式或单位",
    "audit.no_unit": "公式的结果是 {found}，但没有写单位，请补上 unit",
    "audit.scale": "公式的结果与单位“{unit}”差 {times} 倍，"
    "请换算（如 万元 乘以 10000 得 元，比值乘以 100 得 %）",
    "audit.sides": "公式两边量纲不同：{left} 与 {right}，请检查",
    "audit.sides_scale": "公式两边的单位大小差 {times} 倍，请换算（如 万元 乘以 10000 得 元）",
    # Not used
    "audit.indicator_idle": "没有一个表单包用到指标“{name}”（{id}），请用上它或删去",
    "audit.table_idle": "没有一个表单包用到明细表“{name}”（{id}），请用上它或删去",
    "audit.more_idle": "从这里起，本文件还有 {count} 个指标或明细表没有表单包用到，请用上它们或删去",
    "audit.part_idle": "没有一个表单包引用公用部分“{name}”，请引用它或删去",
    "audit.document_idle": "没有一处出处引用文件“{title}”（{id}），请引用它或删去",
    "audit.asked_idle": "要求填报“{name}”（{id}），但没有规则、公式和审核用到它，"
    "申报书也不印它，请用上它或不再要求",
    "audit.table_asked_idle": "要求填报明细表“{name}”（{id}），但没有规则、公式和审核用到它，申报书也不印它，"
    "请用上它或不再要求",
    # How a range reads
    "audit.range.from": "不小于 {least}",
    "audit.range.to": "不大于 {most}",
    "audit.range.between": "在 {least} 到 {most} 之间",
    "audit.range.point": "等于 {least}",
    "audit.range.any": "取任意数",
}
