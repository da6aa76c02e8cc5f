// Alphabet: characters as the rules tell them apart. Code points that belong to the same of a
// number of sets are one letter, so that a set is a short row of bits over letters, and a text is
// decoded once for all layers.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace kaoju {

using Letter = uint16_t;

// A set of code points: sorted ranges, both ends included, that neither overlap nor touch.
class CharSet {
 public:
  CharSet() = default;
  // The ranges may come in any order. `negated`: all but these.
  CharSet(std::vector<std::pair<char32_t, char32_t>> ranges, bool negated);

  const std::vector<std::pair<char32_t, char32_t>>& ranges() const { return ranges_; }
  bool Has(char32_t c) const;
  // False iff it tells characters beyond the Basic Multilingual Plane apart; to an alphabet all of
  // these are one letter.
  bool OnePlane() const;
  auto operator<=>(const CharSet&) const = default;

 private:
  std::vector<std::pair<char32_t, char32_t>> ranges_;
};

class Alphabet {
 public:
  // Every code point of the Basic Multilingual Plane is a letter of its own, but the last, which
  // stands for all beyond, too. Has no sets.
  Alphabet();
  // The coarsest alphabet that keeps the sets apart. REQUIRES OnePlane() of each.
  explicit Alphabet(const std::vector<CharSet>& sets);

  Letter Of(char32_t c) const { return c < letters_.size() ? letters_[c] : beyond_; }
  size_t size() const { return size_; }
  // The number of a set with all letters of these sets.
  uint32_t AddUnion(const std::vector<uint32_t>& sets);
  // The number of a set that the alphabet was made for.
  uint32_t IndexOf(const CharSet& set) const { return index_.at(set); }
  bool Has(uint32_t set, Letter letter) const {
    return (bits_[set * words_ + letter / 64] >> (letter % 64) & 1) != 0;
  }

 private:
  std::vector<Letter> letters_;  // by code point
  Letter beyond_ = 0;
  size_t size_ = 0;
  size_t words_ = 0;            // of 64 letters, a set
  std::vector<uint64_t> bits_;  // by set
  std::map<CharSet, uint32_t> index_;
  std::map<std::vector<uint64_t>, uint32_t> unions_;  // by their row of bits_
};

}  // namespace kaoju
