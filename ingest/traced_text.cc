#include "ingest/traced_text.h"

#include <algorithm>

#include "ingest/utf8.h"

namespace kaoju {
namespace {

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsHexLetter(char c) { return (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool IsWord(char c) { return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

constexpr size_t kMaxOldName =
    7;  // letters of the names that need no semicolon, such as frac12, and &

// The end of the entity that begins at original[at] == '&', with its semicolon. `behind` is the
// text behind the character that it gave: an old name needs no semicolon, &nbspkm, and what goes on
// as the text does is no part of it.
size_t EntityEnd(std::string_view original, size_t at, std::string_view behind) {
  size_t end = at + 1;
  if (original.substr(end).starts_with('#')) {  // by number: ends with its digits
    ++end;
    const bool hex = end < original.size() && (original[end] == 'x' || original[end] == 'X');
    if (hex) ++end;
    while (end < original.size() && (IsDigit(original[end]) || (hex && IsHexLetter(original[end]))))
      ++end;
    return end < original.size() && original[end] == ';' ? end + 1 : end;
  }
  while (end < original.size() && IsWord(original[end])) ++end;
  const size_t word = end;
  if (end < original.size() && original[end] == ';') ++end;
  for (size_t old = at + 3; old < word && old <= at + kMaxOldName; ++old) {
    if (behind.starts_with(original.substr(old, end - old))) return old;
  }
  return end;
}

// True iff the & at original[at] stands for itself, where the text has an &.
bool IsBare(std::string_view original, size_t at) {
  std::string_view rest = original.substr(at + 1);
  if (!rest.starts_with('#')) return !rest.starts_with("amp") && !rest.starts_with("AMP");
  rest.remove_prefix(1);
  const bool hex = rest.starts_with('x') || rest.starts_with('X');
  if (hex) rest.remove_prefix(1);
  const char first = rest.empty() ? '\0' : rest.front();
  return !(IsDigit(first) || (hex && IsHexLetter(first)));
}

struct Range {
  size_t begin = 0;
  size_t end = 0;
};

// Without spaces at its ends; an empty range iff there is nothing else.
Range Trimmed(std::string_view text) {
  Range out{0, text.size()};
  while (out.begin < out.end && IsSpace(text[out.begin])) ++out.begin;
  while (out.end > out.begin && IsSpace(text[out.end - 1])) --out.end;
  return out;
}

}  // namespace

void TracedText::Append(std::string_view text, std::string_view original, uint32_t offset) {
  if (!traces_) {
    text_ += text;
    return;
  }
  size_t from = 0;
  const auto origin = [&](size_t begin, size_t end) {
    return Origin{offset + static_cast<uint32_t>(begin), offset + static_cast<uint32_t>(end)};
  };
  for (size_t at = 0; at < text.size();) {
    const char now = from < original.size() ? original[from] : '\0';
    if (now == text[at] && now != '&') {
      Put(text[at++], origin(from, from + 1));
      ++from;
    } else if (now == '&') {
      // One character of the text, which may be the & itself where no entity followed.
      const size_t next = CodePointAt(text, at).end;
      const std::string_view behind = text.substr(next);
      const bool bare = text[at] == '&' && IsBare(original, from);
      const size_t end = bare ? from + 1 : EntityEnd(original, from, behind);
      for (; at < next; ++at) Put(text[at], origin(from, end));
      from = end;
    } else if (now == '\r') {
      ++from;  // the parser makes line feeds of carriage returns
      if (text[at] == '\n' && (from == original.size() || original[from] != '\n')) {
        Put(text[at++], origin(from - 1, from));
      }
    } else {
      // Where nothing of the page is left, what came last stands for the rest, too.
      const size_t rest = std::min(from, original.size() - (original.empty() ? 0 : 1));
      for (; at < text.size(); ++at) Put(text[at], origin(rest, original.size()));
    }
  }
}

void TracedText::PutBetween(char c, Origin next) {
  const uint32_t before = origins_.empty() ? next.begin : origins_.back().end;
  Put(c, {before, std::max(before, next.begin)});
}

void TracedText::PutCollapsed(const TracedText& line, size_t begin, size_t end) {
  for (size_t at = begin; at < end; ++at) {
    if (!IsSpace(line.text_[at])) {
      Put(line.text_[at], line.OriginAt(at));
    } else if (!IsSpace(line.text_[at - 1])) {
      Put(' ', line.OriginAt(at));
    }
  }
}

void TracedText::AppendLine(const TracedText& line) {
  const auto [begin, end] = Trimmed(line.text_);
  if (begin == end) return;
  if (!text_.empty()) PutBetween('\n', line.OriginAt(begin));
  PutCollapsed(line, begin, end);
}

void TracedText::AppendCell(const TracedText& cell, size_t tabs) {
  const auto [begin, end] = Trimmed(cell.text_);
  if (begin == end) return;
  const uint32_t to = cell.OriginAt(begin).begin;
  // In a row that begins with blank cells the tabs stand for the end of the tag before the text.
  const uint32_t from = origins_.empty() ? to - std::min<uint32_t>(to, 1) : origins_.back().end;
  for (size_t i = 0; i < tabs; ++i) Put('\t', {from, std::max(from, to)});
  PutCollapsed(cell, begin, end);
}

void TracedText::AppendWhole(const TracedText& line) {
  if (!text_.empty()) PutBetween('\n', line.text_.empty() ? Origin{} : line.OriginAt(0));
  text_ += line.text_;
  origins_.insert(origins_.end(), line.origins_.begin(), line.origins_.end());
}

void TracedText::AppendSpace(uint32_t next) {
  if (!text_.empty()) PutBetween(' ', {next, next});
}

void TracedText::Clear() {
  text_.clear();
  origins_.clear();
}

// Bytes that came from the same place, and all between two places where the order of the page is
// not that of the text, are one run.
Alignment TracedText::ToAlignment() const {
  Alignment result;
  uint32_t source = 0;  // up to which the page is accounted for
  for (size_t at = 0; at < origins_.size();) {
    size_t end = at + 1;
    uint32_t to = origins_[at].end;
    while (end < origins_.size() && (origins_[end].begin < to || !OnCodePoint(text_, end))) {
      to = std::max(to, origins_[end].end);
      ++end;
    }
    const auto target = static_cast<uint32_t>(at);
    const auto size = static_cast<uint32_t>(end - at);
    // What was left out before (tags, scripts) goes on its own, so that it belongs to nothing.
    const uint32_t begin = std::max(source, origins_[at].begin);
    to = std::max(to, begin);
    if (begin > source) result.Add({source, begin - source, target, 0});
    if (to - begin != size) result.Add({begin, to - begin, target, size});
    source = to;
    at = end;
  }
  return result;
}

}  // namespace kaoju
