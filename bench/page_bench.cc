// How fast are web pages read, beside their parsers alone? And archives and sketches, a stage each.
#include <benchmark/benchmark.h>
#include <gumbo.h>
#include <libxml/HTMLparser.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "bench/articles.h"
#include "extract/sketch.h"
#include "ingest/archive.h"
#include "ingest/byte_stream.h"
#include "ingest/html.h"

namespace kaoju::bench {
namespace {

namespace fs = std::filesystem;

// Real pages where they are present, else the one that fuzzing begins with.
std::vector<std::string> Pages() {
  std::vector<fs::path> paths;
  const fs::path real = KAOJU_SHARED_DIR "/data/html/pages";
  if (fs::exists(real)) {
    for (const auto& entry : fs::recursive_directory_iterator(real)) {
      if (entry.path().extension() == ".html") paths.push_back(entry.path());
    }
  } else {
    paths.push_back(KAOJU_SOURCE_DIR "/tests/fuzz/html/news");
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> out;
  for (const fs::path& path : paths) {
    std::ifstream in(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    out.push_back(Ingestion().decoder().Decode(bytes, "", false).text);
  }
  return out;
}

const std::vector<std::string>& AllPages() {
  static const std::vector<std::string> pages = Pages();
  return pages;
}

template <typename Work>
void Each(benchmark::State& state, Work work) {
  size_t bytes = 0;
  for (const std::string& page : AllPages()) bytes += page.size();
  for ([[maybe_unused]] auto _ : state) {
    for (const std::string& page : AllPages()) work(page);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(bytes));
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(AllPages().size()));
}

void Read(benchmark::State& state) {
  Each(state, [](const std::string& page) {
    benchmark::DoNotOptimize(ReadHtml(page, {}, Ingestion().pages()).text.data());
  });
}

void Gumbo(benchmark::State& state) {
  Each(state, [](const std::string& page) {
    GumboOutput* out = gumbo_parse_with_options(&kGumboDefaultOptions, page.data(), page.size());
    benchmark::DoNotOptimize(out);
    gumbo_destroy_output(&kGumboDefaultOptions, out);
  });
}

void LibXml(benchmark::State& state) {
  Each(state, [](const std::string& page) {
    htmlDocPtr doc = htmlReadMemory(page.data(), static_cast<int>(page.size()), nullptr, "UTF-8",
                                    HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
    benchmark::DoNotOptimize(doc);
    xmlFreeDoc(doc);
  });
}

// The pages as an archive, without what becomes of them.
void Archive(benchmark::State& state) {
  std::string warc;
  for (const std::string& page : AllPages()) {
    const std::string block = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page;
    warc +=
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.com/\r\nContent-Type: "
        "application/http\r\nContent-Length: " +
        std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n";
  }
  size_t documents = 0;
  for ([[maybe_unused]] auto _ : state) {
    const auto source = ReadWarc(LineReader(FromMemory(warc)), {});
    for (RawDocument raw; source->Next(raw); ++documents)
      benchmark::DoNotOptimize(raw.bytes.data());
  }
  state.SetItemsProcessed(static_cast<int64_t>(documents));
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(warc.size()));
}

void Sketches(benchmark::State& state, const Text& text) {
  for ([[maybe_unused]] auto _ : state) {
    for (const Article& a : text.articles) benchmark::DoNotOptimize(SketchOf(a.folded).data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(text.bytes));
}

[[maybe_unused]] const bool kRegistered = [] {
  const auto add = [](const std::string& name, auto run) {
    benchmark::RegisterBenchmark(name.c_str(), run)->Unit(benchmark::kMillisecond);
  };
  add("pages/read", Read);
  add("pages/gumbo_alone", Gumbo);
  add("pages/libxml2_alone", LibXml);
  add("pages/warc", Archive);
  for (const Source& source : Sources()) {
    const auto text = std::make_shared<Text>(source.load());
    add("sketch/" + source.name, [text](benchmark::State& s) { Sketches(s, *text); });
  }
  return true;
}();

}  // namespace
}  // namespace kaoju::bench
