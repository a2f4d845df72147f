//===- Sema.cpp - Semantic analysis ---------------------------------------===//
//
// The order of the phases: models, networks, experiments.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Sema.h"

#include "lang/Chips/Chips.h"
#include "lang/Diagnostics/Suggest.h"
#include "lang/Sema/Experiments.h"
#include "lang/Sema/Models.h"
#include "lang/Sema/Rules/Models.h"

#include <algorithm>
#include <map>

namespace snn::lang {

Analysis::Analysis(const Module &module, DiagnosticEngine &diagnostics)
    : module(module), diagnostics(diagnostics),
      models(std::make_unique<Models>(checkedProgram, diagnostics)) {}

Analysis::~Analysis() = default;

/// The module, and all whose names it sees, directly or not.
static void collectModules(const Module &module,
                           std::set<const Module *> &modules) {
  if (!modules.insert(&module).second)
    return;
  for (const auto &[name, declared] : module.names)
    collectModules(*declared.module, modules);
}

void Analysis::checkDeclarations() {
  std::set<const Module *> modules;
  collectModules(module, modules);
  for (const Module *one : modules)
    for (const ast::StmtPtr &declaration : one->file->declarations)
      checkOtherAttributes(*declaration, diagnostics);
  for (const Declared &declared : module.own) {
    if (const auto *chip = ast::dynCast<ast::ChipDecl>(declared.declaration))
      checkChip(*chip, diagnostics);
    const auto *model = ast::dynCast<ast::ModelDecl>(declared.declaration);
    if (!model)
      continue;
    switch (model->model) {
    case ast::ModelKind::Neuron:
      models->neuron(declared);
      break;
    case ast::ModelKind::Synapse:
      // A generic synapse is checked as one of voltages; its uses check it in
      // their own dimension.
      models->synapse(declared, std::vector<Dimension>(model->generics.size(),
                                                       Dimension::voltage()));
      break;
    case ast::ModelKind::Plasticity:
      // As one of voltages too, unless it is one of other weights.
      models->plasticity(declared,
                         models->weightOf(declared, Dimension::voltage())
                             .value_or(Dimension::voltage()));
      break;
    case ast::ModelKind::Modulator:
      models->modulator(declared);
      break;
    }
  }
  // A mistake that is reported already may be why something is not used.
  if (!diagnostics.hasErrors())
    rules::checkUse(checkedProgram, diagnostics);
  checkStructures();
  checkControls();
}

/// Adds the columns that a body makes, in loops and conditions too.
static void collectColumns(const ast::Block &body,
                           std::vector<std::string> &columns) {
  for (const ast::StmtPtr &statement : body.statements) {
    if (const auto *made = ast::dynCast<ast::InstanceStmt>(statement.get())) {
      if (made->instance == ast::InstanceKind::Column)
        for (const ast::InstanceStmt::Instance &one : made->instances)
          columns.push_back(one.model.model.text);
    } else if (const auto *loop = ast::dynCast<ast::ForStmt>(statement.get())) {
      collectColumns(loop->body, columns);
    } else if (const auto *choice =
                   ast::dynCast<ast::IfStmt>(statement.get())) {
      for (const ast::IfStmt::Branch &branch : choice->branches)
        collectColumns(branch.body, columns);
    }
  }
}

void Analysis::reach(const std::string &name, std::set<std::string> &reached) {
  std::vector<std::string> waiting = {name};
  while (!waiting.empty()) {
    std::string next = std::move(waiting.back());
    waiting.pop_back();
    const auto *structure =
        ast::dynCast<ast::StructureDecl>(module.find(next).declaration);
    if (!structure || !reached.insert(next).second)
      continue;
    if (!structure->base.empty())
      waiting.push_back(structure->base.text);
    collectColumns(structure->body, waiting);
  }
}

void Analysis::checkStructures() {
  std::set<std::string> reached;
  for (const Declared &declared : module.own)
    if (const auto *experiment =
            ast::dynCast<ast::ExperimentDecl>(declared.declaration))
      for (const ast::StmtPtr &statement : experiment->body.statements)
        if (const auto *network =
                ast::dynCast<ast::NetworkStmt>(statement.get()))
          reach(network->network.model.text, reached);
  // Networks first: they give their columns the arguments that are meant.
  for (ast::StructureKind kind :
       {ast::StructureKind::Network, ast::StructureKind::Column})
    for (const Declared &declared : module.own) {
      const auto *structure =
          ast::dynCast<ast::StructureDecl>(declared.declaration);
      if (!structure || structure->structure != kind ||
          reached.contains(structure->name.text))
        continue;
      bool hasDefaults = std::ranges::all_of(
          structure->parameters,
          [](const ast::Binding &parameter) { return bool(parameter.init); });
      if (!hasDefaults)
        continue;
      reach(structure->name.text, reached);
      checked::Network network;
      Overrides none({}, structure->name.range, diagnostics);
      // A column may speak of steps: whoever uses it has some.
      bool anyStep = kind == ast::StructureKind::Column;
      Elaborator elaborator(*models, network, none, std::nullopt, {}, anyStep);
      Frame frame;
      frame.module = &module;
      frame.description = "this file";
      elaborator.frame = &frame;
      elaborator.instantiate(declared, nullptr, "", "");
    }
}

/// A control belongs to the experiment that states it, not to its heirs.
static std::vector<const ast::ControlStmt *>
controlsOf(const ast::ExperimentDecl &experiment) {
  std::vector<const ast::ControlStmt *> controls;
  for (const ast::StmtPtr &statement : experiment.body.statements)
    if (const auto *control = ast::dynCast<ast::ControlStmt>(statement.get()))
      controls.push_back(control);
  return controls;
}

void Analysis::checkControls() {
  for (const Declared &declared : module.own) {
    const auto *experiment =
        ast::dynCast<ast::ExperimentDecl>(declared.declaration);
    if (!experiment)
      continue;
    std::map<std::string, SourceRange> names;
    for (const ast::ControlStmt *control : controlsOf(*experiment)) {
      auto [first, isNew] =
          names.emplace(control->name.text, control->name.range);
      if (!isNew)
        diagnostics
            .report(diag::DuplicateName, control->name.range,
                    control->name.text,
                    "experiment `" + experiment->name.text + "`")
            .label(first->second, "first declared here");
    }
  }
}

std::vector<std::string> Analysis::experiments() const {
  std::vector<std::string> names;
  for (const Declared &declared : module.own)
    if (const auto *experiment =
            ast::dynCast<ast::ExperimentDecl>(declared.declaration)) {
      names.push_back(experiment->name.text);
      for (const ast::ControlStmt *control : controlsOf(*experiment))
        names.push_back(experiment->name.text + "/" + control->name.text);
    }
  return names;
}

std::optional<checked::Experiment>
Analysis::elaborate(std::string_view experiment,
                    const std::vector<Override> &overrides) {
  for (const Declared &declared : module.own) {
    const auto *found = ast::dynCast<ast::ExperimentDecl>(declared.declaration);
    if (!found)
      continue;
    if (found->name.text == experiment)
      return ExperimentChecker(*models, declared, nullptr, overrides).run();
    for (const ast::ControlStmt *control : controlsOf(*found))
      if (found->name.text + "/" + control->name.text == experiment)
        return ExperimentChecker(*models, declared, control, overrides).run();
  }
  std::vector<std::string> names = experiments();
  Diagnostic &message = diagnostics.report(diag::UnknownModel, {}, "experiment",
                                           std::string(experiment));
  if (auto meant = nearest(experiment, names))
    message.help("did you mean `" + *meant + "`?");
  message.note("experiments: " + joinNames(names));
  return std::nullopt;
}

std::optional<checked::Program> check(const Module &module,
                                      const CheckOptions &options,
                                      DiagnosticEngine &diagnostics) {
  Analysis analysis(module, diagnostics);
  analysis.checkDeclarations();
  std::vector<checked::Experiment> experiments;
  std::vector<std::string> names = analysis.experiments();
  if (!options.experiment.empty())
    names = {options.experiment};
  for (const std::string &name : names) {
    // A control of what is wrong would repeat what was said.
    bool isControl = name.find('/') != std::string::npos;
    if (isControl && options.experiment.empty() && diagnostics.hasErrors())
      continue;
    if (auto experiment = analysis.elaborate(name, options.overrides))
      experiments.push_back(std::move(*experiment));
  }
  if (diagnostics.hasErrors())
    return std::nullopt;
  checked::Program program = analysis.program();
  program.experiments = std::move(experiments);
  return program;
}

} // namespace snn::lang
