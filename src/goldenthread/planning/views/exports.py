"""A forecast's files: the DSG management plan, its CSVs, and the paper for the Schools Forum."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from goldenthread.core.access import signed_in
from goldenthread.core.documents import PDF, WORD, DocumentError
from goldenthread.core.refusals import InvalidInput, NotFound
from goldenthread.core.ui.download import XLSX
from goldenthread.planning import queries
from goldenthread.planning.exports.book import workbook as make_workbook
from goldenthread.planning.exports.gather import gather
from goldenthread.planning.exports.material import Material
from goldenthread.planning.exports.paper import forum_pdf, forum_word
from goldenthread.planning.exports.tables import FILES, csv_file, csv_zip
from goldenthread.planning.forms.runs import LookForm
from goldenthread.planning.views.parts import viewers

_PAPERS = {"pdf": (forum_pdf, PDF), "docx": (forum_word, WORD)}


def _material(request: HttpRequest, run_id: UUID) -> Material:
    by = signed_in(request)
    run = queries.run_for(by, run_id)
    _, threshold = LookForm(request.GET or None).chosen
    return gather(by=by, run=run, threshold=threshold)


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _named(what: str, material: Material, ending: str) -> str:
    """`dsg-management-plan-2024-5b8a4f0e.xlsx`: the base year and the run, and nobody's name."""
    run = material.origin.mitigated_run or material.origin.run
    return f"{what}-{material.unmitigated.years[0]}-{run[-8:]}.{ending}"


@viewers
@require_GET
def workbook(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """The DSG management plan as a workbook."""
    material = _material(request, run_id)
    return _file(make_workbook(material), XLSX, _named("dsg-management-plan", material, "xlsx"))


@viewers
@require_GET
def one_csv(request: HttpRequest, run_id: UUID, name: str) -> HttpResponse:
    """One of the CSV files."""
    if name not in FILES:
        raise NotFound("There is no such file.", "Go back to the forecast and choose one there.")
    material = _material(request, run_id)
    return _file(csv_file(material, name), "text/csv; charset=utf-8", f"{name}.csv")


@viewers
@require_GET
def all_csv(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """All CSV files in one."""
    material = _material(request, run_id)
    return _file(csv_zip(material), "application/zip", _named("dsg-figures", material, "zip"))


@viewers
@require_GET
def forum_paper(request: HttpRequest, run_id: UUID, kind: str) -> HttpResponse:
    """The paper for the Schools Forum as PDF or Word."""
    if kind not in _PAPERS:
        raise NotFound("The paper is there as PDF and as Word.", "Go back to the forecast and choose one.")
    write, content_type = _PAPERS[kind]
    material = _material(request, run_id)
    try:
        return _file(write(material), content_type, _named("schools-forum-paper", material, kind))
    except DocumentError as error:
        raise InvalidInput(str(error), "Mend the words of the scenario, or take the other file.") from error
