"""Sentences of the pdf room."""

MESSAGES: dict[str, str] = {
    # Failures
    "pdf.fonts_lost": "字体文件 {path} 缺失或损坏，无法编制申报书。已填数据不受影响，请重新安装本程序后再试",
    "pdf.not_written": (
        "申报书无法写入 {path}：{reason}。原有文件未改动，已填数据不受影响，"
        "请换一个文件夹或关闭占用该文件的程序后重试"
    ),
    "pdf.wrong_ending": "文件名“{file}”应以 .pdf 结尾，否则看图和打印软件打不开，没有写出。请改文件名后重试",
    "pdf.reason.denied": "没有写入权限，或文件正被其他程序打开",
    "pdf.reason.full": "磁盘空间不足",
    "pdf.reason.read_only": "该磁盘为只读",
    "pdf.reason.no_folder": "文件夹不存在",
    "pdf.reason.is_folder": "这是一个文件夹，不是文件",
    "pdf.reason.other": "系统报告“{found}”",
    "pdf.unreadable": "{path} 不是可以打开的 PDF 文件，可能已损坏或有密码。请重新导出申报书后再看",
    "pdf.no_such_page": "没有第 {number} 页，这个文件共 {count} 页",
    # Progress
    "pdf.progress.evidence": "检查佐证材料 {number}",
    "pdf.progress.layout": "排版",
    "pdf.progress.page": "排版第 {page} 页",
    "pdf.progress.placing": "编入佐证材料 {number}",
    "pdf.progress.writing": "写入文件",
    # Words on paper
    "pdf.evidence.number": "编号",
    "pdf.evidence.name": "材料名称",
    "pdf.evidence.proves": "证明的内容",
    "pdf.evidence.pages": "页数",
    "pdf.evidence.first_page": "起始页",
    "pdf.evidence.none": "（尚无佐证材料）",
    "pdf.evidence.stamp": "佐证材料 {number}",
    "pdf.evidence.stamp_page": "第 {page} 页 共 {pages} 页",
    "pdf.evidence.bookmark": "佐证材料 {number} {name}",
    "pdf.evidence.not_placed": "本件佐证材料未能编入申报书",
    "pdf.evidence.reason": "原因：{reason}",
    "pdf.evidence.attach_paper": "请更换可以编入的文件后重新导出，或将纸质件附于此页之后。",
    # Why a piece is not placed
    "pdf.why.encrypted": "文件有打开密码",
    "pdf.why.damaged": "文件已损坏，不能完整读出",
    "pdf.why.lost": "文件找不到或读不出",
    "pdf.why.empty": "文件是空的",
    "pdf.why.no_pages": "文件中没有页面",
    "pdf.why.too_large": "文件超过 {limit} MB",
    "pdf.why.too_many_pages": "文件共 {found} 页，每件最多 {limit} 页",
    "pdf.why.too_many_pages_in_all": "全部佐证材料合计超过 {limit} 页",
    "pdf.why.too_many_pixels": "图片有 {found} 百万像素，最多 {limit} 百万像素",
    "pdf.why.too_much_content": "页面内容解压后过大，疑为恶意文件",
    "pdf.why.dynamic_form": "这是动态表单（XFA），须先在原程序中打印成普通 PDF",
    "pdf.why.not_printable": "这种文件不能印成页面，只能编入 PDF、JPG、PNG、TIFF、BMP 文件",
    # Problems
    "pdf.problem.not_placed": "佐证材料 {number}“{name}”没有编入申报书：{reason}。请更换文件后重新导出",
    "pdf.problem.repaired": (
        "佐证材料 {number}“{name}”的文件有损坏，已尽量修复后编入，请逐页核对，必要时更换文件"
    ),
    "pdf.problem.active": "佐证材料 {number}“{name}”含有{found}，编入时已去掉，页面内容不变",
    "pdf.problem.lost_character": (
        "“{character}”（{code_point}）在随附的字体中没有字形，印成了“〓”，出现在“{text}”；请核对该字，或在打印后手写补上"
    ),
    "pdf.active.scripts": "脚本",
    "pdf.active.attachments": "附件",
    "pdf.active.actions": "自动动作",
    "pdf.active.joined": "、",
}
