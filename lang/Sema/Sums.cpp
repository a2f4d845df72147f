//===- Sums.cpp - What a synapse sums over all that arrive at a neuron ----===//
//
// `sum I(w: nS) = w*(pre.V - V)`: gap junctions and graded synapses act all the
// time, by the states of both neurons, and not by spikes.
//
//===----------------------------------------------------------------------===//
#include "lang/Diagnostics/Suggest.h"
#include "lang/Sema/ModelChecker.h"

#include <algorithm>

namespace snn::lang {

using namespace checked;

/// `pre V : mV`.
void ModelChecker::source(const Member &member) {
  const ast::Binding &binding = *member.binding;
  std::optional<DeclaredType> given = unitOf(binding, "read of the source");
  DeclaredType known = given.value_or(DeclaredType());
  // The name has a point, so that nothing but `sourceValue` finds it.
  symbols.define({Symbol::Kind::Host, member.name,
                  static_cast<unsigned>(synapseModel.sources.size()),
                  known.dimension, member.range, given.has_value(), false,
                  nullptr});
  synapseModel.sources.push_back(
      {binding.name.text, known.dimension, member.range});
}

/// `pre.V`.
Typed ModelChecker::sourceValue(const ast::MemberExpr &member) {
  const std::vector<Host> &sources = synapseModel.sources;
  auto found = std::ranges::find(sources, member.member.text, &Host::name);
  if (found == sources.end()) {
    std::vector<std::string> names;
    for (const Host &source : sources)
      names.push_back(source.name);
    Diagnostic &message = diagnostics.report(
        diag::UnknownMember, member.member.range, "pre", member.member.text);
    if (auto meant = nearest(member.member.text, names))
      message.at("did you mean `" + *meant + "`?")
          .fix("replace the name", member.member.range, *meant);
    message.help("declare what is read of the source: `pre " +
                 member.member.text + " : mV`");
    return Typed::error();
  }
  const Symbol *symbol = symbols.find("pre." + found->name);
  if (!symbol || !symbol->isValid)
    return Typed::error();
  if (!inSum) {
    diagnostics
        .report(diag::SourceMisplaced, member.range,
                sourceText(member.range, diagnostics))
        .label(found->range, "declared here")
        .help("sum over the sources first: `sum I(w: nS) = w*(pre." +
              found->name + " - V)`");
    return Typed::error();
  }
  return Typed::quantity(makeReference(
      ExprKind::Source, static_cast<unsigned>(found - sources.begin()),
      found->dimension, member.range));
}

void ModelChecker::sum(const Member &member) {
  const auto &statement = ast::cast<ast::SumStmt>(*member.statement);
  std::string what = "`sum " + statement.name.text + "`";
  if (statement.arguments.size() != 1)
    diagnostics
        .report(diag::OneWeight, statement.name.range, what,
                Count(statement.arguments.size()))
        .help("the argument is the weight of the connection: `(w: nS)`");
  SymbolTable arguments;
  for (const ast::Binding &binding : statement.arguments) {
    Bound weight = this->binding(binding, Reach::Parameters, what);
    arguments.define({Symbol::Kind::Argument, binding.name.text, 0,
                      weight.type.dimension, binding.name.range, weight.isValid,
                      weight.type.isGeneric, nullptr});
    if (!summed.arguments.empty() && weight.isValid &&
        summed.arguments.front().dimension != weight.type.dimension) {
      diagnostics
          .report(diag::SumsDiffer, binding.name.range, decl.name.text,
                  summed.arguments.front().dimension, weight.type.dimension)
          .label(summed.arguments.front().range, "the weight of another sum");
      continue;
    }
    if (summed.arguments.empty())
      summed.arguments.push_back(
          {binding.name.text, weight.type.dimension, binding.name.range});
  }
  summed.name = statement.name.text;
  summed.range = member.range;
  locals = &arguments;
  inSum = true;
  reach = Reach::All;
  ExpressionChecker checker(*this, diagnostics, what);
  Typed value = checker.checkQuantity(*statement.value);
  inSum = false;
  locals = nullptr;
  SynapticSum made;
  made.name = member.name;
  made.range = member.range;
  if (!value.isError()) {
    made.dimension = value.dimension();
    made.summand = value.expr;
  }
  symbols.define({Symbol::Kind::Sum, member.name,
                  static_cast<unsigned>(synapseModel.sums.size()),
                  made.dimension, member.range,
                  !value.isError() && !member.isDisputed, false, nullptr});
  synapseModel.sums.push_back(std::move(made));
}

} // namespace snn::lang
