"""Sentences of the report room: the words of the dossier and of the summary."""

_NUMBERING = {
    "report.number.part": "{number}、{title}",
    "report.number.section": "（{number}）{title}",
    "report.number.item": "{number}. {title}",
    "report.number.option": "（{number}）{title}",
    "report.number.evidence": "{rule}-{piece}",
    "report.join": "、",
    "report.join_sentences": "；",
}

_RULES = {
    "report.basis.official": "官方",
    "report.basis.national": "国标",
    "report.basis.reference": "参考",
    "report.reference": "{title}（参考）",
    "report.reference_source": "没有公开文件依据，为本程序的参考口径",
    "report.outcome.met": "达到",
    "report.outcome.unmet": "未达到",
    "report.outcome.missing": "未填",
    "report.outcome.not_applicable": "不适用",
    "report.standard.missing": "未定",
    "report.standard.requirement": "符合",
    "report.standard.at_least_of": "至少 {count} 项",
    "report.standard.attested": "作出承诺",
    "report.reading.statement": "承诺内容：{text}",
    "report.reading.school": "学校说明：{text}",
    "report.reading.reason": "适用这一标准的原因：{text}",
    "report.reading.note": "注：{text}",
    "report.gap.below": "差 {gap}",
    "report.gap.above": "超 {gap}",
    "report.gap.points": "{number} 个百分点",
    "report.none": "—",
    "report.with_unit": "{name}（{unit}）",
    "report.source": "{basis}：{source}",
    "report.source_below": "{basis}（见说明）",
    "report.source_cited_below": "{basis}：{source}（见说明）",
    "report.reference_note": "“参考”的说明：{note}",
    "report.signed": "{sign} {value}",
}

_FRONT = {
    "report.title": "{programme}{title}",
    "report.cover.title": "申报书",
    "report.cover.programme": "申报项目",
    "report.cover.year": "申报年度",
    "report.cover.year_value": "{year}年",
    "report.cover.school": "申报学校（盖章）",
    "report.cover.authority": "主管部门",
    "report.cover.leader": "项目负责人",
    "report.cover.applicant": "申报人（负责人）",
    "report.cover.contact": "联系人",
    "report.cover.phone": "联系电话",
    "report.cover.email": "电子邮箱",
    "report.cover.made": "填报日期",
    "report.cover.closing": "由“楚怡申报”程序根据学校填报的数据编制",
    "report.notes.title": "填写说明",
    "report.notes.lines": (
        "本申报书由学校填报的数据、文字和佐证材料自动编制，每个数只填报一次，各处所列的同一指标一致。\n"
        "表中“未填”表示学校尚未填报，不等于 0；“不适用”表示学校说明了本项与学校无关；"
        "“本表无数据”表示学校声明没有这一类明细。\n"
        "导出指标（如生师比、生均面积）由程序按所列公式计算，按所注位数四舍五入，计算过程附在自评结论之后。\n"
        "每条条件和评分项都注明依据：“官方”指本项目的通知，“国标”指现行国家标准，"
        "“参考”指没有公开文件依据、由本程序提出的参考口径。\n"
        "佐证材料按所证明的条件和评分项的次序编号（如 1-1、1-2）；"
        "同一份材料证明几项内容的，只收录一次，并注明所证明的各项。\n"
        "申报书须由学校和有关部门负责人签字，并加盖公章。"
    ),
    "report.commitment.title": "诚信承诺书",
    "report.commitment.lines": (
        "{school}自愿申报“{programme}”项目，现郑重承诺：\n"
        "一、申报书所填数据、文字和所附佐证材料真实、准确、完整，没有弄虚作假，没有侵犯他人知识产权。\n"
        "二、申报过程遵守国家法律法规和有关工作纪律，接受主管部门的核查和社会监督。\n"
        "三、如有不实，学校愿意承担由此产生的一切后果和责任。"
    ),
    "report.commitment.school": "本校",
    "report.commitment.seal": "申报学校（盖章）：",
    "report.commitment.head": "法定代表人（签字）：",
    "report.commitment.leader": "项目负责人（签字）：",
    "report.commitment.applicant": "申报人（负责人）（签字）：",
    "report.date_line": "　　　　年　　月　　日",
    "report.contents.title": "目录",
}

_PROFILE = {
    "report.profile.title": "学校基本情况表",
    "report.profile.indicator": "指标",
    "report.profile.year": "{year}年",
    "report.profile.this_year": "{year}年（本年）",
    "report.profile.years_title": "历年数据",
    "report.profile.not_applicable": "不适用（{reason}）",
    "report.profile.note": "注：{name}：{note}",
    "report.profile.note_year": "注：{name}（{year}年）：{note}",
    "report.profile.empty": "本表没有列入指标",
}

_CONCLUSION = {
    "report.verdict.title": "自评结论",
    "report.verdict.tier": "根据学校填报的数据，自评结论为：{tier}。",
    "report.verdict.open": "数据尚未填全，现在还不能得出自评结论；仍有可能的结论：{tiers}。",
    "report.verdict.open_conditions": "还不能判定的条件：{titles}。",
    "report.verdict.open_points": "还有 {points} 分因数据未填而不能评定。",
    "report.verdict.none_reached": "根据学校填报的数据，没有达到本项目的任何档次。",
    "report.verdict.no_tier": "没有达到任何档次",
    "report.verdict.no_tiers": "本项目不分档次，各项条件和得分如下。",
    "report.verdict.points": "得分 {points} 分，满分 {maximum} 分",
    "report.verdict.points_open": "得分 {points} 分，未定 {open} 分，满分 {maximum} 分",
    "report.verdict.overview": "总体情况",
    "report.verdict.overview.tier": "自评结论",
    "report.verdict.overview.possible": "未定，仍有可能：{tiers}",
    "report.verdict.overview.conditions": "硬性条件",
    "report.verdict.overview.counts": "共 {total} 条：达到 {met} 条，未达到 {unmet} 条，"
    "未填 {missing} 条，不适用 {not_applicable} 条",
    "report.verdict.overview.points": "评分",
    "report.verdict.overview.reference": "参考分值",
    "report.verdict.overview.reference_points": "满分 {maximum} 分中有 {points} 分的分值没有公开文件依据，"
    "为本程序的参考分值",
    "report.verdict.overview.pack": "评定依据",
    "report.verdict.overview.pack_value": "“{programme}”表单包 {version} 版，校验码 {hash}",
    "report.verdict.tiers": "各档次的要求",
    "report.verdict.tiers.tier": "档次",
    "report.verdict.tiers.demands": "要求",
    "report.verdict.tiers.standing": "本校情况",
    "report.verdict.tiers.result": "结果",
    "report.verdict.tiers.source": "依据",
    "report.verdict.tier.all_met": "“{group}”各条全部达到",
    "report.verdict.tier.most_unmet": "“{group}”未达到的不超过 {count} 条",
    "report.verdict.tier.minimum_points": "得分不低于 {points} 分",
    "report.verdict.tier.nothing": "没有达到以上各档次",
    "report.verdict.standing.group": "“{group}”未达到 {unmet} 条、未填 {missing} 条",
    "report.verdict.standing.group_met": "“{group}”全部达到",
    "report.verdict.standing.points": "得 {points} 分",
    "report.verdict.standing.points_open": "得 {points} 分，未填的补齐后最多 {most} 分",
    "report.verdict.result.reached": "本校结论",
    "report.verdict.result.possible": "未定",
    "report.verdict.result.not_reached": "未达到",
    "report.verdict.conditions": "硬性条件",
    "report.verdict.no_conditions": "本项目没有硬性条件。",
    "report.verdict.number": "序号",
    "report.verdict.condition": "条件",
    "report.verdict.standard": "标准",
    "report.verdict.value": "本校",
    "report.verdict.outcome": "结果",
    "report.verdict.gap": "差距",
    "report.verdict.basis": "依据",
    "report.verdict.reading": "判定过程",
    "report.verdict.source": "出处",
    "report.verdict.evidence": "佐证",
    "report.verdict.readings": "判定过程和出处",
    "report.verdict.derived": "导出指标的计算过程",
    "report.verdict.derived.note": "导出指标由程序按下列公式计算；结果按所注位数四舍五入，"
    "各项条件和评分项均以四舍五入后的结果判定。",
    "report.verdict.derived.indicator": "导出指标",
    "report.verdict.derived.formula": "公式",
    "report.verdict.derived.inputs": "代入数据",
    "report.verdict.derived.result": "结果",
    "report.verdict.derived.digits": "{result}（保留 {digits} 位小数）",
    "report.verdict.derived.whole": "{result}（取整数）",
    "report.verdict.input": "{label}：{value}",
    "report.verdict.input_year": "{label}（{year}年）：{value}",
    "report.verdict.unknown": "尚未见到公开依据的内容",
    "report.honesty": "自评结果仅供学校参考，以主管部门评审为准",
    "report.reference_mark": "标注“参考”的条件、分值和档次没有公开文件依据，"
    "是本程序提出的参考口径，不是主管部门的规定。",
}

_SCORES = {
    "report.scores.title": "评分表",
    "report.scores.section": "{title}（{maximum} 分）",
    "report.scores.item": "评分项",
    "report.scores.maximum": "分值",
    "report.scores.method": "评分办法",
    "report.scores.reading": "计分过程",
    "report.scores.points": "得分",
    "report.scores.subtotal": "小计",
    "report.scores.total": "合计",
    "report.scores.summary": "得分汇总",
    "report.scores.section_name": "评分内容",
    "report.scores.open": "未定分",
    "report.scores.none": "本项目不评分。",
    "report.scores.reference": "满分 {maximum} 分中，{points} 分的分值没有公开文件依据，"
    "为本程序的参考分值（占 {share}%）。",
    "report.scores.no_reference": "各评分项的分值都有公开文件依据。",
    "report.scores.band_up": "达到 {bound}，得 {points} 分",
    "report.scores.band_down": "不超过 {bound}，得 {points} 分",
    "report.scores.otherwise": "其余，得 {points} 分",
    "report.scores.linear": "从 {zero}（0 分）到 {full}（{points} 分）按比例计分",
    "report.scores.level": "“{title}”得 {points} 分",
    "report.scores.level_description": "“{title}”（{description}）得 {points} 分",
    "report.scores.note": "学校说明：{note}",
}

_BODY = {
    "report.tables.title": "明细表",
    "report.tables.none": "本项目没有明细表。",
    "report.tables.empty": "本表无数据",
    "report.tables.not_filled": "未填",
    "report.tables.not_filled_note": "学校尚未填报本表，也没有声明本表无数据。",
    "report.tables.count": "共 {count} 行。",
    "report.tables.total": "合计",
    "report.tables.incomplete": "合计只计已填的行：{columns}。",
    "report.tables.incomplete_column": "“{column}”有 {count} 行未填",
    "report.narratives.title": "申报材料",
    "report.narratives.none": "本项目没有文字材料。",
    "report.narratives.empty": "未填写",
    "report.narratives.over": "本节 {count} 字，超过限制的 {limit} 字，请删减。",
    "report.narratives.under": "本节 {count} 字，不足要求的 {minimum} 字，请补充。",
    "report.findings.title": "审核说明",
    "report.findings.none": "按本项目的 {count} 条审核规则审核已填报的数据，没有发现问题。",
    "report.findings.no_checks": "本项目没有审核规则。",
    "report.findings.summary": "按本项目的 {count} 条审核规则审核已填报的数据，"
    "发现问题 {found} 条，其中还没有处理的 {open} 条。",
    "report.findings.grade": "级别",
    "report.findings.problem": "审核内容和问题",
    "report.findings.where": "位置：{where}",
    "report.findings.advice": "处理办法：{advice}",
    "report.findings.source": "依据：{basis}，{source}",
    "report.findings.explanation": "学校说明",
    "report.findings.state": "状态",
    "report.findings.confirmed": "{text}（负责人已确认）",
    "report.findings.settled": "已处理",
    "report.findings.open.mandatory": "须改正数据",
    "report.findings.open.near_mandatory": "须说明并由负责人确认",
    "report.findings.open.explain": "须说明",
    "report.findings.open.hint": "供参考",
    "report.grade.mandatory": "强制性",
    "report.grade.near_mandatory": "准强制性",
    "report.grade.explain": "核实性",
    "report.grade.hint": "提示性",
    "report.findings.draft": "本申报书是草稿，还有以下各项没有完成：",
    "report.opinions.title": "审核意见",
    "report.opinions.levels": "学校意见\n主管部门意见",
    "report.opinions.head": "负责人（签字）：",
    "report.opinions.seal": "（盖章）",
}

_EVIDENCE = {
    "report.evidence_list.title": "附件　佐证材料目录",
    "report.evidence.title": "佐证材料",
    "report.evidence.none": "没有佐证材料。",
    "report.evidence.other": "其他（所证明的内容已不在本项目中）",
    "report.evidence.unproved": "学校作出承诺或自定等级、还没有佐证材料的内容：{titles}。",
}

_DRAFT = {
    "report.draft": "草稿",
    "report.draft.finding": "审核问题没有处理：{title}",
    "report.draft.value": "指标未填：{titles}",
    "report.draft.roster": "明细表未填：{titles}",
    "report.draft.condition": "条件还不能判定：{titles}",
    "report.draft.item": "评分项还不能评定：{titles}",
    "report.draft.narrative_empty": "文字材料未填写：{titles}",
    "report.draft.narrative_over": "文字材料超过字数限制：{titles}",
    "report.draft.narrative_under": "文字材料字数不足：{titles}",
    "report.draft.tier": "数据未填全，自评结论未定",
}

_FAULTS = {
    "report.unknown_part": "表单包“{programme}”的申报书结构里有本程序不认识的部分“{kind}”，没有生成申报书，"
    "已填报的数据都还在。请更新本程序，或把表单包中的这个部分改为：{known}",
    "report.unknown_setting": "表单包“{programme}”的申报书结构中，“{kind}”部分提到的“{found}”在表单包里没有，"
    "没有生成申报书，已填报的数据都还在。请改正表单包中的这一处",
}


MESSAGES: dict[str, str] = {
    **_NUMBERING,
    **_RULES,
    **_FRONT,
    **_PROFILE,
    **_CONCLUSION,
    **_SCORES,
    **_BODY,
    **_EVIDENCE,
    **_DRAFT,
    **_FAULTS,
}
