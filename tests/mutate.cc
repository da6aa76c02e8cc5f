// kaoju_mutate SEED COUNT FOLDER FILE…: writes COUNT damaged copies of the files into FOLDER, the
// same for the same seed on every machine. `./check fuzz` feeds them to a sanitizer build.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

namespace kaoju {
namespace {

// std::mt19937_64 is the same everywhere; the standard distributions are not, so only its bits are
// used.
class Dice {
 public:
  explicit Dice(uint64_t seed) : bits_(seed) {}
  // A number in [0, sides). REQUIRES sides > 0.
  size_t Roll(size_t sides) { return static_cast<size_t>(bits_() % sides); }

 private:
  std::mt19937_64 bits_;
};

// What breaks readers: ends of structures, signs that open what never closes, private use, long
// digits.
const std::vector<std::string>& Splinters() {
  static const std::vector<std::string> splinters = {"\xEF\xBB\xBF",
                                                     "\xEE\x80\x80",
                                                     "\xC3",
                                                     "\xF4\x90\x80\x80",
                                                     "\xED\xA0\x80",
                                                     std::string(1, '\0'),
                                                     "\r\n",
                                                     "<p>",
                                                     "</",
                                                     "<!--",
                                                     "&#x110000;",
                                                     "&#26085;",
                                                     "{\"text\":",
                                                     "\\ud800",
                                                     "「",
                                                     "“",
                                                     "）",
                                                     "年",
                                                     "亿",
                                                     "万",
                                                     "第",
                                                     "百分之",
                                                     "分别为",
                                                     "据",
                                                     "称",
                                                     "：",
                                                     "99999999999999999999",
                                                     "０．",
                                                     "-",
                                                     "½",
                                                     "㎡",
                                                     "(yè)",
                                                     "|",
                                                     "\t"};
  return splinters;
}

void DamageOnce(std::string& text, const std::string& other, Dice& dice) {
  const size_t at = dice.Roll(text.size() + 1);
  const size_t size = dice.Roll(64);
  switch (dice.Roll(6)) {
    case 0:
      if (at < text.size()) text[at] = static_cast<char>(dice.Roll(256));
      break;
    case 1:
      text.erase(at, size);
      break;
    case 2:
      text.insert(at, text.substr(at, size));
      break;
    case 3:
      text.insert(at, Splinters()[dice.Roll(Splinters().size())]);
      break;
    case 4:
      if (!other.empty()) text.insert(at, other.substr(dice.Roll(other.size()), size));
      break;
    case 5:
      for (size_t i = dice.Roll(200); i > 0; --i) text.insert(at, text.substr(at, 3));
      break;
  }
}

std::string ReadFile(const char* path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool WriteDamaged(uint64_t seed, size_t count, const std::string& folder,
                  const std::vector<std::string>& texts) {
  Dice dice(seed);
  for (size_t i = 0; i < count; ++i) {
    std::string text = texts[dice.Roll(texts.size())];
    for (size_t n = 1 + dice.Roll(16); n > 0; --n) {
      DamageOnce(text, texts[dice.Roll(texts.size())], dice);
    }
    const char* extension = dice.Roll(3) == 0 ? ".html" : ".txt";
    std::ofstream out(folder + "/" + std::to_string(i) + extension, std::ios::binary);
    out << text;
    if (!out.flush()) return false;
  }
  return true;
}

}  // namespace
}  // namespace kaoju

int main(int argc, char** argv) {
  if (argc < 5) {
    std::fputs("usage: kaoju_mutate SEED COUNT FOLDER FILE...\n", stderr);
    return 1;
  }
  std::vector<std::string> texts;
  for (int i = 4; i < argc; ++i) texts.push_back(kaoju::ReadFile(argv[i]));
  const uint64_t seed = std::strtoull(argv[1], nullptr, 10);
  const size_t count = std::strtoull(argv[2], nullptr, 10);
  if (kaoju::WriteDamaged(seed, count, argv[3], texts)) return 0;
  std::fprintf(stderr, "kaoju_mutate: cannot write into %s\n", argv[3]);
  return 4;
}
