#include "cli/export.h"

#include <rapidjson/document.h>

#include <map>
#include <set>
#include <sstream>

#include "cli/cmd_export.h"
#include "rules/error.h"
#include "store/verdict_book.h"
#include "tests/store_fixture.h"

namespace kaoju {
namespace {

class ExportTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    Store store = Store::Open(Path());
    store.SaveRules("r1", {{"money/amount", "v7", "figure", "match x\n"}});
    const int64_t run = store.BeginRun({"r1", "0.1.0", {"x"}});
    Article second = MakeArticle("b,2");
    second.url = "https://example.org/a b";
    second.source = "另一家报";
    second.published = "2025-01-03";
    second.day = CivilDate{2025, 1, 3};
    store.Save(run, second, MakeExtraction(), "r1");
    Article first = MakeArticle("a\"1");
    first.url = "https://example.org/1";
    first.title = "标题";
    store.Save(run, first, MakeExtraction(), "r1");
    store.EndRun(run, {2, 2, 0, 0, 0, 14});
  }

  std::string Export(ExportCommand o) const {
    o.db = Path();
    std::ostringstream out;
    EXPECT_EQ(RunExport(o, out), 0);
    return out.str();
  }
  std::vector<std::string> Lines(const ExportCommand& o) const {
    std::istringstream in(Export(o));
    std::vector<std::string> out;
    for (std::string line; std::getline(in, line);) out.push_back(line);
    return out;
  }
  static ExportCommand As(const std::string& format, const std::string& kind = "") {
    ExportCommand o;
    o.format = format;
    o.filter.kind = kind;
    return o;
  }
};

rapidjson::Document Parse(const std::string& line) {
  rapidjson::Document json;
  json.Parse(line.c_str());
  EXPECT_FALSE(json.HasParseError()) << line;
  return json;
}

TEST_F(ExportTest, JsonLinesHoldAllFactsByArticleAndKind) {
  std::string order;
  for (const std::string& line : Lines(As("jsonl"))) {
    const auto json = Parse(line);
    order += std::string(json["doc"].GetString()) + ' ' + json["fact"].GetString() + ' ' +
             json["surface"].GetString() + '\n';
  }
  std::string expected;
  for (const std::string doc : {"a\"1", "b,2"}) {
    expected += doc + " entity 李开复\n" + doc + " entity 豆包\n" + doc + " time 李\n" + doc +
                " figure 10亿元\n" + doc + " claim 李开复表示，豆包投流费用不下10亿元\n" + doc +
                " claim 李开复表示，豆包投流费用不下10亿元\n" + doc +
                " relation 李开复表示，豆包\n";
  }
  EXPECT_EQ(order, expected);
}

// So that they are a table, for Parquet too.
TEST_F(ExportTest, FactsOfAKindHaveTheSameKeysAndTypes) {
  std::map<std::string, std::vector<std::string>> keys;
  std::map<std::string, std::set<int>> types;
  for (const std::string& line : Lines(As("jsonl"))) {
    const auto json = Parse(line);
    std::vector<std::string> names;
    for (const auto& member : json.GetObject()) {
      names.emplace_back(member.name.GetString());
      if (!member.value.IsNull())
        types[std::string(json["fact"].GetString()) + '.' + names.back()].insert(
            member.value.GetType());
    }
    const auto [at, first] = keys.emplace(json["fact"].GetString(), names);
    EXPECT_EQ(at->second, names) << line;
    EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size()) << line;
  }
  EXPECT_EQ(keys.size(), 5U);
  for (const auto& [key, seen] : types) EXPECT_EQ(seen.size(), 1U) << key;
}

TEST_F(ExportTest, AFigureSaysAllThatIsStored) {
  const auto json = Parse(Lines(As("jsonl", "figure")).at(0));
  EXPECT_STREQ(json["kind"].GetString(), "money");
  EXPECT_STREQ(json["value_min"].GetString(), "1000000000");
  EXPECT_EQ(json["start"].GetInt(), 42);
  EXPECT_STREQ(json["rule_version"].GetString(), "v7");
  EXPECT_STREQ(json["outlet"].GetString(), "某报");
  EXPECT_TRUE(json["verdict"].IsNull());
  EXPECT_TRUE(json["period"].IsNull());
}

TEST_F(ExportTest, RelationsHaveRoles) {
  const auto json = Parse(Lines(As("jsonl", "relation")).at(0));
  ASSERT_EQ(json["roles"].Size(), 2U);
  EXPECT_STREQ(json["roles"][1]["value"].GetString(), "字节跳动");
  EXPECT_EQ(json["roles"][1]["end"].GetInt(), 9);
  const std::string record = Lines(As("csv", "relation")).at(1);
  EXPECT_NE(record.find(R"(product_of,"[{""name"":""product"",""value"":""豆包"",""start"":18,)"),
            record.npos)
      << record;
}

TEST_F(ExportTest, CsvQuotesWhatItMust) {
  const auto lines = Lines(As("csv", "entity"));
  ASSERT_EQ(lines.size(), 5U);
  EXPECT_EQ(lines[0],
            "doc,url,outlet,published,day,fact,n,start,end,surface,reading,type,canonical,rule,"
            "rule_version,version,verdict");
  EXPECT_EQ(lines[1],
            "\"a\"\"1\",https://example.org/1,某报,2024-12-27,2024-12-27,entity,0,0,9,李开复,"
            "person(李开复),person,李开复,person/name,,0.1.0,");
  EXPECT_EQ(lines[3].substr(0, 6), "\"b,2\",");
}

TEST_F(ExportTest, CsvIsOfOneKind) { EXPECT_THROW(Export(As("csv")), CLI::ValidationError); }

TEST_F(ExportTest, Filters) {
  const auto count = [&](auto change) {
    ExportCommand o = As("jsonl");
    change(o.filter);
    return Lines(o).size();
  };
  EXPECT_EQ(count([](StreamFilter& f) { f.article = "b,2"; }), 7U);
  EXPECT_EQ(count([](StreamFilter& f) { f.outlet = "某报"; }), 7U);
  EXPECT_EQ(count([](StreamFilter& f) { f.first_day = "2025-01-01"; }), 7U);
  EXPECT_EQ(count([](StreamFilter& f) { f.last_day = "2024-12-26"; }), 0U);
  EXPECT_EQ(count([](StreamFilter& f) { f.name = "豆包"; }), 6U);  // entity, figure, relation
  EXPECT_EQ(count([](StreamFilter& f) { f.metric = "投流费用"; }), 2U);
  EXPECT_EQ(count([](StreamFilter& f) { f.rule = "claim/said"; }), 4U);
  EXPECT_EQ(count([](StreamFilter& f) { f.verdict = "open"; }), 14U);
  EXPECT_EQ(count([](StreamFilter& f) { f.verdict = "accept"; }), 0U);
  EXPECT_THROW(count([](StreamFilter& f) { f.first_day = "1.1.2025"; }), CLI::ValidationError);
}

TEST_F(ExportTest, VerdictsSelectAndRejectionsHide) {
  Judgement j;
  j.article = "b,2";
  j.start = 42;
  j.end = 50;
  j.decision = "reject";
  j.who = "ann";
  j.at = "2025-01-04T08:00:00Z";
  j.scope = "everywhere";
  VerdictBook::Open(Path()).Add(j);
  ExportCommand o = As("jsonl", "figure");
  EXPECT_EQ(Lines(o).size(), 0U);
  o.filter.hidden = true;
  EXPECT_EQ(Lines(o).size(), 2U);
  o.filter.verdict = "reject";
  ASSERT_EQ(Lines(o).size(), 1U);
  EXPECT_STREQ(Parse(Lines(o)[0])["verdict"].GetString(), "reject");
}

// Every line reads as a triple; the grammar is that of N-Triples 1.1, as far as it is used.
bool IsTriple(const std::string& line) {
  size_t at = 0;
  const auto iri = [&] {
    if (at >= line.size() || line[at] != '<') return false;
    const size_t end = line.find_first_of("> \"", at + 1);
    if (end == line.npos || line[end] != '>') return false;
    at = end + 1;
    return true;
  };
  const auto literal = [&] {
    if (at >= line.size() || line[at] != '"') return false;
    for (++at; at < line.size() && line[at] != '"'; ++at) at += line[at] == '\\' ? 1 : 0;
    if (at++ >= line.size()) return false;
    if (line.compare(at, 2, "^^") != 0) return true;
    at += 2;
    return iri();
  };
  const auto blank = [&] { return at < line.size() && line[at++] == ' '; };
  return iri() && blank() && iri() && blank() && (iri() || literal()) && line.substr(at) == " .";
}

TEST_F(ExportTest, RdfIsTriples) {
  const auto lines = Lines(As("rdf"));
  for (const std::string& line : lines) EXPECT_TRUE(IsTriple(line)) << line;
  const std::string all = Export(As("rdf"));
  for (const std::string part :
       {"<https://example.org/1> <https://schema.org/headline> \"标题\" .",
        "<urn:kaoju:article:b%2C2> <https://schema.org/identifier> \"b,2\" .",
        "<https://schema.org/value> \"1000000000\"^^<http://www.w3.org/2001/XMLSchema#decimal> .",
        "<http://www.w3.org/ns/prov#wasDerivedFrom> <https://example.org/1> .",
        "<https://schema.org/text> \"豆包投流费用不下10亿元\" .",
        "<urn:kaoju:vocabulary:role%3Acompany> \"字节跳动\" ."})
    EXPECT_NE(all.find(part), all.npos) << part;
}

TEST_F(ExportTest, FactsHaveIrisOfTheirOwn) {
  std::set<std::string> seen;
  size_t entities = 0;
  for (const std::string& line : Lines(As("rdf"))) {
    if (line.find("prov#Entity>") == line.npos) continue;
    ++entities;
    seen.insert(line.substr(0, line.find(' ')));
  }
  EXPECT_EQ(entities, 14U);
  EXPECT_EQ(seen.size(), 14U);
}

TEST_F(ExportTest, AnnotationsQuoteByCharacters) {
  const auto lines = Lines(As("claimreview"));
  ASSERT_EQ(lines.size(), 4U);
  const auto json = Parse(lines[0]);
  EXPECT_STREQ(json["body"]["type"].GetString(), "schema:Claim");
  EXPECT_STREQ(json["body"]["schema:text"].GetString(), "豆包投流费用不下10亿元");
  EXPECT_STREQ(json["body"]["schema:author"]["schema:name"].GetString(), "李开复");
  EXPECT_STREQ(json["target"]["source"].GetString(), "https://example.org/1");
  const auto& quote = json["target"]["selector"][0];
  EXPECT_STREQ(quote["prefix"].GetString(), "李开复表示，");
  EXPECT_STREQ(quote["suffix"].GetString(), "。");
  const auto& place = json["target"]["selector"][1];
  EXPECT_EQ(place["start"].GetInt(), 6);
  EXPECT_EQ(place["end"].GetInt(), 18);
  EXPECT_FALSE(Parse(lines[1])["body"].HasMember("schema:author"));
}

TEST_F(ExportTest, ABaseThatIsNoIriIsRefused) {
  ExportCommand o = As("rdf");
  o.base = "urn:a b:";
  EXPECT_THROW(Export(o), CLI::ValidationError);
}

TEST_F(ExportTest, AFullDiskIsAnError) {
  std::ostringstream out;
  out.setstate(std::ios::badbit);
  ExportCommand o = As("jsonl");
  o.db = Path();
  EXPECT_THROW(RunExport(o, out), IoError);
}

}  // namespace
}  // namespace kaoju
