#include "ingest/decode.h"

#include <algorithm>
#include <utility>

#include "ingest/detect.h"
#include "ingest/transcode.h"
#include "ingest/utf8.h"

namespace kaoju {
namespace {

// A document this plausible under one encoding is not searched for segments in another.
constexpr double kPure = 0.96;
// A segment in another encoding than its document must be this plausible, and so long.
constexpr double kSure = 0.85;
constexpr size_t kFewCharacters = 4;
// How much more plausible the detected encoding must be than the declared one to overrule it.
constexpr double kOverrule = 0.1;

bool IsDouble(std::string_view encoding) { return encoding == kGb18030 || encoding == kBig5; }

bool HasHigh(std::string_view bytes) {
  return std::any_of(bytes.begin(), bytes.end(), [](char c) { return (c & 0x80) != 0; });
}

// The end of the segment that starts at `begin`: behind the next byte that is part of no character
// in any Chinese encoding and ends what an editor would paste in one piece.
size_t SegmentEnd(std::string_view bytes, size_t begin) {
  const size_t end = bytes.find_first_of("\n<>", begin);
  return end == std::string_view::npos ? bytes.size() : end + 1;
}

}  // namespace

Decoder::Decoder(const std::string& fold_dir, const CharacterTables& tables)
    : labels_(EncodingLabels::Load(fold_dir)), tables_(tables) {}

void Decoder::Choose(std::string_view bytes, std::string_view http, DecodedText& out,
                     size_t& bom) const {
  Declaration declared = FindDeclaration(bytes);
  bom = declared.bom;
  if (bom == 0 && !http.empty()) declared = {std::string(http), "http", 0};
  out.decoding.declared = declared.label;
  out.decoding.declared_by = declared.how;
  const std::string_view meant = labels_.Find(declared.label);
  if (bom > 0) {
    out.decoding.detected = out.decoding.chosen = meant;
    return;
  }
  const Detection detected = Detect(bytes, labels_, tables_);
  out.decoding.detected = detected.encoding;
  // A page that could be read far enough to find UTF-16 declared is not in UTF-16.
  const bool wide = meant == kUtf16Le || meant == kUtf16Be;
  const bool unreadable = wide && declared.how != "http";
  if (meant.empty() || unreadable || detected.encoding == meant) {
    out.decoding.chosen = detected.encoding.empty() ? kUtf8 : detected.encoding;
  } else if (detected.encoding.empty()) {
    out.decoding.chosen = meant;
  } else {
    const double share = JudgeAs(bytes, meant, labels_, tables_).share();
    const bool keep = detected.encoding != kUtf8 && share + kOverrule >= detected.share;
    out.decoding.chosen = keep ? meant : detected.encoding;
  }
}

void Decoder::DecodeAs(std::string_view encoding, std::string_view bytes, size_t begin, size_t end,
                       bool align, Decoded& out) const {
  if (encoding == kUtf8) return DecodeUtf8(bytes, begin, end, align, out);
  if (encoding == kGb18030) return tables_.gb18030().Decode(bytes, begin, end, align, out);
  if (encoding == kBig5) return tables_.big5().Decode(bytes, begin, end, align, out);
  if (encoding == kUtf16Le) return DecodeUtf16(bytes, begin, end, false, align, out);
  if (encoding == kUtf16Be) return DecodeUtf16(bytes, begin, end, true, align, out);
  DecodeIcu(bytes, begin, end, labels_.Converter(encoding), align, out);
}

// The encoding of one segment of a document in `chosen`.
std::string_view Decoder::SegmentEncoding(std::string_view segment, std::string_view chosen) const {
  if (!HasHigh(segment)) return chosen;
  const bool utf8 = !FindInvalidUtf8(segment);
  if (utf8 && chosen == kUtf8) return chosen;
  const Plausibility as_chosen = JudgeAs(segment, chosen, labels_, tables_);
  if (as_chosen.broken == 0 && as_chosen.share() >= kSure) return chosen;
  std::string_view best = chosen;
  double share = std::max(kSure, as_chosen.share());
  const auto consider = [&](std::string_view encoding) {
    const Plausibility p = JudgeAs(segment, encoding, labels_, tables_);
    if (p.broken > 0 || p.size() < kFewCharacters || p.share() < share) return;
    share = p.share();
    best = encoding;
  };
  if (utf8) consider(kUtf8);
  if (best == chosen) {
    consider(kGb18030);
    consider(kBig5);
  }
  return best;
}

void Decoder::DecodeMixed(std::string_view bytes, size_t begin, bool align,
                          DecodedText& out) const {
  Decoded decoded;
  std::vector<EncodedSegment>& segments = out.decoding.segments;
  while (begin < bytes.size()) {
    const size_t end = SegmentEnd(bytes, begin);
    const std::string_view segment = bytes.substr(begin, end - begin);
    const std::string_view encoding = SegmentEncoding(segment, out.decoding.chosen);
    const auto from = static_cast<uint32_t>(decoded.text.size());
    DecodeAs(encoding, bytes, begin, end, align, decoded);
    const auto to = static_cast<uint32_t>(decoded.text.size());
    begin = end;
    if (encoding == out.decoding.chosen) continue;
    if (!segments.empty() && segments.back().span.end == from &&
        segments.back().encoding == encoding) {
      segments.back().span.end = to;
    } else {
      segments.push_back({{from, to}, std::string(encoding)});
    }
  }
  out.text = std::move(decoded.text);
  out.alignment = std::move(decoded.alignment);
  out.decoding.undecoded = std::move(decoded.undecoded);
}

DecodedText Decoder::Decode(std::string_view bytes, std::string_view http, bool align) const {
  DecodedText out;
  size_t bom = 0;
  Choose(bytes, http, out, bom);
  const std::string& chosen = out.decoding.chosen;
  const bool splits = bom == 0 && (IsDouble(chosen) || chosen == kUtf8);
  const bool pure = !IsDouble(chosen) || JudgeAs(bytes, chosen, labels_, tables_).share() >= kPure;
  Decoded decoded;
  if (align && bom > 0) decoded.alignment.Add({0, static_cast<uint32_t>(bom), 0, 0});
  if (pure || !splits) DecodeAs(chosen, bytes, bom, bytes.size(), align, decoded);
  if (splits && (!pure || !decoded.undecoded.empty())) {
    DecodeMixed(bytes, bom, align, out);
    return out;
  }
  out.text = std::move(decoded.text);
  out.alignment = std::move(decoded.alignment);
  out.decoding.undecoded = std::move(decoded.undecoded);
  return out;
}

}  // namespace kaoju
