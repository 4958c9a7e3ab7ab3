"""Sentences of beginning the next year from the last."""

MESSAGES: dict[str, str] = {
    "roll_over.label": "结转 {year} 年自评",
    "roll_over.not_later": "新的年度 {year} 应晚于所结转的 {source} 年，没有新建",
    "roll_over.exists": "“{programme}”{year} 年已有自评，没有新建，原有内容未动",
    "roll_over.no_source": "工作区 {folder} 没有 {year} 年以前的“{programme}”自评可以结转，没有新建。"
    "现有：{there}",
    "roll_over.head": "{programme}（表单包 {version} 版）：从 {source} 年自评结转，开始 {year} 年自评",
    "roll_over.taken": "结转过来、请逐项核对的：",
    "roll_over.taken_none": "没有可以结转的内容",
    "roll_over.taken.value": "{title}：{shown}",
    "roll_over.taken.text": "文字材料“{title}”",
    "roll_over.taken.row": "明细表“{title}”{count} 行",
    "roll_over.decides": "{told}（影响判定，请先核对）",
    "roll_over.left": "不带过来、要重新填的：",
    "roll_over.left.numbers": "{count} 个指标的数、日期和是否：新一年未填，填报时旁边显示 {source} 年的",
    "roll_over.left.choices": "{count} 个选项：现在的表单包里没有了",
    "roll_over.left.rosters": "{count} 张明细表：加 --with-rosters 可照抄各行",
    "roll_over.left.narratives": "{count} 篇文字材料：现在的表单包不要了",
    "roll_over.left.attestations": "{count} 条承诺",
    "roll_over.left.ratings": "{count} 项自评等级",
    "roll_over.left.explanations": "{count} 条审核说明",
    "roll_over.left.evidence": "{count} 件佐证材料（原件仍在 {source} 年自评里）",
    "roll_over.there": "{year} 年已有的 {count} 项（别的申报项目填过）保持不动",
    "roll_over.line": "　　{line}",
    "roll_over.not_made": "以上只是列出，什么都没有新建；去掉 --dry-run 才新建",
    "roll_over.made": "已新建 {year} 年自评，结转 {taken} 项并注明来自 {source} 年；"
    "{source} 年的自评没有改动",
}
