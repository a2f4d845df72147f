//===- Svg.cpp - Figures as SVG ---------------------------------*- C++ -*-===//
//
// Places are rounded to a quarter of a pixel, and what falls on the same place
// is drawn once: a raster of a million spikes stays a file that browsers open.
//
//===----------------------------------------------------------------------===//
#include "compiler/Plot/Svg.h"

#include "compiler/Plot/Palette.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <map>

using namespace snn::plot;

namespace {

constexpr double width = 800, left = 78, right = 24, top = 44, bottom = 56;
constexpr double gap = 24, panelHeight = 380, extraHeight = 130;

/// Without trailing zeros, the same in every locale.
std::string number(double value) {
  double rounded = std::round(value * 4) / 4;
  char text[40];
  std::snprintf(text, sizeof text, "%.2f", rounded == 0 ? 0 : rounded);
  std::string result = text;
  result.erase(result.find_last_not_of('0') + 1);
  if (result.back() == '.')
    result.pop_back();
  return result;
}

/// Edges of cells that are smaller than a quarter of a pixel.
std::string fine(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.3f", value);
  return text;
}

std::string escape(const std::string &text) {
  std::string result;
  for (char c : text)
    if (c == '<')
      result += "&lt;";
    else if (c == '>')
      result += "&gt;";
    else if (c == '&')
      result += "&amp;";
    else if (c == '"')
      result += "&quot;";
    else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f)
      result += c;
  return result;
}

/// The frame of one panel, in pixels.
struct Frame {
  double x0, y0, x1, y1;
  const Panel &panel;

  double x(double value) const {
    return x0 +
           (value - panel.x.low) / (panel.x.high - panel.x.low) * (x1 - x0);
  }
  double y(double value) const {
    return y1 -
           (value - panel.y.low) / (panel.y.high - panel.y.low) * (y1 - y0);
  }
  bool holds(double px, double py) const {
    return px >= x0 - 0.5 && px <= x1 + 0.5 && py >= y0 - 0.5 && py <= y1 + 0.5;
  }
};

class Writer {
public:
  std::string text;

  void line(double x0, double y0, double x1, double y1, const char *color) {
    text += "<path d=\"M" + number(x0) + " " + number(y0) + "L" + number(x1) +
            " " + number(y1) + "\" stroke=\"" + color + "\"/>\n";
  }
  void label(double x, double y, const std::string &content, const char *anchor,
             const std::string &more = "") {
    text += "<text x=\"" + number(x) + "\" y=\"" + number(y) +
            "\" text-anchor=\"" + anchor + "\"" + more + ">" + escape(content) +
            "</text>\n";
  }

  void axes(const Frame &frame, bool last) {
    const Panel &panel = frame.panel;
    if (panel.isImage)
      return names(frame, last);
    std::vector<double> xs = ticks(panel.x, 8);
    double step = xs.size() > 1 ? xs[1] - xs[0] : 1;
    for (double at : xs) {
      line(frame.x(at), frame.y0, frame.x(at), frame.y1, "#e8e8e8");
      if (last)
        label(frame.x(at), frame.y1 + 18, tickLabel(at, step), "middle");
    }
    auto rows =
        static_cast<unsigned>(std::clamp((frame.y1 - frame.y0) / 45, 2.0, 8.0));
    std::vector<double> ys = ticks(panel.y, rows);
    step = ys.size() > 1 ? ys[1] - ys[0] : 1;
    for (double at : ys) {
      line(frame.x0, frame.y(at), frame.x1, frame.y(at), "#e8e8e8");
      label(frame.x0 - 8, frame.y(at) + 4.5, tickLabel(at, step), "end");
    }
    text += "<rect x=\"" + number(frame.x0) + "\" y=\"" + number(frame.y0) +
            "\" width=\"" + number(frame.x1 - frame.x0) + "\" height=\"" +
            number(frame.y1 - frame.y0) + "\" stroke=\"#555\"/>\n";
    names(frame, last);
  }

  void names(const Frame &frame, bool last) {
    const Panel &panel = frame.panel;
    if (last || panel.isImage)
      label((frame.x0 + frame.x1) / 2, frame.y1 + 42, panel.x.title(),
            "middle");
    double middle = (frame.y0 + frame.y1) / 2;
    label(20, middle, panel.y.title(), "middle",
          " transform=\"rotate(-90 20 " + number(middle) + ")\"");
  }

  /// Names in one row above the panel, where they cover no data.
  void legend(const Frame &frame) {
    double end = frame.x1, y = frame.y0 - 6;
    const std::vector<Series> &all = frame.panel.series;
    for (auto series = all.rbegin(); series != all.rend(); ++series) {
      if (series->name.empty())
        continue;
      label(end, y, series->name, "end");
      // Fonts differ; 7.4 px a character is on the wide side.
      end -= 7.4 * static_cast<double>(series->name.size()) + 6;
      text += "<path d=\"M" + number(end - 14) + " " + number(y - 4.5) +
              "h14\" stroke=\"" + colorOf(series->color).hex +
              "\" stroke-width=\"3\"/>\n";
      end -= 30;
    }
  }

  void draw(const Frame &frame, const Series &series) {
    switch (series.mark) {
    case Mark::Ticks:
    case Mark::Dots:
      points(frame, series);
      break;
    case Mark::Line:
      polyline(series, samples(frame, series));
      break;
    case Mark::Steps:
      polyline(series, outline(frame, series));
      break;
    case Mark::Cells:
      cells(frame, series);
      break;
    }
  }

private:
  using Point = std::pair<double, double>;

  void points(const Frame &frame, const Series &series) {
    double row =
        (frame.y1 - frame.y0) / (frame.panel.y.high - frame.panel.y.low);
    bool tick = series.mark == Mark::Ticks;
    double height = tick ? std::clamp(0.8 * row, 1.0, 24.0) : 0;
    std::vector<Point> places;
    for (size_t i = 0; i < series.x.size(); ++i) {
      double x = std::round(frame.x(series.x[i]) * 4) / 4;
      double y = std::round(frame.y(series.y[i]) * 4) / 4;
      if (frame.holds(x, y))
        places.emplace_back(x, y);
    }
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    text += "<path d=\"";
    for (auto [x, y] : places)
      text += "M" + number(x) + " " + number(y - height / 2) +
              (tick ? "v" + number(height) : "h0");
    text += "\" stroke=\"" + std::string(colorOf(series.color).hex) + "\"";
    if (tick && height > 4)
      text += " stroke-width=\"1.5\"";
    if (!tick)
      text += " stroke-width=\"5\" stroke-linecap=\"round\"";
    text += "/>\n";
  }

  /// One path a shade.
  void cells(const Frame &frame, const Series &series) {
    std::map<int, std::string> paths;
    std::string size = "h" + fine(frame.x(1) - frame.x(0)) + "v" +
                       fine(frame.y(0) - frame.y(1)) + "h" +
                       fine(frame.x(0) - frame.x(1)) + "z";
    for (size_t i = 0; i < series.x.size(); ++i)
      if (int level = levelOf(series.shade[i]))
        paths[level] += "M" + fine(frame.x(series.x[i] - 0.5)) + " " +
                        fine(frame.y(series.y[i] + 0.5)) + size;
    for (const auto &[level, path] : paths) {
      Rgb color = colorOfLevel(level);
      char hex[8];
      std::snprintf(hex, sizeof hex, "#%02x%02x%02x", color.red, color.green,
                    color.blue);
      text += "<path d=\"" + path + "\" fill=\"" + hex + "\"/>\n";
    }
  }

  /// Of many samples in one column of pixels, the first, least, greatest and
  /// last draw the same picture.
  static std::vector<Point> samples(const Frame &frame, const Series &series) {
    std::vector<Point> result;
    bool dense = static_cast<double>(series.x.size()) > 4 * width;
    for (size_t i = 0; i < series.x.size();) {
      double column = std::floor(frame.x(series.x[i]));
      size_t end = i + 1;
      while (dense && end < series.x.size() &&
             std::floor(frame.x(series.x[end])) == column)
        ++end;
      auto [low, high] = std::minmax_element(
          series.y.begin() + static_cast<std::ptrdiff_t>(i),
          series.y.begin() + static_cast<std::ptrdiff_t>(end));
      auto a = static_cast<size_t>(low - series.y.begin()),
           b = static_cast<size_t>(high - series.y.begin());
      std::vector<size_t> chosen{i, std::min(a, b), std::max(a, b), end - 1};
      chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
      for (size_t k : chosen)
        if (std::isfinite(series.y[k]))
          result.emplace_back(frame.x(series.x[k]), frame.y(series.y[k]));
      i = end;
    }
    return result;
  }

  static std::vector<Point> outline(const Frame &frame, const Series &series) {
    std::vector<Point> result;
    for (size_t i = 0; i < series.y.size() && i + 1 < series.x.size(); ++i) {
      result.emplace_back(frame.x(series.x[i]), frame.y(series.y[i]));
      result.emplace_back(frame.x(series.x[i + 1]), frame.y(series.y[i]));
    }
    return result;
  }

  void polyline(const Series &series, const std::vector<Point> &places) {
    if (places.empty())
      return;
    text += "<path d=\"M";
    for (auto [x, y] : places)
      text += (text.back() == 'M' ? "" : "L") + number(x) + " " + number(y);
    text += "\" stroke=\"" + std::string(colorOf(series.color).hex) +
            "\" stroke-width=\"1.5\" stroke-linejoin=\"round\"/>\n";
  }
};

/// Leaves of the frame what gives cells equal sides; the title stands below.
void makeSquare(Frame &frame) {
  frame.y1 -= 42;
  double columns = frame.panel.x.high - frame.panel.x.low,
         rows = frame.panel.y.high - frame.panel.y.low;
  double side =
      std::min((frame.x1 - frame.x0) / columns, (frame.y1 - frame.y0) / rows);
  frame.x1 = frame.x0 + side * columns;
  frame.y1 = frame.y0 + side * rows;
}

} // namespace

std::string snn::plot::renderSvg(const Figure &figure) {
  double weights = 0;
  for (const Panel &panel : figure.panels)
    weights += panel.weight;
  auto panels = static_cast<double>(figure.panels.size());
  double inner = panelHeight + extraHeight * (panels - 1);
  double height = top + inner + gap * (panels - 1) + bottom;

  Writer out;
  out.text = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" +
             number(width) + "\" height=\"" + number(height) +
             "\" viewBox=\"0 0 " + number(width) + " " + number(height) +
             "\" fill=\"none\" font-family=\"Helvetica, Arial, 'DejaVu Sans', "
             "sans-serif\" font-size=\"13\">\n"
             "<title>" +
             escape(figure.title) +
             "</title>\n"
             "<style>text{fill:#222}</style>\n"
             "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n";
  out.label(left, 27, figure.title, "start", " font-size=\"16\"");
  double y = top;
  for (const Panel &panel : figure.panels) {
    double own = inner * panel.weight / weights;
    Frame frame{left, y, width - right, y + own, panel};
    if (panel.isImage)
      makeSquare(frame);
    bool last = &panel == &figure.panels.back();
    out.axes(frame, last);
    // Curves that leave the axes' range must not leave the frame.
    std::string clip = "c" + std::to_string(&panel - figure.panels.data());
    out.text += "<clipPath id=\"" + clip + "\"><rect x=\"" + number(frame.x0) +
                "\" y=\"" + number(frame.y0) + "\" width=\"" +
                number(frame.x1 - frame.x0) + "\" height=\"" +
                number(frame.y1 - frame.y0) +
                "\"/></clipPath>\n<g clip-path=\"url(#" + clip + ")\">\n";
    for (const Series &series : panel.series)
      out.draw(frame, series);
    out.text += "</g>\n";
    out.legend(frame);
    y += own + gap;
  }
  out.text += "</svg>\n";
  return std::move(out.text);
}
