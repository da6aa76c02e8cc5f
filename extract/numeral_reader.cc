#include "extract/numeral_reader.h"

#include <algorithm>

#include "extract/arabic_numeral.h"
#include "rules/utf8.h"

namespace kaoju {
namespace {

constexpr size_t kMaxSpaces = 3;

bool LooksLikeYear(Decimal d) {
  return !(d < Decimal::FromInt(1900)) && d < Decimal::FromInt(2100) && d.ToInt();
}

}  // namespace

NumeralReader::Char NumeralReader::Peek(size_t at, size_t* next) const {
  if (at >= text_.size()) return *next = at, Char{};
  *next = at + Utf8Width(text_[at]);
  return table_.At(Utf8At(text_, at));
}

NumeralReader::Char NumeralReader::PeekPastSpaces(size_t at, size_t* next) const {
  for (size_t n = 0; n < kMaxSpaces && at < text_.size() && text_[at] == ' '; ++n) ++at;
  return Peek(at, next);
}

std::optional<NumberToken> NumeralReader::Read() {
  size_t next = 0;
  const Char first = Peek(at_, &next);
  if (first.cls == Class::kHalf) {
    v_.low = v_.high = *Decimal::Make(5, -1);
    at_ = next;
    return NumberToken{{static_cast<uint32_t>(begin_), static_cast<uint32_t>(at_)}, v_};
  }
  if (first.cls == Class::kLead) {
    size_t after = 0;
    const Char follow = Peek(next, &after);
    size_t then = 0;
    const bool ten = follow.cls == Class::kPower && follow.value == 1;  // 晚上十点
    if (follow.cls != Class::kPower && follow.cls != Class::kMyriad) return std::nullopt;
    if (ten && Peek(after, &then).cls != Class::kMyriad) return std::nullopt;
    lead_ = true;
    at_ = next;
  }
  while (!failed_ && !closed_ && Step()) {
  }
  if (failed_ || !Started() || !Finish()) return std::nullopt;
  v_.low = total_.low;
  v_.high = total_.high;
  v_.qualifier = Qualifier();
  return NumberToken{{static_cast<uint32_t>(begin_), static_cast<uint32_t>(at_)}, v_};
}

std::string_view NumeralReader::Qualifier() const {
  if (v_.vague) return "approx";
  if (more_) return "more_than";
  if (lead_) return "at_least";
  return v_.low != v_.high ? "range" : "exact";
}

bool NumeralReader::Step() {
  if (at_ >= text_.size()) return false;
  if (IsDigit(text_, at_) || (text_[at_] == '.' && IsDigit(text_, at_ + 1))) return TakeArabic();
  if (text_[at_] == ' ') return StepSpace();
  size_t next = 0;
  const Char c = Peek(at_, &next);
  switch (c.cls) {
    case Class::kDigit:
      formal_ |= c.formal;
      return TakeDigit(c.value, next);
    case Class::kFormalDigit:
    case Class::kFormalPower:
      return TakeFormal(c, next);
    case Class::kTens:
      return TakeTens(c.value, next);
    case Class::kPower:
      return TakePower(c.value, next);
    case Class::kMyriad:
      return TakeMyriad(c.value, next);
    case Class::kSome:
    case Class::kSomeAlone:
      return TakeSome(c.cls == Class::kSomeAlone, next);
    case Class::kPlus:
    case Class::kPlusTen:
      return TakePlus(next);
    case Class::kPoint:
      return TakePoint(next);
    default:
      return false;
  }
}

// 177.1 亿, 三千 八百 九十六 万: a space goes on before a power, and between a power and what goes
// down from it.
bool NumeralReader::StepSpace() {
  if (!Started() || !GoesOnBehindSpace()) return false;
  const size_t mark = at_;
  while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  if (Step()) return true;
  at_ = mark;
  return false;
}

bool NumeralReader::GoesOnBehindSpace() const {
  size_t next = 0;
  size_t after = 0;
  const Char c = PeekPastSpaces(at_, &next);
  const Char follow = PeekPastSpaces(next, &after);
  const bool arabic = pending_.kind == Pending::Kind::kArabic;
  switch (c.cls) {
    case Class::kMyriad:  // not 2024 万
      return in_total_ || !arabic || !LooksLikeYear(pending_.value.low);
    case Class::kPower:
      return !arabic || in_section_ || in_total_;
    case Class::kPlus:
      return follow.cls == Class::kMyriad;
    case Class::kPoint:
      return !arabic && follow.cls == Class::kDigit;
    case Class::kDigit:
      if (c.value == 0 || pending_.kind != Pending::Kind::kNone) return false;
      if (follow.cls == Class::kPower) return follow.value < (in_section_ ? last_ : 4);
      return follow.cls == Class::kNone && (next >= text_.size() || !IsHan(Utf8At(text_, next)));
    default:
      return false;
  }
}

// 1,260,582.5, .5, 2e5. Behind a power only where it fills the places below it (3万4000, 1百01) or
// goes on with a power of its own (25万6千).
bool NumeralReader::TakeArabic() {
  if (pending_.kind != Pending::Kind::kNone) return false;
  const bool dot = text_[at_] == '.';
  if (dot && (Started() || IsDigit(text_, begin_ - (begin_ > 0)) ||
              IsLetter(text_, begin_ - (begin_ > 0)))) {
    return false;
  }
  const ArabicNumeral found = ScanArabic(text_, at_, !Started());
  const size_t end = found.end;
  if (!found.value) return at_ = end, Fail();
  if (Started() && !lead_) {
    size_t next = 0;
    const Char follow = PeekPastSpaces(end, &next);
    const bool power = (follow.cls == Class::kPower && follow.value < (in_section_ ? last_ : 4)) ||
                       (follow.cls == Class::kMyriad && follow.value < myriad_);
    if (found.fraction || (!power && found.count != last_ && !(zero_ && found.count < last_)))
      return false;
  } else if (lead_) {
    return false;
  } else {
    v_.arabic = true;
  }
  pending_ = {
      Pending::Kind::kArabic, {*found.value, *found.value}, found.fraction, found.count, {}};
  at_ = end;
  return true;
}

bool NumeralReader::TakeDigit(int digit, size_t next) {
  if (pending_.kind == Pending::Kind::kArabic || v_.vague) return false;
  if (digit == 0 && pending_.kind == Pending::Kind::kNone && Started()) {
    size_t after = 0;
    const Char follow = Peek(next, &after);
    const bool formal =
        formal_ && (follow.cls == Class::kFormalDigit || follow.cls == Class::kFormalPower);
    if (formal || IsDigit(text_, next) || follow.cls == Class::kDigit ||
        follow.cls == Class::kPower || follow.cls == Class::kSomeAlone) {
      zero_ = true;
      at_ = next;
      return true;
    }
    return false;
  }
  if (pending_.count == static_cast<int>(pending_.digits.size())) {
    // Longer than any number: all of it is passed over.
    size_t end = at_;
    while (Peek(end, &next).cls == Class::kDigit && next > end) end = next;
    at_ = end;
    return Fail();
  }
  pending_.kind = Pending::Kind::kHan;
  pending_.digits[static_cast<size_t>(pending_.count++)] = digit;
  at_ = next;
  return true;
}

// 陆 and 伍 are surnames, 参 and 拾 verbs: digits only beside another formal numeral.
bool NumeralReader::TakeFormal(Char c, size_t next) {
  if (!formal_ && !BeginsFormal(c, next)) return false;
  formal_ = true;
  return c.cls == Class::kFormalDigit ? TakeDigit(c.value, next) : TakePower(c.value, next);
}

bool NumeralReader::BeginsFormal(Char c, size_t next) const {
  size_t after = 0;
  size_t then = 0;
  const Char follow = Peek(next, &after);
  if (c.cls == Class::kFormalPower) {
    if (pending_.kind != Pending::Kind::kNone || follow.cls == Class::kDigit ||
        follow.cls == Class::kFormalDigit)
      return true;
    // 拾万零五百, 拾万元
    return c.value == 1 && follow.cls == Class::kMyriad &&
           (Peek(after, &then).cls == Class::kDigit || table_.BeginsCurrency(text_, after));
  }
  if (follow.cls != Class::kMyriad) return follow.cls == Class::kFormalPower;
  const Class second = Peek(after, &then).cls;  // 参万肆仟, but not 大陆万人
  return second == Class::kFormalDigit || second == Class::kDigit || after == text_.size() ||
         table_.BeginsCurrency(text_, after);
}

bool NumeralReader::TakeTens(int digit, size_t next) {
  if (pending_.kind != Pending::Kind::kNone || (in_section_ && last_ < 2)) return false;
  pending_.kind = Pending::Kind::kHan;
  pending_.count = 1;
  pending_.digits[0] = digit;
  at_ = next;
  return Flush(1);
}

// 三五, 七八: from one to the other.
bool NumeralReader::IsPair() const {
  const auto& d = pending_.digits;
  return pending_.kind == Pending::Kind::kHan && pending_.count == 2 && d[0] > 0 &&
         (d[1] == d[0] + 1 || (d[0] == 3 && d[1] == 5));
}

std::optional<NumeralReader::Range> NumeralReader::PendingValue() const {
  if (pending_.kind != Pending::Kind::kHan) return pending_.value;
  if (IsPair()) {
    return Range{Decimal::FromInt(pending_.digits[0]), Decimal::FromInt(pending_.digits[1])};
  }
  int64_t spelled = 0;
  for (int i = 0; i < pending_.count; ++i) {
    spelled = spelled * 10 + pending_.digits[static_cast<size_t>(i)];
  }
  const Decimal value = Decimal::FromInt(spelled);
  return Range{value, value};
}

bool NumeralReader::Flush(int power) {
  std::optional<Range> value = PendingValue();
  if (pending_.kind == Pending::Kind::kNone) {
    value = Range{Decimal::FromInt(1), Decimal::FromInt(1)};
  }
  const auto low = value->low.Shift(power);
  const auto high = value->high.Shift(power);
  const auto low_sum = low ? section_.low.Plus(*low) : std::nullopt;
  const auto high_sum = high ? section_.high.Plus(*high) : std::nullopt;
  if (!low_sum || !high_sum) return Fail();
  section_ = {*low_sum, *high_sum};
  in_section_ = true;
  pending_ = {};
  last_ = power;
  return true;
}

// 近百, 百余, 百万: the power stands for one of it.
bool NumeralReader::StartsBare(size_t next) const {
  if (lead_ || table_.MayPrecedeBare(text_, begin_)) return true;
  size_t after = 0;
  const Class follow = Peek(next, &after).cls;
  return follow == Class::kPlus;
}

bool NumeralReader::BeginsUnit(size_t at) const {
  if (!in_section_ && !in_total_ && table_.BeginsUnit(text_, at)) return true;
  size_t next = 0;
  const Char c = Peek(at, &next);
  if (!mega_ || c.cls != Class::kMyriad || c.value != 12) return false;
  return !table_.BeginsCurrency(text_, next);
}

bool NumeralReader::TakePower(int power, size_t next) {
  const bool bare = pending_.kind == Pending::Kind::kNone;
  if (power >= (in_section_ ? last_ : 4) || BeginsUnit(at_)) return false;
  if (pending_.kind == Pending::Kind::kHan && pending_.count > 1 && !IsPair()) return false;
  if (bare && power > 1) {
    size_t after = 0;
    const Char follow = PeekPastSpaces(next, &after);
    const bool before_myriad = follow.cls == Class::kMyriad && !Started() && !BeginsUnit(next);
    if (!before_myriad && !(!Started() && StartsBare(next)) && !zero_) return false;
  }
  if (bare && power == 1 && in_section_ && !zero_ && last_ <= 1) return false;
  at_ = next;
  zero_ = false;
  if (power > 1 && !in_section_ && !in_total_) v_.scale = power;
  return Flush(power);
}

bool NumeralReader::TakeMyriad(int power, size_t next) {
  const bool here = in_section_ || pending_.kind != Pending::Kind::kNone;
  // 四万万: ten thousand times ten thousand.
  const bool doubled = !here && in_total_ && power == 4 && myriad_ == 4 && !more_;
  if (BeginsUnit(at_) || (!here && in_total_ && power <= myriad_ && !doubled)) return false;
  if (!here && !in_total_ && !StartsBare(next)) return false;
  if (power == myriad_ && !doubled) return false;
  if (pending_.kind == Pending::Kind::kHan && pending_.count > 1 && !IsPair()) return false;
  if (!here && !in_total_) section_ = {Decimal::FromInt(1), Decimal::FromInt(1)};
  if (here && !FinishPending(false)) return false;
  const bool up = in_total_ && (power > myriad_ || doubled);  // 一万五千亿: the 亿 counts both
  const Range base = up ? total_ : Range{};
  const auto low = base.low.Plus(section_.low);
  const auto high = base.high.Plus(section_.high);
  const auto low_scaled = low ? low->Shift(power) : std::nullopt;
  const auto high_scaled = high ? high->Shift(power) : std::nullopt;
  if (!low_scaled || !high_scaled) return Fail();
  const auto low_sum = up ? low_scaled : total_.low.Plus(*low_scaled);
  const auto high_sum = up ? high_scaled : total_.high.Plus(*high_scaled);
  if (!low_sum || !high_sum) return Fail();
  total_ = {*low_sum, *high_sum};
  v_.scale = up && !here ? v_.scale + power : power;
  in_total_ = true;
  in_section_ = zero_ = false;
  section_ = {};
  myriad_ = last_ = power;
  v_.digits = 0;
  at_ = next;
  if (more_ || v_.vague) {
    size_t after = 0;  // 数百万亿 goes on, 数百万三 does not
    const Class follow = Peek(at_, &after).cls;
    closed_ = follow != Class::kMyriad && follow != Class::kPlus;
  }
  return true;
}

// 几十, 十几, 数百万, 二十几万 and 几 alone.
bool NumeralReader::TakeSome(bool alone, size_t next) {
  if (pending_.kind != Pending::Kind::kNone || v_.arabic || more_) return false;
  size_t after = 0;
  const Char follow = PeekPastSpaces(next, &after);
  const auto some = [&](int low, int high) {
    pending_ = {};
    pending_.kind = Pending::Kind::kVague;
    pending_.value = {Decimal::FromInt(low), Decimal::FromInt(high)};
    v_.vague = true;
    at_ = next;
    return true;
  };
  const bool power = follow.cls == Class::kPower && follow.value < (in_section_ ? last_ : 4);
  const bool myriad = follow.cls == Class::kMyriad && follow.value < myriad_;
  if (power) return some(2, 9);
  if (myriad && !in_section_) return in_total_ ? false : some(2, 9);
  if (!alone) return false;
  if (in_section_ && (last_ == 1 || zero_)) {
    if (myriad) return some(0, 10);  // 二十几万: anything from 200,000 to 300,000
    some(1, 9);
    closed_ = true;
    return true;
  }
  if (Started() || at_ != begin_) return false;
  some(2, 9);
  closed_ = true;
  return true;
}

// 20多亿, 一百余万; at the end of a numeral it is read by Finish.
bool NumeralReader::TakePlus(size_t next) {
  size_t after = 0;
  if (more_ || !Started() || PeekPastSpaces(next, &after).cls != Class::kMyriad) return false;
  more_ = true;
  at_ = next;
  return true;
}

// 八点零五分, 三点一刻, 八点五十分 are times of day.
bool NumeralReader::ClosesClock(size_t at, int digits, bool zero) const {
  size_t next = 0;
  const Char c = Peek(at, &next);
  if (c.cls == Class::kPower || c.cls == Class::kFormalPower) return true;
  if (c.cls == Class::kClock) return true;
  return zero && digits == 2 && c.cls == Class::kMinute;
}

bool NumeralReader::TakePoint(size_t next) {
  if (v_.arabic || v_.vague || more_ || lead_) return false;
  if (pending_.kind == Pending::Kind::kNone && !in_section_ && !in_total_) return false;
  if (IsPair()) return false;
  int64_t mantissa = 0;
  int count = 0;
  size_t i = next;
  while (i < text_.size() && text_[i] == ' ' && i - next < kMaxSpaces) ++i;
  const bool zero = table_.At(i < text_.size() ? Utf8At(text_, i) : 0).cls == Class::kDigit &&
                    table_.At(Utf8At(text_, i)).value == 0;
  for (size_t after = 0; count < 17; i = after, ++count) {
    const Char c = Peek(i, &after);
    if (c.cls != Class::kDigit && !(formal_ && c.cls == Class::kFormalDigit)) break;
    mantissa = mantissa * 10 + c.value;
  }
  size_t after = 0;
  if (count == 0 || Peek(i, &after).cls == Class::kDigit || ClosesClock(i, count, zero)) {
    return false;
  }
  const bool spelled = pending_.kind == Pending::Kind::kHan && pending_.count > 2;
  const bool ones = spelled || zero_;
  if (!ones && !FinishPending(in_section_)) return false;
  if (ones && !Flush(0)) return false;
  const auto fraction = Decimal::Make(mantissa, -count);
  const auto low = fraction ? section_.low.Plus(*fraction) : std::nullopt;
  const auto high = fraction ? section_.high.Plus(*fraction) : std::nullopt;
  if (!low || !high) return Fail();
  section_ = {*low, *high};
  in_section_ = true;
  last_ = 0;
  at_ = i;
  v_.digits = 0;
  size_t then = 0;
  closed_ = PeekPastSpaces(at_, &then).cls != Class::kMyriad;
  return true;
}

// What stands last without a power: 一百五 is 150, 一百零五 is 105, 三五 a range, 二〇二四 spelled.
bool NumeralReader::FinishPending(bool tenths) {
  if (pending_.kind == Pending::Kind::kNone) return true;
  int power = 0;
  if (tenths && pending_.kind == Pending::Kind::kHan && !zero_ && last_ > 1 &&
      (pending_.count == 1 || IsPair())) {
    power = last_ - 1;
  }
  const int last = last_;
  if (!Flush(power)) return false;
  last_ = last;
  return true;
}

bool NumeralReader::Finish() {
  const Pending end = pending_;
  const bool alone = !in_section_ && !in_total_;
  if (end.kind == Pending::Kind::kHan && end.count > 1 && !IsPair() && !alone && !zero_)
    return false;
  if (!FinishPending(true)) return false;
  const auto low = total_.low.Plus(section_.low);
  const auto high = total_.high.Plus(section_.high);
  if (!low || !high) return Fail();
  total_ = {*low, *high};
  const bool spelled = end.kind == Pending::Kind::kHan && end.count > 1 &&
                       !(end.count == 2 && total_.low != total_.high);
  v_.digits =
      alone && ((end.kind == Pending::Kind::kArabic && !end.fraction) || spelled) ? end.count : 0;
  if (alone && end.kind == Pending::Kind::kArabic) ReadLatin();
  ReadPlus();
  return !failed_;
}

// 32k, 1.5w: thousands and ten thousands behind Arabic digits.
void NumeralReader::ReadLatin() {
  size_t after = 0;
  const Char latin = Peek(at_, &after);
  if (latin.cls != Class::kLatin || IsLetter(text_, after) || IsDigit(text_, after)) return;
  const auto low = total_.low.Shift(latin.value);
  if (!low) return;
  total_ = {*low, *low};
  at_ = after;
  v_.digits = 0;
  v_.scale = latin.value;
}

void NumeralReader::ReadPlus() {
  size_t after = 0;
  const Char c = Peek(at_, &after);
  if (more_ || v_.vague || total_.low != total_.high) return;
  const bool tens =
      c.cls == Class::kPlusTen && !v_.arabic && !total_.low.zero() && total_.low.exponent() >= 1;
  if (c.cls != Class::kPlus && !tens) return;
  more_ = true;
  at_ = after;
}

}  // namespace kaoju
