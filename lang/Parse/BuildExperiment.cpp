//===- BuildExperiment.cpp - Experiments and their statements ---*- C++ -*-===//
//
// Builds what is run, recorded, plotted and expected.
//
//===----------------------------------------------------------------------===//

#include "lang/Parse/Builder.h"

namespace snn::lang {

using namespace ast;
using antlr4::ParserRuleContext;

StmtPtr Builder::experimentDecl(P::ExperimentDeclContext *ctx) {
  auto node = make<ExperimentDecl>(ctx);
  node->name = name(ctx->name());
  if (ctx->extension())
    node->base = name(ctx->extension()->name());
  node->body = block(ctx->block(), Body::Experiment);
  return node;
}

StmtPtr Builder::experimentStmt(ParserRuleContext *ctx) {
  switch (ctx->getRuleIndex()) {
  case P::RuleNetworkStmt: {
    auto node = make<NetworkStmt>(ctx);
    node->network = instantiation(
        static_cast<P::NetworkStmtContext *>(ctx)->instantiation());
    return node;
  }
  case P::RuleStepStmt: {
    auto node = make<StepStmt>(ctx);
    node->value = expr(static_cast<P::StepStmtContext *>(ctx)->expr());
    return node;
  }
  case P::RuleDurationStmt:
    return durationStmt(static_cast<P::DurationStmtContext *>(ctx));
  case P::RuleSeedStmt: {
    auto node = make<SeedStmt>(ctx);
    for (P::ArgumentContext *one :
         static_cast<P::SeedStmtContext *>(ctx)->argument())
      node->seeds.push_back(argument(one));
    return node;
  }
  case P::RuleScheduleStmt: {
    auto node = make<ScheduleStmt>(ctx);
    node->schedule = name(static_cast<P::ScheduleStmtContext *>(ctx)->name());
    return node;
  }
  case P::RuleRecordStmt:
    return recordStmt(static_cast<P::RecordStmtContext *>(ctx));
  case P::RulePlotStmt:
    return plotStmt(static_cast<P::PlotStmtContext *>(ctx));
  case P::RuleExpectStmt:
    return expectStmt(static_cast<P::ExpectStmtContext *>(ctx));
  case P::RuleSweepStmt:
    return sweepStmt(static_cast<P::SweepStmtContext *>(ctx));
  case P::RulePhaseStmt:
    return phaseStmt(static_cast<P::PhaseStmtContext *>(ctx));
  case P::RuleAtStmt: {
    auto *at = static_cast<P::AtStmtContext *>(ctx);
    auto node = make<AtStmt>(ctx);
    node->time = expr(at->expr());
    node->body = block(at->block(), Body::Protocol);
    return node;
  }
  case P::RuleRepeatStmt: {
    auto *repeat = static_cast<P::RepeatStmtContext *>(ctx);
    auto node = make<RepeatStmt>(ctx);
    node->count = expr(repeat->expr());
    node->body = block(repeat->block(), Body::Protocol);
    return node;
  }
  case P::RuleControlStmt: {
    auto *control = static_cast<P::ControlStmtContext *>(ctx);
    auto node = make<ControlStmt>(ctx);
    node->name = name(control->name());
    node->body = block(control->block(), Body::Control);
    return node;
  }
  case P::RuleResetStmt: {
    auto node = make<ResetStmt>(ctx);
    node->selections =
        selections(static_cast<P::ResetStmtContext *>(ctx)->selections());
    return node;
  }
  default: {
    auto *learning = static_cast<P::LearningStmtContext *>(ctx);
    auto node = make<LearningStmt>(ctx);
    node->freezes = learning->FREEZE() != nullptr;
    node->selections = selections(learning->selections());
    return node;
  }
  }
}

StmtPtr Builder::durationStmt(P::DurationStmtContext *ctx) {
  auto node = make<DurationStmt>(ctx);
  node->value = expr(ctx->expr(0));
  if (ctx->AFTER())
    node->warmUp = expr(ctx->expr(1));
  return node;
}

StmtPtr Builder::recordStmt(P::RecordStmtContext *ctx) {
  auto node = make<RecordStmt>(ctx);
  for (P::PlaceContext *one : ctx->place())
    node->quantities.push_back(place(one));
  node->selections = selections(ctx->selections());
  node->interval = optionalExpr(ctx->expr());
  return node;
}

StmtPtr Builder::plotStmt(P::PlotStmtContext *ctx) {
  auto node = make<PlotStmt>(ctx);
  node->what = place(ctx->place(0));
  if (ctx->LPAREN()) {
    auto call = std::make_unique<CallExpr>();
    call->range = join(node->what->range, range(ctx->RPAREN()));
    call->callee = std::move(node->what);
    call->arguments = arguments(ctx->arguments());
    node->what = std::move(call);
  }
  node->selections = selections(ctx->selections());
  if (ctx->OVER())
    node->over = place(ctx->place(1));
  return node;
}

StmtPtr Builder::expectStmt(P::ExpectStmtContext *ctx) {
  auto node = make<ExpectStmt>(ctx);
  metricsWelcome = true;
  node->value = expr(ctx->expr());
  if (P::ExpectationContext *c = ctx->expectation()) {
    if (c->IN()) {
      node->form = ExpectStmt::Form::In;
      node->interval = makeRange(c->range()->expr(), c->range());
    } else if (c->WITHIN()) {
      node->form = ExpectStmt::Form::Within;
      P::ToleranceContext *tolerance = c->tolerance();
      if (tolerance->number()) {
        node->tolerance = number(tolerance->number());
      } else if (tolerance->percent()) {
        node->tolerance = percent(tolerance->percent());
      } else {
        node->tolerance = expr(tolerance->expr());
        node->tolerance->parenthesized = true;
      }
      node->reference = expr(c->expr());
    } else {
      node->form = c->INCREASING() ? ExpectStmt::Form::Increasing
                                   : ExpectStmt::Form::Decreasing;
    }
  }
  for (P::OverClauseContext *over : ctx->overClause()) {
    ExprPtr &slot = over->SEEDS() ? node->seeds : node->over;
    if (slot)
      engine.report(diag::DuplicateArgument, range(over),
                    over->SEEDS() ? "over seeds" : "over");
    slot = over->SEEDS() ? rangeOrValue(over->rangeOrValue())
                         : place(over->place());
  }
  metricsWelcome = false;
  return node;
}

StmtPtr Builder::sweepStmt(P::SweepStmtContext *ctx) {
  auto node = make<SweepStmt>(ctx);
  node->target = place(ctx->place());
  if (ctx->AS())
    node->alias = name(ctx->name());
  node->values = rangeOrValue(ctx->rangeOrValue());
  return node;
}

StmtPtr Builder::phaseStmt(P::PhaseStmtContext *ctx) {
  auto node = make<PhaseStmt>(ctx);
  node->name = name(ctx->name());
  node->duration = expr(ctx->expr());
  node->body = block(ctx->block(), Body::Protocol);
  return node;
}

} // namespace snn::lang
