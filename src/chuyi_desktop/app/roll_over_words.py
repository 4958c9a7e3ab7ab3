"""What beginning the next year takes over and leaves, in words: on the screen and in the terminal."""

from chuyi_desktop.app.roll_over import RollOver, Taken
from chuyi_desktop.domain.assessment import FieldKind
from chuyi_desktop.domain.wording import say


def plan_lines(plan: RollOver) -> list[str]:
    """Programme and years, then what is taken over and what is not, a line each."""
    params = {
        "programme": plan.programme.name,
        "version": plan.programme.version,
        "source": plan.source_year,
        "year": plan.year,
    }
    lines = [say("roll_over.head", params)]
    lines.append(say("roll_over.taken" if plan.taken else "roll_over.taken_none", params))
    lines += [say("roll_over.line", {"line": taken_words(each)}) for each in plan.taken]
    if plan.left_out:
        lines.append(say("roll_over.left", params))
    for kind, count in plan.left_out:
        told = say(f"roll_over.left.{kind}", {"count": count, **params})
        lines.append(say("roll_over.line", {"line": told}))
    if plan.there:
        lines.append(say("roll_over.there", {"count": plan.there, **params}))
    return lines


def taken_words(taken: Taken) -> str:
    """One thing taken over."""
    params = {"title": taken.title, "shown": taken.shown, "count": taken.count}
    told = say(f"roll_over.taken.{_KINDS[taken.kind]}", params)
    return say("roll_over.decides", {"told": told}) if taken.decides else told


_KINDS = {FieldKind.VALUE: "value", FieldKind.TEXT: "text", FieldKind.ROW: "row"}
