"""Addresses of the planning room."""

from django.urls import URLPattern, URLResolver, include, path

from goldenthread.planning.views import (
    actuals,
    exports,
    inputs,
    mitigations,
    overview,
    recovery,
    run,
    runs,
    scenarios,
)

_inputs: list[URLPattern | URLResolver] = [
    path("", inputs.listing, name="planning_inputs"),
    path("<slug:kind>/", inputs.show, name="planning_input"),
    path("<slug:kind>/give/", inputs.give, name="planning_input_give"),
    path("<slug:kind>/to-fill-in/", inputs.template_file, name="planning_input_template"),
]
_runs: list[URLPattern | URLResolver] = [
    path("", runs.listing, name="planning_runs"),
    path("new/", runs.new, name="planning_run_new"),
    path("<uuid:run_id>/", run.show, name="planning_run"),
    path("<uuid:run_id>/plans/", run.plans, name="planning_run_plans"),
    path("<uuid:run_id>/money/", run.money, name="planning_run_money"),
    path("<uuid:run_id>/savings/", run.savings, name="planning_run_savings"),
    path("<uuid:run_id>/hangs-on/", run.hangs, name="planning_run_hangs"),
    path("<uuid:run_id>/moved/", run.moved, name="planning_run_moved"),
    path("<uuid:run_id>/made-from/", run.made, name="planning_run_made"),
    path("<uuid:run_id>/numbers/", run.numbers, name="planning_run_numbers"),
    path("<uuid:run_id>/dsg-management-plan.xlsx", exports.workbook, name="planning_workbook"),
    path("<uuid:run_id>/dsg-figures.zip", exports.all_csv, name="planning_csv_zip"),
    path("<uuid:run_id>/figures/<slug:name>.csv", exports.one_csv, name="planning_csv"),
    path("<uuid:run_id>/schools-forum-paper.<slug:kind>", exports.forum_paper, name="planning_forum_paper"),
    path("<uuid:run_id>/stop/", runs.stop, name="planning_run_stop"),
    path("<uuid:run_id>/beside/", runs.beside, name="planning_run_beside"),
    path("<uuid:run_id>/again/", runs.again, name="planning_run_again"),
]
_one_scenario: list[URLPattern | URLResolver] = [
    path("", scenarios.show, name="planning_scenario"),
    path("edit/", scenarios.edit, name="planning_scenario_edit"),
    path("copy/", scenarios.copy, name="planning_scenario_copy"),
    path("put-away/", scenarios.archive, name="planning_scenario_archive"),
    path("mitigations/new/", mitigations.new, name="planning_mitigation_new"),
    path("mitigations/<int:number>/", mitigations.edit, name="planning_mitigation"),
    path("mitigations/<int:number>/move/", scenarios.move, name="planning_mitigation_move"),
    path("mitigations/<int:number>/remove/", mitigations.remove, name="planning_mitigation_remove"),
    path("mitigations/<int:number>/effects/new/", mitigations.effect_new, name="planning_effect_new"),
    path("mitigations/<int:number>/effects/<int:effect>/", mitigations.effect_edit, name="planning_effect"),
    path(
        "mitigations/<int:number>/effects/new/<slug:kind>/",
        mitigations.effect_add,
        name="planning_effect_add",
    ),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", overview.overview, name="planning"),
    path("inputs/", include(_inputs)),
    path("forecasts/", include(_runs)),
    path("scenarios/", scenarios.listing, name="planning_scenarios"),
    path("scenarios/new/", scenarios.new, name="planning_scenario_new"),
    path("scenarios/compare/", scenarios.compare, name="planning_compare"),
    path("scenarios/<uuid:scenario_id>/", include(_one_scenario)),
    path("recovery/", recovery.listing, name="planning_plans"),
    path("recovery/new/", recovery.new, name="planning_plan_new"),
    path("recovery/milestones/<uuid:milestone_id>/", recovery.milestone, name="planning_milestone"),
    path("recovery/<slug:slug>/<int:version>/", recovery.show, name="planning_plan"),
    path("recovery/<slug:slug>/<int:version>/approve/", recovery.approve, name="planning_plan_approve"),
    path("actuals/", actuals.show, name="planning_actuals"),
    path("actuals/files/", actuals.files, name="planning_actuals_files"),
    path("actuals/give/", actuals.give, name="planning_actuals_give"),
]
