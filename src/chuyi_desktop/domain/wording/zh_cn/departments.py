"""Sentences on departments that work apart, and on bringing their work together."""

MESSAGES: dict[str, str] = {
    "departments.office": "办公室",
    "departments.department": "部门",
    "departments.several": "、",
    "departments.title_of_year": "{title}（{year} 年）",
    "departments.merge": "汇总部门填报表：{departments}",
    "departments.progress.writing": "正在写{department}的填报表",
    "departments.progress.reading": "正在读 {file}",
    "departments.words.rows": "{count} 行",
    "departments.words.no_rows": "没有行",
    "departments.words.own_rows": "{rows}（独有 {own} 行：{named}）",
    "departments.words.own_rows_more": "{rows}（独有 {own} 行：{named} 等）",
    "departments.words.text": "{count} 字：{text}",
    "departments.words.not_applicable": "不适用：{reason}",
    "departments.words.noted": "{words}（备注：{note}）",
    # Failures
    "departments.unknown": "没有“{name}”这个部门，什么都没有写出。这个项目的填报部门有：{there}",
    "departments.file_there": (
        "{folder} 中已有 {files}，可能有人正在填，没有覆盖，什么都没有写出。请换一个文件夹，或先移走这些文件"
    ),
    "departments.no_folder": "文件夹 {folder} 建不了，什么都没有写出。请检查位置和权限，或换一个文件夹",
    "departments.due_form": "“{found}”不是日期，应写成 2026-09-10，什么都没有写出",
    "departments.name": "部门名称“{found}”不能用，没有改动；应是不超过 {limit} 个字的普通文字",
    "departments.no_such_thing": (
        "没有“{name}”这个指标、明细表、文字材料、承诺、自评项或部门，没有改动。{near}"
    ),
    "departments.register_unreadable": (
        "工作区里记录部门分工的文件 {file} 读不出来，什么都没有改动。"
        "填报的数据不在这个文件里，都还在；请从备份恢复它，或移走它后重新设定部门分工"
    ),
    "departments.register_unwritable": (
        "记录部门分工和交表情况的文件 {file} 没有写成，原来的记录还在；填报的数据都已保存。"
        "请检查磁盘空间和文件夹权限"
    ),
    "departments.unsettled": ("还有 {conflicts} 处分歧没有选定、{files} 个文件不能采用，因此什么都没有改动"),
    "departments.no_such_conflict": "“{name}”没有分歧，不用选，什么都没有改动。有分歧的如：{there}",
    "departments.no_such_choice": "“{name}”不能选“{found}”，什么都没有改动。可以选：{there}",
    "departments.no_files": "文件夹 {folder} 里没有 .xlsx 文件，什么都没有改动。请检查文件夹",
    # Files that are refused
    "departments.not_a_share": (
        "这不是发给部门的填报表，没有采用。整份的工作簿请用“导入”；部门填报表由“分发”写出，请在原文件里填"
    ),
    "departments.other_school": "这是“{there}”的填报表，这里是“{ours}”，没有采用。请核对文件",
    "departments.unknown_share": (
        "这份表里的填报清单丢失了，现在也没有“{department}”这个部门，不知道哪些该由它填，没有采用。"
        "请把数据复制到重新分发的表里"
    ),
    "departments.list_lost": (
        "这份表里的填报清单丢失了，按部门现在的分工采用；分不清哪些是新填的，与现有数据不同的都会列为分歧"
    ),
    "departments.not_own": "不在这个部门的填报清单里，没有采用：{source}",
    "departments.not_own_more": "另有 {count} 处不在这个部门的填报清单里，没有采用",
    # Commands
    "departments.help.split": "按责任部门分发：每个部门一份填报表，已知的数先填好",
    "departments.help.merge": "汇总各部门交回的填报表：列出分歧和与上年的差异，由经办人选定后一次采用",
    "departments.help.departments": "各部门填报进度：应填、已填、发出、交回",
    "departments.help.owners": "查看或调整各项由哪个部门填报",
    "departments.help.folder": "写到哪个文件夹",
    "departments.help.department": "只写这个部门的，可写多个（默认全部）",
    "departments.help.due": "交回期限，如 2026-09-10，印在封面上",
    "departments.help.contact": "交给谁，如“办公室 李老师 0739-1234567”，印在封面上",
    "departments.help.files": "各部门交回的文件，或放这些文件的文件夹；可写多个，先后不限",
    "departments.help.choose": (
        "选定一处分歧：指标=文件名，或 指标=keep（保留现有）、明细表=both（各方的行都要）；"
        "all=文件名 表示凡有这个文件的都选它；可写多个"
    ),
    "departments.help.partial": "有分歧的项和不能采用的文件先放下，其余先采用（默认有一处就都不采用）",
    "departments.help.report": "把有问题的单元格标在各文件的副本里，放进这个文件夹",
    "departments.help.blank": "列出各部门还没有填的项",
    "departments.help.settings": (
        "代号或名称=部门，可写多个；部门=部门 表示整个部门改名或合并；等号后留空恢复通常的分工"
    ),
    # What commands print
    "departments.split.done": "已写出 {count} 个部门的填报表，在 {folder}",
    "departments.split.next": "发给各部门填写，收回后执行：chuyi merge {workspace} 收回的文件或文件夹",
    "departments.split.not_noted": "提示：工作区只能查看，没有记下这次分发；汇总不受影响",
    "departments.head.department": "部门",
    "departments.head.file": "文件",
    "departments.head.indicators": "指标",
    "departments.head.tables": "明细表",
    "departments.head.others": "文字与承诺等",
    "departments.head.asked": "应填",
    "departments.head.filled": "已填",
    "departments.head.blank": "未填",
    "departments.head.handed_out": "发出",
    "departments.head.due": "期限",
    "departments.head.delivered": "交回",
    "departments.head.stated": "新填或改动",
    "departments.head.state": "结果",
    "departments.head.id": "代号",
    "departments.head.title": "名称",
    "departments.head.usual": "通常由",
    "departments.head.owner": "本校由",
    "departments.head.says": "说法",
    "departments.head.who": "谁",
    "departments.head.where": "出处",
    "departments.head.choice": "选它",
    "departments.state.fine": "可以采用",
    "departments.state.refused": "不能采用",
    "departments.not_yet": "—",
    "departments.moment": "{month:02}-{day:02} {hour:02}:{minute:02}",
    "departments.overdue": "{date}（已过）",
    "departments.blank_line": "{department} 未填：{titles}",
    "departments.blank_more": "{titles} 等 {count} 项",
    "departments.conflict": "有分歧：{title}",
    "departments.conflict.last_year": "有分歧：{title}（上年 {last}）",
    "departments.conflict.chosen": "　→ 已选：{chosen}",
    "departments.keep": "工作区现有",
    "departments.keep.typed": "工作区现有（{who}）",
    "departments.both": "各方的行都要",
    "departments.choice": "{id}={key}",
    "departments.remark.jump": "提示：{department}的“{title}”{after}，上年 {before}，变化 {percent}，请核对",
    "departments.remark.earlier_changed": "提示：{department}改了往年数“{title}”：{before} → {after}，请核对",
    "departments.remark.cleared": "提示：{department}交回的“{title}”是空的，现有的 {before} 保留不变",
    "departments.of_file": "{file}：",
    "departments.merged": "已汇总 {files} 个文件，改动 {count} 项并保存",
    "departments.merged_nothing": "各文件与已有内容一致，没有改动；已记下 {files} 个文件交回",
    "departments.nothing_usable": "没有可以采用的文件，什么都没有改动",
    "departments.near": "相近的有：{near}",
    "departments.see_owners": "名称和代号见 chuyi owners",
    "departments.left": "先放下了 {what}，改好或选定后再汇总一次",
    "departments.left.conflicts": "{count} 处分歧",
    "departments.left.files": "{count} 个文件",
    "departments.stopped.conflicts": (
        "有 {conflicts} 处分歧没有选定，因此什么都没有改动。请用 --choose 选定，"
        "或加 --partial 先采用没有分歧的"
    ),
    "departments.stopped.files": (
        "有 {files} 个文件不能采用，因此什么都没有改动。请改正后重试，或不带上它，或加 --partial 先采用其余的"
    ),
    "departments.awaited": "还没有交的部门：{departments}",
    "departments.all_delivered": "各部门都已交回",
    "departments.marked": "已标出问题：{file}",
    "departments.owners_changed": "已调整 {count} 项的填报部门；下次分发时生效",
    "departments.owners_same": "与现有分工一致，没有改动",
}
