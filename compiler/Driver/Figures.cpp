//===- Figures.cpp - The figures that an experiment asks for ----*- C++ -*-===//
//
// The same functions as `snn plot` uses, with the targets of the clause.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/Figures.h"

#include "compiler/Driver/Output.h"
#include "compiler/Driver/Response.h"
#include "compiler/Plot/Kinds.h"
#include "compiler/Plot/Svg.h"
#include "compiler/Plot/Terminal.h"
#include "compiler/Results/Folder.h"

#include <map>

using namespace snn;
using namespace snn::driver;

static plot::PlotOptions optionsOf(const lang::checked::Plot &clause,
                                   const lang::checked::Network &network) {
  plot::PlotOptions options;
  for (const lang::checked::Slice &slice : clause.targets)
    options.targets.push_back(
        {network.populations[slice.population].path,
         results::NeuronSet{slice.first, slice.size(), slice.stride}});
  for (const std::string &path : clause.projections)
    options.targets.push_back({path, std::nullopt});
  options.state = clause.traceName;
  return options;
}

static Expected<plot::Figure> synapseFigure(const lang::checked::Plot &clause,
                                            const std::string &model,
                                            const std::string &folder,
                                            const plot::PlotOptions &options) {
  Expected<std::vector<results::Synapses>> synapses =
      results::readSynapses(folder);
  if (!synapses)
    return synapses.failure();
  for (const plot::SynapseKind &kind : plot::synapseKinds())
    if (clause.kind == kind.name)
      return kind.plot(model, *synapses, options);
  return Failure{ExitCode::Usage, "there is no plot of this kind", ""};
}

Expected<std::vector<NamedFigure>>
snn::driver::declaredFigures(const lang::checked::Experiment &experiment,
                             const std::string &folder, bool forTerminal) {
  std::vector<NamedFigure> figures;
  std::map<std::string, unsigned> count;
  bool sweep = results::isSweep(folder);
  std::optional<results::Recording> recording;
  for (const lang::checked::Plot &clause : experiment.plots) {
    plot::PlotOptions options = optionsOf(clause, experiment.network);
    if (forTerminal)
      options.mostNeurons = 4 * terminalRows;
    Expected<plot::Figure> figure = Failure{};
    std::string kind = clause.kind;
    if (sweep) {
      // Single runs of a sweep are in their folders.
      if (clause.over.empty())
        continue;
      kind = "fi";
      figure = plotResponse(folder, options);
    } else if (!clause.projections.empty() && clause.kind != "fields") {
      figure = synapseFigure(clause, experiment.name, folder, options);
    } else {
      const plot::Kind *known = nullptr;
      for (const plot::Kind &one : plot::kinds())
        if (kind == one.name)
          known = &one;
      if (!known)
        continue;
      if (!recording) {
        Expected<results::Recording> read = results::readFolder(folder);
        if (!read)
          return read.failure();
        recording = std::move(*read);
      }
      if (known->readsSynapses && recording->synapses.empty())
        if (std::optional<Failure> failure =
                results::readLastSynapses(folder, *recording))
          return *failure;
      figure = known->plot(*recording, options);
    }
    // Silence leaves some kinds nothing to draw; that is no error of the run.
    if (!figure) {
      if (figure.failure().code == ExitCode::Usage)
        continue;
      return figure.failure();
    }
    unsigned number = ++count[kind];
    std::string name = number == 1 ? kind : kind + "-" + std::to_string(number);
    figures.push_back({name, std::move(*figure)});
  }
  return figures;
}

std::optional<Failure> snn::driver::writeFigure(const plot::Figure &figure,
                                                const std::string &path) {
  return writeFile(path, plot::renderSvg(figure));
}

int snn::driver::printFigure(const plot::Figure &figure, bool ascii,
                             const Console &console) {
  plot::TerminalOptions size{console.columns(), terminalRows,
                             ascii || !console.unicode(),
                             console.colorsOutput()};
  return console.print(plot::renderTerminal(figure, size))
             ? 0
             : console.fail(outputFailure());
}

int snn::driver::showDeclaredFigures(
    const lang::checked::Experiment &experiment, const std::string &folder,
    const Console &console) {
  if (experiment.plots.empty())
    return 0;
  Expected<std::vector<NamedFigure>> figures =
      declaredFigures(experiment, folder, /*forTerminal=*/false);
  if (!figures)
    return console.fail(figures.failure());
  for (const NamedFigure &figure : *figures)
    if (std::optional<Failure> failure =
            writeFigure(figure.figure, folder + "/" + figure.name + ".svg"))
      return console.fail(*failure);
  if (!console.outputIsTerminal() || console.options().quiet)
    return 0;
  figures = declaredFigures(experiment, folder, /*forTerminal=*/true);
  if (!figures || figures->empty())
    return 0;
  return printFigure((*figures)[0].figure, false, console);
}
