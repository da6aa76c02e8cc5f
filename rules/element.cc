#include "rules/element.h"

#include <algorithm>

#include "rules/utf8.h"

namespace kaoju {
namespace {

// What can stand at the near end of the elements, walking away from the trigger.
class NeighbourFinder {
 public:
  // False: nothing more can be said.
  bool Add(const Element& e, bool before) {
    switch (e.kind) {
      case Element::Kind::kOpen:
      case Element::Kind::kClose:
        return true;
      case Element::Kind::kSymbol:
        for (TypeId t : e.types) chars_.push_back(kFirstSymbol + t);
        break;
      case Element::Kind::kLiteral:
      case Element::Kind::kLiteralGroup:
        for (const std::string& s : e.literals) {
          const auto points = CodePoints(s);
          chars_.push_back(before ? points.back() : points.front());
        }
        break;
      default:
        if (e.first_chars.empty()) return false;
        chars_.insert(chars_.end(), before ? e.last_chars.begin() : e.first_chars.begin(),
                      before ? e.last_chars.end() : e.first_chars.end());
    }
    complete_ = !e.optional;
    return !complete_;
  }
  Neighbours Found() {
    if (!complete_) return {};
    std::sort(chars_.begin(), chars_.end());
    chars_.erase(std::unique(chars_.begin(), chars_.end()), chars_.end());
    return {false, std::move(chars_)};
  }

 private:
  std::vector<char32_t> chars_;
  bool complete_ = false;
};

}  // namespace

// [赵钱], or (?:[赵钱]|欧阳|司徒): as RuleSet::ClassRegex writes it.
void SetClassChars(Element& e) {
  std::string_view left = e.regex;
  const size_t open = left.find('[');
  const size_t close = left.find(']');
  if (open == std::string_view::npos || close == std::string_view::npos) return;
  e.first_chars = CodePoints(left.substr(open + 1, close - open - 1));
  e.last_chars = e.first_chars;
  if (open == 0) return;
  left = left.substr(close + 1, left.size() - close - 2);
  while (!left.empty()) {
    const size_t bar = left.find('|', 1);
    const auto word = CodePoints(left.substr(1, bar == std::string_view::npos ? bar : bar - 1));
    e.first_chars.push_back(word.front());
    e.last_chars.push_back(word.back());
    left = bar == std::string_view::npos ? std::string_view{} : left.substr(bar);
  }
}

Neighbours NeighboursBefore(const std::vector<Element>& elements, size_t trigger) {
  NeighbourFinder finder;
  for (size_t i = trigger; i > 0 && finder.Add(elements[i - 1], true);) --i;
  return finder.Found();
}

Neighbours NeighboursAfter(const std::vector<Element>& elements, size_t trigger) {
  NeighbourFinder finder;
  for (size_t i = trigger + 1; i < elements.size() && finder.Add(elements[i], false);) ++i;
  return finder.Found();
}

}  // namespace kaoju
