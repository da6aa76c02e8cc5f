#include "extract/numeral.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "rules/utf8.h"

namespace kaoju {
namespace {

using Class = NumeralTable::Class;
using Char = NumeralTable::Char;

constexpr size_t kMaxNumeralBytes = 120;

char32_t CodePoint(std::string_view s, size_t at, size_t* next) {
  *next = at + Utf8Width(s[at]);
  return Utf8At(s, at);
}

bool IsAsciiDigit(std::string_view s, size_t at) {
  return at < s.size() && s[at] >= '0' && s[at] <= '9';
}
bool IsAsciiLetter(std::string_view s, size_t at) {
  return at < s.size() && ((s[at] | 0x20) >= 'a' && (s[at] | 0x20) <= 'z');
}

// Reads one numeral from the left. Values are kept as [low, high] pairs of Decimal; a term is a
// number below 10,000 with its powers, a section a term with its 万 or 亿.
class Reader {
 public:
  Reader(const NumeralTable& table, std::string_view text, size_t begin, size_t end)
      : table_(table), text_(text.substr(0, end)), at_(begin), begin_(begin) {}

  std::optional<NumberToken> Read() {
    if (!ReadTerms() || failed_ || at_ == begin_) return std::nullopt;
    NumberToken out;
    out.span = {static_cast<uint32_t>(begin_), static_cast<uint32_t>(at_)};
    v_.low = low_;
    v_.high = high_;
    if (v_.vague) {
      v_.qualifier = "approx";
    } else if (more_) {
      v_.qualifier = "more_than";
    } else if (lead_) {
      v_.qualifier = "at_least";
    } else if (low_ != high_) {
      v_.qualifier = "range";
    }
    out.value = v_;
    return out;
  }
  size_t at() const { return at_; }

 private:
  Char Peek(size_t at, size_t* next) const {
    if (at >= text_.size()) return {};
    return table_.At(CodePoint(text_, at, next));
  }
  void Fail() { failed_ = true; }
  void Scale(Decimal& low, Decimal& high, int power) {
    const auto l = low.Shift(power);
    const auto h = high.Shift(power);
    if (!l || !h) return Fail();
    low = *l;
    high = *h;
  }
  void Add(Decimal low, Decimal high) {
    const auto l = low_.Plus(low);
    const auto h = high_.Plus(high);
    if (!l || !h) return Fail();
    low_ = *l;
    high_ = *h;
  }

  bool ReadTerms();
  bool ReadArabic(Decimal& value, bool& fraction);
  bool ReadHan(Decimal& low, Decimal& high, int below);
  bool ReadHanFraction(Decimal& low, Decimal& high);
  bool ReadPowers(Decimal& low, Decimal& high, bool arabic);
  void ReadPlus();

  const NumeralTable& table_;
  std::string_view text_;
  size_t at_;
  size_t begin_;
  Decimal low_;
  Decimal high_;
  NumberValue v_;
  bool more_ = false;
  bool lead_ = false;
  bool failed_ = false;
};

// 1,260,582.5: groups of three after the first comma, or none.
bool Reader::ReadArabic(Decimal& value, bool& fraction) {
  size_t i = at_;
  while (IsAsciiDigit(text_, i)) ++i;
  if (i == at_) return false;
  if (i - at_ <= 3) {
    size_t k = i;
    while (k < text_.size() && text_[k] == ',' && IsAsciiDigit(text_, k + 1) &&
           IsAsciiDigit(text_, k + 2) && IsAsciiDigit(text_, k + 3) &&
           !IsAsciiDigit(text_, k + 4)) {
      k += 4;
    }
    i = k;
  }
  v_.digits = static_cast<int>(std::count_if(text_.begin() + static_cast<ptrdiff_t>(at_),
                                             text_.begin() + static_cast<ptrdiff_t>(i),
                                             [](char c) { return c != ','; }));
  if (i < text_.size() && text_[i] == '.' && IsAsciiDigit(text_, i + 1)) {
    ++i;
    while (IsAsciiDigit(text_, i)) ++i;
    fraction = true;
    v_.digits = 0;
  }
  const size_t from = at_;
  at_ = i;
  if (i - from > kMaxNumeralBytes) return Fail(), false;
  const auto parsed = Decimal::Parse(text_.substr(from, i - from));
  if (!parsed) return Fail(), false;
  value = *parsed;
  return true;
}

// Digits and small powers: 三千五百, 十五, 两三百, 几十, 十几, 二〇二四. `below` bounds the power
// of the first digit.
bool Reader::ReadHan(Decimal& low, Decimal& high, int below) {
  std::vector<int> digits;
  Decimal total_low;
  Decimal total_high;
  bool any = false;
  bool zero = false;
  int last_power = below;
  const auto flush = [&](int power) {
    Decimal l = Decimal::FromInt(digits.empty() ? 1 : digits.front());
    Decimal h = Decimal::FromInt(digits.empty() ? 1 : digits.back());
    Scale(l, h, power);
    total_low = total_low.Plus(l).value_or(total_low);
    total_high = total_high.Plus(h).value_or(total_high);
    digits.clear();
    any = true;
  };
  for (size_t next = 0; at_ < text_.size() && !failed_; at_ = next) {
    const Char c = Peek(at_, &next);
    if (c.cls == Class::kDigit) {
      if (digits.size() > 12) break;
      if (c.value == 0 && digits.empty() && (any || at_ > begin_)) {
        zero = true;
        continue;
      }
      digits.push_back(c.value);
    } else if (c.cls == Class::kTens && !any && digits.empty()) {
      digits.push_back(c.value);
      flush(1);
      last_power = 1;
    } else if (c.cls == Class::kPower && c.value < last_power && digits.size() <= 2) {
      if (digits.size() == 2 && digits[0] >= digits[1]) break;
      if (digits.empty() && c.value > 1 && !any && at_ != begin_ && !lead_) break;
      if (digits.empty() && (any || c.value > 1) && !lead_) {
        // 百万 starts a number, 百 alone does not: the caller looks at what follows.
        size_t after = 0;
        if (any || Peek(next, &after).cls != Class::kMyriad) break;
      }
      flush(c.value);
      last_power = c.value;
    } else if (c.cls == Class::kSome || c.cls == Class::kSomeAlone) {
      size_t after = 0;
      const Char follow = Peek(next, &after);
      if (digits.empty() && follow.cls == Class::kPower && follow.value < last_power) {
        digits = {2, 9};
        flush(follow.value);
        last_power = follow.value;
        v_.vague = true;
        next = after;
      } else if (digits.empty() && follow.cls == Class::kMyriad && !any) {
        digits = {2, 9};
        v_.vague = true;
      } else if (digits.empty() && any && last_power == 1 && !zero && c.cls == Class::kSomeAlone) {
        digits = {1, 9};
        v_.vague = true;
        at_ = next;
        break;
      } else if (digits.empty() && !any && c.cls == Class::kSomeAlone && at_ == begin_) {
        digits = {2, 9};
        v_.vague = true;
        at_ = next;
        break;
      } else {
        break;
      }
    } else {
      break;
    }
  }
  if (digits.empty() && !any) return false;
  if (!digits.empty()) {
    // 一九九八 spells a number out; 三五, 七八 is a range; 三千五 is three thousand and five
    // hundred.
    const bool pair = digits.size() == 2 && digits[0] > 0 &&
                      (digits[1] == digits[0] + 1 || (digits[0] == 3 && digits[1] == 5));
    if (v_.vague || digits.size() == 1 || pair) {
      const int power =
          any && !zero && last_power > 1 && digits.size() == 1 && !v_.vague ? last_power - 1 : 0;
      flush(power);
    } else {
      int64_t spelled = 0;
      for (int d : digits) spelled = spelled * 10 + d;
      v_.digits = any ? 0 : static_cast<int>(digits.size());
      const Decimal s = Decimal::FromInt(spelled);
      total_low = total_low.Plus(s).value_or(s);
      total_high = total_high.Plus(s).value_or(s);
    }
  }
  low = total_low;
  high = total_high;
  return ReadHanFraction(low, high);
}

// 点 and the digits after it. Always true.
bool Reader::ReadHanFraction(Decimal& low, Decimal& high) {
  size_t next = 0;
  if (low != high || Peek(at_, &next).cls != Class::kPoint) return true;
  int64_t mantissa = 0;
  int count = 0;
  size_t i = next;
  for (size_t after = 0; count < 9; i = after, ++count) {
    const Char c = Peek(i, &after);
    if (c.cls != Class::kDigit) break;
    mantissa = mantissa * 10 + c.value;
  }
  if (count == 0) return true;
  const auto fraction = Decimal::Make(mantissa, -count);
  const auto sum = fraction ? low.Plus(*fraction) : std::nullopt;
  if (!sum) return Fail(), false;
  low = high = *sum;
  at_ = i;
  return true;
}

void Reader::ReadPlus() {
  size_t next = 0;
  const Char c = Peek(at_, &next);
  if (more_ || v_.vague || low_ != high_) return;
  if (c.cls == Class::kPlus) {
    more_ = true;
    at_ = next;
  }
}

// The 万, 亿, 万亿 after a term, and 千 or 百 after Arabic digits. True iff there was one.
bool Reader::ReadPowers(Decimal& low, Decimal& high, bool arabic) {
  bool any = false;
  for (size_t next = 0; at_ < text_.size(); at_ = next) {
    const Char c = Peek(at_, &next);
    if (c.cls == Class::kMyriad || (arabic && !any && c.cls == Class::kPower)) {
      Scale(low, high, c.value);
      v_.scale = (any ? v_.scale : 0) + c.value;
      any = true;
    } else if (c.cls == Class::kPlus || c.cls == Class::kPlusTen) {
      size_t after = 0;
      if (more_ || Peek(next, &after).cls != Class::kMyriad) break;
      more_ = true;
    } else {
      break;
    }
    if (failed_) break;
  }
  return any;
}

bool Reader::ReadTerms() {
  size_t next = 0;
  Char first = Peek(at_, &next);
  if (first.cls == Class::kLead) {
    size_t after = 0;
    const Char follow = Peek(next, &after);
    if (follow.cls != Class::kPower && follow.cls != Class::kMyriad) return false;
    lead_ = true;
    at_ = next;
  }
  if (first.cls == Class::kHalf) {
    low_ = high_ = *Decimal::Make(5, -1);
    at_ = next;
    return true;
  }
  int below = 99;  // the power of the term before: terms go down
  for (bool first_term = true; at_ < text_.size() && !failed_; first_term = false) {
    const size_t mark = at_;
    Decimal low;
    Decimal high;
    bool fraction = false;
    const bool arabic = IsAsciiDigit(text_, at_);
    if (arabic ? !ReadArabic(low, fraction) : !ReadHan(low, high, 4)) {
      if (failed_) break;  // too long: all of it is passed over
      if (!lead_ || !first_term) {
        at_ = mark;
        break;
      }
      low = high = Decimal::FromInt(1);  // 上万
    }
    if (arabic) {
      high = low;
      if (first_term) v_.arabic = true;
    }
    const Decimal term_low = low;
    const Decimal term_high = high;
    const bool scaled = ReadPowers(low, high, arabic);
    const int power = scaled ? v_.scale : 0;
    if (!first_term && scaled && power > below) {  // 一万五千亿: the 亿 counts both terms
      Add(term_low, term_high);
      Scale(low_, high_, power);
      below = power;
      continue;
    }
    if (!first_term && (power == below || (fraction && !scaled))) {
      at_ = mark;
      break;
    }
    if (!first_term && arabic && !scaled && v_.digits != below) {
      at_ = mark;  // 3万4000 goes on, 1亿2 does not
      break;
    }
    const int digits = v_.digits;
    Add(low, high);
    if (scaled || !first_term) v_.digits = 0;
    if (first_term && !scaled) {
      v_.digits = digits;
      size_t after = 0;
      const Char latin = Peek(at_, &after);
      if (arabic && latin.cls == Class::kLatin && !IsAsciiLetter(text_, after) &&
          !IsAsciiDigit(text_, after)) {
        Scale(low_, high_, latin.value);
        at_ = after;
        v_.digits = 0;
      }
      break;
    }
    if (!scaled) break;
    below = power;
    if (more_ || v_.vague) break;
  }
  if (at_ == begin_ || (lead_ && at_ <= begin_ + 3)) return false;
  ReadPlus();
  size_t after = 0;
  if (!more_ && !v_.arabic && Peek(at_, &after).cls == Class::kPlusTen && low_ == high_ &&
      !low_.zero() && low_.exponent() >= 1) {
    more_ = true;
    at_ = after;
  }
  return true;
}

}  // namespace

NumeralTable::NumeralTable(const Lexicon& lexicon, const SymbolTable& symbols) : table_(0x10000) {
  static constexpr std::array<std::pair<std::string_view, Class>, 12> kTypes{
      {{"NUM_DIGIT", Class::kDigit},
       {"NUM_POWER", Class::kPower},
       {"NUM_MYRIAD", Class::kMyriad},
       {"NUM_HALF", Class::kHalf},
       {"NUM_SOME", Class::kSome},
       {"NUM_FEW", Class::kSomeAlone},
       {"NUM_PLUS", Class::kPlus},
       {"NUM_PLUS_TEN", Class::kPlusTen},
       {"NUM_POINT", Class::kPoint},
       {"NUM_LEAD", Class::kLead},
       {"NUM_TENS", Class::kTens},
       {"NUM_LATIN", Class::kLatin}}};
  for (const auto& [name, cls] : kTypes) {
    const auto type = symbols.Find(name);
    if (!type) continue;
    for (const LexiconEntry* e : lexicon.OfType(*type)) {
      size_t next = 0;
      const char32_t c = CodePoint(e->surface, 0, &next);
      int value = 0;
      std::from_chars(e->canonical.data(), e->canonical.data() + e->canonical.size(), value);
      if (c < table_.size() && next == e->surface.size())
        table_[c] = {cls, static_cast<uint8_t>(value)};
    }
  }
}

void NumeralTable::Find(std::string_view folded, uint32_t begin, uint32_t end,
                        std::vector<NumberToken>& out) const {
  for (size_t at = begin; at < end;) {
    size_t next = 0;
    const char32_t c = CodePoint(folded, at, &next);
    const bool digit = c >= '0' && c <= '9';
    const Class cls = digit ? Class::kDigit : At(c).cls;
    if (!digit && (cls == Class::kNone || cls == Class::kPlus || cls == Class::kPlusTen ||
                   cls == Class::kPoint || cls == Class::kLatin || cls == Class::kMyriad)) {
      at = next;
      continue;
    }
    Reader reader(*this, folded, at, end);
    if (auto token = reader.Read()) {
      out.push_back(std::move(*token));
      at = out.back().span.end;
    } else if (digit) {
      at = std::max(next, reader.at());
    } else {
      at = next;
    }
  }
}

}  // namespace kaoju
