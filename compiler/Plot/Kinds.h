//===- Kinds.h - The kinds of plots -----------------------------*- C++ -*-===//
//
// Each kind turns a recording into a figure; one kind, one file. Adding a kind
// is one function and one line in the table.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_PLOT_KINDS_H
#define SNN_COMPILER_PLOT_KINDS_H

#include "compiler/Metrics/Curve.h"
#include "compiler/Plot/Figure.h"
#include "compiler/Results/Expected.h"
#include "compiler/Results/Recording.h"
#include "compiler/Results/Synapses.h"

#include <optional>
#include <span>

namespace snn::plot {

/// Part of a population; all recorded neurons where `neurons` is not given.
struct Target {
  std::string population;
  std::optional<results::NeuronSet> neurons;
};

struct PlotOptions {
  /// Empty: everything that was recorded.
  std::vector<Target> targets;
  /// The state of traces; empty: all.
  std::string state;
  /// ms; the recorded part where not given.
  std::optional<double> from, to;
  /// Width of bins, ms; 0: chosen to fit.
  double bin = 0;
  /// CV: neurons with fewer intervals are left out.
  uint64_t leastIntervals = 5;
  /// Raster: of more neurons, every k-th is shown; 0: all are.
  uint64_t mostNeurons = 0;
};

using Plotter = results::Expected<Figure> (*)(const results::Recording &,
                                              const PlotOptions &);

struct Kind {
  const char *name;
  const char *summary;
  Plotter plot;
  /// Looks at what was recorded of synapses.
  bool readsSynapses = false;
};

/// All kinds that show one run.
std::span<const Kind> kinds();

results::Expected<Figure> plotRaster(const results::Recording &,
                                     const PlotOptions &);
results::Expected<Figure> plotRate(const results::Recording &,
                                   const PlotOptions &);
results::Expected<Figure> plotIntervals(const results::Recording &,
                                        const PlotOptions &);
results::Expected<Figure> plotCv(const results::Recording &,
                                 const PlotOptions &);
results::Expected<Figure> plotTrace(const results::Recording &,
                                    const PlotOptions &);
results::Expected<Figure> plotSpectrum(const results::Recording &,
                                       const PlotOptions &);
results::Expected<Figure> plotModulators(const results::Recording &,
                                         const PlotOptions &);
results::Expected<Figure> plotFields(const results::Recording &,
                                     const PlotOptions &);

/// Kinds that show the synapses of a run; targets name projections: "E->I".
struct SynapseKind {
  const char *name;
  const char *summary;
  results::Expected<Figure> (*plot)(const std::string &model,
                                    const std::vector<results::Synapses> &,
                                    const PlotOptions &);
};
std::span<const SynapseKind> synapseKinds();

results::Expected<Figure> plotWeights(const std::string &model,
                                      const std::vector<results::Synapses> &,
                                      const PlotOptions &);
results::Expected<Figure>
plotConnectivity(const std::string &model,
                 const std::vector<results::Synapses> &, const PlotOptions &);

/// The response curve of a sweep, one a population, with the best ReLU and
/// sigmoid where they say something.
struct Response {
  std::string name;
  metrics::Curve curve;
};
Figure plotResponse(const std::string &title, const Axis &x, const Axis &y,
                    const std::vector<Response> &responses);

} // namespace snn::plot

#endif // SNN_COMPILER_PLOT_KINDS_H
