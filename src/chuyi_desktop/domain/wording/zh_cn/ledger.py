"""Sentences of the import of a school's own tables (台账)."""

MESSAGES: dict[str, str] = {
    "ledger.indicators": "指标",
    "ledger.taken": "导入台账 {file} 的“{sheet}”到{into}",
    "ledger.source": "{file} 的“{sheet}”{cell}",
    "ledger.or": "、",
    "ledger.and_more": " 等",
    "ledger.progress.reading": "正在读“{file}”",
    "ledger.progress.rows": "正在核对 {count} 行",
    "ledger.role.name": "指标名称",
    "ledger.role.unit": "单位",
    "ledger.role.note": "备注",
    "ledger.role.value": "{year}年数值",
    "ledger.words.name": "指标、指标名称、项目、项目名称、名称、统计项目、内容、统计指标、填报指标、数据项",
    "ledger.words.unit": "单位、计量单位、数据单位",
    "ledger.words.note": "备注、说明、备注说明",
    "ledger.words.value": "数值、数量、值、数据、实际值、填报值、填报数据、现状、统计数",
    "ledger.words.this_year": "本年、本年度、今年、本年数、本年数据、本年度数据、当年",
    "ledger.words.last_year": "上年、上年度、去年、上年数、上年数据、上年度数据",
    "ledger.words.before_last": "前年、前年度",
    # The command
    "ledger.help": "导入学校自己的台账（.xlsx、.xls、.csv）：自动对应各列，全部采用，或有错时全部不采用",
    "ledger.help.source": "学校自己的表格文件",
    "ledger.help.into": "导入到哪张明细表（代号或名称），或 indicators（指标）",
    "ledger.help.sheet": "工作表名称（默认自动选）",
    "ledger.help.header": "表头最后一行的行号，没有表头写 0（默认自动找）",
    "ledger.help.map": "对应关系文件（默认用这个工作区上次记住的）",
    "ledger.help.save_map": "把对应关系写成文件，可以修改后用 --map 再用",
    "ledger.help.preview": "只看结果，什么都不改动",
    "ledger.help.add": "只添加程序中没有的行，已有的不动",
    "ledger.help.replace": "以台账为准：台账中没有的行删去（默认保留）",
    "ledger.help.report": "把有问题的单元格标在台账的副本里（.xlsx）",
    "ledger.add_or_replace": "--add 和 --replace 只能选一个",
    "ledger.layout": "工作表“{sheet}” → {into}。表头：{heads}",
    "ledger.keys": "按这些列认同一行：{names}",
    "ledger.not_taken": "不导入",
    "ledger.perhaps": "是不是 {near}",
    "ledger.column.letters": "列",
    "ledger.column.head": "表头",
    "ledger.column.into": "导入到",
    "ledger.column.reason": "依据",
    "ledger.column.samples": "内容举例",
    "ledger.column.row": "行",
    "ledger.column.name": "台账中的名称",
    "ledger.column.indicator": "指标",
    "ledger.column.column": "列",
    "ledger.column.word": "台账中的写法",
    "ledger.column.count": "处数",
    "ledger.column.meaning": "意思",
    "ledger.column.cell": "单元格",
    "ledger.column.year": "年份",
    "ledger.column.found": "台账中",
    "ledger.column.before": "原来",
    "ledger.column.after": "将存为",
    "ledger.column.fate": "结果",
    "ledger.column.cells": "内容",
    "ledger.fate.new": "新增",
    "ledger.fate.changed": "修改",
    "ledger.more_rows": "另有 {count} 行没有列出，用 --json 看全部",
    "ledger.counts.rows": (
        "新增 {new} 行，修改 {changed} 行，相同 {same} 行，已有未动 {kept} 行，跳过 {skipped} 行"
    ),
    "ledger.counts.values": (
        "新增 {new} 个数，修改 {changed} 个，相同 {same} 个，已有未动 {kept} 个，跳过 {skipped} 行"
    ),
    "ledger.refused": (
        "以上标红的内容不能采用，因此什么都没有改动。"
        "请改正台账，或用 --save-map 写出对应关系、改好后用 --map 重试"
    ),
    "ledger.previewed": "这是预览，什么都没有改动；确认导入请去掉 --preview",
    "ledger.done": "已导入，改动 {count} 项并保存；对应关系已记住，下次自动使用",
    "ledger.map_written": "对应关系已写进 {file}",
    "ledger.marked": "标出问题的副本已写进 {file}",
    "ledger.not_markable": "“{file}”不是 .xlsx，不能标在副本里；问题已逐条列出。什么都没有改动",
    # Why
    "ledger.why.unknown": "没有对应的项",
    "ledger.why.computed": "由程序自动计算，不用导入",
    "ledger.why.order_number": "只是序号，不用导入",
    "ledger.why.said": "由您指定",
    "ledger.why.remembered": "与上次的对应相同",
    "ledger.why.name": "与“{name}”相同",
    "ledger.why.alias": "与别名“{name}”相同",
    "ledger.why.common": "“{name}”通常就是这一项",
    "ledger.why.base": "与“{name}”相同（括号内不计）",
    "ledger.why.near": "与“{name}”相近 {likeness} %",
    "ledger.why.doubtful": "最像“{name}”，只有 {likeness} %，请您决定",
    "ledger.why.unclear": "像“{name}”，也像别的，请您决定",
    "ledger.why.rivals": "有几列都像“{name}”，请您决定用哪一列",
    "ledger.why.with_unit": "{reason}，单位为{unit}",
    "ledger.why.with_other_unit": "{reason}，单位为{unit}，将换算为{wanted}",
    "ledger.why.with_table_unit": "{reason}，表头上方写明单位为{unit}，将换算为{wanted}",
    "ledger.why.heads": "第 {row} 行：{count} 个表头中认得 {known} 个",
    "ledger.why.remembered_heads": "第 {row} 行：有上次用过的 {known} 个表头",
    "ledger.why.no_heads": "没有找到表头",
    "ledger.why.name_heads": "第 {row} 行有“指标”“单位”“年”这样的表头",
    "ledger.why.no_name_heads": "没有表头，从第一个认得的指标名称开始",
    "ledger.why.names": "这一列认得的指标名称最多",
    "ledger.why.year_head": "表头写明年份",
    "ledger.why.value_head": "表头是数值，按 {year} 年",
    "ledger.why.role_head": "按表头文字",
    "ledger.why.only_numbers": "右边只有这一列是数，按 {year} 年",
    "ledger.why.fraction": "没有百分号的 {count} 个数都不大于 1，按 0.65 = 65 % 读",
    "ledger.why.percent": "没有百分号的 {count} 个数最大 {largest}，按 65 = 65 % 读",
    "ledger.why.mixed_shares": (
        "没有百分号的 {count} 个数中 {small} 个不大于 1，其余大于 1，写法不一；现按 65 = 65 % 读"
    ),
    "ledger.why.same_word": "与选项相同",
    "ledger.why.common_word": "通常就是“{label}”",
    "ledger.why.near_word": "与选项相近，请您确认",
    "ledger.why.unknown_word": "不是选项，请您指定",
    # Problems
    "ledger.nothing_matched": "没有一列或一行能对上{name}。请指定工作表和表头所在的行，或逐列指定对应关系",
    "ledger.no_key": "没有对上能认出是哪一行的列（{names}），不知道各行是新增还是修改。请至少对上一列",
    "ledger.no_values": "没有认出数值在哪一列。请指定数值列和年份",
    "ledger.required_absent": "台账中没有必填的列：{names}。其余内容照常导入，这些请之后补填",
    "ledger.required_blank": "这一行缺“{name}”（必填），其余内容照常导入",
    "ledger.check_share": "{reason}。请核对，不对时指定这一列的写法（percent 或 fraction）",
    "ledger.check_row_share": "{reason}。请核对；小数要按百分比读的，请在台账中写上 %",
    "ledger.word_near": "“{word}”（{count} 处）不是选项，是不是：{near}。请在对应关系中指定，可选：{options}",
    "ledger.word_unknown": "“{word}”（{count} 处）不是选项，请在对应关系中指定，可选：{options}",
    "ledger.word_open": "“{word}”不是选项，请先指定它的意思",
    "ledger.dash": "“{found}”按空白处理",
    "ledger.day_number": "“{found}”是 Excel 的日期序号，按 {value} 读",
    "ledger.year_of_date": "“{found}”按 {value} 年读",
    "ledger.rounded": "{found}% 已按 {digits} 位小数取为 {value}%",
    "ledger.from_fraction": "{found} 按 {value}% 读",
    "ledger.same_key": "“{words}”有几行（第 {rows} 行），按内容逐行对应，请核对是不是重复",
    "ledger.no_rows": "第 {row} 行以下没有可以导入的行",
    "ledger.skipped.blank": "{count} 行没有要导入的内容，没有导入：第 {rows} 行",
    "ledger.skipped.total": "{count} 行是合计，没有导入：第 {rows} 行",
    "ledger.skipped.note": "{count} 行是说明或签名，没有导入：第 {rows} 行",
    "ledger.skipped.head": "{count} 行是重复的表头或栏次，没有导入：第 {rows} 行",
    "ledger.column_left": "“{head}”一列没有导入（{reason}）",
    "ledger.column_left_headless": "{letters} 列没有表头，没有导入",
    "ledger.row_left": "“{name}”一行没有导入（{reason}）",
    "ledger.absent_kept": "程序中有 {count} 行不在这份台账里，原样保留",
    "ledger.absent_removed": "程序中有 {count} 行不在这份台账里，将删去",
    "ledger.note_and_more": "{sentence}（这一列另有 {count} 处同样处理）",
    "ledger.more_problems": "问题超过 {limit} 处，另有 {count} 处没有列出。请先改正已列出的再导入",
    "ledger.maybe_unsaved": (
        "“{file}”好像正在 WPS 或 Excel 中打开，还没有保存的改动读不到。请先在 WPS 中保存并关闭，再重新导入"
    ),
    # Failures
    "ledger.no_reader": "这里不能读“{file}”；程序中的数据没有改动",
    "ledger.not_a_file": "“{file}”是文件夹，不是表格文件。请选一个 .xlsx、.xls 或 .csv 文件",
    "ledger.no_table": (
        "文件“{file}”不是表格。能读的是 .xlsx、.xlsm、.xls、.csv 和 .txt；程序中的数据没有改动"
    ),
    "ledger.no_xls": (
        "文件“{file}”是旧格式，但不是完好的 .xls（也可能是 WPS 自己的 .et）。"
        "请用 WPS 打开，另存为 .xlsx 后再导入；程序中的数据没有改动"
    ),
    "ledger.encoding": (
        "文件“{file}”第 {line} 行有 {encoding} 编码读不出的字节，文件可能损坏。"
        "请用 WPS 打开，另存为 .xlsx 后再导入；程序中的数据没有改动"
    ),
    "ledger.text_table": (
        "文件“{file}”分不成单元格（引号不成对，或有一格特别长）。"
        "请用 WPS 打开，另存为 .xlsx 后再导入；程序中的数据没有改动"
    ),
    "ledger.empty": "文件“{file}”里没有内容；程序中的数据没有改动",
    "ledger.no_sheet": "文件“{file}”里没有工作表“{sheet}”，或它是空的。有内容的工作表：{there}",
    "ledger.no_destination": "没有“{found}”这张明细表。可以写 indicators（指标），或：{there}",
    "ledger.no_target": "{into}没有“{found}”这一列",
    "ledger.mapping.unreadable": "对应关系文件“{file}”读不出来。请检查文件名和权限；程序中的数据没有改动",
    "ledger.mapping.not_json": (
        "对应关系文件“{file}”不是 UTF-8 的 JSON，可能改坏了。请用 --save-map 重新写一份"
    ),
    "ledger.mapping.other_file": "“{file}”不是台账的对应关系文件。请用 --save-map 写一份",
    "ledger.mapping.newer": (
        "对应关系文件“{file}”由更新版本的程序写成（格式 {found}，本程序认识到 {known}）。请先升级程序"
    ),
    "ledger.mapping.wrong_part": (
        "对应关系文件“{file}”的“{key}”写得不对。请改正，或用 --save-map 重新写一份"
    ),
    "ledger.mapping.unwritable": "对应关系没有写进“{file}”。请检查文件夹权限和剩余空间",
    "ledger.mapping.other_target": (
        "这份对应关系是给“{found}”的，现在要导入的是“{wanted}”。请换一份，或改 --into"
    ),
}
