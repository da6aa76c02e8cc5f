#include "ingest/byte_slip.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "ingest/table_file.h"
#include "ingest/utf8.h"

namespace kaoju {
namespace {

constexpr size_t kMaxShifted = 4096;  // bytes of a shifted stretch
constexpr size_t kEnoughBytes = 12;   // of UTF-8, read back before a character that is lost
constexpr size_t kLeftCharacters = 4;
constexpr size_t kRightBytes = 12;        // of the text behind, in which a word may go on
constexpr double kUsual = 0.85;           // share of common characters in what is read back
constexpr double kUsualSpoken = 0.6;      // the same where pinyin or a word speaks for the slip
constexpr unsigned kQuestionLead = 0xA3;  // the full-width question mark is A3 BF
constexpr unsigned kQuestionTrail = 0xBF;
constexpr unsigned kStopLead = 0xA1;  // the full stop is A1 A3
constexpr unsigned kStopTrail = 0xA3;
constexpr char32_t kStop = 0x3002;
constexpr unsigned kCommaLead = 0xA3;  // the comma is A3 AC
constexpr char32_t kComma = 0xFF0C;
constexpr unsigned kNoTrail = 0xA1;  // AC and a byte from here on are no character

bool IsLost(char32_t c) { return c == '?' || c == 0xFFFD; }

}  // namespace

// One text.
class SlipFinder {
 public:
  SlipFinder(const ByteSlips& knows, std::string_view text, bool glossed)
      : knows_(knows), text_(text), glossed_(glossed) {}

  std::vector<Repair> Run(const Survey& survey) {
    std::vector<Repair> repairs;
    for (const Mark& mark : survey.marks) {
      if (mark.sign != Sign::kQuestion && mark.sign != Sign::kReplacement) continue;
      if (mark.at < done_) continue;
      std::optional<Repair> repair = AtGloss(mark.at);
      if (!repair) repair = AtQuestion(mark.at);
      if (!repair) continue;
      done_ = repair->source.end;
      repairs.push_back(*std::move(repair));
    }
    return repairs;
  }

 private:
  // What came back of a shifted stretch.
  struct Back {
    std::string text;
    size_t end = 0;  // of the stretch, in text_
    bool certain = true;
  };

  const DoubleByteTable& gbk() const { return knows_.tables_.gb18030(); }

  char32_t BeforeAt(size_t at) const {
    size_t begin = at;
    do {
      if (begin == 0) return 0;
      --begin;
    } while (!OnCodePoint(text_, begin));
    return CodePointAt(text_, begin).value;
  }

  // Appends what the bytes from `read` on say, as far as they are whole. A byte of ASCII was the
  // second one of what was read last: the stretch ends with it.
  void ReadPairs(std::string_view bytes, size_t& read, std::string& out) const {
    while (read < bytes.size()) {
      const DoubleByteTable::Step step = gbk().At(bytes, read);
      const bool ascii = step.size == 1 && step.c < 0x80;
      if (step.c == 0xFFFD || (step.size != 2 && !ascii)) break;
      AppendUtf8(step.c, out);
      read += step.size;
    }
  }

  // Reads the bytes of `head` and then those of the text from `at` on, until both the true reading
  // and the shifted one end a character at the same byte.
  std::optional<Back> Shift(std::string head, size_t at) const {
    Back back;
    std::string bytes = std::move(head);
    size_t read = 0;
    while (true) {
      ReadPairs(bytes, read, back.text);
      if (read == bytes.size()) break;
      if (bytes.size() - read > 1 || bytes.size() > kMaxShifted) return std::nullopt;
      const char32_t c = at < text_.size() ? CodePointAt(text_, at).value : U'\0';
      if (c == '?' && GoesOn(bytes[read], at)) {
        bytes += static_cast<char>(kQuestionLead);
        bytes += static_cast<char>(kQuestionTrail);
      } else if (IsLost(c) || c == U'\n' || c == U'\0') {
        return Ended(std::move(back), bytes[read], at, c);
      } else if (!gbk().Encode(c, bytes)) {
        return std::nullopt;
      }
      at = CodePointAt(text_, at).end;
    }
    if (!Returns(back.text, bytes)) return std::nullopt;
    back.end = at;
    return back;
  }

  // In a shifted stretch a single question mark may be A3 BF again, of a full stop and what
  // follows.
  bool GoesOn(char lead, size_t at) const {
    if (static_cast<unsigned char>(lead) != kStopLead || at + 1 >= text_.size()) return false;
    const char32_t next = CodePointAt(text_, at + 1).value;
    const uint16_t pair = gbk().Pair(next);
    if (pair == 0) return false;
    const char after[2] = {static_cast<char>(kQuestionTrail), static_cast<char>(pair >> 8)};
    Plausibility judged;
    Judge(gbk().At({after, 2}, 0).c, knows_.tables_, judged);
    return judged.common > 0;
  }

  // The last character's second byte is gone for good. A full stop is worth the guess where the
  // text ends, at a line end or at a tag that lost its < to it; any other character is marked.
  std::optional<Back> Ended(Back back, char lead, size_t at, char32_t c) const {
    back.certain = false;
    back.end = IsLost(c) ? CodePointAt(text_, at).end : at;
    const std::string_view rest = text_.substr(back.end);
    constexpr std::string_view kCutTag = "/p>";
    const bool cut = rest.starts_with(kCutTag);
    const bool ends = cut || rest.empty() || rest.front() == '\n' || rest.front() == '<';
    if (static_cast<unsigned char>(lead) == kStopLead && ends) {
      if (cut) back.end += kCutTag.size();
      AppendUtf8(kStop, back.text);
    } else if (IsLost(c) && static_cast<unsigned char>(lead) == kCommaLead &&
               (gbk().Pair(CodePointAt(text_, back.end).value) >> 8) >= kNoTrail) {
      AppendUtf8(kComma, back.text);
    } else if (back.text.size() >= kEnoughBytes) {
      AppendUtf8(0xFFFD, back.text);
    } else {
      return std::nullopt;
    }
    return back;
  }

  // Damaging what came back gives the bytes that were read.
  bool Returns(std::string_view utf8, std::string_view bytes) const {
    std::string again;
    for (size_t at = 0; at < utf8.size();) {
      const CodePoint c = CodePointAt(utf8, at);
      if (!gbk().Encode(c.value, again)) return false;
      at = c.end;
    }
    return again == bytes;
  }

  // A gloss of the last character was put behind its second byte, which is ASCII by now.
  void TakeGloss(Back& back) const {
    if (back.end >= text_.size() || text_[back.end] != '(') return;
    const size_t letters = back.end + 1;
    const size_t close = text_.substr(0, letters + kMaxGlossBytes).find(')', letters);
    if (close == std::string_view::npos) return;
    size_t last = back.text.size();
    do --last;
    while (last > 0 && !OnCodePoint(back.text, last));
    const auto pinyin = ParsePinyin(text_.substr(letters, close - letters));
    const char32_t c = CodePointAt(back.text, last).value;
    if (pinyin && knows_.readings_.Has(c, *pinyin)) back.end = close + 1;
  }

  Repair Make(size_t begin, Back back) const {
    TakeGloss(back);
    const Span span{static_cast<uint32_t>(begin), static_cast<uint32_t>(back.end)};
    return {span,
            "byte-slip",
            std::string(Slice(text_, span)),
            std::move(back.text),
            back.certain ? "exact" : "likely",
            {}};
  }

  // How plausible; a character that is lost and marked does not count.
  double Share(std::string_view utf8) const {
    if (utf8.ends_with("\xEF\xBF\xBD")) utf8.remove_suffix(3);
    return Judge(utf8, knows_.tables_).share();
  }

  // A gloss between the bytes of two characters: the second byte of the one and the first of the
  // other are a character with that reading. The bracket was swallowed with the first byte, or not.
  std::optional<Repair> AtGloss(size_t at) const {
    size_t letters = CodePointAt(text_, at).end;
    const bool swallowed = letters >= text_.size() || text_[letters] != '(';
    if (!swallowed) ++letters;
    const size_t close = text_.substr(0, letters + kMaxGlossBytes).find(')', letters);
    if (close == std::string_view::npos || close == letters) return std::nullopt;
    const std::optional<std::string> pinyin = ParsePinyin(text_.substr(letters, close - letters));
    if (!pinyin) return std::nullopt;
    const uint16_t before = gbk().Pair(BeforeAt(at));
    if (before == 0) return std::nullopt;
    std::optional<Back> best = LeadBefore(static_cast<char>(before & 0xFF), *pinyin, close + 1);
    if (!best || Share(best->text) < (swallowed ? kUsualSpoken : kUsual)) return std::nullopt;
    return Make(at, *std::move(best));
  }

  // What is read from `at` on behind the first byte that the gloss stood behind. It and `trail` are
  // a character with that reading: the converters gloss usual ones, so these go first.
  std::optional<Back> LeadBefore(char trail, const std::string& pinyin, size_t at) const {
    std::optional<Back> best;
    double best_share = 0;
    if (static_cast<unsigned char>(trail) < 0x81) return std::nullopt;
    for (unsigned lead = 0x81; lead <= 0xFE; ++lead) {
      const char glossed[2] = {trail, static_cast<char>(lead)};
      const char32_t c = gbk().At({glossed, 2}, 0).c;
      if (c == 0xFFFD || !knows_.readings_.Has(c, pinyin)) continue;
      std::optional<Back> back = Shift(std::string(1, static_cast<char>(lead)), at);
      if (!back) continue;
      Plausibility usual;
      Judge(c, knows_.tables_, usual);
      const double share = Share(back->text) + (usual.common > 0 ? 1 : 0);
      if (share <= best_share) continue;
      best_share = share;
      best = std::move(back);
    }
    return best;
  }

  // A3 BF inside of two characters became one question mark; the first byte before it was lost.
  std::optional<Repair> AtQuestion(size_t at) const {
    size_t after = CodePointAt(text_, at).end;
    const bool replaced = CodePointAt(text_, at).value == 0xFFFD;
    const bool doubled = after < text_.size() && text_[after] == '?';
    if (replaced && !doubled) return std::nullopt;
    if (doubled) ++after;
    if (after >= text_.size()) return std::nullopt;
    const std::string head = {static_cast<char>(kStopLead), static_cast<char>(kQuestionLead),
                              static_cast<char>(kQuestionTrail)};
    static_assert(kStopTrail == kQuestionLead);
    std::optional<Back> back = Shift(head, after);
    if (!back) return std::nullopt;
    const std::string_view shifted = text_.substr(after, back->end - after);
    const double before = Share(shifted);
    const double share = Share(back->text);
    // With 可以預 for one, what stands there is usual, too.
    const First first = FirstOf(at, *back);
    // With 可以預 for one, what stands there is usual, too.
    const bool swallowed = back->text.size() > 3 && (shifted.back() & 0x80) == 0;
    const bool unusual = before < share || ((glossed_ || swallowed) && doubled && before == share);
    const bool spoken = doubled && first.word;
    if (share < (spoken ? kUsualSpoken : kUsual) || !(unusual || spoken)) return std::nullopt;
    if (shifted.size() < 3 && !spoken) return std::nullopt;
    std::string text = ToUtf8({&first.c, 1});
    text += std::string_view(back->text).substr(3);
    back->text = std::move(text);
    back->certain = false;
    return Make(at, *std::move(back));
  }

  // The last characters before `at`, without their glosses.
  std::u32string LeftOf(size_t at) const {
    std::u32string left;
    for (size_t end = at; end > 0 && left.size() < kLeftCharacters;) {
      const char32_t c = BeforeAt(end);
      const size_t near = end > kMaxGlossBytes ? end - kMaxGlossBytes : 0;
      const size_t in_near =
          c == ')' ? text_.substr(near, end - near).rfind('(') : std::string_view::npos;
      const size_t open = near + (in_near == std::string_view::npos ? 0 : in_near);
      const bool gloss =
          in_near != std::string_view::npos && ParsePinyin(text_.substr(open + 1, end - open - 2));
      if (!gloss) left.insert(left.begin(), c);
      end = gloss ? open : end - ToUtf8({&c, 1}).size();
    }
    return left;
  }

  struct First {
    char32_t c = kStop;
    bool word = false;  // a word spoke for it
  };

  // What lost its first byte: a full stop, unless a word fits; of several words the longest. Words
  // that begin behind the lost character or end before it speak for the full stop.
  First FirstOf(size_t at, const Back& back) const {
    const std::u32string right =
        FromUtf8(back.text + std::string(text_.substr(back.end, kRightBytes))).substr(1);
    const std::u32string left = LeftOf(at);
    using Place = ByteSlips::Place;
    const Place* best = nullptr;
    size_t ends = 0;
    size_t begins = 0;
    for (const char32_t key : {right.empty() ? U'\0' : right.front(), U'\0'}) {
      const auto places = knows_.places().find(key);
      if (places == knows_.places().end()) continue;
      for (const Place& p : places->second) {
        if (!left.ends_with(p.left) || !right.starts_with(p.right)) continue;
        if (p.lost == 0) {
          size_t& longest = p.left.empty() ? begins : ends;
          longest = std::max(longest, p.weight());
        } else if (best == nullptr || p.weight() > best->weight()) {
          best = &p;
        }
      }
    }
    const bool stop = best == nullptr || begins + ends >= best->weight();
    return {stop ? kStop : best->lost, best != nullptr || begins > 0};
  }

  const ByteSlips& knows_;
  std::string_view text_;
  bool glossed_;
  size_t done_ = 0;
};

ByteSlips::ByteSlips(const std::string& fold_dir, const CharacterTables& tables,
                     const ReadingTable& readings)
    : tables_(tables), readings_(readings) {
  for (const TableRow& row : ReadTable(fold_dir + "/slip_words.tsv", 1)) {
    words_.push_back(FromUtf8(row.cells[0]));
  }
}

const ByteSlips::Places& ByteSlips::places() const {
  std::call_once(once_, [this] {
    for (const std::u32string& word : words_) AddWord(word);
  });
  return places_;
}

void ByteSlips::AddWord(const std::u32string& word) const {
  const DoubleByteTable& gbk = tables_.gb18030();
  const auto add = [this](Place place) {
    places_[place.right.empty() ? U'\0' : place.right.front()].push_back(std::move(place));
  };
  bool loses = false;
  for (size_t i = 0; i < word.size(); ++i) {
    if ((gbk.Pair(word[i]) & 0xFF) != kStopTrail) continue;
    const bool followed = i + 1 == word.size() || gbk.Pair(word[i + 1]) >> 8 == kQuestionTrail;
    if (!followed) continue;
    add({word.substr(0, i), word[i], word.substr(i + 1)});
    loses = true;
  }
  if (gbk.Pair(word.front()) >> 8 == kQuestionTrail) {
    add({U"", 0, word});
  } else if (!loses) {
    add({word, 0, U""});
  }
}

std::vector<Repair> ByteSlips::Find(std::string_view utf8, const Survey& survey,
                                    bool glossed) const {
  return SlipFinder(*this, utf8, glossed).Run(survey);
}

}  // namespace kaoju
