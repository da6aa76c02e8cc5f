// Selector: the part of CSS (Selectors Level 3) by which profiles of sites name elements: compounds
// of a type, #id, .class, [name], [name=value], [name^=value] and [name*=value], where blanks
// between them mean "below".
#pragma once

#include <gumbo.h>

#include <string>
#include <string_view>
#include <vector>

namespace kaoju {

class Selector {
 public:
  // Throws std::invalid_argument with the reason.
  explicit Selector(std::string_view text);

  // What is "below" something is at most 100 levels below it.
  bool Matches(const GumboNode& node) const;

  const std::string& text() const { return text_; }

 private:
  struct Test {
    enum class Kind { kWord, kIs, kHas, kBegins, kHolds };  // kWord: one of the words in it
    Kind kind = Kind::kHas;
    std::string attribute;
    std::string value;

    bool Holds(const GumboNode& node) const;
  };
  struct Compound {
    std::string type;  // in lower case; empty: any
    std::vector<Test> tests;

    bool Holds(const GumboNode& node) const;
  };

  static Compound ParseCompound(std::string_view& text);
  static Test ParseBrackets(std::string_view& text);

  std::string text_;
  std::vector<Compound> compounds_;  // from the outside in
};

}  // namespace kaoju
