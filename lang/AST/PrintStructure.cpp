//===- PrintStructure.cpp - Columns and networks as text --------*- C++ -*-===//
//
// Populations, connections, drives, ports and loops.
//
//===----------------------------------------------------------------------===//

#include "lang/AST/PrinterImpl.h"

namespace snn::lang {

using namespace ast;

bool Printer::structural(const Stmt &node) {
  switch (node.kind) {
  case Stmt::Kind::Structure: {
    auto &structure = cast<StructureDecl>(node);
    write(std::string(spelling(structure.structure)) + " " +
          structure.name.text);
    header(structure.parameters);
    if (!structure.base.empty())
      write(" extends " + structure.base.text);
    blockAfter(structure.body);
    return true;
  }
  case Stmt::Kind::Instance: {
    auto &instances = cast<InstanceStmt>(node);
    write(std::string(spelling(instances.instance)) + " ");
    commaList(instances.instances, [&](const InstanceStmt::Instance &one) {
      write(one.name.text + " : ");
      instantiation(one.model);
      if (!one.sizes.empty()) {
        write("[");
        commaList(one.sizes, [&](const ExprPtr &size) { expr(*size); });
        write("]");
      }
      if (one.placement) {
        write(" at ");
        expr(*one.placement);
      }
      settings(one.settings);
    });
    return true;
  }
  case Stmt::Kind::Import: {
    auto &import = cast<ImportStmt>(node);
    write("import ");
    expr(*import.file);
    write(" as " + import.name.text);
    settings(import.options);
    return true;
  }
  case Stmt::Kind::Connect: {
    auto &connect = cast<ConnectStmt>(node);
    write("connect ");
    expr(*connect.source);
    projection(connect.projection);
    return true;
  }
  case Stmt::Kind::Disconnect:
    write("disconnect ");
    expr(*cast<DisconnectStmt>(node).source);
    write(" -> ");
    expr(*cast<DisconnectStmt>(node).target);
    return true;
  case Stmt::Kind::InPort: {
    auto &port = cast<InPortStmt>(node);
    write("in " + port.name.text);
    projection(port.projection);
    return true;
  }
  case Stmt::Kind::OutPort:
    write("out ");
    commaList(cast<OutPortStmt>(node).ports,
              [&](const OutPortStmt::Port &port) {
                write(port.name.text);
                if (!port.value)
                  return;
                write(" = ");
                expr(*port.value);
              });
    return true;
  case Stmt::Kind::Drive: {
    auto &drive = cast<DriveStmt>(node);
    write("drive ");
    expr(*drive.target);
    uint32_t end = drive.target->range.end;
    if (drive.stimulus)
      clause("by", *drive.stimulus, end);
    settings(drive.settings);
    return true;
  }
  case Stmt::Kind::When: {
    auto &when = cast<WhenStmt>(node);
    write("when ");
    expr(*when.spikes);
    if (when.after) {
      write(" within ");
      expr(*when.window);
      write(" after ");
      expr(*when.after);
    }
    if (!when.name.empty())
      write(" as " + when.name.text);
    blockAfter(when.body);
    return true;
  }
  case Stmt::Kind::For: {
    auto &loop = cast<ForStmt>(node);
    write(loop.variables.size() > 1 ? "for (" : "for ");
    names(loop.variables);
    write(loop.variables.size() > 1 ? ") in " : " in ");
    expr(*loop.sequence);
    uint32_t end = loop.sequence->range.end;
    if (loop.where)
      clause("where", *loop.where, end);
    blockAfter(loop.body);
    return true;
  }
  default:
    return false;
  }
}

} // namespace snn::lang
