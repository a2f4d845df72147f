//===- Places.cpp - Where populations and columns lie ---------------------===//
//
// `at grid(...)` gives every neuron and every column a place. A grid lies
// around the middle of what it stands in, so that sheets of different spacings
// are concentric, and a column carries what it holds along.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Elaborator.h"
#include "lang/Sema/Evaluate.h"

#include <algorithm>
#include <cmath>

namespace snn::lang {

using namespace checked;

//===----------------------------------------------------------------------===//
// Placements
//===----------------------------------------------------------------------===//

/// One length for all axes, or one for each. With no axes, a list of up to
/// three.
bool Elaborator::lengths(const ast::Expr &expr, std::string_view what,
                         size_t axes, std::array<double, 3> &result) {
  const auto *list = ast::dynCast<ast::ListExpr>(&expr);
  if (!list) {
    std::optional<double> one = number(expr, what, Dimension::length());
    if (!one)
      return false;
    for (size_t axis = 0; axis < std::max<size_t>(axes, 1); ++axis)
      result[axis] = *one;
    return true;
  }
  size_t given = list->elements.size();
  if (axes == 0 ? given > 3 || given == 0 : given != axes) {
    Diagnostic &message = diagnostics.report(
        diag::WrongNumberOfAxes, expr.range, std::string(what), Count(given),
        Count(axes == 0 ? 3 : axes));
    message.help(axes == 0 ? "a place is x, y and z, or the first of them"
                           : "give one length for all axes, or one for each "
                             "size behind the name");
    return false;
  }
  for (size_t axis = 0; axis < given; ++axis) {
    std::optional<double> one =
        number(*list->elements[axis], what, Dimension::length());
    if (!one)
      return false;
    result[axis] = *one;
  }
  return true;
}

std::optional<Elaborator::Grid> Elaborator::placement(const ast::Expr &expr,
                                                      const std::string &what,
                                                      size_t axes) {
  Grid grid;
  if (axes > 3) {
    diagnostics
        .report(diag::WrongNumberOfAxes, expr.range, "`" + what + "`",
                Count(axes), Count(3))
        .help("space has three axes: give it three sizes at most, or no place");
    return std::nullopt;
  }
  axes = std::max<size_t>(axes, 1);
  if (ast::dynCast<ast::ListExpr>(&expr))
    return lengths(expr, "the place", 0, grid.middle) ? std::optional(grid)
                                                      : std::nullopt;
  const auto *call = ast::dynCast<ast::CallExpr>(&expr);
  if (!call || sourceText(call->callee->range, diagnostics) != "grid") {
    diagnostics
        .report(diag::NoPlacement, expr.range,
                sourceText(expr.range, diagnostics))
        .help("`at grid(spacing = 25 um)`, or one place for all: `at [0 um, "
              "100 um]`");
    return std::nullopt;
  }
  bool hasSpacing = false;
  for (const ast::Argument &argument : call->arguments) {
    const std::string &name = argument.name.text;
    const ast::Expr &value = *argument.value;
    if (name == "spacing" || (name.empty() && !hasSpacing)) {
      hasSpacing = true;
      if (!lengths(value, "the spacing", axes, grid.spacing))
        return std::nullopt;
      for (size_t axis = 0; axis < axes; ++axis)
        if (!(grid.spacing[axis] > 0)) {
          diagnostics
              .report(diag::NotPositive, value.range, "spacing",
                      formatQuantity(grid.spacing[axis], Dimension::length()))
              .help("one place for all is `at [0 um, 0 um]`");
          return std::nullopt;
        }
    } else if (name == "center") {
      if (!lengths(value, "the center", 0, grid.middle))
        return std::nullopt;
    } else if (name == "periodic") {
      const auto *list = ast::dynCast<ast::ListExpr>(&value);
      if (list && list->elements.size() != axes) {
        diagnostics.report(diag::WrongNumberOfAxes, value.range, "`periodic`",
                           Count(list->elements.size()), Count(axes));
        return std::nullopt;
      }
      for (size_t axis = 0; axis < axes; ++axis) {
        std::optional<bool> holds = truth(list ? *list->elements[axis] : value);
        if (!holds)
          return std::nullopt;
        grid.isPeriodic[axis] = *holds;
      }
    } else {
      diagnostics
          .report(diag::UnknownParameter, argument.range, "`grid`",
                  name.empty() ? sourceText(argument.range, diagnostics) : name)
          .note("it has: spacing, center, periodic");
      return std::nullopt;
    }
  }
  if (!hasSpacing) {
    diagnostics.report(diag::MissingArgument, expr.range, "`grid`", "spacing")
        .help("say how far neighbours are apart: `grid(spacing = 25 um)`");
    return std::nullopt;
  }
  return grid;
}

/// Where an element of a grid lies.
Site Elaborator::siteOf(const Grid &grid, const std::vector<uint64_t> &extents,
                        std::array<uint64_t, 3> index) const {
  Site site;
  if (const Site *around = frame->findSite())
    site = *around;
  for (size_t axis = 0; axis < 3; ++axis) {
    site.middle[axis] += grid.middle[axis];
    if (axis >= extents.size())
      continue;
    auto count = static_cast<double>(extents[axis]);
    site.middle[axis] += (static_cast<double>(index[axis]) - (count - 1) / 2) *
                         grid.spacing[axis];
    if (grid.isPeriodic[axis])
      site.period[axis] = count * grid.spacing[axis];
  }
  return site;
}

/// False if what stands behind `at` is wrong.
bool Elaborator::place(const ast::InstanceStmt::Instance &instance,
                       Population &population) {
  if (!instance.placement && !frame->findSite())
    return true;
  Grid grid;
  std::vector<uint64_t> extents = {population.size};
  if (instance.placement) {
    if (!population.extents.empty())
      extents = population.extents;
    std::optional<Grid> given =
        placement(*instance.placement, instance.name.text, extents.size());
    if (!given)
      return false;
    grid = *given;
  }
  Site first = siteOf(grid, extents, {});
  Lattice lattice;
  lattice.origin = first.middle;
  lattice.period = first.period;
  lattice.spacing = grid.spacing;
  std::ranges::copy(extents, lattice.extent.begin());
  population.lattice = lattice;
  return true;
}

} // namespace snn::lang
