//===- BuildModel.cpp - Models and their members ----------------*- C++ -*-===//
//
// Builds neurons, synapses, plasticity rules, modulators and chips.
//
//===----------------------------------------------------------------------===//

#include "lang/Parse/Builder.h"

namespace snn::lang {

using namespace ast;

StmtPtr Builder::modelDecl(P::ModelDeclContext *ctx) {
  auto node = make<ModelDecl>(ctx);
  Body body = Body::Neuron;
  switch (ctx->start->getType()) {
  case P::SYNAPSE:
    node->model = ModelKind::Synapse;
    body = Body::Synapse;
    break;
  case P::PLASTICITY:
    node->model = ModelKind::Plasticity;
    body = Body::Plasticity;
    break;
  case P::MODULATOR:
    node->model = ModelKind::Modulator;
    body = Body::Modulator;
    break;
  default:
    break;
  }
  node->name = name(ctx->name());
  if (ctx->generics())
    node->generics = names(ctx->generics()->name());
  node->parameters = header(ctx->header());
  if (ctx->extension())
    node->base = name(ctx->extension()->name());
  node->body = block(ctx->block(), body);
  return node;
}

StmtPtr Builder::chipDecl(P::ChipDeclContext *ctx) {
  auto node = make<ChipDecl>(ctx);
  node->name = name(ctx->name());
  node->body = block(ctx->block(), Body::Chip);
  return node;
}

StmtPtr Builder::memberStmt(P::MemberStmtContext *ctx, Body body) {
  if (P::ParamStmtContext *c = ctx->paramStmt()) {
    auto node = make<ParamStmt>(c);
    node->bindings = bindings(c->bindings());
    return node;
  }
  if (P::InputStmtContext *c = ctx->inputStmt()) {
    auto node = make<InputStmt>(c);
    node->bindings = bindings(c->bindings());
    return node;
  }
  if (P::HostStmtContext *c = ctx->hostStmt()) {
    auto node = make<HostStmt>(c);
    node->bindings = bindings(c->bindings());
    return node;
  }
  if (P::SourceStmtContext *c = ctx->sourceStmt()) {
    auto node = make<SourceStmt>(c);
    node->bindings = bindings(c->bindings());
    return node;
  }
  if (P::SumStmtContext *c = ctx->sumStmt()) {
    auto node = make<SumStmt>(c);
    node->name = name(c->name());
    node->arguments = header(c->header());
    node->value = expr(c->expr());
    return node;
  }
  if (P::StateStmtContext *c = ctx->stateStmt()) {
    auto node = make<StateStmt>(c);
    node->bindings = bindings(c->bindings());
    return node;
  }
  if (ctx->receptorStmt())
    return receptorStmt(ctx->receptorStmt());
  if (ctx->boundStmt())
    return boundStmt(ctx->boundStmt());
  if (ctx->traceStmt())
    return traceStmt(ctx->traceStmt());
  if (ctx->portStmt())
    return portStmt(ctx->portStmt());
  if (ctx->spikeStmt())
    return spikeStmt(ctx->spikeStmt());
  if (ctx->handlerStmt())
    return handlerStmt(ctx->handlerStmt(), body);
  return periodicStmt(ctx->periodicStmt(), body);
}

StmtPtr Builder::receptorStmt(P::ReceptorStmtContext *ctx) {
  auto node = make<ReceptorStmt>(ctx);
  for (P::ReceptorContext *one : ctx->receptor())
    node->receptors.push_back(
        {name(one->name()), instantiation(one->instantiation()), range(one)});
  return node;
}

StmtPtr Builder::boundStmt(P::BoundStmtContext *ctx) {
  auto node = make<BoundStmt>(ctx);
  node->variable = name(ctx->name());
  node->interval = makeRange(ctx->range()->expr(), ctx->range());
  return node;
}

StmtPtr Builder::traceStmt(P::TraceStmtContext *ctx) {
  auto node = make<TraceStmt>(ctx);
  node->side = ctx->PRE() ? TraceStmt::Side::Pre : TraceStmt::Side::Post;
  node->binding = binding(ctx->binding());
  node->body = block(ctx->block(), Body::Trace);
  return node;
}

StmtPtr Builder::portStmt(P::PortStmtContext *ctx) {
  auto node = make<PortStmt>(ctx);
  node->name = name(ctx->name());
  node->arguments = header(ctx->header());
  node->body = block(ctx->block(), Body::Handler);
  return node;
}

StmtPtr Builder::spikeStmt(P::SpikeStmtContext *ctx) {
  auto node = make<SpikeStmt>(ctx);
  node->condition = expr(ctx->expr(0));
  if (ctx->RISES())
    node->crossing = expr(ctx->expr(1));
  node->body = block(ctx->block(), Body::SpikeHandler);
  return node;
}

StmtPtr Builder::handlerStmt(P::HandlerStmtContext *ctx, Body body) {
  auto node = make<HandlerStmt>(ctx);
  node->event = name(ctx->name());
  node->arguments = header(ctx->header());
  node->body = block(ctx->block(),
                     body == Body::Chip ? Body::ChipProgram : Body::Handler);
  return node;
}

StmtPtr Builder::periodicStmt(P::PeriodicStmtContext *ctx, Body body) {
  auto node = make<PeriodicStmt>(ctx);
  node->period = expr(ctx->expr());
  bool inRun = body == Body::Experiment || body == Body::Protocol;
  node->body = block(ctx->block(), inRun ? Body::Protocol : Body::Handler);
  return node;
}

StmtPtr Builder::refractoryStmt(P::RefractoryStmtContext *ctx) {
  auto node = make<RefractoryStmt>(ctx);
  node->duration = expr(ctx->expr());
  node->held = names(ctx->name());
  if (ctx->KEEPING())
    node->keepingRange = join(range(ctx->KEEPING()), range(ctx->INPUT()));
  return node;
}

} // namespace snn::lang
