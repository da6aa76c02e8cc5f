#include "ingest/paging.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "ingest/html_walk.h"
#include "ingest/table_file.h"
#include "ingest/url.h"
#include "ingest/utf8.h"
#include "rules/error.h"

namespace kaoju {
namespace {

constexpr size_t kMaxDigits = 3;         // of the number of a page
constexpr size_t kMaxScript = 64 << 10;  // bytes that are looked at
constexpr const char* kScriptGroups[] = {"count", "index", "name", "ending"};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// The number that all of the text is, of a page; nullopt: it is none.
std::optional<int> PageNumber(std::string_view text) {
  if (text.empty() || text.size() > kMaxDigits) return std::nullopt;
  if (!std::all_of(text.begin(), text.end(), IsDigit)) return std::nullopt;
  return std::stoi(std::string(text));
}

// "name_2", "name-2": where the sign before the number stands; npos: there is no number.
size_t SignBeforeNumber(std::string_view name) {
  const size_t sign = name.find_last_of("_-");
  if (sign == name.npos || sign == 0) return name.npos;
  return PageNumber(name.substr(sign + 1)) ? sign : name.npos;
}

// Signs that links are adorned with: 下一页 >, 【下一页】.
std::string Bare(std::string_view text) {
  std::string out = LowerAscii(Collapse(text));
  for (const std::string_view sign :
       {">", "<", "\xC2\xBB", "\xE2\x80\xBA", "\xE2\x86\x92", "\xE3\x80\x90", "\xE3\x80\x91", "[",
        "]", "(", ")", "\xEF\xBC\x88", "\xEF\xBC\x89", "\xE2\x96\xB6", "\xE2\x80\xA6", "."}) {
    while (out.starts_with(sign)) out.erase(0, sign.size());
    while (out.ends_with(sign)) out.resize(out.size() - sign.size());
    if (!out.empty() && out.front() == ' ') out.erase(0, 1);
    if (!out.empty() && out.back() == ' ') out.pop_back();
  }
  return out;
}

std::unique_ptr<RE2> Compile(const TableRow& row) {
  RE2::Options quiet;
  quiet.set_log_errors(false);
  auto regex = std::make_unique<RE2>(row.cells[1], quiet);
  if (!regex->ok()) throw RulesError(row.place + ": " + regex->error());
  for (const char* group : kScriptGroups) {
    if (!regex->NamedCapturingGroups().contains(group))
      throw RulesError(row.place + ": the group '" + group + "' is missing");
  }
  return regex;
}

}  // namespace

Paging::Paging(const std::string& rules_dir) {
  for (const TableRow& row : ReadTable(rules_dir + "/page/paging.tsv", 2)) {
    const std::string& kind = row.cells[0];
    if (kind == "word") {
      words_.insert(row.cells[1]);
    } else if (kind == "parameter") {
      parameters_.insert(row.cells[1]);
    } else if (kind == "script") {
      scripts_.push_back(Compile(row));
    } else {
      throw RulesError(row.place + ": there is no '" + kind + "'");
    }
  }
}

// "…?id=7&page=2" is page 2 of "…?id=7".
bool Paging::TakeParameter(std::string_view url, Numbered& out) const {
  const size_t query = url.find('?');
  for (size_t at = query; at != url.npos; at = url.find('&', at + 1)) {
    const size_t end = std::min(url.find('&', at + 1), url.size());
    const std::string_view pair = url.substr(at + 1, end - at - 1);
    const size_t is = pair.find('=');
    if (is == pair.npos || !parameters_.contains(LowerAscii(pair.substr(0, is)))) continue;
    const auto number = PageNumber(pair.substr(is + 1));
    if (!number) continue;
    out.number = *number;
    const bool first = at == query;
    const bool last = end == url.size();
    out.stem = std::string(url.substr(0, first && !last ? at + 1 : at));
    if (!last) out.stem += url.substr(first ? end + 1 : end);
    return true;
  }
  return false;
}

Paging::Numbered Paging::Take(std::string_view url) const {
  Numbered out{std::string(url), 0};
  if (TakeParameter(url, out)) return out;
  const size_t path_end = std::min(url.find('?'), url.size());
  const std::string_view path = url.substr(0, path_end);
  const size_t scheme = path.find("://");
  const size_t host = scheme == path.npos ? 0 : scheme + 3;
  const size_t slash = path.rfind('/');
  if (slash == path.npos || slash < host) return out;
  const std::string_view file = path.substr(slash + 1);
  const size_t dot = std::min(file.rfind('.'), file.size());
  const std::string_view name = file.substr(0, dot);
  if (const size_t sign = SignBeforeNumber(name); sign != name.npos) {
    out.number = *PageNumber(name.substr(sign + 1));
    out.stem = std::string(path.substr(0, slash + 1 + sign)) + std::string(file.substr(dot));
  } else if (dot == file.size() && PageNumber(name) && slash > path.find('/', host)) {
    out.number = *PageNumber(name);
    out.stem = std::string(path.substr(0, slash));
  } else {
    return out;
  }
  out.stem += url.substr(path_end);
  return out;
}

bool Paging::MayFollow(std::string_view next, std::string_view page) const {
  const Numbered behind = Take(next);
  if (behind.number == 0) return false;
  const auto without_slash = [](std::string_view url) {
    return url.ends_with('/') ? url.substr(0, url.size() - 1) : url;
  };
  // The first page seldom has a number; the second one is called 2, or 1 where they are counted
  // from 0.
  if (without_slash(behind.stem) == without_slash(page)) return behind.number <= 2;
  const Numbered before = Take(page);
  const bool counted = before.number > 0 || page.size() > before.stem.size();
  return counted && before.stem == behind.stem && behind.number == before.number + 1;
}

bool Paging::IsNextLink(const GumboNode& node) const {
  const std::string rel = ' ' + LowerAscii(AttributeOf(node, "rel")) + ' ';
  if (rel.find(" next ") != rel.npos) return true;
  if (node.v.element.tag != GUMBO_TAG_A) return false;
  return words_.contains(Bare(TextBelow(&node))) ||
         words_.contains(Bare(AttributeOf(node, "title")));
}

std::string Paging::NextInScript(std::string_view script) const {
  const re2::StringPiece text(script.data(), std::min(script.size(), kMaxScript));
  for (const auto& regex : scripts_) {
    std::vector<re2::StringPiece> groups(static_cast<size_t>(regex->NumberOfCapturingGroups()) + 1);
    if (!regex->Match(text, 0, text.size(), RE2::UNANCHORED, groups.data(),
                      static_cast<int>(groups.size())))
      continue;
    const auto group = [&](const char* name) {
      const int index = regex->NamedCapturingGroups().at(name);
      return groups[static_cast<size_t>(index)].as_string();
    };
    const auto index = PageNumber(group("index"));
    const auto count = PageNumber(group("count"));
    if (!index || !count || *index + 1 >= *count) return {};
    return group("name") + '_' + std::to_string(*index + 1) + '.' + group("ending");
  }
  return {};
}

std::string Paging::NextOf(const GumboNode* root, std::string_view url,
                           const std::vector<std::string>& by_site) const {
  const auto page = ParseUrl(url);
  if (!page) return {};
  std::string found;
  const auto take = [&](std::string_view address) {
    if (address.empty() || !found.empty()) return;
    const auto next = ParseUrl(address, page->text);
    if (next && next->origin == page->origin && MayFollow(next->text, page->text))
      found = next->text;
  };
  for (const std::string& address : by_site) take(address);
  Walk(
      root,
      [&](const GumboNode& node, const auto&) {
        if (!found.empty()) return false;
        const GumboTag tag = TagOf(node);
        if (tag == GUMBO_TAG_A || tag == GUMBO_TAG_LINK) {
          const std::string_view href = AttributeOf(node, "href");
          if (!href.empty() && IsNextLink(node)) take(href);
        } else if (tag == GUMBO_TAG_SCRIPT && node.v.element.children.length > 0) {
          const auto* text = static_cast<const GumboNode*>(node.v.element.children.data[0]);
          if (IsText(*text)) take(NextInScript(text->v.text.text));
        }
        return true;
      },
      [](const GumboNode&) {});
  return found;
}

}  // namespace kaoju
