//===- ChipFigure.cpp - The mesh of a mapping, as SVG -----------*- C++ -*-===//
//
// Each router is a square, its cores are tiles in it, the darker the more
// synaptic operations they have; a link between two routers is as wide and as
// red as its traffic, one line for each direction. Only the part of the mesh
// that is used is drawn.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/ChipReport.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

using namespace snn;
using namespace snn::driver;
using namespace snn::target::cores;

namespace {

constexpr double cell = 64, tile = 44, margin = 24, top = 110;

class Figure {
public:
  Figure(const MappedModel &mapped, const lang::checked::Chip &chip)
      : mapped(mapped), chip(chip), report(mapped.mapping.report) {}
  std::string draw();

private:
  const MappedModel &mapped;
  const lang::checked::Chip &chip;
  const MappingReport &report;
  std::string text;

  void add(const char *format, auto... values) {
    char buffer[512];
    std::snprintf(buffer, sizeof buffer, format, values...);
    text += buffer;
  }
  /// From light blue to dark blue, and from pale to red.
  static std::string shade(double part, const double (&from)[3],
                           const double (&to)[3]) {
    char buffer[8];
    int c[3];
    for (int i = 0; i < 3; ++i)
      c[i] = static_cast<int>(std::lround(from[i] + part * (to[i] - from[i])));
    std::snprintf(buffer, sizeof buffer, "#%02x%02x%02x", c[0], c[1], c[2]);
    return buffer;
  }
  static double centre(uint32_t at, double before) {
    return before + (at + 0.5) * cell;
  }
  void drawLinks();
  void drawCores();
};

void Figure::drawLinks() {
  double most = 0;
  for (const LinkLoad &link : report.links)
    most = std::max(most, link.spikes);
  for (const LinkLoad &link : report.links) {
    double part = link.spikes / most;
    // The two directions lie beside each other.
    double aside = 5;
    double dx = link.toX == link.x ? (link.toY > link.y ? aside : -aside) : 0,
           dy = link.toY == link.y ? (link.toX > link.x ? -aside : aside) : 0;
    add("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" "
        "stroke=\"%s\" stroke-width=\"%.1f\"><title>(%u,%u) to (%u,%u): %.0f "
        "spikes</title></line>\n",
        centre(link.x, margin) + dx, centre(link.y, top) + dy,
        centre(link.toX, margin) + dx, centre(link.toY, top) + dy,
        shade(part, {240, 200, 170}, {213, 0, 0}).c_str(), 1 + 5 * part, link.x,
        link.y, link.toX, link.toY, link.spikes);
  }
}

void Figure::drawCores() {
  double most = 0;
  for (const CoreLoad &core : report.cores)
    most = std::max(most, core.operations);
  // Tiles of a router stand in a square.
  auto across = static_cast<uint32_t>(std::ceil(
      std::sqrt(static_cast<double>(mapped.image.chip.coresPerRouter))));
  double size = tile / across;
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> taken;
  for (const CoreLoad &core : report.cores) {
    uint32_t seat = taken[{core.x, core.y}]++;
    double part = most > 0 ? core.operations / most : 0;
    double x = centre(core.x, margin) - tile / 2 + seat % across * size,
           y = centre(core.y, top) - tile / 2 + seat / across * size;
    add("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
        "fill=\"%s\" stroke=\"#fff\"><title>core %zu at (%u,%u): %llu "
        "neurons, %llu axons, %llu synapses, %.0f spikes, %.0f operations"
        "</title></rect>\n",
        x, y, size, size, shade(part, {205, 225, 240}, {0, 60, 120}).c_str(),
        static_cast<size_t>(&core - report.cores.data()), core.x, core.y,
        static_cast<unsigned long long>(core.neurons),
        static_cast<unsigned long long>(core.axons),
        static_cast<unsigned long long>(core.synapses), core.spikes,
        core.operations);
  }
}

std::string Figure::draw() {
  uint32_t width = 1, height = 1;
  for (const CoreLoad &core : report.cores) {
    width = std::max(width, core.x + 1);
    height = std::max(height, core.y + 1);
  }
  for (const LinkLoad &link : report.links) {
    width = std::max({width, link.x + 1, link.toX + 1});
    height = std::max({height, link.y + 1, link.toY + 1});
  }
  double w = std::max(2 * margin + width * cell, 560.0),
         h = top + height * cell + margin;
  add("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" "
      "height=\"%.0f\" font-family=\"sans-serif\" font-size=\"13\">\n"
      "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n",
      w, h);
  // Names are words of the language: nothing in them needs an escape.
  add("<text x=\"%.0f\" y=\"26\" font-size=\"16\">%s on %s</text>\n", margin,
      mapped.name.c_str(), chip.name.c_str());
  add("<text x=\"%.0f\" y=\"48\">%zu cores of at least %u; %.3g messages and "
      "%.3g hops per spike</text>\n",
      margin, report.cores.size(), report.coresBound,
      report.perSpike(report.messages),
      report.perSpike(report.hopsX + report.hopsY));
  if (report.copies + report.replicas + report.relays)
    add("<text x=\"%.0f\" y=\"68\">%llu copies, %llu replicas and %llu relays "
        "beside the network's neurons</text>\n",
        margin, static_cast<unsigned long long>(report.copies),
        static_cast<unsigned long long>(report.replicas),
        static_cast<unsigned long long>(report.relays));
  add("<text x=\"%.0f\" y=\"86\" fill=\"#555\">darker: more synaptic "
      "operations; wider and redder: more spikes on a link</text>\n",
      margin);
  for (uint32_t y = 0; y < height; ++y)
    for (uint32_t x = 0; x < width; ++x)
      add("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.0f\" height=\"%.0f\" "
          "fill=\"none\" stroke=\"#ddd\"/>\n",
          centre(x, margin) - tile / 2, centre(y, top) - tile / 2, tile, tile);
  drawLinks();
  drawCores();
  return text + "</svg>\n";
}

} // namespace

std::string snn::driver::reportSvg(const MappedModel &mapped,
                                   const lang::checked::Chip &chip) {
  return Figure(mapped, chip).draw();
}
