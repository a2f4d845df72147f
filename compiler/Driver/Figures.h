//===- Figures.h - The figures that an experiment asks for ------*- C++ -*-===//
//
// `plot` clauses, drawn from the results that a run has written.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_FIGURES_H
#define SNN_COMPILER_DRIVER_FIGURES_H

#include "compiler/Driver/Console.h"
#include "compiler/Plot/Figure.h"
#include "lang/Sema/Checked.h"

namespace snn::driver {

struct NamedFigure {
  /// Of the file, without `.svg`: "raster", "raster-2".
  std::string name;
  plot::Figure figure;
};

/// Figures of kinds that cannot be drawn are left out. `forTerminal`: of so
/// few neurons that a terminal can show them.
Expected<std::vector<NamedFigure>>
declaredFigures(const lang::checked::Experiment &experiment,
                const std::string &folder, bool forTerminal);

/// Writes them into the folder, and shows the first in a terminal; the exit
/// code.
int showDeclaredFigures(const lang::checked::Experiment &experiment,
                        const std::string &folder, const Console &console);

std::optional<Failure> writeFigure(const plot::Figure &figure,
                                   const std::string &path);
/// To standard output; the exit code.
int printFigure(const plot::Figure &figure, bool ascii, const Console &console);

/// Lines of a figure in the terminal.
inline constexpr unsigned terminalRows = 24;

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_FIGURES_H
