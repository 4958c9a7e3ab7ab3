"""汇总: what the departments' workbooks say, where two disagree, and the clerk's choice."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from chuyi_desktop.app.departments.deliveries import Conflict, Delivery, MergePlan
from chuyi_desktop.app.departments.words import choice_words, left_words, remark_words, who_words
from chuyi_desktop.domain.assessment import Field
from chuyi_desktop.domain.wording import say
from chuyi_desktop.ui.buttons import ok_cancel
from chuyi_desktop.ui.look import Tone
from chuyi_desktop.ui.told_tree import ToldTree

_SIZE = (960, 580)


class MergeDialog(QDialog):
    """Workbooks, disagreements and remarks; ``plan`` is what was agreed to. What is not settled stays
    behind, and that is said."""

    def __init__(
        self, planned: Callable[[Mapping[Field, str]], MergePlan], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("ui.departments.merging"))
        self.resize(*_SIZE)
        self._planned = planned
        self._choices: dict[Field, str] = {}
        self.plan = planned({})
        self.files = ToldTree(
            say("ui.departments.files"),
            [say(f"departments.head.{name}") for name in ("file", "department", "filled", "stated", "state")],
            self,
        )
        self.conflicts = ToldTree(
            say("ui.departments.conflicts"),
            [say(f"departments.head.{name}") for name in ("says", "who", "where")],
            self,
        )
        self.conflicts.currentItemChanged.connect(lambda *_: self._offer())
        self.choice_box = QComboBox(self)
        self.choice_box.activated.connect(lambda _at: self._choose())
        self.all_box = QComboBox(self)
        self.all_box.activated.connect(lambda _at: self._choose_all())
        self.remarks = ToldTree(say("ui.departments.remarks"), [say("ui.departments.remarks")], self)
        self.summary = QLabel(self)
        self.summary.setWordWrap(True)
        self.tabs = QTabWidget(self)
        self._buttons = ok_cancel(self, "ui.departments.take")
        self._put_together()
        self._show()
        if self.plan.conflicts:
            self.tabs.setCurrentIndex(1)

    def _show(self) -> None:
        plan = self.plan
        self.files.start(decorated=True)
        for delivery in plan.deliveries:
            self._delivery(delivery)
        self.files.expandAll()
        at = 0
        if (current := self.conflicts.currentItem()) is not None:
            at = self.conflicts.indexOfTopLevelItem(current.parent() or current)
        self.conflicts.start(decorated=True)
        for conflict in plan.conflicts:
            self._conflict(conflict)
        self.conflicts.expandAll()
        self.remarks.start()
        for remark in plan.remarks:
            self.remarks.line([remark_words(remark)], tone=Tone.OPEN)
        for tab, code, count in (
            (1, "conflicts", len(plan.open)),
            (2, "remarks", len(plan.remarks)),
        ):
            self.tabs.setTabText(
                tab, say("ui.departments.counted", {"title": say(f"ui.departments.{code}"), "count": count})
            )
        item = self.conflicts.topLevelItem(max(at, 0))
        if item is not None:
            self.conflicts.setCurrentItem(item)
        self.summary.setText(_told(plan))
        usable = len(plan.deliveries) > len(plan.refused)
        self._buttons.button(self._buttons.StandardButton.Ok).setEnabled(usable)

    def _delivery(self, delivery: Delivery) -> None:
        filled = (
            ""
            if delivery.refused
            else say("ui.places.count", {"done": delivery.filled, "total": delivery.asked})
        )
        stated = "" if delivery.refused else str(len(delivery.statements))
        state = say(f"departments.state.{'refused' if delivery.refused else 'fine'}")
        tone = Tone.BAD if delivery.refused else Tone.GOOD
        item = self.files.line(
            [delivery.key, delivery.department, filled, stated, state], tone=tone, strong=True
        )
        for problem in delivery.problems:
            self.files.line([str(problem)], below=item).setFirstColumnSpanned(True)

    def _conflict(self, conflict: Conflict) -> None:
        code = "departments.conflict.last_year" if conflict.last_year else "departments.conflict"
        head = say(code, {"title": conflict.title, "last": conflict.last_year})
        if conflict.chosen:
            head = say("ui.departments.settled", {"head": head, "choice": choice_words(conflict.chosen)})
        item = self.conflicts.line([head], conflict, strong=not conflict.chosen)
        item.setFirstColumnSpanned(True)
        for said in conflict.said:
            chosen = said.key == conflict.chosen
            cells = [said.shown, who_words(said), said.source]
            self.conflicts.line(cells, below=item, strong=chosen, tone=Tone.GOOD if chosen else None)

    def _offer(self) -> None:
        conflict = self.conflicts.chosen()
        self.choice_box.clear()
        self.choice_box.setEnabled(isinstance(conflict, Conflict))
        if not isinstance(conflict, Conflict):
            return
        self.choice_box.addItem(say("ui.departments.not_settled"), "")
        for key in conflict.choices:
            self.choice_box.addItem(choice_words(key), key)
        self.choice_box.setCurrentIndex(max(self.choice_box.findData(conflict.chosen), 0))

    def _choose(self) -> None:
        conflict = self.conflicts.chosen()
        if isinstance(conflict, Conflict):
            self._settle({conflict.field: str(self.choice_box.currentData() or "")})

    def _choose_all(self) -> None:
        key = str(self.all_box.currentData() or "")
        if key:
            self._settle({each.field: key for each in self.plan.conflicts if key in each.choices})

    def _settle(self, choices: Mapping[Field, str]) -> None:
        merged = {**self._choices, **choices}
        self._choices = {field: key for field, key in merged.items() if key}
        self.plan = self._planned(self._choices)
        self._show()

    def _put_together(self) -> None:
        page = QWidget(self)
        foot = QHBoxLayout()
        foot.addWidget(QLabel(say("ui.departments.choice"), self))
        foot.addWidget(self.choice_box, 1)
        foot.addWidget(QLabel(say("ui.departments.choice_all"), self))
        foot.addWidget(self.all_box, 1)
        self.all_box.addItem("", "")
        for key in dict.fromkeys(key for each in self.plan.conflicts for key in each.choices):
            self.all_box.addItem(choice_words(key), key)
        self.choice_box.setAccessibleName(say("ui.departments.choice"))
        self.all_box.setAccessibleName(say("ui.departments.choice_all"))
        column = QVBoxLayout(page)
        column.addWidget(self.conflicts, 1)
        column.addLayout(foot)
        for widget, code in ((self.files, "files"), (page, "conflicts"), (self.remarks, "remarks")):
            self.tabs.addTab(widget, say(f"ui.departments.{code}"))
        whole = QVBoxLayout(self)
        whole.addWidget(self.tabs, 1)
        whole.addWidget(self.summary)
        whole.addWidget(self._buttons)


def _told(plan: MergePlan) -> str:
    """What taking it would do, what would stay behind, who is still to deliver."""
    lines = [say("ui.departments.would", {"count": plan.fields})]
    if not plan.whole:
        lines.append(left_words(plan))
    code = "departments.awaited" if plan.awaited else "departments.all_delivered"
    lines.append(say(code, {"departments": "、".join(plan.awaited)}))
    return "\n".join(lines)
