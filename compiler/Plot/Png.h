//===- Png.h - Images of cells as PNG ---------------------------*- C++ -*-===//
//
// Of figures that are images: a pixel a cell, panels one above the other.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_PLOT_PNG_H
#define SNN_COMPILER_PLOT_PNG_H

#include "compiler/Plot/Figure.h"

namespace snn::plot {

std::string renderPng(const Figure &figure);

} // namespace snn::plot

#endif // SNN_COMPILER_PLOT_PNG_H
