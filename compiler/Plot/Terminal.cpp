//===- Terminal.cpp - Figures as text ---------------------------*- C++ -*-===//
//
// Series are drawn into a grid of dots; then each character takes the pattern
// of its dots and the colour of the series drawn last.
//
//===----------------------------------------------------------------------===//
#include "compiler/Plot/Terminal.h"

#include "compiler/Plot/Palette.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

using namespace snn::plot;

namespace {

constexpr unsigned dotsAcross = 2, dotsDown = 4;

class Canvas {
public:
  Canvas(unsigned columns, unsigned rows, const Panel &panel)
      : columns(columns), rows(rows), panel(panel),
        patterns(size_t{columns} * rows), colors(patterns.size()) {}

  void draw(const Series &series) {
    switch (series.mark) {
    case Mark::Dots:
    case Mark::Ticks:
      for (size_t i = 0; i < series.x.size(); ++i)
        dot(x(series.x[i]), y(series.y[i]), series.color);
      break;
    case Mark::Cells:
      for (size_t i = 0; i < series.x.size(); ++i)
        if (std::abs(series.shade[i]) >= 0.5)
          dot(x(series.x[i]), y(series.y[i]), series.shade[i] > 0 ? 6 : 1);
      break;
    case Mark::Line:
      for (size_t i = 1; i < series.x.size(); ++i)
        line(series.x[i - 1], series.y[i - 1], series.x[i], series.y[i],
             series.color);
      break;
    case Mark::Steps:
      for (size_t i = 0; i < series.y.size() && i + 1 < series.x.size(); ++i) {
        line(series.x[i], series.y[i], series.x[i + 1], series.y[i],
             series.color);
        if (i + 1 < series.y.size())
          line(series.x[i + 1], series.y[i], series.x[i + 1], series.y[i + 1],
               series.color);
      }
      break;
    }
  }

  std::string row(unsigned index, const TerminalOptions &options) const {
    std::string text;
    unsigned current = paletteSize;
    for (unsigned column = 0; column < columns; ++column) {
      size_t cell = size_t{index} * columns + column;
      unsigned wanted = patterns[cell] ? colors[cell] : current;
      if (options.color && wanted != current) {
        text += "\x1b[38;5;" + std::to_string(colorOf(wanted).terminal) + "m";
        current = wanted;
      }
      text +=
          options.ascii ? asciiOf(patterns[cell]) : brailleOf(patterns[cell]);
    }
    if (current != paletteSize)
      text += "\x1b[0m";
    return text;
  }

private:
  unsigned columns, rows;
  const Panel &panel;
  std::vector<uint8_t> patterns;
  std::vector<uint8_t> colors;

  double x(double value) const {
    double share = (value - panel.x.low) / (panel.x.high - panel.x.low);
    return share * (columns * dotsAcross - 1);
  }
  double y(double value) const {
    double share = (value - panel.y.low) / (panel.y.high - panel.y.low);
    return (1 - share) * (rows * dotsDown - 1);
  }

  void dot(double px, double py, unsigned color) {
    if (!(px > -0.5 && py > -0.5))
      return;
    auto column = static_cast<unsigned>(px + 0.5),
         line = static_cast<unsigned>(py + 0.5);
    if (column >= columns * dotsAcross || line >= rows * dotsDown)
      return;
    // Unicode numbers the upper three rows column by column, the last after.
    static constexpr uint8_t bits[dotsDown][dotsAcross] = {
        {0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    size_t cell = size_t{line / dotsDown} * columns + column / dotsAcross;
    patterns[cell] |= bits[line % dotsDown][column % dotsAcross];
    colors[cell] = static_cast<uint8_t>(color % paletteSize);
  }

  void line(double x0, double y0, double x1, double y1, unsigned color) {
    double ax = x(x0), ay = y(y0), bx = x(x1), by = y(y1);
    double steps = std::ceil(std::max(std::abs(bx - ax), std::abs(by - ay)));
    if (!std::isfinite(steps) || steps > 1e5)
      return;
    for (double k = 0; k <= steps; ++k) {
      double share = steps == 0 ? 0 : k / steps;
      dot(ax + share * (bx - ax), ay + share * (by - ay), color);
    }
  }

  static std::string asciiOf(uint8_t pattern) {
    int full = __builtin_popcount(pattern);
    return std::string(1, " ..:::###"[full]);
  }
  static std::string brailleOf(uint8_t pattern) {
    if (pattern == 0)
      return " ";
    // U+2800 + pattern in UTF-8.
    return {'\xe2', static_cast<char>(0xa0 + (pattern >> 6)),
            static_cast<char>(0x80 + (pattern & 0x3f))};
  }
};

/// An end of an axis; of one with whole numbers, the last that lies inside.
std::string endLabel(const Axis &axis, bool high) {
  double end = high ? axis.high : axis.low;
  if (axis.whole)
    end = high ? std::floor(end) : std::ceil(end);
  return tickLabel(end, axis.whole ? 1 : (axis.high - axis.low) / 10);
}

std::string padded(const std::string &text, size_t size) {
  return std::string(size > text.size() ? size - text.size() : 0, ' ') + text;
}

} // namespace

std::string snn::plot::renderTerminal(const Figure &figure,
                                      const TerminalOptions &options) {
  double weights = 0;
  size_t margin = 0;
  for (const Panel &panel : figure.panels) {
    weights += panel.weight;
    for (bool high : {false, true})
      margin = std::max(margin, endLabel(panel.y, high).size());
  }
  unsigned columns = std::max<unsigned>(
      20,
      options.columns - std::min<unsigned>(options.columns,
                                           static_cast<unsigned>(margin) + 3));
  const char *wall = options.ascii ? "|" : "│";
  const char *floor = options.ascii ? "-" : "─";
  const char *corner = options.ascii ? "+" : "└";

  std::string text = figure.title + "\n";
  for (const Panel &panel : figure.panels) {
    auto rows = std::max(2u, static_cast<unsigned>(std::lround(
                                 options.rows * panel.weight / weights)));
    Canvas canvas(columns, rows, panel);
    for (const Series &series : panel.series)
      canvas.draw(series);
    std::string names;
    for (const Series &series : panel.series) {
      if (series.name.empty())
        continue;
      std::string name = series.name;
      if (options.color)
        name = "\x1b[38;5;" + std::to_string(colorOf(series.color).terminal) +
               "m" + name + "\x1b[0m";
      names += (names.empty() ? ": " : ", ") + name;
    }
    text += panel.y.title() + names + "\n";
    std::string highest = endLabel(panel.y, true);
    std::string lowest = endLabel(panel.y, false);
    // One neuron has one label, beside its spikes.
    bool isOne = highest == lowest;
    for (unsigned row = 0; row < rows; ++row) {
      std::string label;
      if (row == (isOne ? rows / 2 : 0))
        label = highest;
      else if (row + 1 == rows && !isOne)
        label = lowest;
      std::string content = canvas.row(row, options);
      text += padded(label, margin) + " " + wall + content;
      // Blanks at the end of a line are noise in logs.
      while (!options.color && text.back() == ' ')
        text.pop_back();
      text += "\n";
    }
  }
  if (figure.panels.empty())
    return text;
  const Axis &x = figure.panels.back().x;
  text += std::string(margin + 1, ' ') + corner;
  for (unsigned column = 0; column < columns; ++column)
    text += floor;
  std::string low = endLabel(x, false), high = endLabel(x, true);
  std::string name = x.title();
  size_t inner = columns;
  size_t space =
      inner - std::min(inner, low.size() + high.size() + name.size());
  text += "\n" + std::string(margin + 2, ' ') + low +
          std::string(space / 2, ' ') + name +
          std::string(space - space / 2, ' ') + high + "\n";
  return text;
}
