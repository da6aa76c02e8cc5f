#include "rules/format.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <iterator>
#include <vector>

namespace kaoju {
namespace {

constexpr std::string_view kFields[] = {"match",    "emit",   "yes",   "no",
                                        "priority", "status", "allow", "why"};
constexpr size_t kKeyword = 8;   // columns of a keyword with its gap
constexpr size_t kExample = 30;  // columns of an example's text with its gap

std::string_view Trimmed(std::string_view s) {
  const size_t a = s.find_first_not_of(" \t\r");
  return a == std::string_view::npos ? std::string_view{}
                                     : s.substr(a, s.find_last_not_of(" \t\r") - a + 1);
}

size_t Columns(std::string_view s) {
  size_t columns = 0;
  const auto size = static_cast<int32_t>(s.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT(s.data(), i, size, c);
    const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    columns += width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
  }
  return columns;
}

std::string Padded(std::string_view s, size_t columns) {
  const size_t has = Columns(s);
  return std::string(s) + std::string(has < columns ? columns - has : 1, ' ');
}

struct Field {
  size_t rank = 0;
  std::vector<std::string> comments;
  std::string line;
};

std::string FieldLine(std::string_view word, std::string_view value) {
  std::string line = "  " + Padded(word, kKeyword);
  const size_t arrow = word == "yes" ? value.find(" => ") : std::string_view::npos;
  if (arrow == std::string_view::npos) return line.append(value);
  return line + Padded(Trimmed(value.substr(0, arrow)), kExample) + "=> " +
         std::string(Trimmed(value.substr(arrow + 4)));
}

class PackFormatter {
 public:
  std::string Run(std::string_view pack) {
    while (!pack.empty()) {
      const size_t end = std::min(pack.find('\n'), pack.size());
      Line(Trimmed(pack.substr(0, end)));
      pack.remove_prefix(std::min(end + 1, pack.size()));
    }
    FinishRule();
    Comments();
    while (out_.size() > 1 && out_.ends_with("\n\n")) out_.pop_back();
    return std::move(out_);
  }

 private:
  void Line(std::string_view line) {
    if (line.empty()) {
      // A comment with a blank line behind it belongs to no field.
      if (!comments_.empty()) {
        FinishRule();
        Comments();
      }
      blank_ = true;
      return;
    }
    if (line.front() == '#') return comments_.emplace_back(line), void();
    const size_t space = std::min(line.find_first_of(" \t"), line.size());
    const std::string_view word = line.substr(0, space);
    const std::string_view value = Trimmed(line.substr(space));
    const auto field = std::find(std::begin(kFields), std::end(kFields), word);
    if (in_rule_ && field != std::end(kFields)) {
      fields_.push_back({static_cast<size_t>(field - std::begin(kFields)), std::move(comments_),
                         FieldLine(word, value)});
      comments_.clear();
      blank_ = false;
      return;
    }
    FinishRule();
    const bool rule = word == "rule";
    if (rule || word == "layer" || blank_) Blank();
    blank_ = false;
    Comments();
    out_ += std::string(word) + (value.empty() ? "" : " ") + std::string(value) + '\n';
    in_rule_ = rule;
  }

  void FinishRule() {
    if (!in_rule_) return;
    in_rule_ = false;
    std::stable_sort(fields_.begin(), fields_.end(),
                     [](const Field& a, const Field& b) { return a.rank < b.rank; });
    for (const Field& f : fields_) {
      for (const std::string& c : f.comments) out_ += "  " + c + '\n';
      out_ += f.line + '\n';
    }
    fields_.clear();
    blank_ = true;
  }

  void Comments() {
    if (!comments_.empty() && blank_) Blank();
    for (const std::string& c : comments_) out_ += c + '\n';
    comments_.clear();
    blank_ = false;
  }

  void Blank() {
    if (!out_.empty() && !out_.ends_with("\n\n")) out_ += '\n';
  }

  std::string out_;
  std::vector<std::string> comments_;
  std::vector<Field> fields_;
  bool in_rule_ = false;
  bool blank_ = false;
};

}  // namespace

std::string FormatPack(std::string_view pack) { return PackFormatter().Run(pack); }

}  // namespace kaoju
