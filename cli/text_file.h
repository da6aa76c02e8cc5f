// Text files of the rules: read whole, and written so that a crash leaves the old or the new one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kaoju {

// Throws IoError naming the path.
std::string ReadTextFile(const std::string& path);

// Writes beside the file and renames. Throws IoError naming the path.
void WriteTextFile(const std::string& path, std::string_view text);

// The files of `dir` that end in `extension`, sorted bytewise. Throws IoError.
std::vector<std::string> ListFiles(const std::string& dir, std::string_view extension);

}  // namespace kaoju
