// Claims: who said what. The rule gives the source, the cue and where the content begins; here the
// content is trimmed, a quotation is recognised, and stance is read off the words of the content.
#include <algorithm>
#include <iterator>

#include "extract/build.h"
#include "extract/sentences.h"
#include "extract/source.h"
#include "rules/utf8.h"

namespace kaoju {
namespace {

constexpr std::string_view kLeading = "，,：: ";
constexpr std::string_view kTrailing = "。！？!?；;，,、：: \t";

// The last code point of s, REQUIRES s not empty.
std::string_view Last(std::string_view s) { return s.substr(Utf8Back(s, s.size())); }

bool OneOf(std::string_view c, std::string_view set) {
  return set.find(c) != std::string_view::npos;
}

Span Trim(std::string_view text, Span s) {
  while (!s.empty() && OneOf(text.substr(s.begin, Utf8Width(text[s.begin])), kLeading))
    s.begin += static_cast<uint32_t>(Utf8Width(text[s.begin]));
  while (!s.empty() && OneOf(Last(Slice(text, s)), kTrailing))
    s.end -= static_cast<uint32_t>(Last(Slice(text, s)).size());
  return s;
}

std::string_view ClosingOf(std::string_view open) {
  return open == "\"" ? "\"" : ClosingMark(open);
}

// A content that begins inside a quotation ends with it: at the first mark that closes what was
// opened before.
void EndWithQuotation(std::string_view text, Span& s) {
  constexpr std::u32string_view kOpen = U"“「『";
  constexpr std::u32string_view kClose = U"”」』";
  constexpr std::string_view kOpenDouble = "“";
  constexpr std::string_view kOpenCorner = "「";
  int depth[kOpen.size()] = {};
  for (uint32_t at = s.begin; at < s.end; at += static_cast<uint32_t>(Utf8Width(text[at]))) {
    // All marks begin with one of two bytes, which hardly anything else does.
    if (text[at] != kOpenDouble[0] && text[at] != kOpenCorner[0]) continue;
    const char32_t c = Utf8At(text, at);
    for (size_t i = 0; i < kOpen.size(); ++i) {
      depth[i] += c == kOpen[i];
      if (c != kClose[i] || --depth[i] >= 0) continue;
      s.end = at;
      return;
    }
  }
}

// If all of the content is one quotation, its inside; the mark that nothing closes is dropped, too.
bool Unquote(std::string_view text, Span& s) {
  if (s.empty()) return false;
  const std::string_view body = Slice(text, s);
  const std::string_view open = body.substr(0, Utf8Width(body[0]));
  const std::string_view close = ClosingOf(open);
  if (close.empty()) return false;
  const size_t end = body.find(close, open.size());
  if (end == std::string_view::npos) {
    s.begin += static_cast<uint32_t>(open.size());
    return true;
  }
  if (end + close.size() != body.size()) return false;
  s = {s.begin + static_cast<uint32_t>(open.size()), s.begin + static_cast<uint32_t>(end)};
  return true;
}

// The quotation that ends the sentence directly before this one; empty when there is none.
Span QuotationBefore(const BuildContext& c) {
  const uint32_t at = c.view.ToFolded(0, 0).begin;
  const auto& sentences = c.document.sentences;
  const auto next =
      std::lower_bound(sentences.begin(), sentences.end(), at,
                       [](const Sentence& s, uint32_t b) { return s.span.begin < b; });
  if (next == sentences.begin() || (next - 1)->span.end != at) return {};
  const Span before = (next - 1)->span;
  Span quoted = LastQuotation(Slice(c.document.article.folded, before));
  quoted.begin += before.begin;
  quoted.end += before.begin;
  return quoted;
}

// Modality and polarity by the words of the content: 将, 可能; 不会 in its first clause.
void ReadStance(const BuildContext& c, const Capture& content, Claim& claim) {
  const std::string_view text = Slice(c.document.article.folded, claim.content);
  const size_t clause = std::min({text.find("，"), text.find(','), text.find("；"), text.size()});
  const auto [first, last] = c.view.TokensIn(content.begin, content.end);
  for (const Token* t = first; t != last; ++t) {
    if (t->type == c.types.modal && claim.modality == "fact")
      claim.modality = c.rules.lexicon().entries()[t->value].canonical;
    if (t->type == c.types.negation && t->span.begin < claim.content.begin + clause)
      claim.negated = true;
  }
}

// 告诉澎湃新闻，她已报警: who is told is no part of what is.
void LeaveOutHearer(const BuildContext& c, const Capture& content, Claim& claim) {
  constexpr size_t kMostHearer = 45;  // bytes
  constexpr size_t kFewWords = 9;     // 我, 丈夫, whatever they are
  const std::string_view text = Slice(c.document.article.folded, claim.content);
  const size_t stop = std::min({text.find("，"), text.find("："), text.find(',')});
  if (stop == text.npos || stop > kMostHearer) return;
  const uint32_t end = claim.content.begin + static_cast<uint32_t>(stop);
  const auto [first, last] = c.view.TokensIn(content.begin, content.end);
  const bool told = std::any_of(first, last, [&](const Token& t) {
    return t.span.end == end && (c.types.IsMention(t.type) || c.types.IsLexicon(t.type));
  });
  if (!told && stop > kFewWords) return;
  claim.content.begin = end;
  claim.content = Trim(c.document.article.folded, claim.content);
}

}  // namespace

std::optional<ClaimParts> BuildClaim(const BuildContext& c) {
  const Capture* content = c.RoleCapture(RoleId::kContent);
  const Capture* cue = c.RoleCapture(RoleId::kCue);
  const bool before = c.RoleConstant(RoleId::kContent) == "before";
  if ((content == nullptr && !before) || cue == nullptr) return std::nullopt;
  const Capture* source = c.RoleCapture(RoleId::kSource);
  if (source != nullptr && source->end - source->begin > kMostSource) return std::nullopt;
  ClaimParts parts;
  Claim& claim = parts.claim;
  claim.rule = c.rule.id;
  claim.cue_span = c.Folded(*cue);
  claim.cue = c.Canonical(cue->begin, cue->end);
  const LexiconEntry* entry = c.RoleEntry(RoleId::kCue);
  claim.cue_kind = entry != nullptr && entry->Has("kind") ? entry->Flag("kind") : "said";
  parts.turn = entry != nullptr && entry->Has("turn");
  parts.goes_on = c.RoleConstant(RoleId::kHow) == "goes-on";
  if (const auto kind = c.RoleConstant(RoleId::kKind); !kind.empty()) claim.cue_kind = kind;
  claim.modality = claim.cue_kind == "forecast" ? "forecast" : "fact";
  const std::string& text = c.document.article.folded;
  claim.content = before ? QuotationBefore(c) : c.Folded(*content);
  if (!before) {
    EndWithQuotation(text, claim.content);
    claim.content = Trim(text, claim.content);
    if (entry != nullptr && entry->Has("tell")) LeaveOutHearer(c, *content, claim);
  }
  claim.span = claim.content;
  claim.direct_quote = before || Unquote(text, claim.content);
  if (claim.content.empty()) return std::nullopt;
  if (source != nullptr) {
    const Source s = ReadSource(c, *source);
    claim.source = s.name;
    claim.source_kind = s.kind;
    parts.pronoun = s.pronoun;
    claim.source_span = s.span;
    claim.span.begin = std::min(claim.span.begin, c.Folded(*source).begin);
  } else {
    claim.source_kind = c.RoleConstant(RoleId::kSourceKind);
    if (claim.source_kind.empty()) parts.pronoun = "any";
    if (claim.source_kind == "media") parts.pronoun = "media";  // the one that reported before
    if (claim.source_kind == "author") claim.source = "author";
  }
  claim.span.begin = std::min(claim.span.begin, claim.cue_span.begin);
  claim.span.end = std::max(claim.span.end, claim.cue_span.end);
  if (const Capture* head = c.RoleCapture(RoleId::kHead))
    claim.span.begin = std::min(claim.span.begin, c.Folded(*head).begin);
  claim.negated = claim.cue_kind == "denied";
  if (content != nullptr) ReadStance(c, *content, claim);
  return parts;
}

}  // namespace kaoju
