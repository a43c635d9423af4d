"""The words for what is wrong in a checklist's JSON, and for what an import could not read, in any language."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from procedures.checklists.reading import Problem
from procedures.checklists.structure import NotUnderstood

PROBLEMS = {
    "answers_do_not_fit": gettext_lazy("the answers do not fit the kind of the item"),
    "empty": gettext_lazy("there are no words"),
    "missing": gettext_lazy("this part is missing"),
    "not_a_key": gettext_lazy("a key has small letters, digits, - and _ only"),
    "not_a_language": gettext_lazy("this is no language code"),
    "not_a_list": gettext_lazy("this must be a list"),
    "not_an_object": gettext_lazy("this must be an object"),
    "not_texts": gettext_lazy("this must be one text per language"),
    "repeated_answer": gettext_lazy("an answer is repeated or has no code"),
    "repeated_key": gettext_lazy("this key is used twice"),
    "too_long": gettext_lazy("the text is too long"),
    "too_many_items": gettext_lazy("there are too many items"),
    "unknown_answer": gettext_lazy("a comment is asked on an answer that is not offered"),
    "unknown_kind": gettext_lazy("this kind of item is unknown"),
    "unknown_name": gettext_lazy("this name is unknown"),
    "unknown_section": gettext_lazy("there is no such section"),
    "wrong_type": gettext_lazy("this value is of the wrong type"),
    "yes_and_no_needed": gettext_lazy("a yes/no item needs both answers"),
}

NOT_UNDERSTOOD = {
    "answer_not_understood": gettext_lazy("The answer cell holds words that are no answers."),
    "answers_from_header": gettext_lazy("The answer cell is blank; the answers of the table's header were taken."),
    "blank_answers": gettext_lazy("The answer cell is blank and the table's header names no answers."),
    "blank_row": gettext_lazy("The row is blank; it was left out."),
    "box_already_ticked": gettext_lazy("A box is already ticked in the form; the tick was not taken."),
    "box_not_printed": gettext_lazy("The header names an answer for which this row has no box; it is not offered."),
    "boxes_outside_table": gettext_lazy("Boxes outside a table were not read as an item."),
    "boxes_without_answers": gettext_lazy("There are boxes, but no answers are printed for them."),
    "comment": gettext_lazy("A remark in the margin was left out."),
    "comment_without_answer": gettext_lazy("The comment row does not say on which answer a comment is needed."),
    "comment_without_items": gettext_lazy("The comment row has no items above it."),
    "content_control": gettext_lazy("A field to fill in was left out."),
    "endnote": gettext_lazy("An endnote was left out."),
    "fill_in": gettext_lazy("Lines to fill in outside a table were left out."),
    "footer": gettext_lazy("The page footer was left out."),
    "footnote": gettext_lazy("A footnote was left out."),
    "header": gettext_lazy("The page header was left out."),
    "heading_without_rows": gettext_lazy("A heading above another heading has no table of its own; it was left out."),
    "label_missing": gettext_lazy("There are answers, but no question."),
    "merged_answer": gettext_lazy("The answer cell is merged with the one above; the row was added to the item above."),
    "merged_label": gettext_lazy("The question is merged with the one above; it was repeated for this row."),
    "nested_table": gettext_lazy("The cell holds a table of its own."),
    "object_names_unknown_section": gettext_lazy("The object of the check names a section that does not exist."),
    "picture": gettext_lazy("A picture or drawing was left out."),
    "placeholder_differs": gettext_lazy("The merge field shows another name than its own."),
    "repeated_answers": gettext_lazy("The same answer is printed more than once."),
    "row_across": gettext_lazy("A row across the table was kept as guidance of the items below it."),
    "row_without_answers": gettext_lazy("The row has no answers; it was left out."),
    "text_beside_answers": gettext_lazy("Words beside the answers were kept as guidance."),
    "text_box": gettext_lazy("A text box was left out."),
    "tracked_deletion": gettext_lazy("A tracked deletion was taken as done."),
    "tracked_insertion": gettext_lazy("A tracked insertion was taken as done."),
}
NO_ITEMS = gettext_noop("no items")


def problem_sentence(problem: Problem) -> str:
    """Where and what, for an InvalidChecklist."""
    where = problem.where or _("the whole")
    return _("%(where)s: %(what)s") % {"where": where, "what": PROBLEMS[problem.code]}


def not_understood_sentence(found: NotUnderstood) -> str:
    """What could not be read or had to be concluded."""
    return str(NOT_UNDERSTOOD[found.code])


def place(found: NotUnderstood) -> str:
    """Table and row, or nothing for what stands outside tables."""
    if found.table is None:
        return ""
    if found.row is None:
        return _("table %(table)s") % {"table": found.table}
    return _("table %(table)s, row %(row)s") % {"table": found.table, "row": found.row}
