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

}  // namespace

struct CharacterTables::Tables {
  DoubleByteTable gb18030;
  DoubleByteTable big5;
  std::vector<bool> common;
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
               std::vector<bool>(kPlaneSize)});
    for (char32_t c = 0x20; c < kPlaneSize; ++c) {
      const std::u32string folded = fold_.Character(c);
      const bool first = folded.size() == 1 && IsFirstLevel(made->gb18030.Pair(folded[0]));
      made->common[c] = first || c < 0x7F || IsSign(c);
    }
    lazy_->tables = std::move(made);
  });
  return *lazy_->tables;
}

const DoubleByteTable& CharacterTables::gb18030() const { return tables().gb18030; }
const DoubleByteTable& CharacterTables::big5() const { return tables().big5; }

bool CharacterTables::IsCommon(char32_t c) const { return c < kPlaneSize && tables().common[c]; }

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
