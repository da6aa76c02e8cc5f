#include "ingest/characters.h"

#include <mutex>
#include <utility>
#include <vector>

#include "ingest/utf8.h"

namespace kaoju {
namespace {

constexpr size_t kPlaneSize = 0x10000;

// GB 2312's first level, sorted by pronunciation: pairs B0A1 to D7F9.
bool IsFirstLevel(uint16_t pair) {
  const unsigned trail = pair & 0xFF;
  return pair >= 0xB0A1 && pair <= 0xD7F9 && trail >= 0xA1 && trail <= 0xFE;
}

// Signs that stand in Chinese text: general punctuation, CJK punctuation, full-width forms.
bool IsSign(char32_t c) {
  return (c >= 0x2010 && c <= 0x203B) || (c >= 0x3000 && c <= 0x301F) ||
         (c >= 0xFF01 && c <= 0xFF5E) || c == 0xB7;
}

enum class Class : uint8_t { kCommon, kOther, kBroken };
constexpr size_t kTrails = 0x100;

std::vector<Class> ClassesOf(const DoubleByteTable& table, const std::vector<bool>& common) {
  std::vector<Class> classes(0x80 * kTrails, Class::kBroken);
  for (unsigned lead = 0x81; lead <= 0xFE; ++lead) {
    for (unsigned trail = 0x40; trail <= 0xFE; ++trail) {
      const char pair[2] = {static_cast<char>(lead), static_cast<char>(trail)};
      const DoubleByteTable::Step step = table.At({pair, 2}, 0);
      if (step.size != 2 || step.c == 0xFFFD || IsForbidden(step.c)) continue;
      const bool usual = step.c < kPlaneSize && common[step.c];
      classes[(lead - 0x80) * kTrails + trail] = usual ? Class::kCommon : Class::kOther;
    }
  }
  return classes;
}

}  // namespace

struct CharacterTables::Tables {
  DoubleByteTable gb18030;
  DoubleByteTable big5;
  std::vector<bool> common;
  std::vector<Class> gb18030_pairs;  // by lead and trail
  std::vector<Class> big5_pairs;
};

struct CharacterTables::Lazy {
  std::once_flag once;
  std::unique_ptr<const Tables> tables;
};

CharacterTables::CharacterTables(std::string fold_dir, const FoldMap& fold)
    : fold_dir_(std::move(fold_dir)), fold_(fold), lazy_(std::make_unique<Lazy>()) {}

CharacterTables::~CharacterTables() = default;

const CharacterTables::Tables& CharacterTables::tables() const {
  std::call_once(lazy_->once, [this] {
    using Kind = DoubleByteTable::Kind;
    auto made = std::make_unique<Tables>(
        Tables{DoubleByteTable::Build(Kind::kGb18030, fold_dir_ + "/gb18030.tsv"),
               DoubleByteTable::Build(Kind::kBig5, fold_dir_ + "/big5.tsv"),
               std::vector<bool>(kPlaneSize),
               {},
               {}});
    for (char32_t c = 0x20; c < kPlaneSize; ++c) {
      const std::u32string folded = fold_.Character(c);
      const bool first = folded.size() == 1 && IsFirstLevel(made->gb18030.Pair(folded[0]));
      made->common[c] = first || c < 0x7F || IsSign(c);
    }
    made->gb18030_pairs = ClassesOf(made->gb18030, made->common);
    made->big5_pairs = ClassesOf(made->big5, made->common);
    lazy_->tables = std::move(made);
  });
  return *lazy_->tables;
}

const DoubleByteTable& CharacterTables::gb18030() const { return tables().gb18030; }
const DoubleByteTable& CharacterTables::big5() const { return tables().big5; }

bool CharacterTables::IsCommon(char32_t c) const { return c < kPlaneSize && tables().common[c]; }

Plausibility CharacterTables::JudgePairs(std::string_view bytes, DoubleByteTable::Kind kind) const {
  const bool gb = kind == DoubleByteTable::Kind::kGb18030;
  const DoubleByteTable& table = gb ? gb18030() : big5();
  const std::vector<Class>& classes = gb ? tables().gb18030_pairs : tables().big5_pairs;
  Plausibility result;
  for (size_t at = 0; at < bytes.size();) {
    const auto lead = static_cast<unsigned char>(bytes[at]);
    const auto trail = static_cast<unsigned char>(at + 1 < bytes.size() ? bytes[at + 1] : 0);
    if (lead < 0x80) {
      if (lead < 0x20) Judge(lead, *this, result);
      ++at;
    } else if (trail >= 0x40) {
      const Class c = classes[(lead - 0x80) * kTrails + trail];
      if (c == Class::kCommon) ++result.common;
      if (c == Class::kOther) ++result.others;
      if (c == Class::kBroken) ++result.broken;
      at += c == Class::kBroken ? table.At(bytes, at).size : 2;
    } else {
      const DoubleByteTable::Step step = table.At(bytes, at);
      if (at + 1 < bytes.size()) Judge(step.c, *this, result);
      at += step.size;
    }
  }
  return result;
}

void Judge(char32_t c, const CharacterTables& tables, Plausibility& out) {
  if (c < 0x80) {
    if (c < 0x20 && c != '\n' && c != '\r' && c != '\t') ++out.broken;
  } else if (c == 0xFFFD || IsForbidden(c) || c < 0xA0) {
    ++out.broken;
  } else if (tables.IsCommon(c)) {
    ++out.common;
  } else {
    ++out.others;
  }
}

Plausibility Judge(std::string_view utf8, const CharacterTables& tables) {
  Plausibility result;
  for (size_t at = 0; at < utf8.size();) {
    const CodePoint c = CodePointAt(utf8, at);
    Judge(c.value, tables, result);
    at = c.end;
  }
  return result;
}

}  // namespace kaoju
