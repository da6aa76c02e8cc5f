// NumeralReader: one numeral, read from the left. Atoms (digits, powers, 万 and 亿) are taken one
// by one as long as they go on: a section is what stands before a 万, the total what the 万 and 亿
// of the sections before have made.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "extract/numeral.h"

namespace kaoju {

class NumeralReader {
 public:
  // Reads at text[begin], not past `end`. `mega`: 兆 without a currency is the prefix of a unit.
  NumeralReader(const NumeralTable& table, std::string_view text, size_t begin, size_t end,
                bool mega)
      : table_(table), text_(text.substr(0, end)), at_(begin), begin_(begin), mega_(mega) {}

  // nullopt iff no numeral begins here, or its value does not fit.
  std::optional<NumberToken> Read();
  // True iff the value does not fit; at() is then behind what would be the numeral.
  bool failed() const { return failed_; }
  size_t at() const { return at_; }

 private:
  using Class = NumeralTable::Class;
  using Char = NumeralTable::Char;
  struct Range {
    Decimal low;
    Decimal high;
  };
  // The digits that no power has taken yet.
  struct Pending {
    enum class Kind { kNone, kArabic, kHan, kVague } kind = Kind::kNone;
    Range value;                      // kArabic, kVague
    bool fraction = false;            // kArabic: with a point
    int count = 0;                    // how many digits
    std::array<int, 18> digits = {};  // kHan
  };

  Char Peek(size_t at, size_t* next) const;
  Char PeekPastSpaces(size_t at, size_t* next) const;
  bool Started() const { return in_section_ || in_total_ || pending_.kind != Pending::Kind::kNone; }
  bool IsPair() const;
  bool Fail() { return failed_ = true, false; }

  bool Step();  // takes one atom; false: the numeral ends here
  bool StepSpace();
  bool GoesOnBehindSpace() const;
  bool TakeArabic();
  bool TakeDigit(int digit, size_t next);
  bool TakeTens(int digit, size_t next);
  bool TakePower(int power, size_t next);
  bool TakeMyriad(int power, size_t next);
  bool TakeSome(bool alone, size_t next);
  bool TakePlus(size_t next);
  bool TakePoint(size_t next);
  bool TakeFormal(Char c, size_t next);
  bool BeginsFormal(Char c, size_t next) const;

  bool StartsBare(size_t next) const;  // 百 in 近百: a power without a digit
  bool BeginsUnit(size_t at) const;    // 千瓦, 兆赫: the power belongs to the unit
  bool ClosesClock(size_t at, int digits, bool zero) const;
  std::optional<Range> PendingValue() const;
  bool Flush(int power);  // pending digits times 10^power into the section
  bool Finish();
  bool FinishPending(bool tenths);  // tenths: 三千五 is 3500
  void ReadLatin();
  void ReadPlus();
  std::string_view Qualifier() const;

  const NumeralTable& table_;
  std::string_view text_;
  size_t at_;
  size_t begin_;
  bool mega_;
  Range total_;
  Range section_;
  Pending pending_;
  bool in_total_ = false;
  bool in_section_ = false;
  bool zero_ = false;    // a 零 stands before what comes
  bool formal_ = false;  // 壹佰: 陆 and 伍 go on as digits
  bool more_ = false;    // 余, 多
  bool lead_ = false;    // 上百
  bool failed_ = false;
  bool closed_ = false;  // nothing may follow
  int last_ = 0;         // the power that came last, of the section or a 万; 0: none
  int myriad_ = 99;      // the power of the 万 or 亿 before
  NumberValue v_;
};

}  // namespace kaoju
