#include "ingest/feed_time.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <utility>

#include "extract/article.h"
#include "extract/civil.h"
#include "ingest/html_walk.h"
#include "ingest/utf8.h"

namespace kaoju {
namespace {

// RFC 822, 5.1: the names of zones, and of the months.
constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kZones = {{
    {"ut", "+00:00"},
    {"utc", "+00:00"},
    {"gmt", "+00:00"},
    {"z", "+00:00"},
    {"est", "-05:00"},
    {"edt", "-04:00"},
    {"cst", "-06:00"},
    {"cdt", "-05:00"},
    {"mst", "-07:00"},
    {"mdt", "-06:00"},
    {"pst", "-08:00"},
    {"pdt", "-07:00"},
}};
constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};

std::string ZoneOf(const std::string& text) {
  const std::string lower = LowerAscii(text);
  for (const auto& [name, zone] : kZones) {
    if (lower == name) return std::string(zone);
  }
  if (text.empty() || (text[0] != '+' && text[0] != '-')) return {};
  return text[3] == ':' ? text : text.substr(0, 3) + ':' + text.substr(3);
}

// Years of two digits: RFC 2822, 4.3.
int WholeYear(int year) {
  if (year >= 1000) return year;
  return year < 50 ? year + 2000 : year + 1900;
}

}  // namespace

std::string FeedTime(std::string_view text) {
  static const RE2 mail(R"((?i)(?:[a-z]+,?\s+)?(\d{1,2})[ -]([a-z]{3})[a-z]*[ -](\d{4}|\d{2}))"
                        R"((?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?\s*([a-z]+|[+-]\d{2}:?\d{2})?)");
  std::string given = Collapse(text);
  if (ParsePublished(given)) return given;
  CivilDate day;
  std::string name;
  std::string hour;
  std::string minute;
  std::string second;
  std::string zone;
  if (!RE2::FullMatch(given, mail, &day.day, &name, &day.year, &hour, &minute, &second, &zone))
    return given;
  const auto month = std::find(kMonths.begin(), kMonths.end(), LowerAscii(name));
  if (month == kMonths.end()) return given;
  day.month = static_cast<int>(month - kMonths.begin()) + 1;
  day.year = WholeYear(day.year);
  if (day.day < 1 || day.day > DaysInMonth(day.year, day.month)) return given;
  std::string out = Iso(day);
  if (hour.empty()) return out;
  if (hour.size() == 1) hour.insert(0, "0");
  return out + 'T' + hour + ':' + minute + ':' + (second.empty() ? "00" : second) + ZoneOf(zone);
}

}  // namespace kaoju
