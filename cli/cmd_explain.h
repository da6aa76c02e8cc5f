// kaoju explain: how every fact of one article came about, and what lost against it.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace kaoju {

struct ExplainCommand {
  std::string file;
  std::string doc;
  std::string rules;
  std::string published;
  std::string only;   // a kind: person, money, claim …
  bool raw = false;   // print the bytes as fetched, too
  std::string grep;   // only facts whose text holds this
  std::string db;     // a store; `file` is then an article's id
  bool page = false;  // which lines of a web page are its text, and why
  bool layers = false;
  bool json = false;
};

void AddExplainOptions(CLI::App& sub, ExplainCommand& o);
int RunExplain(const ExplainCommand& o);

}  // namespace kaoju
