//===- Reads.h - What expressions and statements read -----------*- C++ -*-===//
//
// A `let` stands for its expression, so what it reads is read where it is
// named.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_SEMA_READS_H
#define SNN_LANG_SEMA_READS_H

#include "lang/Sema/Checked.h"

#include <functional>
#include <span>

namespace snn::lang {

using Visitor = std::function<void(const checked::Expr &)>;

/// Calls `visit` for all that has no operands, once or more.
void forEachRead(const checked::Expr &expr, std::span<const checked::Let> lets,
                 const Visitor &visit);
/// The same of all expressions of statements.
void forEachRead(std::span<const checked::Statement> body,
                 std::span<const checked::Let> lets, const Visitor &visit);

/// Calls `visit` for conditions, values that are assigned, and what is sent.
void forEachExpression(
    std::span<const checked::Statement> body,
    const std::function<void(const checked::ExprRef &)> &visit);

/// Calls `visit` for all assignments, those in conditionals included.
void forEachAssignment(
    std::span<const checked::Statement> body,
    const std::function<void(const checked::Assignment &)> &visit);

} // namespace snn::lang

#endif // SNN_LANG_SEMA_READS_H
