// Numerals: from the written form to an exact value. The characters and what they mean stand in
// rules/lexicon/numerals.tsv (types NUM_*); here is the arithmetic.
#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extract/token.h"
#include "rules/lexicon.h"

namespace kaoju {

struct NumberToken {
  Span span;
  NumberValue value;
};

class NumeralTable {
 public:
  NumeralTable(const Lexicon& lexicon, const SymbolTable& symbols);

  // Appends every numeral of folded[begin, end), left to right, longest first, none overlapping.
  // Linear time. A numeral whose value does not fit Decimal is left out. `mega`: where the text is
  // from, 兆 without a currency is the prefix of a unit (100兆 of bandwidth), not 10^12.
  void Find(std::string_view folded, uint32_t begin, uint32_t end, bool mega,
            std::vector<NumberToken>& out) const;

  enum class Class : uint8_t {
    kNone,
    kDigit,        // 〇一二两…, value 0-9
    kPower,        // 十百千, value 1-3
    kMyriad,       // 万亿兆, value 4, 8, 12
    kHalf,         // 半
    kSome,         // 几数: some, before or after a power
    kSomeAlone,    // 几: also alone
    kPlus,         // 多余: and more
    kPlusTen,      // 来: the same, after a power only
    kPoint,        // 点
    kLead,         // 上: 上百, a bare power becomes a number
    kTens,         // 廿卅, value 2, 3
    kLatin,        // k w: a multiplier after Arabic digits, value 3, 4
    kFormalDigit,  // 陆伍: a digit beside another formal numeral only
    kFormalPower,  // 拾佰: the same
    kBefore,       // 近逾: a bare power behind it counts one, 近百
    kClock,        // 刻: closes a time of day, 三点一刻
    kMinute,       // 分: closes one behind a zero, 三点零五分
  };
  struct Char {
    Class cls = Class::kNone;
    uint8_t value = 0;
    bool formal = false;  // 壹, 佰
  };
  Char At(char32_t c) const { return c < table_.size() ? table_[c] : Char{}; }

  // True iff a unit that begins with a numeral (千瓦, 兆赫) stands at text[at].
  bool BeginsUnit(std::string_view text, size_t at) const { return BeginsOne(units_, text, at); }
  // True iff a currency stands at text[at].
  bool BeginsCurrency(std::string_view text, size_t at) const {
    return BeginsOne(currencies_, text, at);
  }
  // True iff what stands before text[at] makes a bare power a number: 近百, 超过万.
  bool MayPrecedeBare(std::string_view text, size_t at) const;

 private:
  // Where the idiom ends that stands at text[at] (十分重要); `at` iff there is none.
  size_t PastIdiom(std::string_view text, size_t at, size_t end) const;
  static bool BeginsOne(const std::vector<std::string_view>& words, std::string_view text,
                        size_t at);

  std::vector<Char> table_;      // by BMP code point
  std::bitset<0x10000> begins_;  // the same: a numeral may begin with it
  std::vector<std::string_view> units_;
  std::vector<std::string_view> currencies_;
  std::vector<std::string_view> before_;
  std::bitset<0x10000> idiom_begins_;  // by BMP code point: an idiom may begin with it
  std::vector<const LexiconEntry*> idioms_;
};

}  // namespace kaoju
