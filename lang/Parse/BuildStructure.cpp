//===- BuildStructure.cpp - Columns, networks and their parts ---*- C++ -*-===//
//
// Builds populations, connections, drives and loops.
//
//===----------------------------------------------------------------------===//

#include "lang/Parse/Builder.h"

namespace snn::lang {

using namespace ast;

StmtPtr Builder::structureDecl(P::StructureDeclContext *ctx) {
  auto node = make<StructureDecl>(ctx);
  bool column = ctx->COLUMN() != nullptr;
  node->structure = column ? StructureKind::Column : StructureKind::Network;
  node->name = name(ctx->name());
  node->parameters = header(ctx->header());
  if (ctx->extension())
    node->base = name(ctx->extension()->name());
  node->body = block(ctx->block(), column ? Body::Column : Body::Network);
  return node;
}

StmtPtr Builder::instanceStmt(P::InstanceStmtContext *ctx) {
  auto node = make<InstanceStmt>(ctx);
  node->instance = ctx->POPULATION() ? InstanceKind::Population
                   : ctx->COLUMN()   ? InstanceKind::Column
                                     : InstanceKind::Modulator;
  for (P::InstanceContext *one : ctx->instance()) {
    InstanceStmt::Instance instance;
    instance.range = range(one);
    instance.name = name(one->name());
    instance.model = instantiation(one->instantiation());
    if (P::SizesContext *sizes = one->sizes()) {
      instance.sizesRange = range(sizes);
      for (P::ExprContext *size : sizes->expr())
        instance.sizes.push_back(expr(size));
    }
    if (one->placement())
      instance.placement = expr(one->placement()->expr());
    instance.settings = settings(one->settings());
    node->instances.push_back(std::move(instance));
  }
  return node;
}

StmtPtr Builder::importStmt(P::ImportStmtContext *ctx) {
  auto node = make<ImportStmt>(ctx);
  node->file = stringExpr(ctx->STRING()->getSymbol());
  node->name = name(ctx->name());
  P::ImportOptionsContext *options = ctx->importOptions();
  if (!options)
    return node;
  node->options.range = range(options);
  for (P::ImportOptionContext *one : options->importOption()) {
    if (one->exception)
      continue;
    Setting option;
    option.target = nameExpr(one->name());
    option.init.kind = Initializer::Kind::Given;
    option.init.opRange = range(one->ASSIGN()->getSymbol());
    option.init.value = rangeOrValue(one->rangeOrValue());
    option.range = join(option.target->range, option.init.value->range);
    node->options.list.push_back(std::move(option));
  }
  return node;
}

Projection Builder::projection(P::ProjectionContext *ctx,
                               const std::string &word, SourceRange arrow) {
  Projection result;
  result.target = endpoint(ctx->endpoint());
  if (ctx->connectionRule())
    result.rule = expr(ctx->connectionRule()->expr());
  else
    engine.report(diag::MissingRule, arrow, word, "rule the pairs are chosen")
        .help("add one, for example `by all_to_all` or `by probability(0.1)`");
  if (ctx->condition())
    result.where = expr(ctx->condition()->expr());
  if (ctx->plasticityRules())
    for (P::InstantiationContext *one : ctx->plasticityRules()->instantiation())
      result.plasticity.push_back(instantiation(one));
  result.settings = settings(ctx->settings());
  return result;
}

StmtPtr Builder::connectStmt(P::ConnectStmtContext *ctx) {
  auto node = make<ConnectStmt>(ctx);
  node->source = endpoint(ctx->endpoint());
  node->arrowRange =
      join(range(ctx->endpoint()), range(ctx->projection()->endpoint()));
  node->projection = projection(ctx->projection(), "connect", node->arrowRange);
  return node;
}

StmtPtr Builder::inPortStmt(P::InPortStmtContext *ctx) {
  auto node = make<InPortStmt>(ctx);
  node->name = name(ctx->name());
  SourceRange arrow =
      join(range(ctx->name()), range(ctx->projection()->endpoint()));
  node->projection = projection(ctx->projection(), "in", arrow);
  return node;
}

StmtPtr Builder::outPortStmt(P::OutPortStmtContext *ctx) {
  auto node = make<OutPortStmt>(ctx);
  for (P::OutPortContext *one : ctx->outPort()) {
    OutPortStmt::Port port;
    port.name = name(one->name());
    port.range = range(one);
    if (one->endpoint())
      port.value = endpoint(one->endpoint());
    node->ports.push_back(std::move(port));
  }
  return node;
}

StmtPtr Builder::driveStmt(P::DriveStmtContext *ctx) {
  auto node = make<DriveStmt>(ctx);
  node->target = endpoint(ctx->endpoint());
  if (ctx->connectionRule())
    node->stimulus = expr(ctx->connectionRule()->expr());
  else
    engine.report(diag::MissingRule, node->target->range, "drive", "stimulus")
        .help("add one, for example `by poisson(8 Hz)` or `by 500 pA`");
  node->settings = settings(ctx->settings());
  return node;
}

StmtPtr Builder::whenStmt(P::WhenStmtContext *ctx) {
  auto node = make<WhenStmt>(ctx);
  node->spikes = endpoint(ctx->endpoint(0));
  if (ctx->AFTER()) {
    node->window = expr(ctx->expr());
    node->after = endpoint(ctx->endpoint(1));
  }
  if (ctx->AS())
    node->name = name(ctx->name());
  node->body = block(ctx->block(), Body::Condition);
  return node;
}

StmtPtr Builder::forStmt(P::ForStmtContext *ctx, Body body) {
  auto node = make<ForStmt>(ctx);
  node->variables = names(ctx->forVariables()->name());
  node->sequence = rangeOrValue(ctx->rangeOrValue());
  if (ctx->condition())
    node->where = expr(ctx->condition()->expr());
  node->body = block(ctx->block(), body);
  return node;
}

} // namespace snn::lang
