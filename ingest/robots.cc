#include "ingest/robots.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "ingest/utf8.h"

namespace kaoju {
namespace {

constexpr size_t kMaxLine = 16 * 1024;  // what is behind is not read
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kBlank = " \t\v\f";

std::string_view Trim(std::string_view text) {
  const size_t begin = text.find_first_not_of(kBlank);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) + 1 - begin);
}

enum class Key { kAgent, kAllow, kDisallow, kDelay, kSitemap, kOther };

Key KeyOf(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, Key>, 13> kKeys = {{
      {"user-agent", Key::kAgent},
      {"useragent", Key::kAgent},
      {"user agent", Key::kAgent},
      {"allow", Key::kAllow},
      {"disallow", Key::kDisallow},
      {"dissallow", Key::kDisallow},
      {"dissalow", Key::kDisallow},
      {"disalow", Key::kDisallow},
      {"diasllow", Key::kDisallow},
      {"disallaw", Key::kDisallow},
      {"crawl-delay", Key::kDelay},
      {"sitemap", Key::kSitemap},
      {"site-map", Key::kSitemap},
  }};
  const std::string lower = LowerAscii(name);
  const auto at =
      std::find_if(kKeys.begin(), kKeys.end(), [&](const auto& k) { return lower == k.first; });
  return at == kKeys.end() ? Key::kOther : at->second;
}

// The product token at the beginning (2.2.1).
std::string_view TokenOf(std::string_view value) {
  size_t end = 0;
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
  };
  while (end < value.size() && letter(value[end])) ++end;
  return value.substr(0, end);
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// Octets that are written %xx in upper case, and those above ASCII, too, where `all` (2.2.2).
std::string Escaped(std::string_view path, bool all) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (size_t i = 0; i < path.size(); ++i) {
    const auto byte = static_cast<unsigned char>(path[i]);
    const bool code = path[i] == '%' && i + 2 < path.size() && HexDigit(path[i + 1]) >= 0 &&
                      HexDigit(path[i + 2]) >= 0;
    if (code) {
      out += '%';
      out += kHex[static_cast<size_t>(HexDigit(path[i + 1]))];
      out += kHex[static_cast<size_t>(HexDigit(path[i + 2]))];
      i += 2;
    } else if (all && byte >= 0x80) {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 0x0F];
    } else {
      out += path[i];
    }
  }
  return out;
}

// Path and query of an address, without the fragment; "/" where there is none.
std::string PathOf(std::string_view url) {
  url = url.substr(0, url.find('#'));
  if (const size_t scheme = url.find("//"); scheme != url.npos && url.find('/') == scheme)
    url.remove_prefix(scheme + 2);
  const size_t begin = url.find_first_of("/?;");
  if (begin == url.npos) return "/";
  const std::string path = Escaped(url.substr(begin), false);
  return url[begin] == '/' ? path : '/' + path;
}

// "*" stands for any characters, and "$" at the end for the end; else a prefix matches. Time is at
// most the product of both sizes.
bool Matches(std::string_view pattern, std::string_view path) {
  const bool to_end = pattern.ends_with('$');
  if (to_end) pattern.remove_suffix(1);
  size_t p = 0;
  size_t at = 0;
  size_t star = pattern.npos;  // the last one seen, and where the rest was tried behind it
  size_t behind = 0;
  while (p < pattern.size() || (to_end && at < path.size())) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      behind = at;
    } else if (p < pattern.size() && at < path.size() && pattern[p] == path[at]) {
      ++p;
      ++at;
    } else if (star != pattern.npos && behind < path.size()) {
      p = star + 1;
      at = ++behind;
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace

class Robots::Parser {
 public:
  Robots Parse(std::string_view bytes) {
    if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
    for (size_t line = 1; !bytes.empty(); ++line) {
      const size_t end = std::min(bytes.find_first_of("\r\n"), bytes.size());
      TakeLine(bytes.substr(0, std::min(end, kMaxLine)), line);
      const bool both = bytes.substr(end).starts_with("\r\n");
      bytes.remove_prefix(std::min(end + (both ? 2 : 1), bytes.size()));
    }
    return std::move(out_);
  }

 private:
  void TakeLine(std::string_view text, size_t line) {
    text = Trim(text.substr(0, text.find('#')));
    size_t colon = text.find(':');
    if (colon == text.npos) {  // then two words may be meant as a key and its value
      colon = text.find_first_of(kBlank);
      if (colon == text.npos) return;
      const std::string_view value = Trim(text.substr(colon));
      if (value.find_first_of(kBlank) != value.npos) return;
    }
    const Key key = KeyOf(Trim(text.substr(0, colon)));
    const std::string_view value = Trim(text.substr(colon + 1));
    switch (key) {
      case Key::kAgent:
        return TakeAgent(value);
      case Key::kAllow:
      case Key::kDisallow:
        return TakeRule(key == Key::kAllow, value, line);
      case Key::kDelay:
        return TakeDelay(value);
      case Key::kSitemap:
        if (!value.empty()) out_.sitemaps_.emplace_back(value);
        return;
      case Key::kOther:
        return;
    }
  }

  // Agents in lines next to each other share a group; a rule ends their list.
  void TakeAgent(std::string_view value) {
    if (closed_) out_.groups_.emplace_back();
    closed_ = false;
    const bool all = value == "*" ||
                     (value.size() > 1 && value[0] == '*' && kBlank.find(value[1]) != kBlank.npos);
    out_.groups_.back().agents.push_back(all ? "*" : LowerAscii(TokenOf(value)));
  }

  void TakeRule(bool allow, std::string_view value, size_t line) {
    if (out_.groups_.empty()) return;  // of no group
    closed_ = true;
    if (value.empty()) return;
    std::vector<Rule>& rules = out_.groups_.back().rules;
    rules.push_back({allow, Escaped(value, true), line});
    // As Google has it, who allows the index of a folder allows the folder.
    const size_t name = value.rfind('/');
    if (allow && name != value.npos && value.substr(name).starts_with("/index.htm"))
      rules.push_back({allow, Escaped(value.substr(0, name + 1), true) + '$', line});
  }

  void TakeDelay(std::string_view value) {
    if (out_.groups_.empty()) return;
    double seconds = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (error == std::errc() && end == value.data() + value.size() && seconds >= 0)
      out_.groups_.back().delay = seconds;
  }

  Robots out_;
  bool closed_ = true;  // the next agent begins a group
};

Robots Robots::Parse(std::string_view bytes) { return Parser().Parse(bytes); }

std::vector<const Robots::Group*> Robots::GroupsOf(std::string_view agent) const {
  const std::string token = LowerAscii(agent);
  for (const std::string& wanted : {token, std::string("*")}) {
    std::vector<const Group*> found;
    for (const Group& group : groups_) {
      if (std::find(group.agents.begin(), group.agents.end(), wanted) != group.agents.end())
        found.push_back(&group);
    }
    if (!found.empty() && !wanted.empty()) return found;
  }
  return {};
}

Robots::Verdict Robots::Judge(std::string_view agent, std::string_view url) const {
  const std::string path = PathOf(url);
  const Rule* best = nullptr;
  for (const Group* group : GroupsOf(agent)) {
    for (const Rule& rule : group->rules) {
      const bool better =
          best == nullptr || rule.pattern.size() > best->pattern.size() ||
          (rule.pattern.size() == best->pattern.size() && rule.allow && !best->allow);
      if (better && Matches(rule.pattern, path)) best = &rule;
    }
  }
  if (best == nullptr) return {};
  return {best->allow, (best->allow ? "allow: " : "disallow: ") + best->pattern, best->line};
}

std::optional<double> Robots::CrawlDelay(std::string_view agent) const {
  std::optional<double> longest;
  for (const Group* group : GroupsOf(agent)) {
    if (group->delay && group->delay.value() > longest.value_or(-1)) longest = group->delay;
  }
  return longest;
}

}  // namespace kaoju
