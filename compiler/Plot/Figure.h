//===- Figure.h - A figure before it is drawn -------------------*- C++ -*-===//
//
// What every kind of plot is made of: panels one above the other, each with two
// labelled axes and some series. Writers turn it into SVG or terminal text.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_PLOT_FIGURE_H
#define SNN_COMPILER_PLOT_FIGURE_H

#include <string>
#include <vector>

namespace snn::plot {

enum class Mark {
  Dots,
  /// Short vertical strokes, as spikes are drawn.
  Ticks,
  Line,
  /// A histogram's outline: y[i] holds from x[i] to x[i+1], so that x has one
  /// entry more than y.
  Steps,
  /// Unit squares around (x[i], y[i]), shaded by shade[i]: 0 is white, 1 and -1
  /// are the two ends of the scale.
  Cells,
};

struct Series {
  /// In the legend; empty for none.
  std::string name;
  /// In the palette.
  unsigned color = 0;
  Mark mark = Mark::Line;
  std::vector<double> x, y;
  /// Of cells alone.
  std::vector<double> shade = {};
};

struct Axis {
  std::string label;
  /// Empty for plain numbers.
  std::string unit;
  double low = 0, high = 1;
  /// Ticks at whole numbers only.
  bool whole = false;

  std::string title() const {
    return unit.empty() ? label : label + " (" + unit + ")";
  }
};

struct Panel {
  Axis x, y;
  std::vector<Series> series;
  /// Height relative to the other panels.
  double weight = 1;
  /// Cells are squares, and an image has no ticks.
  bool isImage = false;
};

struct Figure {
  std::string title;
  std::vector<Panel> panels;
};

/// Round numbers within [low, high]: steps of 1, 2 or 5 times a power of ten,
/// about `wanted` of them.
std::vector<double> ticks(const Axis &axis, unsigned wanted);

/// A tick without superfluous digits, given the distance of its neighbour.
std::string tickLabel(double value, double step);

/// The least range of round numbers that holds all values; [0, 1] for none.
void fitAxis(Axis &axis, const std::vector<double> &values, bool fromZero);

} // namespace snn::plot

#endif // SNN_COMPILER_PLOT_FIGURE_H
