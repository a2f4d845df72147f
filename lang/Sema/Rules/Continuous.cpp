//===- Continuous.cpp - Connections that act all the time -----------------===//
//
// A synapse that sums reads states of the neurons it comes from, at every step.
// Nothing travels, so there is no delay; nothing arrives, so no rule learns of
// it and no Poisson events can stand for it.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Rules/Network.h"
#include "lang/Sema/Types.h"

#include <algorithm>

namespace snn::lang::rules {

using namespace checked;

bool checkSourceStates(const Population &population,
                       const SynapseModel &synapse, const std::string &port,
                       const Program &program, SourceRange place,
                       DiagnosticEngine &diagnostics) {
  for (const Host &read : synapse.sources) {
    std::string wanted = read.name + " : " + read.dimension.unit();
    if (population.kind != Population::Kind::Neurons) {
      diagnostics
          .report(diag::SourceState, place, port, wanted, population.path)
          .at("a source of spikes has no states")
          .label(read.range, "read here");
      return false;
    }
    const NeuronModel &model = program.neurons[population.model];
    auto found = std::ranges::find(model.states, read.name, &State::name);
    if (found != model.states.end() && found->dimension == read.dimension)
      continue;
    Diagnostic &message = diagnostics.report(diag::SourceState, place, port,
                                             wanted, population.path);
    message.label(read.range, "read here");
    if (found != model.states.end())
      message.label(found->range,
                    "here it is a " + found->dimension.describe());
    else
      message.label(model.range, "no state of this name");
    return false;
  }
  return true;
}

bool checkContinuous(const ast::Projection &syntax,
                     const Projection &projection, const std::string &port,
                     DiagnosticEngine &diagnostics) {
  auto refuse = [&](SourceRange range, const std::string &what,
                    const std::string &why) {
    diagnostics.report(diag::NotOfContinuous, range, what, port).at(why);
    return false;
  };
  for (const ast::Setting &setting : syntax.settings.list)
    if (std::string name = sourceText(setting.target->range, diagnostics);
        name != "weight")
      return refuse(setting.range, "`" + name + "`",
                    "the states of both ends act in every step");
  if (!syntax.plasticity.empty())
    return refuse(syntax.plasticity.front().range, "a rule of plasticity",
                  "no spike arrives that it could act on");
  if (projection.storage.kind == Storage::Kind::Procedural)
    return refuse(projection.storage.range, "`@storage(procedural)`",
                  "its synapses are needed in every step");
  return true;
}

} // namespace snn::lang::rules
