//===- Noise.cpp - Splits an equation into drift and noise ----------------===//
//
// A linear form in the occurrences of `noise()`, built from the leaves up.
//
//===----------------------------------------------------------------------===//
#include "lang/Sema/Noise.h"

#include "lang/Sema/ModelChecker.h"

#include <algorithm>

namespace snn::lang {

using namespace checked;

static bool isNoise(const Expr &expr) {
  return expr.kind == ExprKind::Argument && expr.index == noiseArgument;
}

static const Expr *findNoise(const Expr &expr) {
  if (isNoise(expr))
    return &expr;
  for (const ExprRef &operand : expr.operands)
    if (const Expr *found = findNoise(*operand))
      return found;
  return nullptr;
}

static Dimension withoutNoise(const Dimension &dimension) {
  return dimension * *Dimension::time().sqrt();
}

namespace {

/// Null drift means zero.
struct LinearForm {
  ExprRef drift;
  std::vector<ExprRef> noise;
};

std::optional<LinearForm> split(const ExprRef &expr) {
  if (!findNoise(*expr))
    return LinearForm{expr, {}};
  if (isNoise(*expr))
    return LinearForm{nullptr, {makeNumber(1, Dimension::none(), expr->range)}};
  if (expr->kind == ExprKind::Unary) {
    std::optional<LinearForm> form = split(expr->operands[0]);
    if (!form)
      return form;
    if (form->drift)
      form->drift = makeNegative(form->drift);
    for (ExprRef &noise : form->noise)
      noise = makeNegative(noise);
    return form;
  }
  if (expr->kind != ExprKind::Binary)
    return std::nullopt;
  const ExprRef &left = expr->operands[0], &right = expr->operands[1];
  switch (expr->binary) {
  case BinaryOp::Add:
  case BinaryOp::Sub: {
    std::optional<LinearForm> a = split(left), b = split(right);
    if (!a || !b)
      return std::nullopt;
    bool subtract = expr->binary == BinaryOp::Sub;
    LinearForm sum;
    if (a->drift && b->drift)
      sum.drift = makeBinary(expr->binary, a->drift, b->drift, expr->dimension,
                             expr->range);
    else if (b->drift)
      sum.drift = subtract ? makeNegative(b->drift) : b->drift;
    else
      sum.drift = a->drift;
    sum.noise = std::move(a->noise);
    for (const ExprRef &noise : b->noise)
      sum.noise.push_back(subtract ? makeNegative(noise) : noise);
    return sum;
  }
  case BinaryOp::Mul:
  case BinaryOp::Div: {
    bool inLeft = findNoise(*left);
    if (inLeft == (findNoise(*right) != nullptr) ||
        (!inLeft && expr->binary == BinaryOp::Div))
      return std::nullopt;
    std::optional<LinearForm> form = split(inLeft ? left : right);
    if (!form)
      return form;
    auto scaled = [&](const ExprRef &part, const Dimension &dimension) {
      return inLeft
                 ? makeBinary(expr->binary, part, right, dimension, expr->range)
                 : makeBinary(expr->binary, left, part, dimension, expr->range);
    };
    if (form->drift)
      form->drift = scaled(form->drift, expr->dimension);
    for (ExprRef &noise : form->noise)
      noise = scaled(noise, withoutNoise(expr->dimension));
    return form;
  }
  default:
    return std::nullopt;
  }
}

} // namespace

std::optional<DriftAndNoise> splitNoise(const ExprRef &expr,
                                        DiagnosticEngine &diagnostics) {
  std::optional<LinearForm> form = split(expr);
  if (!form) {
    diagnostics.report(diag::NoiseNotLinear, findNoise(*expr)->range)
        .help("white noise can only be scaled: `sigma*sqrt(2/tau)*noise()`");
    return std::nullopt;
  }
  if (!form->drift)
    form->drift = makeNumber(0, expr->dimension, expr->range);
  return DriftAndNoise{form->drift, std::move(form->noise)};
}

} // namespace snn::lang
