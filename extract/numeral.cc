#include "extract/numeral.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "extract/arabic_numeral.h"
#include "extract/numeral_reader.h"
#include "rules/utf8.h"

namespace kaoju {
namespace {

using Class = NumeralTable::Class;

// The classes of characters, by the type of their entries.
constexpr std::array<std::pair<std::string_view, Class>, 17> kTypes{
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
     {"NUM_LATIN", Class::kLatin},
     {"NUM_FORMAL", Class::kDigit},
     {"NUM_FORMAL_DIGIT", Class::kFormalDigit},
     {"NUM_FORMAL_POWER", Class::kFormalPower},
     {"NUM_CLOCK", Class::kClock},
     {"NUM_MINUTE", Class::kMinute}}};

// May a numeral begin with such a character?
bool Begins(Class cls) {
  switch (cls) {
    case Class::kNone:
    case Class::kPlus:
    case Class::kPlusTen:
    case Class::kPoint:
    case Class::kLatin:
    case Class::kClock:
    case Class::kMinute:
      return false;
    default:
      return true;
  }
}

// Calls each(entry) for every entry of a type that may be unknown.
template <typename F>
void ForType(const Lexicon& lexicon, const SymbolTable& symbols, std::string_view name, F each) {
  const auto type = symbols.Find(name);
  if (!type) return;
  for (const LexiconEntry* e : lexicon.OfType(*type)) each(*e);
}

}  // namespace

NumeralTable::NumeralTable(const Lexicon& lexicon, const SymbolTable& symbols) : table_(0x10000) {
  for (const auto& [name, cls] : kTypes) {
    ForType(lexicon, symbols, name,
            [this, cls = cls, formal = name.starts_with("NUM_FORMAL")](const LexiconEntry& e) {
              const char32_t c = Utf8At(e.surface, 0);
              int value = 0;
              std::from_chars(e.canonical.data(), e.canonical.data() + e.canonical.size(), value);
              if (c < table_.size() && Utf8Width(e.surface.front()) == e.surface.size())
                table_[c] = {cls, static_cast<uint8_t>(value), formal};
            });
  }
  for (size_t c = 0; c < table_.size(); ++c) begins_[c] = Begins(table_[c].cls);
  for (const char c : std::string_view("0123456789.")) begins_.set(static_cast<size_t>(c));
  ForType(lexicon, symbols, "NUM_BEFORE",
          [this](const LexiconEntry& e) { before_.push_back(e.surface); });
  ForType(lexicon, symbols, "NUM_IDIOM", [this](const LexiconEntry& e) {
    const char32_t first = Utf8At(e.surface, 0);
    if (first < idiom_begins_.size()) idiom_begins_.set(first);
    idioms_.push_back(&e);
  });
  ForType(lexicon, symbols, "CURRENCY",
          [this](const LexiconEntry& e) { currencies_.push_back(e.surface); });
  ForType(lexicon, symbols, "UNIT", [this](const LexiconEntry& e) {
    const Class first = At(Utf8At(e.surface, 0)).cls;
    const bool longer = Utf8Width(e.surface.front()) < e.surface.size();
    if (longer && e.Has("kind") && (first == Class::kPower || first == Class::kMyriad))
      units_.push_back(e.surface);
  });
}

bool NumeralTable::BeginsOne(const std::vector<std::string_view>& words, std::string_view text,
                             size_t at) {
  const std::string_view rest = text.substr(std::min(at, text.size()));
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return rest.starts_with(word); });
}

bool NumeralTable::MayPrecedeBare(std::string_view text, size_t at) const {
  const std::string_view head = text.substr(0, at);
  return std::any_of(before_.begin(), before_.end(),
                     [&](std::string_view word) { return head.ends_with(word); });
}

size_t NumeralTable::PastIdiom(std::string_view text, size_t at, size_t end) const {
  const std::string_view rest = text.substr(at, end - at);
  for (const LexiconEntry* e : idioms_) {
    if (!rest.starts_with(e->surface)) continue;
    const auto stop = at + e->surface.size();
    if (e->MayStand(text, static_cast<uint32_t>(at), static_cast<uint32_t>(stop))) return stop;
  }
  return at;
}

void NumeralTable::Find(std::string_view folded, uint32_t begin, uint32_t end, bool mega,
                        std::vector<NumberToken>& out) const {
  for (size_t at = begin; at < end;) {
    const size_t next = at + Utf8Width(folded[at]);
    const char32_t c = Utf8At(folded, at);
    if (c >= begins_.size() || !begins_[c]) {
      at = next;
      continue;
    }
    if (idiom_begins_[c]) {
      if (const size_t past = PastIdiom(folded, at, end); past > at) {
        at = past;
        continue;
      }
    }
    NumeralReader reader(*this, folded, at, end, mega);
    if (auto token = reader.Read()) {
      out.push_back(std::move(*token));
      at = out.back().span.end;
    } else {
      at = std::max(next, reader.failed() ? reader.at() : next);
    }
  }
}

}  // namespace kaoju
