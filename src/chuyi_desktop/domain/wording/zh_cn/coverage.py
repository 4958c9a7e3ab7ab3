"""Words of the page that says on what each form pack rests."""

MESSAGES: dict[str, str] = {
    "coverage.title": "各申报项目的依据",
    "coverage.intro": "本页由 `make programmes` 从 `forms/` 生成，不要手改。“官方”是本项目通知的规定，"
    "“国标”是现行国家标准的规定，两者都写明文件、文号和条款；“参考”是本程序的建议，可以修改。"
    "自评结果仅供学校参考，以主管部门评审为准。",
    "coverage.overview": "一览",
    "coverage.column.name": "申报项目",
    "coverage.column.applicant": "申报单位",
    "coverage.column.version": "版本",
    "coverage.column.official": "官方规则",
    "coverage.column.national": "国标规则",
    "coverage.column.reference": "参考规则",
    "coverage.column.share": "参考分值",
    "coverage.column.unknown": "待查",
    "coverage.column.basis": "依据",
    "coverage.column.conditions": "条件",
    "coverage.column.items": "评分项",
    "coverage.column.points": "分值",
    "coverage.column.tiers": "档次",
    "coverage.column.checks": "审核",
    "coverage.head": "代号 `{id}`，版本 {version}。申报单位：{applicant}。",
    "coverage.source": "项目出处：{source}",
    "coverage.size": "填报 {typed} 项指标、{tables} 张明细表、{texts} 段文字，计算 {derived} 项指标；"
    "{conditions} 条条件、{items} 个评分项、{checks} 条审核。",
    "coverage.included": "引用：{packs}。",
    "coverage.share": "满分 {maximum} 分，其中 {reference} 分（{share}%）按参考权重计。",
    "coverage.unscored": "不计分，只判定条件。",
    "coverage.sources": "规则的出处",
    "coverage.cited": "{basis}：{source} {articles}，{count} 处",
    "coverage.own": "{basis}：没有文件可引，是本程序的建议，{count} 处",
    "coverage.unknown": "尚无公开依据，学校需要另查",
    "coverage.nothing_unknown": "没有登记待查的内容。",
    "coverage.no_share": "—",
}
