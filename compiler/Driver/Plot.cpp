//===- Plot.cpp - `snn plot`: figures of results ----------------*- C++ -*-===//
//
// To a file as SVG, else into the terminal.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/Arguments.h"
#include "compiler/Driver/Figures.h"
#include "compiler/Driver/Output.h"
#include "compiler/Driver/Response.h"
#include "compiler/Driver/Verbs.h"
#include "compiler/Plot/Kinds.h"
#include "compiler/Plot/Png.h"
#include "compiler/Results/Folder.h"
#include "lang/Diagnostics/Suggest.h"

#include <charconv>

using namespace snn;
using namespace snn::driver;

namespace {

Failure unknownKind(const std::string &name) {
  std::vector<std::string> names;
  for (const plot::Kind &kind : plot::kinds())
    names.push_back(kind.name);
  for (const plot::SynapseKind &kind : plot::synapseKinds())
    names.push_back(kind.name);
  names.push_back("fi");
  std::optional<std::string> near = lang::nearest(name, names);
  return {ExitCode::Usage, "there is no plot of the kind `" + name + "`",
          near ? "did you mean `" + *near + "`?"
               : "kinds are " + lang::joinNames(names)};
}

/// "E", "E[7]" or "E[0..99]".
Expected<plot::Target> parseTarget(const std::string &text) {
  // Paths may hold indices of their own: "column[3].E[0..9]".
  size_t open = text.ends_with("]") ? text.rfind('[') : std::string::npos;
  if (open == std::string::npos)
    return plot::Target{text, std::nullopt};
  const char *at = text.data() + open + 1, *end = text.data() + text.size() - 1;
  uint64_t first = 0, last = 0;
  auto read = std::from_chars(at, end, first);
  last = first;
  if (read.ec == std::errc() && end - read.ptr > 2 && read.ptr[0] == '.' &&
      read.ptr[1] == '.')
    read = std::from_chars(read.ptr + 2, end, last);
  if (open == 0 || read.ec != std::errc() || read.ptr != end || last < first)
    return Failure{ExitCode::Usage,
                   "`--of " + text + "` is no population or part of one",
                   "write, for example, `--of E` or `--of E[0..99]`"};
  return plot::Target{text.substr(0, open),
                      results::NeuronSet{first, last - first + 1, 1}};
}

Expected<plot::PlotOptions> convert(const PlotVerbOptions &options) {
  plot::PlotOptions result;
  for (const std::string &text : options.targets) {
    Expected<plot::Target> target = parseTarget(text);
    if (!target)
      return target.failure();
    result.targets.push_back(*target);
  }
  result.state = options.state;
  result.leastIntervals = options.leastIntervals;
  for (auto [flag, text, value] :
       {std::tuple{"--from", &options.from, &result.from},
        std::tuple{"--to", &options.to, &result.to}}) {
    if (text->empty())
      continue;
    Expected<double> time = parseTime(flag, *text);
    if (!time)
      return time.failure();
    *value = *time;
  }
  if (result.from && result.to && *result.from >= *result.to)
    return Failure{ExitCode::Usage,
                   "`--from " + options.from + " --to " + options.to +
                       "` leaves no time between",
                   ""};
  if (!options.bin.empty()) {
    Expected<double> bin = parseTime("--bin", options.bin);
    if (!bin)
      return bin.failure();
    result.bin = *bin;
  }
  return result;
}

} // namespace

int snn::driver::plotResults(const PlotVerbOptions &options,
                             const Console &console) {
  const plot::Kind *kind = nullptr;
  for (const plot::Kind &one : plot::kinds())
    if (options.kind == one.name)
      kind = &one;
  const plot::SynapseKind *synapseKind = nullptr;
  for (const plot::SynapseKind &one : plot::synapseKinds())
    if (options.kind == one.name)
      synapseKind = &one;
  if (!kind && !synapseKind && options.kind != "fi")
    return console.fail(unknownKind(options.kind));
  bool isPng = options.output.ends_with(".png");
  if (isPng ? options.kind != "fields"
            : !options.output.empty() && options.output != "-" &&
                  !options.output.ends_with(".svg"))
    return console.fail(
        {ExitCode::Usage,
         "`-o " + options.output + "`: figures are written as .svg",
         "programs such as rsvg-convert make others of it; `fields` can be "
         "written as .png, too"});
  Expected<plot::PlotOptions> converted = convert(options);
  if (!converted)
    return console.fail(converted.failure());
  bool terminal = options.output.empty();
  if (terminal)
    converted->mostNeurons = 4 * terminalRows;

  Expected<plot::Figure> figure = [&]() -> Expected<plot::Figure> {
    bool sweep = results::isSweep(options.folder);
    if (!kind && !synapseKind)
      return plotResponse(options.folder, *converted);
    if (sweep)
      return Failure{ExitCode::Usage,
                     "`" + options.folder + "` holds a sweep, not one run",
                     "`snn plot fi` shows the sweep; its runs are the folders "
                     "in it"};
    Expected<results::Recording> run = results::readFolder(options.folder);
    if (!run)
      return run.failure();
    if (kind && kind->readsSynapses)
      if (std::optional<Failure> failure =
              results::readLastSynapses(options.folder, *run))
        return *failure;
    if (kind)
      return kind->plot(*run, *converted);
    Expected<std::vector<results::Synapses>> synapses =
        results::readSynapses(options.folder);
    if (!synapses)
      return synapses.failure();
    return synapseKind->plot(run->model, *synapses, *converted);
  }();
  if (!figure)
    return console.fail(figure.failure());
  if (terminal)
    return printFigure(*figure, options.ascii, console);
  if (std::optional<Failure> failure =
          isPng ? writeFile(options.output, plot::renderPng(*figure))
                : writeFigure(*figure, options.output))
    return console.fail(*failure);
  return 0;
}
