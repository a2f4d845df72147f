//===- New.cpp - `snn new`: a project that runs at once ---------*- C++ -*-===//
//
// A model small enough to read in a minute, with an expectation that it meets,
// so that run, test and plot all have something to show.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/Output.h"
#include "compiler/Driver/Verbs.h"
#include "lang/Diagnostics/Suggest.h"

#include <filesystem>

using namespace snn;
using namespace snn::driver;
namespace fs = std::filesystem;

namespace {

struct Template {
  const char *name, *model, *readme;
};

constexpr Template templates[] = {
    {"network",
     R"snn(use neurons.LIFDelta

/// A random network of excitatory and inhibitory neurons (Brunel 2000), a tenth
/// of the published size. g: how much stronger inhibition is than excitation.
/// eta: the outside rate, relative to the one that just reaches the threshold.
network Balanced(g = 5.0, eta = 2.0, N_E = 1000, N_I = 250) {
  let C_E = round(N_E/10), C_I = round(N_I/10), J = 0.5 mV
  let nu_th = 20 mV/(J*C_E*20 ms)

  population E : LIFDelta[N_E]
  population I : LIFDelta[N_I]

  connect E -> [E, I] by indegree(C_E) { weight = J; delay = 1.5 ms }
  connect I -> [E, I] by indegree(C_I) { weight = -g*J; delay = 1.5 ms }
  drive [E, I] by poisson(eta*nu_th*C_E) { weight = J }
}

experiment Irregular {
  network Balanced(g = 5, eta = 2)
  step 0.1 ms
  duration 500 ms after 100 ms
  seed 1
  record spikes of E, I
  plot raster of E[0..99]

  expect rate of E in 55 Hz .. 70 Hz
  expect cv_isi of E (at least 5 isi) in 0.65 .. 0.85
}
)snn",
     "    snn run                      # simulate; results appear in results/\n"
     "    snn run --set net.g=4.5      # another value of a parameter\n"
     "    snn test                     # does the model do what it promises?\n"
     "    snn plot rate results/Irregular-1 -o rate.svg\n"},
    {"neuron",
     R"snn(use neurons.LIF

network Single {
  population cell : LIF[1]
}

/// Firing rate over injected current.
experiment FICurve {
  network Single
  sweep cell.I_ext in 0 pA .. 1000 pA step 50 pA
  step 0.1 ms
  duration 1 s
  record spikes of cell
  plot rate of cell over I_ext
}
)snn",
     "    snn run                      # one run for each current\n"
     "    snn plot fi results/FICurve-1 -o fi.svg\n"},
};

const Template *findTemplate(const std::string &name) {
  for (const Template &one : templates)
    if (one.name == name)
      return &one;
  return nullptr;
}

} // namespace

std::vector<std::string> snn::driver::templateNames() {
  std::vector<std::string> names;
  for (const Template &one : templates)
    names.push_back(one.name);
  return names;
}

int snn::driver::newProject(const NewOptions &options, const Console &console) {
  const Template *chosen = findTemplate(options.templateName);
  if (!chosen) {
    std::vector<std::string> names = templateNames();
    std::optional<std::string> near =
        lang::nearest(options.templateName, names);
    return console.fail({ExitCode::Usage,
                         "there is no template `" + options.templateName + "`",
                         near ? "did you mean `" + *near + "`?"
                              : "templates are " + lang::joinNames(names)});
  }
  fs::path folder = options.name;
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_directory(folder, error))
    return console.fail({ExitCode::Usage,
                         "`" + options.name + "` exists and is no folder",
                         "choose another name"});
  if (fs::exists(folder / "model.snn", error))
    return console.fail({ExitCode::Usage,
                         "`" + options.name + "` already holds a model.snn",
                         "choose another name"});
  fs::create_directories(folder, error);
  if (error)
    return console.fail(
        {ExitCode::InputOutput,
         "cannot make the folder `" + options.name + "`: " + error.message(),
         ""});
  std::string title = fs::absolute(folder).lexically_normal().filename();
  if (title.empty())
    title = "model";
  const std::pair<const char *, std::string> files[] = {
      {"model.snn", chosen->model},
      {"README.md", "# " + title + "\n\n" + chosen->readme},
      {".gitignore", "results/\nsnn-crash-*/\n"},
  };
  for (const auto &[name, content] : files)
    if (std::optional<Failure> failure = writeFile(folder / name, content))
      return console.fail(*failure);
  console.note("made " + options.name + "/model.snn; next: cd " + options.name +
               " && snn run");
  return 0;
}
