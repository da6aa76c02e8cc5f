#include "ingest/encoding.h"

#include <algorithm>
#include <stdexcept>

#include "ingest/table_file.h"
#include "ingest/utf8.h"
#include "rules/error.h"

namespace kaoju {
namespace {

constexpr size_t kLookAt = 4096;  // bytes in which a declaration counts; browsers take 1,024

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

std::string_view Trim(std::string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

// The value behind `key =` in lower-case markup; "" iff there is none.
std::string_view ValueOf(std::string_view markup, std::string_view key) {
  for (size_t at = markup.find(key); at != std::string_view::npos; at = markup.find(key, at + 1)) {
    std::string_view rest = Trim(markup.substr(at + key.size()));
    if (!rest.starts_with('=')) continue;
    rest = Trim(rest.substr(1));
    if (rest.starts_with('"') || rest.starts_with('\'')) rest.remove_prefix(1);
    const size_t end = rest.find_first_of("\"' \t\r\n\f;>/?");
    return rest.substr(0, end);
  }
  return {};
}

}  // namespace

EncodingLabels EncodingLabels::Load(const std::string& fold_dir) {
  EncodingLabels result;
  for (const TableRow& row : ReadTable(fold_dir + "/encodings.tsv", 3)) {
    if (!result.by_label_.emplace(row.cells[0], row.cells[1]).second) {
      throw RulesError(row.place + ": stands twice: " + row.cells[0]);
    }
    const auto known = result.converters_.emplace(row.cells[1], row.cells[2]).first;
    if (known->second != row.cells[2]) {
      throw RulesError(row.place + ": another converter than before: " + row.cells[2]);
    }
  }
  return result;
}

std::string_view EncodingLabels::Find(std::string_view label) const {
  const auto found = by_label_.find(LowerAscii(Trim(label)));
  return found == by_label_.end() ? std::string_view() : found->second;
}

const std::string& EncodingLabels::Converter(std::string_view encoding) const {
  return converters_.find(encoding)->second;
}

Declaration FindDeclaration(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return {std::string(kUtf8), "bom", 3};
  if (bytes.starts_with("\xFF\xFE")) return {std::string(kUtf16Le), "bom", 2};
  if (bytes.starts_with("\xFE\xFF")) return {std::string(kUtf16Be), "bom", 2};
  if (bytes.starts_with("\x84\x31\x95\x33")) return {std::string(kGb18030), "bom", 4};
  const std::string head = LowerAscii(bytes.substr(0, kLookAt));
  const std::string_view start = Trim(head);
  if (start.starts_with("<?xml")) {
    const std::string_view value = ValueOf(start.substr(0, start.find("?>")), "encoding");
    if (!value.empty()) return {std::string(value), "xml", 0};
  }
  for (size_t at = head.find("<meta"); at != std::string::npos; at = head.find("<meta", at + 1)) {
    const std::string_view tag = std::string_view(head).substr(at, head.find('>', at) - at);
    const std::string_view value = ValueOf(tag, "charset");
    if (!value.empty()) return {std::string(value), "meta", 0};
  }
  return {};
}

}  // namespace kaoju
