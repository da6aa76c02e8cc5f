// How fast are folding and decoding beside OpenCC, ICU and iconv, on the same text in the same run?
#include <benchmark/benchmark.h>
#include <iconv.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <memory>

#include "bench/articles.h"
#include "ingest/utf8.h"
#ifdef KAOJU_OPENCC
#include <opencc/SimpleConverter.hpp>
#endif

namespace kaoju::bench {
namespace {

std::string AllText(const Source& source) {
  std::string all;
  for (const Article& a : source.load().articles) all += a.text + '\n';
  return all;
}

void Finish(benchmark::State& state, const std::string& text) {
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(text.size()));
}

void FoldWith(benchmark::State& state, const std::string& text) {
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(Ingestion().fold().Fold(text).text.data());
  }
  Finish(state, text);
}

void RepairAndFold(benchmark::State& state, const std::string& text) {
  Article article;
  article.region = "CN";
  article.text = text;
  for ([[maybe_unused]] auto _ : state) {
    Ingestion().Prepare(article);
    benchmark::DoNotOptimize(article.folded.data());
  }
  Finish(state, text);
}

#ifdef KAOJU_OPENCC
void OpenCc(benchmark::State& state, const std::string& text) {
  const opencc::SimpleConverter converter("t2s.json");
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(converter.Convert(text).data());
  Finish(state, text);
}
#endif

void Icu(benchmark::State& state, const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> icu(
      icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status));
  for ([[maybe_unused]] auto _ : state) {
    icu::UnicodeString unicode = icu::UnicodeString::fromUTF8(text);
    icu->transliterate(unicode);
    std::string out;
    benchmark::DoNotOptimize(unicode.toUTF8String(out).data());
  }
  Finish(state, text);
}

// The text in an encoding, without what that lacks.
std::string Encoded(const std::string& text, const DoubleByteTable& table) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const CodePoint c = CodePointAt(text, at);
    table.Encode(c.value, out);
    at = c.end;
  }
  return out;
}

void DecodeTable(benchmark::State& state, const std::string& bytes, const DoubleByteTable& table) {
  for ([[maybe_unused]] auto _ : state) {
    Decoded decoded;
    table.Decode(bytes, 0, bytes.size(), false, decoded);
    benchmark::DoNotOptimize(decoded.text.data());
  }
  Finish(state, bytes);
}

void DecodeAll(benchmark::State& state, const std::string& bytes) {
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(Ingestion().decoder().Decode(bytes, "", false).text.data());
  }
  Finish(state, bytes);
}

void Iconv(benchmark::State& state, const std::string& bytes, const char* name) {
  const iconv_t converter = iconv_open("UTF-8", name);
  std::string out(bytes.size() * 2, '\0');
  for ([[maybe_unused]] auto _ : state) {
    char* from = const_cast<char*>(bytes.data());
    char* to = out.data();
    size_t left = bytes.size();
    size_t room = out.size();
    // A pair that it lacks is passed over.
    while (iconv(converter, &from, &left, &to, &room) == static_cast<size_t>(-1) && left > 2) {
      from += 2;
      left -= 2;
    }
    benchmark::DoNotOptimize(out.data());
  }
  iconv_close(converter);
  Finish(state, bytes);
}

[[maybe_unused]] const bool kRegistered = [] {
  const auto add = [](const std::string& name, auto run) {
    benchmark::RegisterBenchmark(name.c_str(), run)->Unit(benchmark::kMillisecond);
  };
  for (const Source& source : Sources()) {
    const auto text = std::make_shared<std::string>(AllText(source));
    const auto with = [&](const char* what, auto run) {
      add("text/" + source.name + "/" + what,
          [text, run](benchmark::State& state) { run(state, *text); });
    };
    with("fold", FoldWith);
    with("repair_and_fold", RepairAndFold);
#ifdef KAOJU_OPENCC
    with("opencc_t2s", OpenCc);
#endif
    with("icu_transliterator", Icu);
    const bool traditional = source.name.find("traditional") != std::string::npos;
    const char* iconv_name = traditional ? "BIG5-HKSCS" : "GB18030";
    const DoubleByteTable& table =
        traditional ? Ingestion().tables().big5() : Ingestion().tables().gb18030();
    const auto bytes = std::make_shared<std::string>(Encoded(*text, table));
    const std::string prefix = "text/" + source.name + "/decode_";
    add(prefix + "table", [bytes, &table](benchmark::State& s) { DecodeTable(s, *bytes, table); });
    add(prefix + "detected", [bytes](benchmark::State& s) { DecodeAll(s, *bytes); });
    add(prefix + "iconv",
        [bytes, iconv_name](benchmark::State& s) { Iconv(s, *bytes, iconv_name); });
  }
  return true;
}();

}  // namespace
}  // namespace kaoju::bench
