#include "extract/layer_tokens.h"

namespace kaoju {

std::vector<uint64_t> VisibleLayers(const RuleSet& rules) {
  std::vector<uint64_t> out(rules.symbols().size(), 0);
  for (size_t layer = 0; layer < rules.layers().size(); ++layer) {
    for (size_t type = 0; type < out.size(); ++type) {
      if (rules.layers()[layer].visible[type]) out[type] |= uint64_t{1} << layer;
    }
  }
  return out;
}

namespace {

// Walks over the words and numerals of a sentence once, from gap to gap between its facts.
class Filler {
 public:
  Filler(std::span<const LexiconHit> hits, std::span<const Token> numerals, uint64_t layer_bit,
         const std::vector<uint64_t>& visible, std::vector<Token>& out)
      : hits_(hits), numerals_(numerals), layer_bit_(layer_bit), visible_(visible), out_(out) {}

  void Fill(uint32_t at, uint32_t end) {
    while (at < end) {
      const LexiconHit* word = Word(at, end);
      const Token* numeral = Numeral(at, end);
      if (word != nullptr &&
          (numeral == nullptr || word->begin < numeral->span.begin ||
           (word->begin == numeral->span.begin && word->end >= numeral->span.end))) {
        out_.push_back({word->type, {word->begin, word->end}, word->entry});
        at = word->end;
      } else if (numeral != nullptr) {
        out_.push_back(*numeral);
        at = numeral->span.end;
      } else {
        return;
      }
    }
  }

 private:
  // The next one that lies in [at, end) whole, or nullptr.
  const LexiconHit* Word(uint32_t at, uint32_t end) {
    for (; hit_ < hits_.size() && hits_[hit_].begin < end; ++hit_) {
      const LexiconHit& h = hits_[hit_];
      if ((visible_[h.type] & layer_bit_) != 0 && h.begin >= at && h.end <= end) return &h;
    }
    return nullptr;
  }
  const Token* Numeral(uint32_t at, uint32_t end) {
    while (numeral_ < numerals_.size() && numerals_[numeral_].span.begin < at) ++numeral_;
    return numeral_ < numerals_.size() && numerals_[numeral_].span.end <= end ? &numerals_[numeral_]
                                                                              : nullptr;
  }

  std::span<const LexiconHit> hits_;
  std::span<const Token> numerals_;
  uint64_t layer_bit_;
  const std::vector<uint64_t>& visible_;
  std::vector<Token>& out_;
  size_t hit_ = 0;
  size_t numeral_ = 0;
};

}  // namespace

void LayerTokens(const Document& doc, const Sentence& s, size_t layer,
                 const std::vector<uint64_t>& visible, const KnownTypes& types,
                 std::vector<Token>& out) {
  out.clear();
  const uint64_t bit = uint64_t{1} << layer;
  const bool numbers = types.number != KnownTypes::kNoType && (visible[types.number] & bit) != 0;
  Filler filler(s.hits.Of(doc.hits),
                numbers ? s.numerals.Of(doc.numerals) : std::span<const Token>(), bit, visible,
                out);
  uint32_t at = s.span.begin;
  for (const Token& fact : s.facts) {
    filler.Fill(at, fact.span.begin);
    out.push_back(fact);
    at = fact.span.end;
  }
  filler.Fill(at, s.span.end);
}

}  // namespace kaoju
