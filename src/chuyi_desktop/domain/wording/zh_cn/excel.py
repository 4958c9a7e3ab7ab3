"""Sentences of the excel room."""

MESSAGES: dict[str, str] = {
    # Sheets
    "excel.sheet.guide": "说明",
    "excel.sheet.texts": "文字材料",
    "excel.sheet.declarations": "承诺与自评",
    "excel.sheet.explanations": "审核说明",
    "excel.sheet.problems": "导入问题",
    "excel.sheet.lists": "_选项",
    "excel.sheet.identity": "_标识",
    "excel.sheet.handed_out": "_发出时",
    "excel.about.section": "{count} 项指标",
    "excel.about.roster": "明细表，一行一条",
    "excel.about.declarations": "承诺事项选“是”或“否”，自评项目选等级",
    "excel.about.texts": "{count} 篇文字，各有字数要求",
    "excel.about.explanations": "数据审核有疑问时，在这里写明情况",
    "excel.hint.section": (
        "只填淡黄色单元格。没有的数据请留空，不要填 0；本校不涉及的指标填“不适用：原因”。本年指 {year} 年。"
    ),
    "excel.hint.roster": "一行一条，棕色表头带 * 的必填；行不够可以一直往下填，中间空行不影响导入。",
    "excel.hint.texts": "每篇写在淡黄色单元格里，换行按 Alt+Enter。字符数不计空格，超出限数变红。",
    "excel.hint.declarations": "在淡黄色单元格的下拉框中选择；选项后可以写明依据。没有把握的请留空。",
    "excel.hint.explanations": (
        "程序审核发现疑问后，在对应一行写明情况；“准强制性”的还须负责人确认。没有疑问的不用填。"
    ),
    # Heads
    "excel.head.seq": "序号",
    "excel.head.indicator": "指标",
    "excel.head.unit": "单位",
    "excel.head.this_year": "{year}年（本年）",
    "excel.head.last_year": "{year}年（上年）",
    "excel.head.year": "{year}年",
    "excel.head.note": "备注",
    "excel.head.known_last_year": "上年数（供参考）",
    "excel.head.note_of": "{year}年备注",
    "excel.head.guide": "填写说明与统计口径",
    "excel.head.owner": "来源部门",
    "excel.head.evidence": "佐证材料",
    "excel.head.narrative": "标题",
    "excel.head.prompt": "写作提示",
    "excel.head.text": "正文",
    "excel.head.count": "当前字符数",
    "excel.head.limit": "字数要求",
    "excel.head.declaration": "事项",
    "excel.head.statement": "承诺内容 / 等级标准",
    "excel.head.answer": "选择",
    "excel.head.declaration_note": "依据与说明",
    "excel.head.source": "出处",
    "excel.head.check": "审核内容",
    "excel.head.grade": "级别",
    "excel.head.advice": "处理办法",
    "excel.head.explanation": "学校说明",
    "excel.head.confirmed": "负责人确认",
    # Words in cells
    "excel.derived": "自动计算",
    "excel.asked_elsewhere": "见“{sheet}”表",
    "excel.kept_in_program": "（文字太长，单元格放不下，请在程序中查看和修改；导入时保持原样）",
    "excel.roster.empty": "本表无数据",
    "excel.roster.empty_help": "本校确实没有这一类内容时选“是”，程序按 0 条计；还没有统计的不要选。",
    "excel.band.attested": "一、承诺事项（选“是”或“否”）",
    "excel.band.rubrics": "二、等级自评（选一个等级）",
    "excel.level": "{title}（{points} 分）",
    "excel.level_line": "{title}，{points} 分：{description}",
    "excel.limit.most": "不超过 {limit} 字",
    "excel.limit.between": "{minimum}～{limit} 字",
    "excel.basis.reference": "参考（无公开文件依据）：{note}",
    "excel.basis.published": "依据：{citation}",
    "excel.help.scope": "口径：{scope}",
    "excel.help.period": "时点：{period}",
    "excel.kind.integer": "填整数",
    "excel.kind.decimal": "填数字",
    "excel.kind.text": "填文字",
    "excel.kind.date": "填日期，如 2024-09-01",
    "excel.kind.yes_no": "选“是”或“否”",
    "excel.kind.choice": "从下拉框中选择",
    "excel.kind.unit": "，单位：{unit}",
    "excel.kind.between": "，{minimum} 到 {maximum}",
    "excel.kind.at_least": "，不小于 {minimum}",
    "excel.kind.at_most": "，不大于 {maximum}",
    "excel.refuse.title": "请核对",
    "excel.refuse.options": "这里只能从下拉框中选择。",
    "excel.refuse.options_or_not": (
        "这里应从下拉框中选择；本校不涉及的可以填“不适用：原因”。仍要保留所填内容吗？"
    ),
    "excel.refuse.kind": (
        "这里应{wanted}。带单位的数（如 3万元）和“不适用：原因”导入时能识别。仍要保留所填内容吗？"
    ),
    "excel.print.page": "第 {page} 页，共 {pages} 页",
    "excel.properties": "由“楚怡申报”生成，供学校填报后导入",
    # The guide
    "excel.guide.title": "{name}　数据采集表",
    "excel.guide.school": "学校",
    "excel.guide.no_school": "（未填，请在学校信息中填写）",
    "excel.guide.programme_name": "申报项目",
    "excel.guide.programme": "项目代号",
    "excel.guide.year": "年度",
    "excel.guide.pack_version": "表单包版本",
    "excel.guide.pack_hash": "表单包校验码",
    "excel.guide.format": "工作簿格式",
    "excel.guide.purpose": "用途",
    "excel.guide.how": "怎样填写",
    "excel.guide.how.own_cells": (
        "只填淡黄色单元格。把光标移到格子上，会显示指标的含义和要求；下拉框直接选。"
    ),
    "excel.guide.how.unit": ("数字按“单位”列填写。也可以连单位一起写，如“3万元”“120亩”，导入时自动换算。"),
    "excel.guide.how.missing": ("没有的数据请留空，不要填 0。留空表示“未填”，0 表示确实为零，两者结论不同。"),
    "excel.guide.how.not_applicable": ("本校不涉及的指标填“不适用：原因”，例如“不适用：本校未设工科专业”。"),
    "excel.guide.how.rosters": (
        "明细表一行一条，可以从别的表复制粘贴（建议“选择性粘贴—数值”），可以插行、删行、排序；"
        "确实没有内容的，在表头上方“本表无数据”选“是”。"
    ),
    "excel.guide.how.saving": (
        "用 WPS 表格或 Excel 都可以，保存为 .xlsx 格式。工作表已设保护，没有密码，需要时可以撤销保护。"
    ),
    "excel.guide.colours": "颜色",
    "excel.guide.swatch.input": "填写",
    "excel.guide.swatch.locked": "自动计算",
    "excel.guide.swatch.info": "说明文字",
    "excel.guide.swatch.required": "必填 *",
    "excel.guide.colour.input": "由学校填写",
    "excel.guide.colour.locked": "不用填：由程序自动计算，或该年不要求",
    "excel.guide.colour.info": "指标名称、单位、填写说明、来源部门和佐证材料，供填写时查看",
    "excel.guide.colour.required": "明细表中必须填写的列",
    "excel.guide.import": "导入时会发生什么",
    "excel.guide.import.by_key": (
        "程序按隐藏的标识和表头文字认指标，移动行列、改工作表名称都不影响。请不要改动指标名称和年份。"
    ),
    "excel.guide.import.units": (
        "数字写成文字、全角数字、带单位的数，都会识别；改了“单位”列的，按改后的单位换算。"
    ),
    "excel.guide.import.blank": (
        "空白单元格不会清除程序中已有的数据；明细表以工作簿为准，删去的行程序中也会删去。"
    ),
    "excel.guide.import.bad": (
        "有问题的单元格逐个列出，并另存一份标了颜色和批注的工作簿，改好后再导入一次即可；"
        "您的原文件不会被改动。"
    ),
    "excel.guide.import.reference": (
        "注明“参考”的条件和分值没有公开文件依据。自评结果仅供学校参考，以主管部门评审为准。"
    ),
    "excel.guide.sheets": "工作表",
    # The cover of a department's workbook
    "excel.guide.department": "填报部门",
    "excel.guide.workspace": "工作区标记",
    "excel.cover.title": "{department}　{year} 年填报表",
    "excel.cover.what": "填报内容",
    "excel.cover.what.some_known": (
        "{sheets} 张工作表，共 {count} 处要填，其中 {known} 处已按学校现有数据填好，请逐项核对，不对的直接改"
    ),
    "excel.cover.what.nothing_known": "{sheets} 张工作表，共 {count} 处要填",
    "excel.cover.due": "交回期限",
    "excel.cover.no_due": "以学校通知为准",
    "excel.cover.contact": "交给",
    "excel.cover.no_contact": "学校负责申报的办公室",
    "excel.cover.sheets": "要填的工作表（点名称可以跳过去）",
    "excel.cover.how.known": "已填好的数请核对；没有变动的原样留着即可。灰底的上年数供对照，不用填。",
    "excel.cover.back": "填好以后",
    "excel.cover.back.send": "保存本文件，把它原样发回（不要另建表格，不要只发截图）。文件名可以改。",
    "excel.cover.back.ask": "暂时拿不准的先留空，把其余的交回；以后补填同一份文件再交一次即可。",
    "excel.cover.back.once_more": (
        "交回后发现错误，在同一份文件里改正再交；汇总时会列出前后两次的不同，由办公室确认。"
    ),
    "excel.cover.signatures": "签字（纸质留存用；电子版可以填姓名）",
    "excel.cover.sign.clerk": "填表人",
    "excel.cover.sign.head": "部门负责人（签字）",
    "excel.cover.sign.day": "日期",
    "excel.cover.for_the_program": "以下由程序识别，请勿改动",
    # Progress
    "excel.progress.writing": "正在写工作表“{sheet}”",
    "excel.progress.saving": "正在保存工作簿",
    "excel.progress.reading": "正在读工作表“{sheet}”",
    "excel.progress.read": "工作簿已读完",
    # The marked copy
    "excel.source": "{file} 的“{sheet}”{cell}",
    "excel.mark.author": "楚怡申报",
    "excel.mark.title": "导入问题",
    "excel.mark.hint": (
        "文件“{file}”：{errors} 处须改正（红色），{warnings} 处需要注意（黄色），"
        "{notes} 处仅供参考（蓝色）。点“单元格”一列可以跳到该处，改好后重新导入本文件即可。"
    ),
    "excel.mark.seq": "序号",
    "excel.mark.severity": "程度",
    "excel.mark.sheet": "工作表",
    "excel.mark.cell": "单元格",
    "excel.mark.label": "项目",
    "excel.mark.sentence": "问题与改法",
    "excel.severity.error": "须改正",
    "excel.severity.warning": "请注意",
    "excel.severity.note": "提示",
    # Problems of cells, rows and sheets
    "excel.formula_without_value": (
        "这个单元格是公式，但文件里没有计算结果。请用 WPS 或 Excel 打开、保存后再导入，或直接填数"
    ),
    "excel.error_value": "单元格的公式出错（{found}），请改正公式或直接填数",
    "excel.formula_rounded": "公式结果 {found} 已按 {digits} 位小数取为 {value}",
    "excel.date_slip": "这里显示为 {found}，多半是把“2024.9”输成了日期。请写成 2024-09-01 的样子",
    "excel.date_for_number": "这里成了日期（{found}），应填数。请把单元格格式改为“常规”后重填",
    "excel.ambiguous_month": "“{found}”分不清是 1 月还是 10 月，请写成 2024-10-01 的样子",
    "excel.filled_twice": "这一项在 {first} 也填了，两处不一样，不知道以哪一处为准。请只留一处或改成一样",
    "excel.unknown_indicator": "“{found}”不是本项目要填的指标，这一行不会导入",
    "excel.renamed": "指标名称“{found}”与表样不同，按原来的“{name}”导入。如果填的是别的指标，请改正",
    "excel.derived_ignored": "“{name}”由程序自动计算，这里填的不会导入",
    "excel.year_not_asked": "本项目不要求“{name}”的 {year} 年数据，这里填的不会导入",
    "excel.unknown_text": "“{found}”不是本项目要写的文字材料，不会导入",
    "excel.unknown_declaration": "“{found}”不是本项目的承诺或自评事项，不会导入",
    "excel.unknown_check": "“{found}”不是本项目的审核内容，不会导入",
    "excel.note_without_answer": "写了说明但没有选择。请在“选择”一列选一项",
    "excel.unknown_column": "表样中没有“{head}”这一列，这一列不会导入",
    "excel.duplicate_column": ("有两列都叫“{head}”，不知道以哪一列为准。请删去或改名其中一列"),
    "excel.required_missing": "这一行缺“{name}”（必填），其余内容照常导入",
    "excel.total_row": "“{found}”行不是明细，不会导入；合计由程序计算",
    "excel.empty_but_rows": "选了“本表无数据”，但表中有 {count} 行，按这些行导入。请核对",
    "excel.roster_twice": "明细表“{name}”在工作簿里有两张，不知道以哪一张为准。请合成一张",
    "excel.foreign_sheet": "这张工作表属于别的申报项目或年度（{found}），不会导入",
    "excel.no_heads": "找不到这张工作表的表头，不会导入。请用程序重新导出表样，把数据复制过去",
    "excel.unknown_sheet": "这张工作表不是表样中的，不会导入",
    "excel.macros_ignored": "文件带有宏，程序没有运行它，只读了单元格里的内容",
    "excel.links_ignored": "文件引用了别的工作簿或程序，程序没有打开它们，"
    "只用了文件里保存的结果。请核对这些数",
    "excel.objects_ignored": "文件里有嵌入的对象或控件，程序没有打开它们，只读单元格",
    "excel.changed_pack": (
        "{current} 版表单包在导出这份表样后改动过，能对上的内容照常导入，请核对新增或改动的项目"
    ),
    "excel.other_pack": (
        "表单包版本 {found} 与现在的 {current} 不同，能对上的内容照常导入，请核对新增或改动的项目"
    ),
    "excel.too_many_problems": "问题超过 {limit} 处，其余没有列出。请先改正已列出的再导入",
    # Failures
    "excel.no_such_file": "找不到文件“{file}”。请检查文件名和所在的文件夹",
    "excel.not_a_file": "“{file}”是文件夹，不是工作簿。请选一个 .xlsx 文件",
    "excel.held": "文件“{file}”正由别的程序打开，读不了。请先在 WPS 中关闭它再导入；程序中的数据没有改动",
    "excel.unreadable": (
        "文件“{file}”读不出来。请检查是否有权限，或U盘、网络盘是否断开；程序中的数据没有改动"
    ),
    "excel.empty_file": "文件“{file}”是空的（0 字节）。请找回完整的文件；程序中的数据没有改动",
    "excel.file_too_big": (
        "文件“{file}”有 {size} MB，超过 {limit} MB。请删去图片等无关内容后再导入；程序中的数据没有改动"
    ),
    "excel.pdf": "文件“{file}”是 PDF，不是工作簿。请选填好的 .xlsx 文件；程序中的数据没有改动",
    "excel.web_page": (
        "文件“{file}”其实是网页，不是真正的工作簿。请用 WPS 或 Excel 打开，另存为 .xlsx 后再导入；"
        "程序中的数据没有改动"
    ),
    "excel.no_workbook": (
        "文件“{file}”不是 Excel 工作簿。请选用本程序导出、填好的 .xlsx 文件；程序中的数据没有改动"
    ),
    "excel.open_document": "文件“{file}”是 .ods 格式。请另存为 .xlsx 后再导入；程序中的数据没有改动",
    "excel.binary_workbook": "文件“{file}”是 .xlsb 格式。请另存为 .xlsx 后再导入；程序中的数据没有改动",
    "excel.old_format": (
        "文件“{file}”是旧的 .xls 或 .et 格式。请用 WPS 或 Excel 打开，另存为 .xlsx 后再导入；"
        "程序中的数据没有改动"
    ),
    "excel.password": (
        "文件“{file}”设了打开密码，程序读不了。请取消密码（文件—文档加密），保存后再导入；"
        "程序中的数据没有改动"
    ),
    "excel.damaged": (
        "文件“{file}”已损坏或不完整，没有导入，程序中的数据没有改动。请用 WPS 或 Excel 打开后另存一份再试"
    ),
    "excel.unsafe": (
        "文件“{file}”里有正常工作簿不会有的内容（外部实体），为安全起见没有打开。"
        "请用 WPS 或 Excel 另存一份再试；程序中的数据没有改动"
    ),
    "excel.bomb": (
        "文件“{file}”展开后异常地大，为安全起见没有打开。请把数据复制到新导出的表样里再导入；"
        "程序中的数据没有改动"
    ),
    "excel.too_many_cells": (
        "文件“{file}”里有内容的单元格超过 {limit} 个，没有导入，程序中的数据没有改动。请删去无关的工作表再试"
    ),
    "excel.no_identity": (
        "文件“{file}”不是本程序的表样，没有导入，程序中的数据没有改动。请用“导出”得到表样，"
        "把数据复制进去再导入"
    ),
    "excel.other_programme": (
        "文件“{file}”是“{found}”的表样，现在打开的是“{wanted}”，没有导入，"
        "程序中的数据没有改动。请换文件或先打开对应的申报项目"
    ),
    "excel.other_year": (
        "文件“{file}”是 {found} 年的，现在打开的是 {wanted} 年，没有导入，程序中的数据没有改动。"
        "请换文件或先打开对应年度"
    ),
    "excel.newer_format": (
        "文件“{file}”由更新版本的程序导出（格式 {found}，本程序认识到 {known}），没有导入，"
        "程序中的数据没有改动。请先升级程序"
    ),
    "excel.cannot_mark": (
        "文件“{file}”的格式特殊，标注副本没有做成。问题清单仍可在程序中查看；原文件没有改动"
    ),
    "excel.mark_over_source": "“{file}”是填报的原件，没有覆盖；标出问题的副本请另取一个文件名",
    "excel.wrong_ending": "文件名“{file}”应以 {ending} 结尾，否则表格软件打不开，没有写出。请改文件名后重试",
    "excel.target_is_folder": "“{file}”是文件夹，不能写成工作簿。请换一个文件名",
    "excel.target_refused": (
        "文件“{file}”写不进去：可能正在 WPS 或 Excel 中打开，或这个文件夹没有写权限。"
        "原来的文件没有改动，请关闭它或换一个位置再导出"
    ),
    "excel.disk_full": "磁盘空间不够，“{file}”没有写成，原来的文件没有改动。请清理磁盘或换一个位置再导出",
    "excel.no_folder": "文件夹“{folder}”不存在，“{file}”没有写成。请换一个位置再导出",
    "excel.cannot_write": "“{file}”没有写成，原来的文件没有改动。请检查磁盘或换一个位置再导出",
}
