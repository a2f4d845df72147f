//===- EventDriven.cpp - What a synapse can be followed by events alone ---===//
//
// A synapse is looked at when something happens to it. In between its states
// follow x' = a*x + b with a and b of parameters, which has a closed form:
// x(t) = (x(0) + b/a)*exp(a*t) - b/a. What else there is would have to be
// advanced at every synapse in every step, which a rule says by `every`.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Rules/Models.h"

#include <algorithm>

namespace snn::lang::rules {

using namespace checked;

namespace {

enum class Form { Constant, Linear, Neither };

class Classifier {
public:
  Classifier(const PlasticityModel &model, unsigned state)
      : model(model), state(state) {}

  std::string why;

  Form formOf(const Expr &expr) {
    switch (expr.kind) {
    case ExprKind::State:
      return expr.index == state
                 ? Form::Linear
                 : fail("reads `" + model.states[expr.index].name + "`");
    case ExprKind::Host:
      return fail("reads `" + model.hosts[expr.index].name + "` of the target");
    case ExprKind::Modulator: {
      const std::string &name = model.modulators[expr.index].name;
      return fail("reads the modulator `" + name + "`");
    }
    case ExprKind::Let:
      return formOf(*model.lets[expr.index].value);
    case ExprKind::Unary:
      return formOf(*expr.operands[0]);
    case ExprKind::Binary:
      return binary(expr);
    case ExprKind::Select: {
      if (!areConstant({expr.operands[0]}))
        return Form::Neither;
      return either(formOf(*expr.operands[1]), formOf(*expr.operands[2]));
    }
    default:
      return areConstant(expr.operands) ? Form::Constant : Form::Neither;
    }
  }

private:
  const PlasticityModel &model;
  unsigned state;

  Form fail(std::string reason) {
    if (why.empty())
      why = std::move(reason);
    return Form::Neither;
  }

  static Form either(Form a, Form b) { return std::max(a, b); }

  bool areConstant(const std::vector<ExprRef> &operands) {
    for (const ExprRef &operand : operands)
      if (formOf(*operand) != Form::Constant) {
        fail("is not linear in `" + model.states[state].name + "`");
        return false;
      }
    return true;
  }

  Form binary(const Expr &expr) {
    const Expr &left = *expr.operands[0], &right = *expr.operands[1];
    switch (expr.binary) {
    case BinaryOp::Add:
    case BinaryOp::Sub:
      return either(formOf(left), formOf(right));
    case BinaryOp::Mul: {
      Form a = formOf(left), b = formOf(right);
      if (a == Form::Linear && b == Form::Linear)
        return fail("is not linear in `" + model.states[state].name + "`");
      return either(a, b);
    }
    case BinaryOp::Div:
      if (!areConstant({expr.operands[1]}))
        return Form::Neither;
      return formOf(left);
    default:
      return areConstant(expr.operands) ? Form::Constant : Form::Neither;
    }
  }
};

} // namespace

void checkEventDriven(const PlasticityModel &model, unsigned state,
                      const std::string &inSteps,
                      DiagnosticEngine &diagnostics) {
  auto equation = std::ranges::find(model.equations, state, &Equation::state);
  if (equation == model.equations.end() ||
      model.homes[state] != PlasticityModel::Home::Synapse)
    return;
  Classifier classifier(model, state);
  if (classifier.formOf(*equation->drift) != Form::Neither)
    return;
  diagnostics
      .report(diag::NotEventDriven, equation->range, model.states[state].name,
              classifier.why)
      .label(model.states[state].range, "a state of every synapse")
      .help("advance it in steps: " + inSteps);
}

} // namespace snn::lang::rules
