"""A matrix as a file, by the ending of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.citation import matrix_csv, matrix_json

if TYPE_CHECKING:
    from projections.citation import Citation
    from projections.matrix import Matrix
    from projections.question import Question

FORMS = (".xlsx", ".docx", ".csv", ".json")


def matrix_file(form: str, question: Question, matrix: Matrix, cited: Citation, language: str) -> bytes:
    """Return a matrix in one of the forms, its layout in a language."""
    if form == ".csv":
        return matrix_csv(cited, matrix)
    if form == ".json":
        return matrix_json(cited, matrix)
    from interfaces.exporting.matrix_layout import layout
    from interfaces.exporting.wording import cited_lines
    from interfaces.text import words_of
    from projections.states import name_of

    words = words_of(language)
    name = name_of(question.record, question.state, question.axes.cut, language)
    over, tables = cited_lines(cited, name, words), layout(question, matrix)
    if form == ".docx":
        from interfaces.exporting.word import matrix_docx

        return matrix_docx(cited, over, tables, words, language)
    from interfaces.exporting.workbook import matrix_xlsx

    return matrix_xlsx(cited, over, tables, matrix, words)
