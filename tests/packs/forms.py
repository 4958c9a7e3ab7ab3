"""A small forms folder to break: a catalogue and two packs, correct as they stand."""

from pathlib import Path
from textwrap import dedent

from chuyi_desktop.domain.problem import Problem, Severity
from chuyi_desktop.packs.library import FormsFolder

CATALOGUE = """\
documents:
  standard: {title: 设置标准, number: 教职成〔2010〕12号}
  notice: {title: 没有文号的通知}
indicators:
  students:
    name: 在校生数
    kind: integer
    unit: 人
  teachers:
    name: 专任教师数
    kind: integer
    unit: 人
  site:
    name: 占地面积
    kind: decimal
    unit: ㎡
  field:
    name: 专业类别
    kind: choice
    choices: {engineering: 工科, other: 其他}
  public:
    name: 是否公办
    kind: yes_no
  spare:
    name: 备用数
    kind: integer
  ratio:
    name: 生师比
    digits: 2
    formula: students / teachers
  site_each:
    name: 生均用地
    unit: ㎡
    digits: 2
    formula: site / students
tables:
  rooms:
    name: 实训室
    columns:
      name: {name: 名称, kind: text, required: true}
      area: {name: 面积, kind: decimal, unit: ㎡}
      level:
        name: 级别
        kind: choice
        choices: {high: 高, low: 低}
        default: low
"""

BASE = """\
name: 基本条件
version: "1"
applicant: 学校
purpose: 试
source: {basis: national, document: standard, article: 第一条}
default_source: {basis: reference, note: 建议}
sections:
  - id: main
    title: 主要
    indicators: [students, teachers, ratio]
    earlier_years: {students: 1}
conditions:
  - id: basic
    title: 基本
    conditions:
      - id: ratio-limit
        title: 生师比
        threshold: {subject: ratio, comparison: "<=", value: 20}
        source: {basis: national, document: standard, article: 第七条}
checks:
  - id: jump
    title: 变化
    grade: explain
    holds: students <= years_back(students, 1) * 1.2
    advice: 请核对
tiers:
  - {id: met, name: 达标, all_met: [basic]}
  - {id: unmet, name: 不达标}
"""

QUALITY = """\
name: 优质学校
version: "1"
applicant: 学校
purpose: 试
source: {basis: reference, document: notice}
default_source: {basis: reference, note: 建议}
include:
  - {pack: base, groups: [basic], checks: true}
sections:
  - id: main
    title: 主要
    indicators: [students, teachers, site, field, public, ratio]
    earlier_years: {students: 1}
tables: [rooms]
conditions:
  - id: extra
    title: 其他
    conditions:
      - id: is-public
        title: 公办
        requires: public
      - id: site-size
        title: 占地
        threshold:
          subject: site
          comparison: ">="
          cases:
            - {value: 30000, when: field = "engineering", label: 工科}
            - {value: 20000}
      - id: results
        title: 成果
        at_least_of:
          count: 1
          options:
            - {id: room-count, title: 实训室, threshold: {subject: count(rooms), comparison: ">=", value: 2}}
            - {id: promise, title: 承诺, attested: 承诺属实}
scoring:
  points: 10
  sections:
    - id: all
      title: 全部
      points: 10
      items:
        - id: ratio-points
          title: 生师比
          points: 4
          linear: {subject: ratio, zero_at: 25, full_at: 16}
        - id: room-points
          title: 实训室
          points: 3
          bands:
            subject: sum(rooms.area where level = "high")
            steps:
              - {bound: 100, points: 3}
              - {bound: 50, points: 1}
        - id: culture
          title: 文化
          points: 3
          rubric:
            levels:
              - {id: good, title: 好, points: 3}
              - {id: poor, title: 差, points: 0}
tiers:
  - {id: grade-a, name: A档, all_met: [basic, extra], minimum_points: 8}
  - {id: grade-b, name: B档, all_met: [basic], minimum_points: 6}
  - {id: none, name: 未达到}
narratives:
  - {id: overview, title: 概况, limit: 500}
dossier:
  - {kind: cover}
  - kind: profile
    settings: {indicators: [students, ratio]}
  - kind: table
    settings: {table: rooms}
  - kind: narratives
    settings: {narratives: [overview]}
  - kind: opinions
    settings: {levels: [学校意见]}
"""

CATALOGUE_FILE, BASE_FILE, QUALITY_FILE = "catalogue/all.yaml", "base/pack.yaml", "quality/pack.yaml"


class Forms:
    """The folder on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write(CATALOGUE_FILE, CATALOGUE)
        self.write(BASE_FILE, BASE)
        self.write(QUALITY_FILE, QUALITY)

    def write(self, file: str, text: str) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(dedent(text).encode("utf-8"))

    def text(self, file: str) -> str:
        return (self.root / file).read_text("utf-8")

    def edit(self, file: str, old: str, new: str) -> None:
        text = self.text(file)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        self.write(file, text.replace(old, new))

    @property
    def library(self) -> FormsFolder:
        return FormsFolder(self.root)

    def problems(self) -> tuple[Problem, ...]:
        """The mistakes; what only smells is left to :meth:`warnings`."""
        return tuple(one for one in self.library.check() if one.severity is Severity.ERROR)

    def warnings(self) -> tuple[Problem, ...]:
        return tuple(one for one in self.library.check() if one.severity is Severity.WARNING)

    def only_problem(self, file: str, at: str, *words: str) -> Problem:
        """The folder's only problem: in ``file``, where ``at`` begins, its sentence with all ``words``."""
        problems = self.problems()
        assert len(problems) == 1, [str(problem) for problem in problems]
        self.is_at(problems[0], file, at, *words)
        return problems[0]

    def is_at(self, problem: Problem, file: str, at: str, *words: str) -> None:
        before, found, _ = self.text(file).partition(at)
        assert found, f"{at!r} is not in {file}"
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        place = (problem.place.file, problem.place.line, problem.place.column)
        assert place == (file, line, column), str(problem)
        for word in words:
            assert word in problem.sentence, problem.sentence
