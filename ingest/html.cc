#include "ingest/html.h"

#include <algorithm>
#include <utility>

#include "extract/article.h"
#include "ingest/byline.h"
#include "ingest/headline.h"
#include "ingest/html_tree.h"
#include "ingest/main_text.h"
#include "ingest/page_meta.h"

namespace kaoju {
namespace {

constexpr size_t kLinesBefore = 24;  // of the text, in which a byline may stand
constexpr size_t kLinesBehind = 10;
constexpr size_t kCredited = 3;     // first lines of the text that may name who wrote it
constexpr size_t kMaxByline = 200;  // letters
constexpr size_t kMaxSource = 24;   // letters

bool IsKept(const PageBlock& block) { return block.fate == BlockFate::kKept; }

struct JudgedPage {
  PageMeta meta;
  SiteReading site;
  std::string title;
  PageBlocks page;
};

JudgedPage Judge(const HtmlTree& tree, std::string_view html, std::string_view url,
                 const PageTables& tables, bool align) {
  JudgedPage out;
  out.meta = ReadMeta(tree.root(), tables);
  out.page = ReadBlocks(tree.root(), html, align);
  out.site =
      ReadBySite(tables.sites().Of(url.empty() ? out.meta.address : url), tree.root(), out.page);
  out.title = out.site.title.empty() ? HeadlineOf(out.meta, tables) : out.site.title;
  const std::string& title = out.title;
  for (const PageBlock& block : out.page.blocks) {
    if (!IsHeadlineOf(block.text.text(), title)) continue;
    out.title = block.text.text();
    break;
  }
  FindMainText(out.page, out.title, out.site, tables);
  return out;
}

// What the page calls its site: in so many words, and what its title has besides the headline.
std::string SiteOf(const PageMeta& meta, const std::string& headline) {
  std::string site = meta.Get(PageField::kSite);
  const std::string& title = meta.title_tag;
  const size_t at = headline.empty() ? title.npos : title.find(headline);
  if (at != title.npos) site += '|' + title.substr(at + headline.size());
  return site;
}

// What the lines before, in and behind the text say.
struct Around {
  Byline byline;
  std::string date;  // the first one before the text that no label explains
};

Around ReadAround(const std::vector<PageBlock>& blocks, std::string_view site,
                  const PageTables& tables) {
  Around out;
  const auto first = std::find_if(blocks.begin(), blocks.end(), IsKept);
  if (first == blocks.end()) return out;
  const auto last = std::find_if(blocks.rbegin(), blocks.rend(), IsKept).base();
  const auto before = static_cast<size_t>(first - blocks.begin());
  const auto behind = std::min(static_cast<size_t>(blocks.end() - last), kLinesBehind);
  for (size_t i = before - std::min(before, kLinesBefore); i < before; ++i) {
    if (blocks[i].letters > kMaxByline) continue;
    const std::string& line = blocks[i].text.text();
    ReadByline(line, tables, out.byline);
    ReadPlainByline(line, site, tables, out.byline);
    if (out.date.find('T') == out.date.npos) {
      const std::string date = FindDate(line);
      const bool better = out.date.empty() || date.find('T') != date.npos;
      if (!date.empty() && better) out.date = date;
    }
  }
  Byline later;
  for (auto at = first; at != last + static_cast<ptrdiff_t>(behind); ++at) {
    if (!IsKept(*at) && at->letters <= kMaxByline) ReadByline(at->text.text(), tables, later);
  }
  if (out.byline.source.empty()) out.byline.source = later.source;
  if (out.byline.editor.empty()) out.byline.editor = later.editor;
  if (out.byline.modified.empty()) out.byline.modified = later.modified;
  if (out.byline.authors.empty()) out.byline.authors = later.authors;
  size_t read = 0;
  for (auto at = first; at != last && read < kCredited; ++at) {
    if (!IsKept(*at)) continue;
    const bool line = at->stops == 0 && at->letters <= kMaxSource;
    if (line && out.byline.authors.empty())
      out.byline.authors = LabelledAuthors(at->text.text(), tables);
    ReadCredits(at->text.text(), tables, out.byline);
    ++read;
  }
  ReadCredits((last - 1)->text.text(), tables, out.byline);
  return out;
}

// What is said of a time, as it stands there if that is understood, with its time of day if it has
// one; empty: nothing.
std::string TimeIn(const std::string& said) {
  if (ParsePublishedMinute(said)) return said;
  std::string found = FindDate(said);
  return found.find('T') == found.npos && ParsePublished(said) ? said : found;
}

std::string Said(const std::map<PageField, std::string>& by, PageField field) {
  const auto at = by.find(field);
  return at == by.end() ? std::string() : at->second;
}

// All places in which the page says when it was published, the most trusted first.
std::vector<PublishedEvidence> PublishedIn(const PageMeta& meta, const SiteReading& site,
                                           const Around& around) {
  const bool same = around.date == around.byline.published;  // it is that line's
  std::vector<PublishedEvidence> out = {{"site", site.published},
                                        {"json-ld", Said(meta.json, PageField::kPublished)},
                                        {"meta", Said(meta.meta, PageField::kPublished)},
                                        {"byline", around.byline.published},
                                        {"time", meta.time_tag},
                                        {"line", same ? "" : around.date},
                                        {"script", meta.script_time}};
  for (PublishedEvidence& said : out) said.value = TimeIn(said.value);
  std::erase_if(out, [](const PublishedEvidence& said) { return said.value.empty(); });
  return out;
}

// The first, or one of the same day that says the time, too.
std::string PublishedOf(const std::vector<PublishedEvidence>& evidence) {
  std::string best;
  for (const PublishedEvidence& said : evidence) {
    if (best.empty()) {
      best = said.value;
    } else if (!ParsePublishedMinute(best) && ParsePublishedMinute(said.value) &&
               ParsePublished(best) == ParsePublished(said.value)) {
      best = said.value;
    }
  }
  return best;
}

std::string ModifiedOf(const PageMeta& meta, const Around& around) {
  for (const std::string& said : {Said(meta.json, PageField::kModified),
                                  Said(meta.meta, PageField::kModified), around.byline.modified}) {
    std::string time = TimeIn(said);
    if (!time.empty()) return time;
  }
  return {};
}

std::string NextOf(const HtmlTree& tree, std::string_view url, const PageMeta& meta,
                   const PageTables& tables) {
  const std::string_view known = url.empty() ? std::string_view(meta.address) : url;
  return tables.paging().NextOf(tree.root(), known,
                                NextBySite(tables.sites().Of(known), tree.root()));
}

bool IsUrl(std::string_view text) { return text.find("://") != text.npos; }

// A field that the profile of the site points at: what its labels say, or all of it.
void TakeOrigin(const SiteReading& site, const PageTables& tables, Byline& out) {
  Byline said;
  for (const std::string& text : {site.source, site.author, site.editor})
    ReadByline(text, tables, said);
  const auto whole = [](const std::string& text) {
    return text.find(':') == text.npos && text.find("\xEF\xBC\x9A") == text.npos &&
           CountLetters(text) <= kMaxSource;
  };
  if (said.source.empty() && whole(site.source)) said.source = site.source;
  if (said.editor.empty() && whole(site.editor)) said.editor = site.editor;
  if (said.authors.empty() && whole(site.author)) {
    said.authors = LabelledAuthors(site.author, tables);
    if (said.authors.empty()) said.authors = SplitNames(site.author);
  }
  if (!said.source.empty()) out.source = std::move(said.source);
  if (!said.editor.empty()) out.editor = std::move(said.editor);
  if (!said.authors.empty()) out.authors = std::move(said.authors);
}

// The authors that the head of the page names: often its editor, its site or nobody.
std::vector<std::string> AuthorsInHead(const PageMeta& meta, const HtmlPage& page) {
  std::vector<std::string> out = meta.json_authors;
  const std::string author = Said(meta.meta, PageField::kAuthor);
  if (out.empty() && !IsUrl(author)) out = SplitNames(author);
  const std::string site = meta.Get(PageField::kSite);
  std::erase_if(out, [&](const std::string& name) {
    return name == page.editor || name == page.source || site.find(name) != site.npos;
  });
  return out;
}

void FillOrigin(const PageMeta& meta, const PageTables& tables, Around& around, HtmlPage& page) {
  page.source = std::move(around.byline.source);
  if (page.source.empty()) {
    const auto given = meta.meta.find(PageField::kSource);
    if (given == meta.meta.end()) page.source = meta.called_source;
    if (given != meta.meta.end() && !IsUrl(given->second) &&
        CountLetters(given->second) <= kMaxSource)
      page.source = given->second;
  }
  page.editor = std::move(around.byline.editor);
  page.authors = std::move(around.byline.authors);
  if (page.authors.empty()) page.authors = AuthorsInHead(meta, page);
  std::erase_if(page.authors, [&](const std::string& name) { return tables.IsNobody(name); });
}

}  // namespace

HtmlPage ReadHtml(std::string_view utf8, std::string_view url, const PageTables& tables,
                  bool align) {
  const HtmlTree tree(utf8);
  JudgedPage judged = Judge(tree, utf8, url, tables, align);
  HtmlPage page;
  page.title = std::move(judged.title);
  TracedText text(align);
  for (const PageBlock& block : judged.page.blocks) {
    if (!IsKept(block)) continue;
    text.AppendWhole(block.text);
    if (block.kind == BlockKind::kParagraph) continue;
    const auto end = static_cast<uint32_t>(text.text().size());
    const auto size = static_cast<uint32_t>(block.text.text().size());
    page.blocks.push_back({std::string(NameOf(block.kind)), {end - size, end}});
  }
  if (align) page.alignment = text.ToAlignment();
  page.text = text.text();
  Around around = ReadAround(judged.page.blocks, SiteOf(judged.meta, page.title), tables);
  page.published_evidence = PublishedIn(judged.meta, judged.site, around);
  page.published = PublishedOf(page.published_evidence);
  page.modified = ModifiedOf(judged.meta, around);
  page.next = NextOf(tree, url, judged.meta, tables);
  TakeOrigin(judged.site, tables, around.byline);
  FillOrigin(judged.meta, tables, around, page);
  return page;
}

std::string NextPageOf(std::string_view utf8, std::string_view url, const PageTables& tables) {
  const HtmlTree tree(utf8);
  return NextOf(tree, url, ReadMeta(tree.root(), tables), tables);
}

JudgedHtml JudgeHtml(std::string_view utf8, std::string_view url, const PageTables& tables) {
  const HtmlTree tree(utf8);
  JudgedPage judged = Judge(tree, utf8, url, tables, false);
  JudgedHtml out;
  if (judged.site.profile != nullptr) out.site = judged.site.profile->name;
  out.by_it = std::move(judged.site.used);
  out.next = NextOf(tree, url, judged.meta, tables);
  for (const PageBlock& block : judged.page.blocks)
    out.lines.push_back({block.text.text(), block.fate, block.kind, block.evidence});
  return out;
}

}  // namespace kaoju
