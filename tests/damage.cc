#include "tests/damage.h"

#include <vector>

namespace kaoju {
namespace {

// What breaks readers: ends of structures, signs that open what never closes, private use, long
// digits.
const std::vector<std::string>& Splinters() {
  static const std::vector<std::string> splinters = {"\xEF\xBB\xBF",
                                                     "\xEE\x80\x80",
                                                     "\xC3",
                                                     "\xF4\x90\x80\x80",
                                                     "\xED\xA0\x80",
                                                     std::string(1, '\0'),
                                                     "\r\n",
                                                     "<p>",
                                                     "</",
                                                     "<!--",
                                                     "&#x110000;",
                                                     "&#26085;",
                                                     "{\"text\":",
                                                     "\\ud800",
                                                     "「",
                                                     "“",
                                                     "）",
                                                     "年",
                                                     "亿",
                                                     "万",
                                                     "第",
                                                     "百分之",
                                                     "分别为",
                                                     "据",
                                                     "称",
                                                     "：",
                                                     "99999999999999999999",
                                                     "０．",
                                                     "-",
                                                     "½",
                                                     "㎡",
                                                     "(yè)",
                                                     "?",
                                                     "??",
                                                     "\xEF\xBF\xBD",
                                                     "&amp;",
                                                     "\xE2\x80\x8B",
                                                     "乾",
                                                     "着",
                                                     "ＡＢ",
                                                     "¤¤",
                                                     "涓",
                                                     "\xA1\xA3\xBF",
                                                     "\x8E\xA4",
                                                     "|",
                                                     "\t"};
  return splinters;
}

}  // namespace

void DamageOnce(std::string& text, const std::string& other, Dice& dice) {
  const size_t at = dice.Roll(text.size() + 1);
  const size_t size = dice.Roll(64);
  switch (dice.Roll(6)) {
    case 0:
      if (at < text.size()) text[at] = static_cast<char>(dice.Roll(256));
      break;
    case 1:
      text.erase(at, size);
      break;
    case 2:
      text.insert(at, text.substr(at, size));
      break;
    case 3:
      text.insert(at, Splinters()[dice.Roll(Splinters().size())]);
      break;
    case 4:
      if (!other.empty()) text.insert(at, other.substr(dice.Roll(other.size()), size));
      break;
    case 5:
      for (size_t i = dice.Roll(200); i > 0; --i) text.insert(at, text.substr(at, 3));
      break;
  }
}

}  // namespace kaoju
