#include "ingest/main_text.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "ingest/byline.h"
#include "ingest/headline.h"

namespace kaoju {
namespace {

constexpr std::array<size_t, 3> kNear = {4, 3, 1};  // what a line counts for the blocks around it
constexpr double kDense = 0.5;        // of what widening adds, so much must be running text
constexpr double kMostOfAll = 0.5;    // an element with so much of the page's text is no noise
constexpr double kEndsBehind = 0.5;   // of the text must stand before words that end it
constexpr size_t kCardLetters = 100;  // an <article> with less is a card
constexpr size_t kCueLetters = 120;   // a longer line is a paragraph, whatever it begins with

class Finder {
 public:
  Finder(PageBlocks& page, std::string_view title, const SiteReading& site,
         const PageTables& tables)
      : page_(page), title_(BareText(title)), site_(site), tables_(tables) {}

  void Run() {
    FindNoise();
    MarkInside(site_.body != 0 ? site_.body : Narrow(Widen(Heaviest())));
    for (size_t i = 0; i < page_.blocks.size(); ++i) {
      PageBlock& block = page_.blocks[i];
      if (inside_[block.element]) Judge(block);
    }
    EndAtCue();
    TrimHead();
    TrimTail();
  }

 private:
  // Elements whose tag, class or id says that they hold no article, and all in them.
  void FindNoise() {
    noise_.resize(page_.elements.size());
    const std::vector<bool> known = HoldingBody();
    const double most = kMostOfAll * static_cast<double>(page_.elements[0].weight);
    for (size_t i = 1; i < page_.elements.size(); ++i) {
      const PageElement& element = page_.elements[i];
      noise_[i] = noise_[element.parent];
      if (!noise_[i].empty() || known[i]) continue;
      if (!site_.dropped.empty()) noise_[i] = site_.dropped[i];
      if (noise_[i].empty() && static_cast<double>(element.weight) <= most)
        noise_[i] = NoiseOf(*element.node);
    }
    for (PageBlock& block : page_.blocks) {
      if (noise_[block.element].empty()) continue;
      block.fate = BlockFate::kNoise;
      block.evidence = noise_[block.element];
    }
  }

  // Of each element whether it is the one that holds the article, as the site's profile says, or
  // one around it: whatever it is called, it is no noise.
  std::vector<bool> HoldingBody() const {
    std::vector<bool> out(page_.elements.size());
    for (size_t at = site_.body; at != 0; at = page_.elements[at].parent) out[at] = true;
    return out;
  }

  std::string NoiseOf(const GumboNode& node) const {
    if (!IsElement(node)) return {};
    if (IsFurniture(TagOf(node))) return gumbo_normalized_tagname(TagOf(node));
    std::string by_class = tables_.NoiseIn(AttributeOf(node, "class"));
    return by_class.empty() ? tables_.NoiseIn(AttributeOf(node, "id")) : by_class;
  }

  size_t Weight(const PageBlock& block) const {
    return block.fate == BlockFate::kNoise ? 0 : block.weight();
  }

  // The element to which most text is near; of equals, the first in the page.
  size_t Heaviest() const {
    std::vector<size_t> near(page_.elements.size());
    for (const PageBlock& block : page_.blocks) {
      size_t at = block.element;
      if (page_.elements[at].node != nullptr && IsParagraph(TagOf(*page_.elements[at].node)))
        at = page_.elements[at].parent;
      for (const size_t share : kNear) {
        near[at] += share * Weight(block);
        if (at == 0) break;
        at = page_.elements[at].parent;
      }
    }
    return static_cast<size_t>(std::max_element(near.begin(), near.end()) - near.begin());
  }

  // What the elements hold, without noise.
  void Sum(std::vector<size_t>& weights, std::vector<size_t>& letters) const {
    weights.assign(page_.elements.size(), 0);
    letters.assign(page_.elements.size(), 0);
    for (const PageBlock& block : page_.blocks) {
      if (block.fate == BlockFate::kNoise) continue;
      weights[block.element] += block.stops > 0 ? Weight(block) : 0;
      letters[block.element] += block.letters + block.stops;
    }
    for (size_t i = page_.elements.size(); i-- > 1;) {
      weights[page_.elements[i].parent] += weights[i];
      letters[page_.elements[i].parent] += letters[i];
    }
  }

  size_t Widen(size_t at) const {
    std::vector<size_t> weights;
    std::vector<size_t> letters;
    Sum(weights, letters);
    size_t best = at;
    while (at != 0) {
      at = page_.elements[at].parent;
      const double more = static_cast<double>(weights[at] - weights[best]);
      const double all = static_cast<double>(letters[at] - letters[best]);
      const bool much = more * 10 > static_cast<double>(weights[best]);
      if (much && more > kDense * all) best = at;
    }
    return best;
  }

  // To the one <article> in it, if that is no card.
  size_t Narrow(size_t top) {
    MarkInside(top);
    size_t only = top;
    for (size_t i = top + 1; i < page_.elements.size(); ++i) {
      const PageElement& element = page_.elements[i];
      if (!inside_[i] || TagOf(*element.node) != GUMBO_TAG_ARTICLE) continue;
      if (element.letters < kCardLetters) continue;
      if (only != top) return top;
      only = i;
    }
    return only;
  }

  void MarkInside(size_t top) {
    inside_.assign(page_.elements.size(), false);
    inside_[top] = true;
    for (size_t i = top + 1; i < page_.elements.size(); ++i)
      inside_[i] = inside_[page_.elements[i].parent];
  }

  void Judge(PageBlock& block) const {
    if (block.fate == BlockFate::kNoise) return;
    block.fate = BlockFate::kKept;
    const std::string& text = block.text.text();
    if (block.link_letters * 2 > block.letters) {
      block.fate = BlockFate::kLinks;
      return;
    }
    if (block.letters > kCueLetters) return;
    const LineCue* cue = tables_.CueOf(text);
    if (cue == nullptr || cue->kind == LineKind::kByline) return;
    block.evidence = cue->words;
    block.fate = BlockFate::kCue;
  }

  bool Kept(const PageBlock& block) const { return block.fate == BlockFate::kKept; }

  // A line that says where the article is from, where no running text can be meant.
  bool TakeByline(PageBlock& block) const {
    if (block.letters > kCueLetters) return false;
    const LineCue* cue = tables_.CueOf(block.text.text());
    if (cue == nullptr || cue->kind != LineKind::kByline) return false;
    block.fate = BlockFate::kByline;
    block.evidence = cue->words;
    return true;
  }

  // Cuts at the first line whose words end an article, once most of the text has gone by, or
  // announce another one.
  void EndAtCue() {
    size_t all = 0;
    for (const PageBlock& block : page_.blocks) all += Kept(block) ? block.weight() : 0;
    size_t gone = 0;
    const std::string* ended = nullptr;
    for (PageBlock& block : page_.blocks) {
      if (ended != nullptr && Kept(block)) {
        block.fate = BlockFate::kEnd;
        block.evidence = *ended;
      }
      gone += Kept(block) ? block.weight() : 0;
      if (ended != nullptr || !inside_[block.element] || block.letters > kCueLetters) continue;
      const LineCue* cue = tables_.CueOf(block.text.text());
      if (cue == nullptr || gone == 0) continue;
      const bool most = static_cast<double>(gone) > kEndsBehind * static_cast<double>(all);
      if (cue->kind == LineKind::kNext || (cue->kind == LineKind::kEnd && most))
        ended = &cue->words;
    }
  }

  // Before the first running text: the title, and what tells where and when.
  void TrimHead() {
    for (PageBlock& block : page_.blocks) {
      if (!Kept(block) || TakeByline(block)) continue;
      const std::string bare = BareText(block.text.text());
      const bool title =
          !title_.empty() && !bare.empty() &&
          (bare == title_ || (block.kind == BlockKind::kHeading && title_.find(bare) != bare.npos));
      if (title) {
        block.fate = BlockFate::kTitle;
      } else if (block.stops > 0) {
        break;
      } else if (bare.empty() || !FindDate(block.text.text()).empty() || block.link_letters > 0) {
        block.fate = BlockFate::kByline;
      }
    }
  }

  // Behind the last running text: lines with links, and where the text is from.
  void TrimTail() {
    for (size_t i = page_.blocks.size(); i-- > 0;) {
      PageBlock& block = page_.blocks[i];
      if (!Kept(block) || TakeByline(block)) continue;
      if (block.stops > 0) break;
      if (block.link_letters > 0) block.fate = BlockFate::kLinks;
    }
  }

  PageBlocks& page_;
  const std::string title_;
  const SiteReading& site_;
  const PageTables& tables_;
  std::vector<std::string> noise_;  // of each element, why; empty: it is none
  std::vector<bool> inside_;
};

}  // namespace

void FindMainText(PageBlocks& page, std::string_view title, const SiteReading& site,
                  const PageTables& tables) {
  Finder(page, title, site, tables).Run();
}

}  // namespace kaoju
