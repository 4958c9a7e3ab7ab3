"""Sentences of the storage room."""

MESSAGES: dict[str, str] = {
    "storage.holder": "{user}（电脑 {host}，进程 {pid}，自 {since} 起）",
    "storage.unknown_holder": "另一个程序（未留下姓名）",
    "storage.no_folder": "没有找到文件夹 {folder}。什么都没有改动；请检查路径，或先新建工作区",
    "storage.not_a_folder": "{folder} 不是文件夹，不能用作工作区。什么都没有改动；请另选一个文件夹",
    "storage.not_a_workspace": "文件夹 {folder} 不是本程序的工作区。什么都没有改动；"
    "请选择含有 workspace.sqlite3 的文件夹，或在空文件夹中新建工作区",
    "storage.is_a_workspace": "文件夹 {folder} 已经是工作区，没有再新建，原有内容未动；请直接打开它",
    "storage.not_empty": "文件夹 {folder} 不是空的，没有在其中新建工作区，原有内容未动；请另选一个空文件夹",
    "storage.no_permission": "没有在 {folder} 中读写所需的权限。已保存的内容未变；请换一个文件夹，"
    "或请管理员授予权限",
    "storage.disk_full": "{folder} 所在的磁盘已满，刚才的操作没有保存，此前已保存的内容未变；"
    "请清理磁盘后再做一次",
    "storage.disk_failed": "读写 {folder} 时磁盘或网络出错，刚才的操作没有保存，此前已保存的内容未变；"
    "请检查磁盘或网络连接后再试",
    "storage.busy": "工作区 {folder} 正被其他程序占用，刚才的操作没有进行，已保存的内容未变；请稍候再试",
    "storage.read_only": "工作区 {folder} 是以只读方式打开的，只能查看，什么都没有改动；"
    "要修改请以可写方式重新打开",
    "storage.closed": "工作区 {folder} 已经关闭，什么都没有改动；请重新打开",
    "storage.damaged": "工作区 {folder} 的数据文件 {file} 已损坏，也没有找到完好的备份。"
    "损坏的文件原样保留，未作改动；请先复制整个文件夹，再联系技术支持",
    "storage.damaged_with_backup": "工作区 {folder} 的数据文件 {file} 已损坏或丢失。原有文件保持不动；"
    "最近的完好备份是 {backup}，请把整个文件夹另存一份，"
    "再用该备份代替 {file}（并删去同名的 -wal、-shm 文件）",
    "storage.damaged_in_use": "工作区 {folder} 的数据读不出来，文件可能已损坏。刚才的操作没有进行，"
    "文件未作改动；请关闭后重新打开，程序会检查文件并指出最近的完好备份",
    "storage.newer": "工作区 {folder} 是由更新版本的程序保存的，这个版本不能打开，文件未作改动；"
    "请升级程序后再打开",
    "storage.no_backup_to_migrate": "工作区 {folder} 由旧版本程序保存，升级前要先备份，但备份没有成功，"
    "因此没有升级，文件未作改动；请清理磁盘空间或检查权限后再打开",
    "storage.no_daily_backup": "工作区 {folder} 今天的备份没有做成，数据没有受影响，可以照常使用；"
    "请检查磁盘空间和权限，下次打开时会再备份",
    "storage.not_migrated": "工作区 {folder} 由旧版本程序保存，升级没有成功，已全部退回，内容未变；"
    "升级前的备份是 {backup}，请联系技术支持",
    "storage.no_assessment": "工作区 {folder} 中没有这份自评，什么都没有改动；请重新打开工作区后再选",
    "storage.assessment_exists": "工作区中已有 {programme} {year} 年度的自评，没有再新建，原有内容未动；"
    "请直接打开它",
    "storage.changed_meanwhile": "有 {count} 项内容在此期间已被改过，本次修改没有保存，原有内容未变；"
    "请刷新后再改",
    "storage.undo_contradicted": "不能撤销：要撤回的修改中有 {count} 项内容后来又在别的自评中改过。"
    "什么都没有改动；请先撤销后来的修改，或直接重新填写",
    "storage.redo_contradicted": "不能重做：要重做的修改中有 {count} 项内容后来又在别的自评中改过。"
    "什么都没有改动；请直接重新填写",
    "storage.text_unstorable": "文字中有不能保存的残缺字符，什么都没有保存；请删去后重新输入",
    "storage.evidence_gone": "佐证材料 {file} 不在工作区中或读不出来，其余内容未变；请重新添加这份材料",
    "storage.evidence_damaged": "佐证材料 {file} 的内容与当初添加时不同，可能已损坏，未作改动；"
    "请重新添加这份材料",
    "storage.evidence.missing": "没有找到文件 {file}，没有添加材料；请检查路径",
    "storage.evidence.no_file": "{file} 不是普通文件，没有添加材料；请选择 PDF、PNG、JPEG 或 TIFF 文件",
    "storage.evidence.unreadable": "文件 {file} 读不出来，没有添加材料；请检查权限，"
    "或把文件复制到本机后再添加",
    "storage.evidence.empty": "文件 {file} 是空的，没有添加材料；请选择有内容的文件",
    "storage.evidence.too_large": "文件 {file} 超过 {limit} MB，没有添加材料；请压缩或拆分后再添加",
    "storage.evidence.other_type": "文件 {file} 的内容不是 PDF、PNG、JPEG 或 TIFF，没有添加材料；"
    "请转换成其中一种再添加（只改扩展名无效）",
}
