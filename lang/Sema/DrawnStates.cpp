//===- DrawnStates.cpp - States that a model draws ------------------------===//
//
// `state V ~ uniform(-70 mV, -50 mV)` is the initial value of every population
// of the model that says none itself: drawn once for each neuron, with the
// random numbers that the population's own draw would take. What is drawn from
// is known where the model is checked, so nothing but numbers may decide it.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Elaborator.h"
#include "lang/Sema/ModelChecker.h"

namespace snn::lang {

using namespace checked;

ModelChecker::Bound ModelChecker::drawnState(const Member &member) {
  const ast::Binding &binding = *member.binding;
  Bound result;
  reach = Reach::Parameters;
  std::string what = "`" + member.name + "`";
  if (binding.type) {
    std::optional<DeclaredType> given = type(*binding.type);
    if (!given)
      return result;
    result.type = *given;
  } else if (const ast::Expr *value = valueDrawn(binding.init)) {
    ExpressionChecker checker(*this, diagnostics,
                              "the initial value of " + what);
    Typed typed = checker.checkQuantity(*value);
    if (typed.isError())
      return result;
    result.type.dimension = typed.dimension();
  }
  Network nothing;
  Overrides none({}, binding.range, diagnostics);
  Elaborator elaborator(models, nothing, none, std::nullopt, {});
  Frame frame;
  frame.module = member.module;
  frame.description = description();
  for (const Visible &name : visible())
    frame.names[name.name] = {};
  elaborator.frame = &frame;
  unsigned before = diagnostics.reportedErrors();
  std::optional<Value> drawn =
      elaborator.value(binding.init, what, result.type.dimension,
                       binding.type ? binding.type->range : SourceRange(), 0);
  if (!drawn) {
    if (diagnostics.reportedErrors() == before)
      diagnostics
          .report(diag::Unsupported, binding.init.value->range,
                  "a state drawn from parameters")
          .help("draw it where the population is declared: `population E : " +
                decl.name.text + "[100] { " + member.name + " ~ ... }`");
    return result;
  }
  drawn->range = binding.range;
  draws[static_cast<unsigned>(dynamics().states.size())] = std::move(*drawn);
  // Every population has the draw instead.
  result.value = makeNumber(0, result.type.dimension, binding.range);
  result.isValid = true;
  return result;
}

void Models::keepDraws(const Dynamics &model, std::map<unsigned, Value> draws) {
  if (!draws.empty())
    drawn[model.name] = std::move(draws);
}

void Models::drawStates(const Dynamics &model,
                        std::vector<std::optional<Value>> &initial) const {
  auto draws = drawn.find(model.name);
  if (draws == drawn.end())
    return;
  for (const auto &[state, value] : draws->second)
    if (!initial[state])
      initial[state] = value;
}

} // namespace snn::lang
