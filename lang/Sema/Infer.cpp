//===- Infer.cpp - The dimension of a generic receptor from its use -------===//
//
// `receptor exc : Exp(tau = 5 ms)` does not say what Exp decays. The neuron
// does: of the dimensions that could be meant, those are tried that let the
// expressions which read the receptor check; if just one does, it is the one.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/ModelChecker.h"

#include <algorithm>

namespace snn::lang {

/// True if `expr` reads `name.<something>`.
static bool reads(const ast::Expr *expr, const std::string &name) {
  using Kind = ast::Expr::Kind;
  if (!expr)
    return false;
  switch (expr->kind) {
  case Kind::Member: {
    const auto *base = ast::dynCast<ast::NameExpr>(
        ast::cast<ast::MemberExpr>(*expr).base.get());
    return base && base->name == name;
  }
  case Kind::Unary:
    return reads(ast::cast<ast::UnaryExpr>(*expr).operand.get(), name);
  case Kind::Binary: {
    const auto &binary = ast::cast<ast::BinaryExpr>(*expr);
    return reads(binary.lhs.get(), name) || reads(binary.rhs.get(), name);
  }
  case Kind::Conditional: {
    const auto &choice = ast::cast<ast::ConditionalExpr>(*expr);
    return reads(choice.condition.get(), name) ||
           reads(choice.thenValue.get(), name) ||
           reads(choice.elseValue.get(), name);
  }
  case Kind::Call:
    return std::ranges::any_of(ast::cast<ast::CallExpr>(*expr).arguments,
                               [&](const ast::Argument &argument) {
                                 return reads(argument.value.get(), name);
                               });
  default:
    return false;
  }
}

std::optional<Dimension> ModelChecker::inferGeneric(const Member &member,
                                                    const Declared &synapse) {
  std::vector<Dimension> candidates{Dimension::current(),
                                    Dimension::conductance(),
                                    Dimension::voltage(),
                                    Dimension::none(),
                                    Dimension::voltage() / Dimension::time(),
                                    Dimension::frequency()};
  for (const Symbol &symbol : symbols.all())
    if (std::ranges::find(candidates, symbol.dimension) == candidates.end())
      candidates.push_back(symbol.dimension);

  std::optional<Dimension> result;
  for (const Dimension &candidate : candidates) {
    DiagnosticEngine scratch(diagnostics.sourceMap());
    checked::Program trialProgram;
    Models trialModels(trialProgram, scratch);
    std::optional<unsigned> model = trialModels.synapse(synapse, {candidate});
    if (!model)
      continue;
    ModelChecker trial(trialModels, declared, generics);
    if (!trial.acceptsReceptor(member, *model, *this))
      continue;
    if (result)
      return std::nullopt; // more than one fits
    result = candidate;
  }
  return result;
}

bool ModelChecker::acceptsReceptor(const Member &tried, unsigned model,
                                   const ModelChecker &outer) {
  members = outer.members;
  neuronModel.params = outer.neuronModel.params;
  neuronModel.inputs = outer.neuronModel.inputs;
  neuronModel.states = outer.neuronModel.states;
  for (const Symbol &symbol : outer.symbols.all())
    if (symbol.kind != Symbol::Kind::Receptor)
      symbols.define(symbol);
  // The other receptors are silent: their dimensions may be as unknown.
  for (const Member &other : members)
    if (other.kind == Member::Kind::Receptor && other.name != tried.name)
      symbols.define({Symbol::Kind::Receptor,
                      other.name,
                      0,
                      {},
                      other.range,
                      /*isValid=*/false,
                      false,
                      nullptr});
  checked::Receptor receptor;
  receptor.name = tried.name;
  receptor.synapse = model;
  receptor.range = tried.range;
  symbols.define({Symbol::Kind::Receptor,
                  tried.name,
                  0,
                  {},
                  tried.range,
                  true,
                  false,
                  nullptr});
  neuronModel.receptors.push_back(std::move(receptor));
  unsigned before = diagnostics.reportedErrors();
  bool isRead = false;
  for (const Member &other : members)
    if (other.kind == Member::Kind::Let) {
      isRead |= reads(other.binding->init.value.get(), tried.name);
      let(other);
    }
  for (const Member &other : members)
    if (other.kind == Member::Kind::Equation) {
      const auto &statement = ast::cast<ast::EquationStmt>(*other.statement);
      isRead |= reads(statement.value.get(), tried.name);
      equation(other);
    }
  return isRead && diagnostics.reportedErrors() == before;
}

} // namespace snn::lang
