//===- Svg.h - Figures as SVG -----------------------------------*- C++ -*-===//
//
// One self-contained file: no style sheets, no fonts, no scripts. The text is a
// function of the figure alone, to the byte.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_PLOT_SVG_H
#define SNN_COMPILER_PLOT_SVG_H

#include "compiler/Plot/Figure.h"

namespace snn::plot {

std::string renderSvg(const Figure &figure);

} // namespace snn::plot

#endif // SNN_COMPILER_PLOT_SVG_H
