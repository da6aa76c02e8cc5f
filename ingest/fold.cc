#include "ingest/fold.h"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "ingest/utf8.h"

namespace kaoju {
namespace {

// Kinds of Entry beyond the sizes 0 to 3.
constexpr uint8_t kPivot = 0x13;    // three bytes, and a phrase may say otherwise
constexpr uint8_t kExpands = 0x20;  // a size that may exceed three, in special_
constexpr uint8_t kReturn = 0x30;   // carriage return: takes a line feed after it along
constexpr size_t kSlack = 16;       // spare room for the widest plain step
constexpr size_t kPlaneSize = 0x10000;

}  // namespace

// One run over one text.
class Folder {
 public:
  Folder(const FoldTable& table, std::string_view in) : table_(table), in_(in) {
    out_.resize(in.size() + kSlack);
  }

  Folded Run() {
    const char* in = in_.data();
    const size_t size = in_.size();
    const FoldTable::Entry* plane = table_.plane_.data();
    while (at_ < size) {
      const auto lead = static_cast<unsigned char>(in[at_]);
      uint32_t c = lead;
      uint32_t length = 1;
      if (lead >= 0x80) {
        length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (length == 4 || lead < 0xC2 || at_ + length > size) {
          Above();
          continue;
        }
        c = length == 3 ? (lead & 0x0FU) << 12 | (in[at_ + 1] & 0x3FU) << 6 | (in[at_ + 2] & 0x3FU)
                        : (lead & 0x1FU) << 6 | (in[at_ + 1] & 0x3FU);
      }
      const FoldTable::Entry entry = plane[c];
      std::memcpy(out_.data() + to_, entry.bytes.data(), entry.bytes.size());
      if (entry.kind == length) {
        at_ += length;
        to_ += length;
      } else {
        Odd(c, length, entry.kind);
      }
    }
    out_.resize(to_);
    Decide();
    return {std::move(out_), std::move(alignment_)};
  }

 private:
  // Takes `length` bytes of input as `written` bytes that stand at to_ already.
  void Take(size_t length, size_t written, bool run) {
    if (run) {
      alignment_.Add({static_cast<uint32_t>(at_), static_cast<uint32_t>(length),
                      static_cast<uint32_t>(to_), static_cast<uint32_t>(written)});
    }
    at_ += length;
    to_ += written;
    const size_t needed = to_ + (in_.size() - at_) + kSlack;
    if (needed > out_.size()) out_.resize(needed + needed / 8);
  }

  void Write(std::string_view bytes) {
    if (to_ + bytes.size() > out_.size()) out_.resize(to_ + bytes.size() + kSlack);
    std::memcpy(out_.data() + to_, bytes.data(), bytes.size());
  }

  void Odd(char32_t c, size_t length, uint8_t kind) {
    if (kind == kPivot) {
      pivots_.push_back({static_cast<uint32_t>(to_), c});
      Take(length, 3, length != 3);
    } else if (kind == kReturn) {
      const bool pair = at_ + 1 < in_.size() && in_[at_ + 1] == '\n';
      Take(pair ? 2 : 1, 1, pair);
    } else if (kind == kExpands) {
      const std::string& bytes = table_.special_.at(c);
      Write(bytes);
      Take(length, bytes.size(), true);
    } else {
      Take(length, kind, true);
    }
  }

  // A code point above the basic plane, or a byte that is none.
  void Above() {
    const CodePoint c = CodePointAt(in_, at_);
    const size_t length = c.end - at_;
    const auto special = table_.special_.find(c.value);
    if (length == 1 || IsForbidden(c.value)) {
      Write(ToUtf8({&kPlaceholder, 1}));
      Take(length, 3, true);
    } else if (special != table_.special_.end()) {
      Write(special->second);
      if (table_.contexts_.contains(c.value))
        pivots_.push_back({static_cast<uint32_t>(to_), c.value});
      // A character for a character of the same size needs no run.
      const bool run = special->second.size() != length ||
                       CodePointAt(special->second, 0).end != special->second.size();
      Take(length, special->second.size(), run);
    } else {
      Write(in_.substr(at_, length));
      Take(length, length, false);
    }
  }

  // Lets the phrases decide on their characters; all of these have three bytes.
  void Decide() {
    std::u32string left;
    std::u32string right;
    for (const Pivot& pivot : pivots_) {
      const FoldTable::Contexts& contexts = table_.contexts_.at(pivot.c);
      Look(pivot.to, contexts, left, right);
      for (const FoldTable::Context& context : contexts.phrases) {
        if (!left.starts_with(context.left) || !right.starts_with(context.right)) continue;
        std::memcpy(out_.data() + pivot.to, context.folded.data(), context.folded.size());
        break;
      }
    }
  }

  // What stands around the character at out_[at], on the left from there outwards, as contexts see
  // it. They see the same before and after a decision (FoldMap::classes), so the order of decisions
  // does not matter.
  void Look(size_t at, const FoldTable::Contexts& contexts, std::u32string& left,
            std::u32string& right) const {
    left.clear();
    right.clear();
    for (size_t end = at; end > 0 && left.size() < contexts.left;) {
      do --end;
      while (end > 0 && !OnCodePoint(out_, end));
      left += Seen(CodePointAt(out_, end).value);
    }
    for (size_t next = at + 3; next < out_.size() && right.size() < contexts.right;) {
      const CodePoint c = CodePointAt(out_, next);
      right += Seen(c.value);
      next = c.end;
    }
  }

  char32_t Seen(char32_t c) const {
    const auto found = table_.classes_.find(c);
    return found == table_.classes_.end() ? c : found->second;
  }

  struct Pivot {
    uint32_t to;
    char32_t c;
  };

  const FoldTable& table_;
  std::string_view in_;
  size_t at_ = 0;
  std::string out_;
  size_t to_ = 0;
  Alignment alignment_;
  std::vector<Pivot> pivots_;
};

FoldTable FoldTable::Build(const std::string& fold_dir) {
  return FoldTable(FoldMap::Load(fold_dir));
}

FoldTable::FoldTable(const FoldMap& map)
    : plane_(kPlaneSize), classes_(map.classes.begin(), map.classes.end()) {
  const auto set = [this](char32_t c, const std::string& bytes, uint8_t kind) {
    std::memcpy(plane_[c].bytes.data(), bytes.data(), std::min<size_t>(bytes.size(), 3));
    plane_[c].kind = kind;
  };
  for (char32_t c = 0; c < kPlaneSize; ++c) {
    const std::string bytes = ToUtf8({IsForbidden(c) ? &kPlaceholder : &c, 1});
    set(c, bytes, static_cast<uint8_t>(bytes.size()));
  }
  for (const auto& [c, to] : map.characters) {
    const std::string bytes = ToUtf8(to);
    const bool plain = c < kPlaneSize && to.size() <= 1 && bytes.size() <= 3;
    if (!plain) special_[c] = bytes;
    if (c < kPlaneSize) set(c, bytes, plain ? static_cast<uint8_t>(bytes.size()) : kExpands);
  }
  plane_['\r'].kind = kReturn;
  for (const FoldPhrase& phrase : map.phrases) {
    const std::u32string_view whole = phrase.context;
    Context context;
    context.left.assign(whole.rend() - static_cast<ptrdiff_t>(phrase.pivot), whole.rend());
    context.right = whole.substr(phrase.pivot + 1);
    const std::string folded = ToUtf8({&phrase.folded, 1});
    assert(folded.size() == 3);
    std::memcpy(context.folded.data(), folded.data(), 3);
    if (phrase.raw < kPlaneSize) plane_[phrase.raw].kind = kPivot;
    Contexts& contexts = contexts_[phrase.raw];
    contexts.left = std::max(contexts.left, context.left.size());
    contexts.right = std::max(contexts.right, context.right.size());
    contexts.phrases.push_back(std::move(context));
  }
}

Folded FoldTable::Fold(std::string_view utf8) const { return Folder(*this, utf8).Run(); }

Folded FoldTable::Fold(std::string_view utf8, const std::vector<Repair>& repairs) const {
  if (repairs.empty()) return Fold(utf8);
  const Folded repaired = ApplyRepairs(utf8, repairs);
  Folded folded = Fold(repaired.text);
  return {std::move(folded.text), Compose(repaired.alignment, folded.alignment)};
}

Folded ApplyRepairs(std::string_view utf8, const std::vector<Repair>& repairs) {
  Folded result;
  result.text.reserve(utf8.size());
  size_t at = 0;
  for (const Repair& repair : repairs) {
    assert(repair.source.begin >= at && repair.source.end <= utf8.size());
    result.text += utf8.substr(at, repair.source.begin - at);
    const auto target = static_cast<uint32_t>(result.text.size());
    if (repair.parts.empty() && repair.before != repair.after) {
      result.alignment.Add({repair.source.begin, repair.source.size(), target,
                            static_cast<uint32_t>(repair.after.size())});
    }
    for (EditRun part : repair.parts) {
      part.source += repair.source.begin;
      part.target += target;
      result.alignment.Add(part);
    }
    result.text += repair.after;
    at = repair.source.end;
  }
  result.text += utf8.substr(at);
  return result;
}

namespace {

// What the phrases make of the character `raw` that folds to alone[at].
char32_t InContext(const FoldMap& map, const std::u32string& alone, size_t at, char32_t raw) {
  for (const FoldPhrase& phrase : map.phrases) {
    if (phrase.raw != raw || at < phrase.pivot) continue;
    std::u32string there = alone.substr(at - phrase.pivot, phrase.context.size());
    for (char32_t& c : there) c = map.Context(c);
    if (there == phrase.context) return phrase.folded;
  }
  return alone[at];
}

}  // namespace

Folded FoldSlow(const FoldMap& map, std::string_view utf8) {
  struct Step {
    size_t begin, end;  // bytes of utf8
    char32_t raw;
    size_t first, count;  // characters of `alone`
  };
  std::vector<Step> steps;
  std::u32string alone;
  for (size_t at = 0; at < utf8.size();) {
    CodePoint c = CodePointAt(utf8, at);
    if (utf8.substr(at).starts_with("\r\n")) c.end = at + 2;
    const bool broken = c.value == 0xFFFD && c.end == at + 1;
    const std::u32string to = broken ? std::u32string(1, kPlaceholder) : map.Character(c.value);
    steps.push_back({at, c.end, c.value, alone.size(), to.size()});
    alone += to;
    at = c.end;
  }
  Folded result;
  for (const Step& step : steps) {
    std::u32string to = alone.substr(step.first, step.count);
    if (step.count == 1) to[0] = InContext(map, alone, step.first, step.raw);
    const std::string bytes = ToUtf8(to);
    if (bytes.size() != step.end - step.begin || step.count != 1) {
      result.alignment.Add(
          {static_cast<uint32_t>(step.begin), static_cast<uint32_t>(step.end - step.begin),
           static_cast<uint32_t>(result.text.size()), static_cast<uint32_t>(bytes.size())});
    }
    result.text += bytes;
  }
  return result;
}

}  // namespace kaoju
