"""Sentences of the use cases."""

MESSAGES: dict[str, str] = {
    "app.cancelled": "已取消，什么都没有改动",
    "app.none": "无",
    "app.undo": "撤销",
    "app.redo": "重做",
    "app.begin": "新建自评",
    "app.import": "导入 {file}",
    "app.attach": "添加佐证材料 {file}",
    "app.detach": "移除佐证材料",
    "app.other_school": (
        "工作区 {folder} 是“{there}”的，与“{given}”不是一所学校，没有新建，原有内容未动；"
        "请为“{given}”另选一个空文件夹；学校改名的，请先在原有自评中改学校名称"
    ),
    "app.year": "年度 {found} 不对，应在 {earliest} 到 {latest} 之间",
    "app.read_only": "工作区正由 {holder} 打开，这里只能查看。什么都没有改动；请等对方关闭后再试",
    "app.only_readable": (
        "工作区 {folder} 只能查看，不能修改（文件夹没有写入权限，或以只读方式打开）。什么都没有改动；"
        "请复制到可以写入的文件夹再打开"
    ),
    "app.refused": "有内容不能采用，什么都没有改动，请改正后重试：\n{problems}",
    "app.no_such_assessment": "工作区 {folder} 中没有这份自评。现有：{there}",
    "app.derived": "由程序计算，不用填写",
    "app.computed_rule": "由填报的数据判定，不用直接回答",
    "app.unknown_field": "没有“{name}”这一项",
    "app.unknown_field_near": "没有“{name}”这一项，是不是要填：{near}",
    "app.unknown_item": "没有“{name}”这个指标、条件或评分项，没有添加材料",
    "app.unknown_item_near": "没有“{name}”这个指标、条件或评分项，没有添加材料；是不是：{near}",
    "app.sample_unreadable": "示例学校的资料 {file} 读不出来，请重新安装程序",
    "app.setting_form": "“{found}”应写成 指标=值，如 student_count=3091",
    "app.setting_twice": "“{name}”给了两次",
    "app.system_fault": "电脑没能完成这一步：{reason} {file}。已保存的内容都还在，"
    "请检查磁盘空间和文件夹权限后重试",
    "app.selftest.failed": "自检没有通过：{what}",
    "app.selftest.packs": "表单包",
    "app.selftest.database": "数据库",
    "app.selftest.workbook": "Excel 工作簿",
    "app.selftest.dossier": "申报书与字体",
    "app.selftest.window": "窗口",
}
