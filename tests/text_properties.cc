#include "tests/text_properties.h"

#include <algorithm>
#include <utility>

#include "ingest/archive.h"
#include "ingest/byte_stream.h"
#include "ingest/feed.h"
#include "ingest/robots.h"
#include "ingest/utf8.h"

namespace kaoju {
namespace {

std::string Shown(Span s) {
  return "[" + std::to_string(s.begin) + ", " + std::to_string(s.end) + ")";
}

Span Whole(std::string_view text) { return {0, static_cast<uint32_t>(text.size())}; }

// One span of the target, there and back.
std::string BrokenSpan(const Alignment& to_source, Span span, size_t source_size,
                       std::string_view source) {
  const Span there = to_source.ToSource(span);
  if (there.begin > there.end || there.end > source_size)
    return Shown(span) + " leads out of the source, to " + Shown(there);
  if (!source.empty() && (!OnCodePoint(source, there.begin) || !OnCodePoint(source, there.end)))
    return Shown(span) + " leads into a character, to " + Shown(there);
  const Span back = to_source.ToTarget(there);
  if (!there.empty() && !back.Contains(span))
    return Shown(span) + " leads to " + Shown(there) + " and back to " + Shown(back);
  return {};
}

std::string BrokenRepairs(const Article& article) {
  uint32_t last = 0;
  for (const Repair& r : article.repairs) {
    const std::string which = r.kind + " at " + Shown(r.source);
    if (r.source.begin < last || r.source.end > article.text.size())
      return which + " overlaps or leaves the text";
    if (!OnCodePoint(article.text, r.source.begin) || !OnCodePoint(article.text, r.source.end))
      return which + " cuts a character";
    if (Slice(article.text, r.source) != r.before) return which + " does not say what stood there";
    if (FindInvalidUtf8(r.after)) return which + " is no UTF-8";
    last = r.source.end;
  }
  return {};
}

}  // namespace

std::string BrokenAlignment(const Alignment& to_source, std::string_view target, size_t source_size,
                            std::string_view source) {
  Span last{};
  for (uint32_t at = 0; at < target.size();) {
    uint32_t end = at + 1;
    while (!OnCodePoint(target, end)) ++end;
    std::string broken = BrokenSpan(to_source, {at, end}, source_size, source);
    if (!broken.empty()) return broken;
    const Span here = to_source.ToSource({at, end});
    if (here.begin < last.begin || here.end < last.end)
      return Shown({at, end}) + " goes back, to " + Shown(here);
    if (at > 0 && here.begin > last.end)
      return "nothing leads to the source's " + Shown({last.end, here.begin});
    // A longer span holds what its parts hold.
    const uint32_t begin = at < 64 ? 0 : (at & ~63U);
    if (OnCodePoint(target, begin)) {
      broken = BrokenSpan(to_source, {begin, end}, source_size, source);
      if (!broken.empty()) return broken;
      if (!to_source.ToSource({begin, end}).Contains(here))
        return Shown({begin, end}) + " does not hold what its end holds";
    }
    last = here;
    at = end;
  }
  if (!target.empty() && last.end != source_size)
    return "nothing leads to the source's last bytes, from " + std::to_string(last.end);
  return {};
}

std::string BrokenArticle(const Article& article) {
  std::string broken = BrokenRepairs(article);
  if (!broken.empty()) return broken;
  if (FindInvalidUtf8(article.folded)) return "the folded view is no UTF-8";
  broken = BrokenAlignment(article.alignment, article.folded, article.text.size(), article.text);
  return broken.empty() ? broken : "folded to text: " + broken;
}

std::string BrokenDecoding(const Ingest& ingest, std::string_view bytes) {
  DecodedText decoded = ingest.decoder().Decode(bytes, "", true);
  if (FindInvalidUtf8(decoded.text)) return "what was decoded is no UTF-8";
  for (const Span s : decoded.decoding.undecoded) {
    if (s.end > decoded.text.size() || Slice(decoded.text, s).substr(0, 3) != "\xEF\xBF\xBD")
      return "undecoded " + Shown(s) + " is no mark of loss";
  }
  std::string broken = BrokenAlignment(decoded.alignment, decoded.text, bytes.size());
  if (!broken.empty()) return "text to bytes: " + broken;
  Article article;
  article.text = std::move(decoded.text);
  ingest.Prepare(article);
  broken = BrokenArticle(article);
  if (!broken.empty()) return broken;
  const Alignment both = Compose(decoded.alignment, article.alignment);
  broken = BrokenAlignment(both, article.folded, bytes.size());
  if (!broken.empty()) return "folded to bytes: " + broken;
  const Span all = Whole(article.folded);
  const Span twice = decoded.alignment.ToSource(article.alignment.ToSource(all));
  return both.ToSource(all).Contains(twice) ? "" : "the two steps lead further than both at once";
}

std::string BrokenFolding(const Ingest& ingest, std::string_view utf8) {
  const Folded once = ingest.fold().Fold(utf8);
  if (FindInvalidUtf8(once.text)) return "the folded view is no UTF-8";
  if (ingest.fold().Fold(once.text).text != once.text) return "folding twice changes more";
  return BrokenAlignment(once.alignment, once.text, utf8.size(), utf8);
}

std::string BrokenArchive(std::string_view bytes) {
  constexpr size_t kMost = 1 << 20;
  for (const bool warc : {true, false}) {
    LineReader lines(FromMemory(bytes));
    const auto source =
        warc ? ReadWarc(std::move(lines), {kMost}) : ReadArc(std::move(lines), {kMost});
    size_t last = 0;
    for (RawDocument raw; source->Next(raw); raw = {}) {
      if (raw.line <= last) return "a record has no number of its own";
      last = raw.line;
      if (raw.bytes.size() > kMost) return "a document is longer than the limit";
      if (!raw.problem.empty() && !raw.bytes.empty()) return "a damaged record has bytes";
    }
  }
  return {};
}

std::string BrokenFeed(std::string_view utf8) {
  try {
    if (IsSitemap(utf8)) {
      for (const SitemapEntry& entry : ReadSitemap(utf8).entries) {
        if (FindInvalidUtf8(entry.url + entry.title + entry.published)) return "is no UTF-8";
      }
      return {};
    }
    for (const FeedEntry& entry : ReadFeed(utf8).entries) {
      if (FindInvalidUtf8(entry.id + entry.url + entry.title + entry.published + entry.source))
        return "is no UTF-8";
    }
  } catch (const DocumentError&) {
  }
  return {};
}

std::string BrokenRobots(std::string_view bytes) {
  const Robots robots = Robots::Parse(bytes);
  const std::string url = "http://e.cn/" + std::string(bytes.substr(0, 200));
  const Robots::Verdict verdict = robots.Judge("kaoju", url);
  if (verdict.allowed != robots.Judge("KAOJU", url).allowed) return "the case of the agent matters";
  if (verdict.rule.empty() && !verdict.allowed) return "nothing forbids it";
  return {};
}

std::string BrokenPage(const Ingest& ingest, std::string_view html) {
  try {
    const HtmlPage page = ReadHtml(html, {}, ingest.pages(), true);
    if (FindInvalidUtf8(page.text)) return "the text of the page is no UTF-8";
    std::string kept;
    for (const JudgedLine& line : JudgeHtml(html, {}, ingest.pages()).lines) {
      if (line.fate != BlockFate::kKept) continue;
      kept += (kept.empty() ? "" : "\n") + line.text;
    }
    if (kept != page.text) return "the lines that are kept are not the text";
    // The markup behind the text belongs to nothing.
    const Span all = page.alignment.ToSource(Whole(page.text));
    if (all.end > html.size()) return "the text leads out of the page";
    return BrokenAlignment(page.alignment, page.text, all.end);
  } catch (const DocumentError&) {
    return {};
  }
}

}  // namespace kaoju
