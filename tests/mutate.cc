// kaoju_mutate SEED COUNT FOLDER FILE…: writes COUNT damaged copies of the files into FOLDER, the
// same for the same seed on every machine. `./check fuzz` feeds them to a sanitizer build.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/damage.h"

namespace kaoju {
namespace {

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
