#include "extract/sentences.h"

#include <algorithm>

#include "rules/utf8.h"

namespace kaoju {
namespace {

constexpr size_t kLongestQuote = 1500;

bool OneOf(std::string_view c, std::string_view set) {
  return c.size() > 0 && set.find(c) != std::string_view::npos;
}

bool EndsSentence(std::string_view c) { return OneOf(c, "。！？!?"); }
bool Closes(std::string_view c) { return OneOf(c, "”’」』）)】》\""); }

// True for what begins with the bytes E4 to E9: U+4000 to U+9FFF, no mark among them.
bool IsIdeograph(std::string_view c) {
  const auto first = static_cast<unsigned char>(c.front());
  return first >= 0xE4 && first <= 0xE9;
}

class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text) {}

  std::vector<Span> Split() {
    while (at_ < text_.size()) {
      const std::string_view c = text_.substr(at_, Utf8Width(text_[at_]));
      if (IsIdeograph(c)) {
        at_ += c.size();
      } else if (c == "\n") {
        Cut(at_);
        begin_ = ++at_;
      } else if (const std::string_view close = ClosingMark(c); !close.empty()) {
        SkipQuote(close);
      } else if (EndsSentence(c)) {
        at_ += c.size();
        EndHere();
      } else {
        at_ += c.size();
      }
      if (at_ - begin_ > kMaxSentence) CutLong();
    }
    Cut(text_.size());
    return std::move(out_);
  }

 private:
  // Jumps behind the closing mark when it stands on the same line and not too far; a quotation that
  // ends with a full stop and is followed by nothing more ends the sentence.
  void SkipQuote(std::string_view close) {
    const size_t limit = std::min(text_.size(), at_ + kLongestQuote);
    const std::string_view near = text_.substr(0, limit);
    const size_t end = near.substr(0, near.find('\n', at_)).find(close, at_);
    if (end == std::string_view::npos) {
      at_ += 3;
      return;
    }
    at_ = end + close.size();
    if (end >= 3 && EndsSentence(text_.substr(end - 3, 3))) EndHere();
  }

  void EndHere() {
    while (at_ < text_.size()) {
      const std::string_view c = text_.substr(at_, Utf8Width(text_[at_]));
      if (!EndsSentence(c) && !Closes(c)) break;
      at_ += c.size();
    }
    Cut(at_);
    begin_ = at_;
  }

  void CutLong() {
    const std::string_view part = text_.substr(begin_, kMaxSentence);
    size_t end = part.rfind("，");
    end = end == std::string_view::npos || end == 0 ? kMaxSentence : end + 3;
    while (!OnCodePoint(text_, begin_ + end)) --end;
    Cut(begin_ + end);
    begin_ += end;
    at_ = std::max(at_ - (at_ - begin_), begin_);
  }

  void Cut(size_t end) {
    size_t a = begin_;
    while (a < end && (text_[a] == ' ' || text_[a] == '\t')) ++a;
    while (end > a && (text_[end - 1] == ' ' || text_[end - 1] == '\t')) --end;
    if (end > a) out_.push_back({static_cast<uint32_t>(a), static_cast<uint32_t>(end)});
  }

  std::string_view text_;
  size_t at_ = 0;
  size_t begin_ = 0;
  std::vector<Span> out_;
};

}  // namespace

std::string_view ClosingMark(std::string_view open) {
  if (open == "“") return "”";
  if (open == "「") return "」";
  if (open == "『") return "』";
  return {};
}

Span LastQuotation(std::string_view text) {
  for (const std::string_view open : {"“", "「", "『"}) {
    const std::string_view close = ClosingMark(open);
    if (!text.ends_with(close)) continue;
    const size_t begin = text.rfind(open);
    if (begin == std::string_view::npos) return {};
    return {static_cast<uint32_t>(begin + open.size()),
            static_cast<uint32_t>(text.size() - close.size())};
  }
  return {};
}

std::vector<Span> SplitSentences(std::string_view folded) { return Splitter(folded).Split(); }

}  // namespace kaoju
