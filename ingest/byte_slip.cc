#include "ingest/byte_slip.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "ingest/table_file.h"
#include "ingest/utf8.h"

namespace kaoju {
namespace {

constexpr size_t kMaxShifted = 4096;      // bytes of a shifted stretch
constexpr size_t kEnoughBytes = 12;       // of UTF-8, read back before a character that is lost
constexpr size_t kRightBytes = 12;        // of the text behind, in which a word may go on
constexpr double kUsual = 0.85;           // share of common characters in what is read back
constexpr unsigned kQuestionLead = 0xA3;  // the full-width question mark is A3 BF
constexpr unsigned kQuestionTrail = 0xBF;
constexpr unsigned kStopLead = 0xA1;  // the full stop is A1 A3
constexpr unsigned kStopTrail = 0xA3;
constexpr char32_t kStop = 0x3002;

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

  // Reads the bytes of `head` and then those of the text from `at` on, until both the true reading
  // and the shifted one end a character at the same byte.
  std::optional<Back> Shift(std::string head, size_t at) const {
    Back back;
    std::string bytes = std::move(head);
    size_t read = 0;
    while (true) {
      // Whole pairs that are there already.
      while (read < bytes.size()) {
        const DoubleByteTable::Step step = gbk().At(bytes, read);
        if (step.c == 0xFFFD || step.size != 2) break;
        AppendUtf8(step.c, back.text);
        read += step.size;
      }
      if (read == bytes.size()) break;
      if (bytes.size() - read > 1 || bytes.size() > kMaxShifted) return std::nullopt;
      const char32_t c = at < text_.size() ? CodePointAt(text_, at).value : U'\0';
      if (IsLost(c) || c == U'\n' || c == U'\0') return Ended(std::move(back), bytes[read], at, c);
      if (!gbk().Encode(c, bytes)) return std::nullopt;
      at = CodePointAt(text_, at).end;
    }
    if (!Returns(back.text, bytes)) return std::nullopt;
    back.end = at;
    return back;
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
    if (letters < text_.size() && text_[letters] == '(') ++letters;
    const size_t close = text_.substr(0, letters + kMaxGlossBytes).find(')', letters);
    if (close == std::string_view::npos || close == letters) return std::nullopt;
    const std::optional<std::string> pinyin = ParsePinyin(text_.substr(letters, close - letters));
    if (!pinyin) return std::nullopt;
    const uint16_t before = gbk().Pair(BeforeAt(at));
    if (before == 0) return std::nullopt;
    std::optional<Back> best;
    double best_share = 0;
    for (unsigned lead = 0x81; lead <= 0xFE; ++lead) {
      const char glossed[2] = {static_cast<char>(before & 0xFF), static_cast<char>(lead)};
      if (static_cast<unsigned char>(glossed[0]) < 0x81) return std::nullopt;
      const char32_t c = gbk().At({glossed, 2}, 0).c;
      if (c == 0xFFFD || !knows_.readings_.Has(c, *pinyin)) continue;
      std::optional<Back> back = Shift(std::string(1, static_cast<char>(lead)), close + 1);
      if (!back) continue;
      const double share = Share(back->text);
      if (share <= best_share) continue;
      best_share = share;
      best = std::move(back);
    }
    if (!best || best_share < kUsual) return std::nullopt;
    return Make(at, *std::move(best));
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
    const bool swallowed = !shifted.empty() && (shifted.back() & 0x80) == 0;  // A was a second byte
    const bool unusual = before < share || ((glossed_ || swallowed) && doubled && before == share);
    if (share < kUsual || shifted.size() < 3 || !unusual) return std::nullopt;
    const char32_t first = FirstOf(at, *back);
    std::string text = ToUtf8({&first, 1});
    text += std::string_view(back->text).substr(3);
    back->text = std::move(text);
    back->certain = false;
    return Make(at, *std::move(back));
  }

  // What lost its first byte: a full stop, unless a word fits; of several words the longest. Words
  // that begin behind the lost character speak for the full stop.
  char32_t FirstOf(size_t at, const Back& back) const {
    const std::u32string right =
        FromUtf8(back.text + std::string(text_.substr(back.end, kRightBytes))).substr(1);
    std::u32string left;
    for (size_t end = at; end > 0 && left.size() < 4;) {
      const char32_t c = BeforeAt(end);
      left.insert(left.begin(), c);
      end -= ToUtf8({&c, 1}).size();
    }
    char32_t best = kStop;
    size_t longest = 0;
    for (const std::u32string& word : knows_.words_) {
      if (2 * word.size() >= longest && right.starts_with(word)) {
        best = kStop;
        longest = 2 * word.size();
      }
      for (size_t i = 0; i < word.size(); ++i) {
        if ((gbk().Pair(word[i]) & 0xFF) != kStopTrail || 2 * word.size() + (i > 0) <= longest)
          continue;
        if (left.ends_with(word.substr(0, i)) && right.starts_with(word.substr(i + 1))) {
          best = word[i];
          longest = 2 * word.size() + (i > 0);  // what stands on both sides says more
        }
      }
    }
    return best;
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

std::vector<Repair> ByteSlips::Find(std::string_view utf8, const Survey& survey,
                                    bool glossed) const {
  return SlipFinder(*this, utf8, glossed).Run(survey);
}

}  // namespace kaoju
