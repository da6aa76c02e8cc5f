#include "cli/verdicts.h"

#include <fmt/format.h>

#include <sstream>
#include <vector>

#include "cli/corpus_scan.h"
#include "cli/text_file.h"
#include "rules/error.h"

namespace kaoju {
namespace {

constexpr size_t kAround = 30;
constexpr size_t kColumns = 7;  // the context may be missing

std::string Field(std::string s) {
  for (char& c : s) c = static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  return s;
}

std::string Bytes(Span span) { return fmt::format("{}\t{}", span.begin, span.end); }

std::vector<std::string> SplitTabs(const std::string& line) {
  std::vector<std::string> out;
  for (size_t from = 0; from <= line.size();) {
    const size_t tab = std::min(line.find('\t', from), line.size());
    out.push_back(line.substr(from, tab - from));
    from = tab + 1;
  }
  return out;
}

}  // namespace

std::string HitLine(const std::string& doc, std::string_view text, const Written& w) {
  return fmt::format("{}\t{}\t{}\t{}\t{}", w.rule, Field(doc), Bytes(w.span), Field(w.ToString()),
                     InContext(text, w.span, kAround));
}

void Verdicts::Load(const std::string& path) {
  std::istringstream lines(ReadTextFile(path));
  size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    const std::vector<std::string> f = SplitTabs(line);
    if (f.size() + 1 < kColumns || (f[0] != "y" && f[0] != "n" && f[0] != "e")) {
      throw IoError(
          fmt::format("{}:{}: y, n or e, then rule, document, bytes and fact expected, "
                      "found '{}'",
                      path, number, line.substr(0, 20)));
    }
    by_fact_[{f[2], f[3] + "\t" + f[4], f[5]}] = f[0][0];
  }
}

char Verdicts::Of(const std::string& doc, const Written& w) const {
  const auto it = by_fact_.find({Field(doc), Bytes(w.span), Field(w.ToString())});
  return it == by_fact_.end() ? '\0' : it->second;
}

}  // namespace kaoju
