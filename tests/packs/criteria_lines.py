"""The rows of the criteria reference (sections 2.1 to 2.5 and 4.2) for the four conditions packs.

Written from that reference, not from the packs: indicator, comparison, figure, unit, the schools it is for,
document, articles, and how well the figure is known.

- ``S``: the document itself was seen. Only such a row may stand as national in a pack.
- ``S2``: seen at second hand, ``K+``: from memory, fairly sure. Such a row stands as reference.
- ``K-``: from memory, weak. Such a row must not be a rule at all.
- ``HELD``: seen, yet reference, because it is not known that the figure is for this kind of school.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from chuyi_desktop.domain.values import Value

SECONDARY, TECHNICIAN = "conditions-secondary", "conditions-technician"
COLLEGE, UNDERGRADUATE = "conditions-college", "conditions-undergraduate"
PACKS = (SECONDARY, TECHNICIAN, COLLEGE, UNDERGRADUATE)

NUMBER_12 = "教职成〔2010〕12号"
NUMBER_5 = "教职成〔2022〕5号"
NUMBER_8 = "人社部发〔2012〕8号"
NUMBER_2 = "教发〔2004〕2号"
NUMBER_1 = "教职成厅〔2021〕1号"
MONITORED = (NUMBER_5, "附件1")

Context = Mapping[str, str]
Cited = tuple[str, str]


@dataclass(frozen=True)
class Line:
    """A row of the reference for one kind of school."""

    pack: str
    indicator: str
    comparison: str
    figure: str
    unit: str
    known: str
    cited: tuple[Cited, ...] = ()
    context: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.pack} {dict(self.context)} {self.indicator} {self.comparison} {self.figure}"


# 2.1 一般类中职, and what 教职成〔2022〕5号 monitors


def secondary(
    indicator: str,
    comparison: str,
    figure: str,
    unit: str,
    known: str,
    *cited: Cited,
    field: str = "business",
) -> Line:
    return Line(SECONDARY, indicator, comparison, figure, unit, known, cited, (("main_field", field),))


SIX, SEVEN, EIGHT = (NUMBER_12, "第六条"), (NUMBER_12, "第七条"), (NUMBER_12, "第八条")
SECONDARY_LINES = (
    secondary("student_count", ">=", "1200", "人", "S", SIX),
    secondary("full_time_teacher_count", ">=", "60", "人", "S", SEVEN, MONITORED),
    secondary("student_teacher_ratio", "<=", "20", "", "S", SEVEN, MONITORED),
    secondary("senior_title_share", ">=", "20", "%", "S", SEVEN),
    secondary("specialty_teacher_share", ">=", "50", "%", "S", SEVEN),
    secondary("dual_qualified_share", ">=", "30", "%", "S", SEVEN),
    secondary("fewest_backbone_teachers", ">=", "2", "人", "S", SEVEN),
    secondary("site_area", ">=", "40000", "㎡", "S", EIGHT, MONITORED),
    secondary("site_area_per_student", ">=", "33", "㎡", "S", EIGHT, MONITORED),
    secondary("building_area", ">=", "24000", "㎡", "S", EIGHT, MONITORED),
    secondary("building_area_per_student", ">=", "20", "㎡", "S", EIGHT, MONITORED),
    secondary("track_length", ">=", "200", "米", "S", EIGHT),
    secondary("equipment_value", ">=", "300", "万元", "S", MONITORED),
    secondary("equipment_per_student", ">=", "2500", "元", "S", MONITORED),
    secondary("books_per_student", ">=", "30", "册", "S", MONITORED),
    secondary("equipment_per_student", ">=", "3000", "元", "K+", field="engineering"),
    secondary("equipment_per_student", ">=", "3000", "元", "K+", field="medicine"),
    secondary("newspaper_count", ">=", "80", "种", "S2"),
    secondary("teacher_seat_share", ">=", "20", "%", "S2"),
    secondary("student_seat_share", ">=", "10", "%", "S2"),
    secondary("computers_per_hundred", ">=", "15", "台", "K+"),
)

# 2.3 技工院校

TECHNICIAN_KINDS = ("technician", "senior", "college")
BLANK = ("", "")


def technician(
    indicator: str, comparison: str, unit: str, *figures: tuple[str, str], articles: Sequence[Cited] = ()
) -> Iterator[Line]:
    """Figures and how they are known for 技工学校, 高级技工学校, 技师学院; an empty one is a dash."""
    for kind, (figure, known) in zip(TECHNICIAN_KINDS, figures, strict=True):
        if figure:
            cited = tuple(one for one in articles if one[1].startswith(_annex(kind)) or one == MONITORED)
            context = (("technician_school_kind", kind),)
            yield Line(TECHNICIAN, indicator, comparison, figure, unit, known, cited, context)


def _annex(kind: str) -> str:
    return f"附件{TECHNICIAN_KINDS.index(kind) + 1}第"


SCHOOL_7, SCHOOL_8, SCHOOL_9 = ((NUMBER_8, f"附件1第{n}条") for n in "七八九")
ACADEMY_6, ACADEMY_7, ACADEMY_8 = ((NUMBER_8, f"附件3第{n}条") for n in "六七八")
TECHNICIAN_LINES = (
    *technician(
        "training_scale", ">=", "人", ("1600", "S"), ("3000", "K+"), ("5000", "S"),
        articles=(SCHOOL_7, ACADEMY_8),
    ),
    *technician(
        "student_count", ">=", "人", ("800", "S"), ("2000", "K+"), ("3000", "S"),
        articles=(SCHOOL_7, ACADEMY_8),
    ),
    *technician(
        "training_attendance_count", ">=", "人次", ("800", "S"), ("1000", "K-"), ("2000", "S"),
        articles=(SCHOOL_7, ACADEMY_8),
    ),
    *technician(
        "senior_technician_student_share", ">=", "%", BLANK, BLANK, ("60", "S"), articles=(ACADEMY_8,)
    ),
    *technician(
        "senior_training_attendance_count", ">=", "人次", BLANK, BLANK, ("1000", "S"), articles=(ACADEMY_8,)
    ),
    *technician("specialty_count", ">=", "个", ("3", "S"), BLANK, BLANK, articles=(SCHOOL_7,)),
    *technician(
        "site_area", ">=", "㎡", ("30000", "S"), ("66000", "S"), ("100000", "K+"),
        articles=(SCHOOL_8, MONITORED),
    ),
    *technician(
        "building_area", ">=", "㎡", ("18000", "S"), ("50000", "K+"), ("80000", "K+"), articles=(SCHOOL_8,)
    ),
    *technician("building_area_per_student", ">=", "㎡", ("20", "S"), BLANK, BLANK, articles=(SCHOOL_8,)),
    *technician(
        "training_area", ">=", "㎡", ("5000", "S"), ("15000", "K+"), ("25000", "K+"), articles=(SCHOOL_8,)
    ),
    *technician(
        "training_equipment_value", ">=", "万元", ("300", "S"), ("2000", "K+"), ("4000", "K+"),
        articles=(SCHOOL_9,),
    ),
    *technician("student_teacher_ratio", "<=", "", ("20", "K+"), ("20", "K+"), ("18", "K+")),
    *technician(
        "practice_hour_share", ">=", "%", ("50", "S"), BLANK, BLANK, articles=((NUMBER_8, "附件1第十七条"),)
    ),
    *technician(
        "partnered_specialty_share", ">=", "%", ("100", "S"), BLANK, BLANK,
        articles=((NUMBER_8, "附件1第十八条"),),
    ),
    *technician("technician_class_count", ">=", "期", BLANK, BLANK, ("2", "S"), articles=(ACADEMY_6,)),
    *technician("principal_vocational_years", ">=", "年", BLANK, BLANK, ("5", "S"), articles=(ACADEMY_7,)),
)  # fmt: skip

# 2.4 高职专科, and the 本科 lines beside them

FIVE = (
    ("converted_student_teacher_ratio", "<=", ""),
    ("graduate_degree_share", ">=", "%"),
    ("teaching_space_per_student", ">=", "㎡"),
    ("equipment_per_converted_student", ">=", "元"),
    ("books_per_converted_student", ">=", "册"),
)
"""The five basic indicators in the order of the reference."""
COLLEGE_TABLE = {
    "comprehensive": ("18 15 14 4000 80", "S", "22 5 8 2500 45", "K+"),
    "engineering": ("18 15 16 4000 60", "S", "22 5 9 2500 35", "K+"),
    "medicine": ("16 15 16 4000 60", "K+", "22 5 9 2500 35", "K+"),
    "liberal": ("18 15 9 3000 80", "K+", "23 5 5 2000 45", "K+"),
    "sports": ("13 15 22 3000 50", "K+", "17 5 13 2000 30", "K+"),
    "arts": ("13 15 18 3000 60", "K+", "17 5 11 2000 35", "K+"),
}
"""合格 and 限制招生 of 专科（高职）, each with how it is known."""
BACHELOR_TABLE = {
    "comprehensive": "18 30 14 5000 100",
    "engineering": "18 30 16 5000 80",
    "medicine": "16 30 16 5000 80",
    "liberal": "18 30 9 3000 100",
    "sports": "11 30 22 4000 70",
    "arts": "11 30 18 4000 80",
}
MONITORED_TABLE = (
    ("senior_title_share", "%", "20 20 20 20 20 20"),
    ("site_per_full_time_student", "㎡", "54 59 59 54 88 88"),
    ("dormitory_per_student", "㎡", "6.5 6.5 6.5 6.5 6.5 6.5"),
    ("teaching_computers_per_hundred", "台", "8 8 8 8 8 8"),
    ("multimedia_seats_per_hundred", "个", "7 7 7 7 7 7"),
    ("new_equipment_share", "%", "10 10 10 10 10 10"),
)
FOUNDING = (
    ("full_time_teacher_count", "70", "人"),
    ("senior_title_share", "20", "%"),
    ("fewest_senior_per_specialty", "2", "人"),
    ("fewest_dual_per_specialty", "2", "人"),
    ("fewest_teachers_per_course", "2", "人"),
    ("teaching_space_per_student", "20", "㎡"),
)


def college_lines() -> Iterator[Line]:
    table_one = ((NUMBER_2, "附件表一"),)
    for at, (kind, (good, known, worst, worst_known)) in enumerate(COLLEGE_TABLE.items()):
        context = (("higher_school_kind", kind),)
        for (indicator, comparison, unit), figure in zip(FIVE, good.split(), strict=True):
            yield Line(COLLEGE, indicator, comparison, figure, unit, known, table_one, context)
        for (indicator, comparison, unit), figure in zip(FIVE, worst.split(), strict=True):
            yield Line(COLLEGE, indicator, comparison, figure, unit, worst_known, (), context)
        for indicator, unit, figures in MONITORED_TABLE:
            yield Line(COLLEGE, indicator, ">=", figures.split()[at], unit, "K+", (), context)
        for indicator, figure, unit in FOUNDING:
            yield Line(COLLEGE, indicator, ">=", figure, unit, "S2", (), context)
        quarter = ((NUMBER_2, "附件表一备注1"),)
        yield Line(COLLEGE, "outside_teacher_share", "<=", "25", "%", "S", quarter, context)
    practice = (("higher_school_kind", "engineering"),)
    yield Line(COLLEGE, "training_area_per_student", ">=", "5.3", "㎡", "S2", (), practice)
    for kind, figure in zip(COLLEGE_TABLE, "322322", strict=True):
        context = (("higher_school_kind", kind),)
        yield Line(COLLEGE, "new_books_per_converted_student", ">=", figure, "册", "K-", (), context)


# 2.5 职业本科


def undergraduate(indicator: str, comparison: str, figure: str, unit: str, known: str, *cited: Cited) -> Line:
    context = (("higher_school_kind", "engineering"),)
    return Line(UNDERGRADUATE, indicator, comparison, figure, unit, known, cited, context)


UNDERGRADUATE_LINES = (
    undergraduate("full_time_student_count", ">=", "8000", "人", "K+"),
    undergraduate("graduate_degree_share", ">=", "50", "%", "K+"),
    undergraduate("doctor_share", ">=", "15", "%", "K+"),
    undergraduate("senior_title_share", ">=", "30", "%", "K+"),
    undergraduate("dual_qualified_share", ">=", "50", "%", "K+"),
    undergraduate("outside_hour_share", ">=", "20", "%", "K+"),
    undergraduate("bureau_research_count", ">=", "20", "项", "K+"),
    undergraduate("yearly_service_income", ">=", "1000", "万元", "K+"),
    undergraduate("training_times_students", ">=", "2", "倍", "K+"),
    undergraduate("site_area", ">=", "533333.33", "㎡", "K+"),
    undergraduate("site_per_full_time_student", ">=", "60", "㎡", "K+"),
    # 教职成厅〔2021〕1号; the memory of 教发〔2021〕1号 has the same figure.
    undergraduate("converted_student_teacher_ratio", "<=", "18", "", "S", (NUMBER_1, "第九条至第十四条")),
    undergraduate("full_time_teacher_count", ">=", "450", "人", "K-"),
    undergraduate("teaching_space_per_student", ">=", "20", "㎡", "K-"),
    undergraduate("teaching_space_per_student", ">=", "15", "㎡", "K-"),
    undergraduate("teaching_space_per_student", ">=", "30", "㎡", "K-"),
)


def bachelor_lines() -> Iterator[Line]:
    for kind, figures in BACHELOR_TABLE.items():
        for (indicator, comparison, unit), figure in zip(FIVE, figures.split(), strict=True):
            context = (("higher_school_kind", kind),)
            yield Line(UNDERGRADUATE, indicator, comparison, figure, unit, "HELD", (), context)


LINES = (
    *SECONDARY_LINES, *TECHNICIAN_LINES, *college_lines(), *UNDERGRADUATE_LINES, *bachelor_lines()
)  # fmt: skip
RULES = tuple(line for line in LINES if line.known != "K-")

STATEMENTS = (
    (SECONDARY, "学历", (SEVEN,), BLANK),
    (TECHNICIAN, "每生有实习工位", (SCHOOL_9,), ("technician_school_kind", "technician")),
    (TECHNICIAN, "高级技工学校资格", (ACADEMY_6,), ("technician_school_kind", "college")),
    (TECHNICIAN, "高级专业技术职务或高级技师", (ACADEMY_7,), ("technician_school_kind", "college")),
    (UNDERGRADUATE, "可行性报告", ((NUMBER_1, "第九条至第十四条"),), BLANK),
    (UNDERGRADUATE, "共同制订", ((NUMBER_1, "第九条至第十四条"),), BLANK),
)
"""Rows without a figure, all seen: words of the statement, where they stand, for which schools."""

AT_THE_LINE: Mapping[str, Value] = {
    "students": Decimal(400), "teachers": Decimal(20), "senior_teachers": Decimal(6),
    "graduate_teachers": Decimal(10), "doctor_teachers": Decimal(3), "dual_teachers": Decimal(10),
    "specialty_hours": Decimal(1000), "outside_hours": Decimal(200), "total_hours": Decimal(2000),
    "practice_hours": Decimal(1000), "base_level": "provincial", "team": False, "leader": False,
    "awards": Decimal(2),
}  # fmt: skip
"""A specialty that is exactly at every line of 教职成厅〔2021〕1号."""
NINE_TO_FOURTEEN = (NUMBER_1, "第九条至第十四条")
SPECIALTY_ROWS = (
    ({"students": Decimal(401)}, "S", NINE_TO_FOURTEEN),
    ({"senior_teachers": Decimal(5)}, "S", NINE_TO_FOURTEEN),
    ({"graduate_teachers": Decimal(9)}, "S", NINE_TO_FOURTEEN),
    ({"doctor_teachers": Decimal(2)}, "S", NINE_TO_FOURTEEN),
    ({"dual_teachers": Decimal(9)}, "S", NINE_TO_FOURTEEN),
    ({"outside_hours": Decimal("199.9")}, "S", NINE_TO_FOURTEEN),
    ({"awards": Decimal(1)}, "S", NINE_TO_FOURTEEN),
    ({"base_level": "none"}, "S", NINE_TO_FOURTEEN),
    ({"practice_hours": Decimal("999.9")}, "K+", BLANK),
)
"""Each line missed by the least step, how it is known, and where it stands."""

# 4.2 formulae

STUDENTS: Mapping[str, Value] = {
    "student_count": Decimal(10000), "master_student_count": Decimal(100),
    "doctoral_student_count": Decimal(10), "international_student_count": Decimal(20),
    "preparatory_student_count": Decimal(30), "visiting_student_count": Decimal(40),
    "adult_full_time_student_count": Decimal(50), "evening_student_count": Decimal(1000),
    "correspondence_student_count": Decimal(2000), "full_time_teacher_count": Decimal(500),
    "part_time_teacher_count": Decimal(101), "graduate_degree_teacher_count": Decimal(80),
    "teaching_building_area": Decimal(100000), "admin_building_area": Decimal(2500),
    "equipment_value": Decimal(11000), "new_equipment_value": Decimal(1000), "book_count": Decimal(543500),
    "new_book_count": Decimal(21740), "site_area": Decimal(512500), "dormitory_area": Decimal(71750),
    "teaching_computer_count": Decimal(1025), "multimedia_seat_count": Decimal(820),
}  # fmt: skip
FORMULAE = {
    # 10000 + 150 + 20 + 60 + 30 + 40 + 50 + 300 + 200
    "converted_student_count": "10850",
    "full_time_student_count": "10250",
    "converted_teacher_count": "550.5",
    "converted_student_teacher_ratio": "19.71",
    "graduate_degree_share": "16",
    "teaching_space_per_student": "10",
    "equipment_per_converted_student": "10138.25",
    "books_per_converted_student": "50.09",
    "new_books_per_converted_student": "2",
    "site_per_full_time_student": "50",
    "dormitory_per_student": "7",
    "teaching_computers_per_hundred": "10",
    "multimedia_seats_per_hundred": "8",
    "new_equipment_share": "10",
    "outside_teacher_share": "20.2",
}
