// robots.txt (RFC 9309): what a site lets a crawler fetch.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kaoju {

class Robots {
 public:
  // Allows everything.
  Robots() = default;
  // Any bytes; what is no line of the format is passed over, and slips that are common (a missing
  // colon, "dissallow") are read as what is meant. Linear in their size.
  static Robots Parse(std::string_view bytes);

  struct Verdict {
    bool allowed = true;
    std::string rule;  // the line that decided, such as "disallow: /a"; empty: none did
    size_t line = 0;
  };
  // `agent`: the product token, letters, "-" and "_"; `url` is percent-encoded. The longest pattern
  // that matches decides, allow before disallow (2.2.2).
  Verdict Judge(std::string_view agent, std::string_view url) const;

  // Seconds between two fetches, as the group of the agent asks; nullopt: it does not.
  std::optional<double> CrawlDelay(std::string_view agent) const;
  const std::vector<std::string>& sitemaps() const { return sitemaps_; }

 private:
  struct Rule {
    bool allow = false;
    std::string pattern;
    size_t line = 0;
  };
  struct Group {
    std::vector<std::string> agents;  // in lower case; "*" for all
    std::vector<Rule> rules;
    std::optional<double> delay;
  };
  class Parser;

  // Of the agent, or else of all; 2.2.1: all groups of one agent count as one.
  std::vector<const Group*> GroupsOf(std::string_view agent) const;

  std::vector<Group> groups_;
  std::vector<std::string> sitemaps_;
};

}  // namespace kaoju
