//===- Convolutions.cpp - The rule `conv` ---------------------------------===//
//
// Numbers that are given once hold along each axis.
//
//===----------------------------------------------------------------------===//
#include "lang/Diagnostics/Suggest.h"
#include "lang/Sema/Elaborator.h"
#include "lang/Sema/Rules/Network.h"

#include <algorithm>

namespace snn::lang {

using namespace checked;

static constexpr uint64_t mostInKernel = (uint64_t(1) << 20) - 1;

/// One number for all axes, or as many as there are, up to `most`.
bool Elaborator::kernelSizes(const ast::Argument &argument, size_t axes,
                             uint64_t least, std::vector<uint64_t> &sizes,
                             size_t most) {
  std::string name = argument.name.empty() ? "kernel" : argument.name.text;
  const auto *list = ast::dynCast<ast::ListExpr>(argument.value.get());
  std::vector<const ast::Expr *> elements = {argument.value.get()};
  if (list) {
    elements.clear();
    for (const ast::ExprPtr &element : list->elements)
      elements.push_back(element.get());
    if (elements.size() != axes && elements.size() != most) {
      diagnostics.report(
          diag::ConvolutionNumber, argument.value->range, name,
          "takes one number or a list of " + std::to_string(axes) +
              (most == axes ? std::string() : " or " + std::to_string(most)) +
              ", not of " + std::to_string(elements.size()));
      return false;
    }
  }
  sizes.clear();
  for (const ast::Expr *element : elements) {
    std::optional<uint64_t> number = count(*element, "`" + name + "`");
    if (!number)
      return false;
    if (*number < least || *number > mostInKernel) {
      diagnostics.report(diag::ConvolutionNumber, element->range, name,
                         "is at least " + std::to_string(least) +
                             " and at most " + toMessage(Count(mostInKernel)));
      return false;
    }
    sizes.push_back(*number);
  }
  if (!list)
    sizes.resize(axes, sizes[0]);
  return true;
}

std::optional<Rule> Elaborator::convolution(const ast::CallExpr &call,
                                            const Slice &source,
                                            const Slice &target) {
  Rule rule;
  rule.kind = Rule::Kind::Convolution;
  rule.range = call.range;
  size_t axes = 0, targetAxes = 0;
  auto from = rules::channelsOf(source, network, axes, diagnostics);
  if (!from)
    return std::nullopt;
  auto to = rules::channelsOf(target, network, targetAxes, diagnostics);
  if (!to)
    return std::nullopt;
  if (axes != targetAxes) {
    diagnostics
        .report(diag::NotChannels, target.range,
                network.populations[target.population].path,
                "of " + std::to_string(targetAxes + 1) +
                    " axes, its source of " + std::to_string(axes + 1))
        .help("channels of both have a length, or both a height and a width");
    return std::nullopt;
  }
  Convolution &made = rule.convolution;
  made.source = *from;
  made.target = *to;

  static const std::vector<std::string> known = {"kernel", "stride", "padding",
                                                 "dilation", "groups"};
  std::vector<uint64_t> kernel, stride(axes, 1), padding(axes, 0),
      dilation(axes, 1), groups = {1};
  std::array<std::vector<uint64_t> *, 5> places = {&kernel, &stride, &padding,
                                                   &dilation, &groups};
  std::vector<std::string> seen;
  for (const ast::Argument &argument : call.arguments) {
    std::string name = argument.name.empty() ? known[0] : argument.name.text;
    auto found = std::ranges::find(known, name);
    if (found == known.end()) {
      Diagnostic &message =
          diagnostics.report(diag::UnknownParameter, argument.name.range,
                             "rule `conv`", argument.name.text);
      if (auto meant = nearest(name, known))
        message.at("did you mean `" + *meant + "`?")
            .fix("replace the name", argument.name.range, *meant);
      message.note("it has: " + joinNames(known));
      return std::nullopt;
    }
    if (std::ranges::find(seen, name) != seen.end()) {
      diagnostics.report(diag::GivenTwice, argument.range, name);
      return std::nullopt;
    }
    seen.push_back(name);
    size_t wanted = name == "groups" ? 1 : axes;
    if (!kernelSizes(argument, wanted, name == "padding" ? 0 : 1,
                     *places[static_cast<size_t>(found - known.begin())],
                     name == "padding" ? 2 * axes : wanted))
      return std::nullopt;
  }
  if (kernel.empty()) {
    diagnostics.report(diag::MissingArgument, call.range, "rule `conv`",
                       "kernel");
    return std::nullopt;
  }
  made.groups = groups[0];
  // All that is before, then all that is behind.
  if (padding.size() == axes)
    padding.insert(padding.end(), padding.begin(),
                   padding.begin() + static_cast<long>(axes));
  std::array<std::array<uint64_t, 2>, 2> paddings{};
  for (size_t axis = 0; axis < axes; ++axis) {
    size_t place = 2 - axes + axis;
    made.kernel[place] = kernel[axis];
    made.stride[place] = stride[axis];
    made.dilation[place] = dilation[axis];
    made.padding[place] = padding[axis];
    paddings[place] = {padding[axis], padding[axes + axis]};
  }
  if (!rules::checkConvolution(rule, source, target, axes, paddings, network,
                               diagnostics))
    return std::nullopt;
  return rule;
}

} // namespace snn::lang
