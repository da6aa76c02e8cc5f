// Encodings of characters and the labels that pages give them (WHATWG Encoding Standard).
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace kaoju {

// Names as the standard spells them.
inline constexpr std::string_view kUtf8 = "UTF-8";
inline constexpr std::string_view kUtf16Le = "UTF-16LE";
inline constexpr std::string_view kUtf16Be = "UTF-16BE";
inline constexpr std::string_view kGb18030 = "gb18030";
inline constexpr std::string_view kBig5 = "Big5";
inline constexpr std::string_view kWindows1252 = "windows-1252";
inline constexpr std::string_view kEucTw = "EUC-TW";

class EncodingLabels {
 public:
  // From fold_dir/encodings.tsv; throws RulesError.
  static EncodingLabels Load(const std::string& fold_dir);

  // The encoding that a label means, whatever its case and the spaces around it; "" iff none that
  // is known.
  std::string_view Find(std::string_view label) const;
  // ICU's name of the encoding. REQUIRES a name that Find gives.
  const std::string& Converter(std::string_view encoding) const;

 private:
  std::map<std::string, std::string, std::less<>> by_label_;
  std::map<std::string, std::string, std::less<>> converters_;
};

// What the bytes themselves say: the label of a byte order mark, of an XML declaration or of a
// <meta>, looked for in the first kilobytes as browsers do.
struct Declaration {
  std::string label;     // as written; empty iff there is none
  std::string_view how;  // "bom", "xml", "meta", or "http" if it came with the document
  size_t bom = 0;        // bytes of the mark
};
Declaration FindDeclaration(std::string_view bytes);

}  // namespace kaoju
