//===- Response.cpp - The response curve of a sweep -------------*- C++ -*-===//
//
// Measured points and, through the points of a single curve, the two laws that
// rate models assume.
//
//===----------------------------------------------------------------------===//
#include "compiler/Plot/Kinds.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

using namespace snn::plot;

static std::string fitName(const char *law, double rSquared) {
  char text[64];
  std::snprintf(text, sizeof text, "%s, R² = %.3f", law, rSquared);
  return text;
}

template <class Law>
static Series curveOf(const Axis &x, std::string name, unsigned color,
                      Law law) {
  Series series{std::move(name), color, Mark::Line, {}, {}};
  constexpr int points = 200;
  for (int i = 0; i <= points; ++i) {
    double at = x.low + (x.high - x.low) * i / points;
    series.x.push_back(at);
    series.y.push_back(law(at));
  }
  return series;
}

Figure snn::plot::plotResponse(const std::string &title, const Axis &x,
                               const Axis &y,
                               const std::vector<Response> &responses) {
  Panel panel;
  panel.x = x;
  panel.y = y;
  std::vector<double> xs, ys;
  for (const Response &response : responses) {
    xs.insert(xs.end(), response.curve.x.begin(), response.curve.x.end());
    ys.insert(ys.end(), response.curve.y.begin(), response.curve.y.end());
  }
  fitAxis(panel.x, xs, false);
  fitAxis(panel.y, ys, true);
  if (responses.size() == 1) {
    const metrics::Curve &curve = responses[0].curve;
    if (auto relu = metrics::fitRelu(curve))
      panel.series.push_back(
          curveOf(panel.x, fitName("ReLU", relu->rSquared), 4, [&](double at) {
            return relu->gain * std::max(0.0, at - relu->onset);
          }));
    if (auto sigmoid = metrics::fitSigmoid(curve))
      panel.series.push_back(curveOf(
          panel.x, fitName("sigmoid", sigmoid->rSquared), 5, [&](double at) {
            return sigmoid->top /
                   (1 + std::exp(-(at - sigmoid->middle) / sigmoid->width));
          }));
  }
  for (const Response &response : responses)
    panel.series.push_back({response.name,
                            static_cast<unsigned>(&response - responses.data()),
                            Mark::Dots, response.curve.x, response.curve.y});
  return {title, {std::move(panel)}};
}
