//===- Terminal.h - Figures as text -----------------------------*- C++ -*-===//
//
// A look at a result without leaving the terminal. Braille patterns hold 2 by 4
// dots a character; ASCII holds as many and shows how full a character is.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_PLOT_TERMINAL_H
#define SNN_COMPILER_PLOT_TERMINAL_H

#include "compiler/Plot/Figure.h"

namespace snn::plot {

struct TerminalOptions {
  unsigned columns = 80;
  /// Lines of all panels together.
  unsigned rows = 20;
  bool ascii = false;
  bool color = false;
};

std::string renderTerminal(const Figure &figure,
                           const TerminalOptions &options);

} // namespace snn::plot

#endif // SNN_COMPILER_PLOT_TERMINAL_H
