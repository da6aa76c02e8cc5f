#include "store/search_text.h"

#include "rules/utf8.h"

namespace kaoju {
namespace {

constexpr char32_t kFirstIdeographic = 0x2E80;  // CJK radicals; scripts with blanks stand below

// CJK Symbols and Punctuation but 〇 and 々; General Punctuation; full-width forms, of which
// folding leaves the punctuation only.
bool IsPunctuation(char32_t c) {
  return (c >= 0x3000 && c <= 0x303F && c != 0x3005 && c != 0x3007) ||
         (c >= 0x2000 && c <= 0x206F) || (c >= 0xFF00 && c <= 0xFF65);
}

}  // namespace

std::string SearchWords(std::string_view folded) {
  std::string out;
  out.reserve(folded.size() * 5 / 3 + 1);
  for (size_t at = 0; at < folded.size();) {
    const size_t width = Utf8Width(folded[at]);
    const char32_t c = Utf8At(folded, at);
    if (width == 1 ? !IsAsciiWord(folded[at]) : IsPunctuation(c)) {
      out += ' ';
    } else if (c < kFirstIdeographic) {
      out.append(folded, at, width);
    } else {
      out += ' ';
      out.append(folded, at, width);
      out += ' ';
    }
    at += width;
  }
  return out;
}

std::string SearchQuestion(const std::vector<std::string>& folded) {
  std::string out;
  for (const std::string& phrase : folded) {
    const std::string words = SearchWords(phrase);
    if (words.find_first_not_of(' ') != std::string::npos) out += '"' + words + "\" ";
  }
  return out;
}

}  // namespace kaoju
