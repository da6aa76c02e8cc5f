// kaoju fetch: pages from the web into an archive that run and extract read.
#pragma once

#include <CLI/CLI.hpp>
#include <cstddef>
#include <string>
#include <vector>

namespace kaoju {

struct FetchCommand {
  std::vector<std::string> urls;
  std::string list;  // a file of addresses, one a line
  std::string out;   // the folder
  std::string contact;
  std::string rules;
  bool follow = false;
  bool single_page = false;
  bool again = false;
  size_t most_pages = 0;  // 0: any number
  size_t parallel = 16;
  size_t per_host = 1;
  double delay = 1;
  double timeout = 60;
  size_t retries = 2;
  size_t max_bytes = size_t{32} << 20;
  bool allow_private = false;
  std::string certificates;
  bool quiet = false;
};

void AddFetchOptions(CLI::App& sub, FetchCommand& o);
int RunFetch(const FetchCommand& o);

}  // namespace kaoju
