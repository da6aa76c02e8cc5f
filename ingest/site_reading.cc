#include "ingest/site_reading.h"

#include <array>
#include <utility>

#include "ingest/html_walk.h"

namespace kaoju {
namespace {

constexpr size_t kFewLetters = 30;  // an element with less holds no article
constexpr size_t kMaxTries = 64;    // elements that fit a selector and may hold no text

struct Wanted {
  SiteField field;
  std::string SiteReading::*text;
};
constexpr std::array<Wanted, 5> kTexts = {{
    {SiteField::kTitle, &SiteReading::title},
    {SiteField::kPublished, &SiteReading::published},
    {SiteField::kSource, &SiteReading::source},
    {SiteField::kAuthor, &SiteReading::author},
    {SiteField::kEditor, &SiteReading::editor},
}};

class Reader {
 public:
  Reader(const SiteProfile& profile, SiteReading& out) : profile_(profile), out_(out) {
    for (size_t i = 0; i < kTexts.size(); ++i) rank_[i] = profile.of(kTexts[i].field).size();
  }

  void Texts(const GumboNode* root) {
    Walk(
        root,
        [&](const GumboNode& node, const auto&) {
          if (IsElement(node)) Take(node);
          return !IsText(node);
        },
        [](const GumboNode&) {});
    for (size_t i = 0; i < kTexts.size(); ++i) {
      const auto& selectors = profile_.of(kTexts[i].field);
      if (rank_[i] < selectors.size()) Use(kTexts[i].field, selectors[rank_[i]]);
    }
  }

  void Elements(const PageBlocks& page) {
    out_.dropped.resize(page.elements.size());
    size_t best = profile_.of(SiteField::kBody).size();
    for (size_t i = 1; i < page.elements.size(); ++i) {
      const PageElement& element = page.elements[i];
      if (const SiteSelector* drop = Matching(SiteField::kDrop, *element.node))
        out_.dropped[i] = profile_.name + " " + drop->words;
      if (element.letters < kFewLetters || element.weight == 0) continue;
      const SiteSelector* body = Matching(SiteField::kBody, *element.node);
      if (body == nullptr) continue;
      const auto rank = static_cast<size_t>(body - profile_.of(SiteField::kBody).data());
      const bool more = rank == best && element.letters > page.elements[out_.body].letters;
      if (rank > best || (rank == best && !more)) continue;
      best = rank;
      out_.body = i;
    }
    if (out_.body != 0) Use(SiteField::kBody, profile_.of(SiteField::kBody)[best]);
  }

 private:
  const SiteSelector* Matching(SiteField field, const GumboNode& node) const {
    for (const SiteSelector& s : profile_.of(field)) {
      if (s.selector.Matches(node)) return &s;
    }
    return nullptr;
  }

  void Take(const GumboNode& node) {
    for (size_t i = 0; i < kTexts.size(); ++i) {
      const auto& selectors = profile_.of(kTexts[i].field);
      for (size_t at = 0; at < rank_[i]; ++at) {
        if (!selectors[at].selector.Matches(node) || ++tries_ > kMaxTries) continue;
        std::string text = selectors[at].attribute.empty()
                               ? TextBelow(&node)
                               : ClipText(AttributeOf(node, selectors[at].attribute.c_str()));
        if (text.empty()) continue;
        out_.*kTexts[i].text = std::move(text);
        rank_[i] = at;
      }
    }
  }

  void Use(SiteField field, const SiteSelector& selector) {
    out_.used.push_back(std::string(NameOf(field)) + " " + selector.words);
  }

  const SiteProfile& profile_;
  SiteReading& out_;
  std::array<size_t, kTexts.size()> rank_{};  // of the selector that gave a text
  size_t tries_ = 0;
};

}  // namespace

std::vector<std::string> NextBySite(const SiteProfile* profile, const GumboNode* root) {
  std::vector<std::string> out;
  if (profile == nullptr || profile->of(SiteField::kNext).empty()) return out;
  Walk(
      root,
      [&](const GumboNode& node, const auto&) {
        for (const SiteSelector& s : profile->of(SiteField::kNext)) {
          if (out.size() >= kMaxTries || !IsElement(node) || !s.selector.Matches(node)) continue;
          const char* attribute = s.attribute.empty() ? "href" : s.attribute.c_str();
          out.push_back(ClipText(AttributeOf(node, attribute)));
        }
        return !IsText(node);
      },
      [](const GumboNode&) {});
  return out;
}

SiteReading ReadBySite(const SiteProfile* profile, const GumboNode* root,
                       const PageBlocks& blocks) {
  SiteReading out;
  out.profile = profile;
  if (profile == nullptr) return out;
  Reader reader(*profile, out);
  reader.Texts(root);
  reader.Elements(blocks);
  return out;
}

}  // namespace kaoju
