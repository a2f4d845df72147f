//===- Builder.h - From ANTLR's contexts to the syntax tree -----*- C++ -*-===//
//
// One method for each rule of the grammar. What the grammar lets pass but the
// language does not is reported here, where the message can name it.
//
//===----------------------------------------------------------------------===//

#ifndef SNN_LANG_PARSE_BUILDER_H
#define SNN_LANG_PARSE_BUILDER_H

#include "lang/Parse/Placement.h"
#include "lang/Parse/Tokens.h"

#include "SnnParser.h"

namespace snn::lang {

class Builder {
public:
  using P = antlr::SnnParser;

  Builder(const SourceBuffer &buffer, DiagnosticEngine &engine,
          std::vector<DocComment> docs)
      : buffer(buffer), engine(engine), docs(std::move(docs)) {}

  std::unique_ptr<ast::File> file(P::FileContext *ctx);
  /// The `///` comments that no statement has taken.
  std::vector<ast::Comment> unclaimedDocs();

private:
  const SourceBuffer &buffer;
  DiagnosticEngine &engine;
  std::vector<DocComment> docs;
  /// The first of `docs` that may still stand before a statement.
  size_t nextDoc = 0;
  /// Statements that the grammar took and the language does not.
  unsigned rejected = 0;

  //===--------------------------------------------------------------------===//
  // Places and names (BuildExpr.cpp)
  //===--------------------------------------------------------------------===//

  SourceRange range(const antlr4::Token *token) const;
  SourceRange range(antlr4::ParserRuleContext *ctx) const;
  SourceRange range(antlr4::tree::TerminalNode *node) const {
    return range(node->getSymbol());
  }
  ast::Name name(P::NameContext *ctx) const;
  std::vector<ast::Name> names(const std::vector<P::NameContext *> &ctxs) const;

  //===--------------------------------------------------------------------===//
  // Expressions (BuildExpr.cpp)
  //===--------------------------------------------------------------------===//

  /// Null for the left-overs of an error.
  ast::ExprPtr expr(P::ExprContext *ctx);
  ast::ExprPtr operand(P::OperandContext *ctx);
  ast::ExprPtr optionalExpr(P::ExprContext *ctx) {
    return ctx ? expr(ctx) : nullptr;
  }
  ast::ExprPtr nameExpr(P::NameContext *ctx);
  ast::ExprPtr stringExpr(antlr4::Token *token);
  ast::ExprPtr binaryExpr(P::BinaryExprContext *ctx);
  ast::ExprPtr metricExpr(P::OperandExprContext *ctx);
  ast::ExprPtr number(P::NumberContext *ctx);
  ast::ExprPtr percent(P::PercentContext *ctx);
  ast::ExprPtr list(P::ListContext *ctx);
  ast::ExprPtr table(P::TableContext *ctx);
  ast::ExprPtr makeRange(const std::vector<P::ExprContext *> &parts,
                         antlr4::ParserRuleContext *ctx);
  ast::ExprPtr rangeOrValue(P::RangeOrValueContext *ctx);
  ast::ExprPtr endpoint(P::EndpointContext *ctx);
  ast::ExprPtr place(P::PlaceContext *ctx);
  ast::ExprPtr suffixes(ast::ExprPtr base,
                        const std::vector<P::SuffixContext *> &ctxs);
  ast::Selection selection(P::SelectionContext *ctx);
  std::vector<ast::Selection> selections(P::SelectionsContext *ctx);
  /// The words of an attribute may come in any order.
  std::vector<ast::Argument> arguments(P::ArgumentsContext *ctx,
                                       bool ofAttribute = false);
  ast::Argument argument(P::ArgumentContext *ctx);

  ast::Unit unit(P::UnitContext *ctx);
  ast::Unit unitType(P::UnitTypeContext *ctx);
  ast::UnitFactor unitFactor(P::UnitFactorContext *ctx);
  void unitProduct(P::UnitProductContext *ctx, int sign, ast::Unit &result);

  /// `V'` where it was written while an expression was built; the left side of
  /// an equation takes it away again.
  struct Derivative {
    const ast::Expr *node;
    ast::Name variable;
    SourceRange range;
  };
  std::vector<Derivative> derivatives;
  /// Metrics stand in `expect`.
  bool metricsWelcome = false;
  void checkDerivatives(size_t from);

  //===--------------------------------------------------------------------===//
  // Parts of statements (BuildStmt.cpp)
  //===--------------------------------------------------------------------===//

  std::vector<ast::Binding> bindings(P::BindingsContext *ctx);
  std::vector<ast::Binding> header(P::HeaderContext *ctx);
  ast::Binding binding(P::BindingContext *ctx);
  ast::Initializer
  initializer(antlr4::Token *op, P::ExprContext *value,
              const std::vector<P::RestrictionContext *> &restrictions);
  ast::Restriction restriction(P::RestrictionContext *ctx);
  ast::Instantiation instantiation(P::InstantiationContext *ctx);
  std::vector<ast::Attribute> attributes(P::AttributesContext *ctx);
  ast::Settings settings(P::SettingsContext *ctx);
  ast::Block block(P::BlockContext *ctx, Body body);

  //===--------------------------------------------------------------------===//
  // Statements
  //===--------------------------------------------------------------------===//

  ast::StmtPtr declaration(P::DeclarationContext *ctx);
  ast::StmtPtr statement(P::StatementContext *ctx, Body body);
  /// Says that a statement does not belong where it stands.
  void reportMisplaced(ast::Stmt::Kind kind, SourceRange keyword, Body body);
  /// Of the rule that is the only child of a statement's body.
  ast::StmtPtr dispatch(antlr4::ParserRuleContext *ctx, Body body);
  void claimDoc(ast::Stmt &stmt, uint32_t begin);

  template <typename T>
  std::unique_ptr<T> make(antlr4::ParserRuleContext *ctx) {
    auto node = std::make_unique<T>();
    node->range = range(ctx);
    node->keyword = range(ctx->start);
    return node;
  }

  // BuildStmt.cpp
  ast::StmtPtr useDecl(P::UseDeclContext *ctx);
  ast::StmtPtr letStmt(P::LetStmtContext *ctx);
  ast::StmtPtr ifStmt(P::IfStmtContext *ctx, Body body);
  ast::StmtPtr expressionStmt(P::ExpressionStmtContext *ctx, Body body);
  ast::StmtPtr equation(P::ExpressionStmtContext *ctx, ast::ExprPtr left,
                        Derivative derivative);
  void reportNoEquation(const ast::Expr &left);
  /// `step = 0.1 ms`: true if the target is a keyword of this body.
  bool reportClause(const ast::AssignStmt &node, Body body);

  // BuildModel.cpp
  ast::StmtPtr modelDecl(P::ModelDeclContext *ctx);
  ast::StmtPtr chipDecl(P::ChipDeclContext *ctx);
  ast::StmtPtr memberStmt(P::MemberStmtContext *ctx, Body body);
  ast::StmtPtr receptorStmt(P::ReceptorStmtContext *ctx);
  ast::StmtPtr boundStmt(P::BoundStmtContext *ctx);
  ast::StmtPtr traceStmt(P::TraceStmtContext *ctx);
  ast::StmtPtr portStmt(P::PortStmtContext *ctx);
  ast::StmtPtr spikeStmt(P::SpikeStmtContext *ctx);
  ast::StmtPtr handlerStmt(P::HandlerStmtContext *ctx, Body body);
  ast::StmtPtr periodicStmt(P::PeriodicStmtContext *ctx, Body body);
  ast::StmtPtr refractoryStmt(P::RefractoryStmtContext *ctx);

  // BuildStructure.cpp
  ast::StmtPtr structureDecl(P::StructureDeclContext *ctx);
  ast::StmtPtr instanceStmt(P::InstanceStmtContext *ctx);
  ast::StmtPtr importStmt(P::ImportStmtContext *ctx);
  ast::StmtPtr connectStmt(P::ConnectStmtContext *ctx);
  ast::StmtPtr inPortStmt(P::InPortStmtContext *ctx);
  ast::StmtPtr outPortStmt(P::OutPortStmtContext *ctx);
  ast::StmtPtr driveStmt(P::DriveStmtContext *ctx);
  ast::StmtPtr whenStmt(P::WhenStmtContext *ctx);
  ast::StmtPtr forStmt(P::ForStmtContext *ctx, Body body);
  ast::Projection projection(P::ProjectionContext *ctx, const std::string &word,
                             SourceRange arrow);

  // BuildExperiment.cpp
  ast::StmtPtr experimentDecl(P::ExperimentDeclContext *ctx);
  ast::StmtPtr experimentStmt(antlr4::ParserRuleContext *ctx);
  ast::StmtPtr durationStmt(P::DurationStmtContext *ctx);
  ast::StmtPtr recordStmt(P::RecordStmtContext *ctx);
  ast::StmtPtr plotStmt(P::PlotStmtContext *ctx);
  ast::StmtPtr expectStmt(P::ExpectStmtContext *ctx);
  ast::StmtPtr sweepStmt(P::SweepStmtContext *ctx);
  ast::StmtPtr phaseStmt(P::PhaseStmtContext *ctx);
};

} // namespace snn::lang

#endif // SNN_LANG_PARSE_BUILDER_H
