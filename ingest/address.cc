#include "ingest/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <utility>

namespace kaoju {
namespace {

struct Block {
  uint32_t prefix;
  int bits;
};
// https://www.iana.org/assignments/iana-ipv4-special-registry, and multicast.
constexpr std::array<Block, 15> kSpecial = {{
    {0x00000000, 8},   // 0.0.0.0/8
    {0x0A000000, 8},   // 10.0.0.0/8
    {0x64400000, 10},  // 100.64.0.0/10
    {0x7F000000, 8},   // 127.0.0.0/8
    {0xA9FE0000, 16},  // 169.254.0.0/16
    {0xAC100000, 12},  // 172.16.0.0/12
    {0xC0000000, 24},  // 192.0.0.0/24
    {0xC0000200, 24},  // 192.0.2.0/24
    {0xC0586300, 24},  // 192.88.99.0/24
    {0xC0A80000, 16},  // 192.168.0.0/16
    {0xC6120000, 15},  // 198.18.0.0/15
    {0xC6336400, 24},  // 198.51.100.0/24
    {0xCB007100, 24},  // 203.0.113.0/24
    {0xE0000000, 4},   // 224.0.0.0/4
    {0xF0000000, 4},   // 240.0.0.0/4
}};

bool IsPublic4(uint32_t address) {
  return std::none_of(kSpecial.begin(), kSpecial.end(), [&](const Block& block) {
    return ((address ^ block.prefix) >> (32 - block.bits)) == 0;
  });
}

uint32_t Word(const uint8_t* bytes) {
  return uint32_t{bytes[0]} << 24 | uint32_t{bytes[1]} << 16 | uint32_t{bytes[2]} << 8 | bytes[3];
}

bool IsPublic6(const uint8_t* a) {
  const auto zeros = [&](int from, int to) {
    return std::all_of(a + from, a + to, [](uint8_t byte) { return byte == 0; });
  };
  if (zeros(0, 10) && a[10] == 0xFF && a[11] == 0xFF) return IsPublic4(Word(a + 12));  // mapped
  if (Word(a) == 0x0064FF9B && zeros(4, 12)) return IsPublic4(Word(a + 12));           // NAT64
  if (a[0] == 0x20 && a[1] == 0x02) return IsPublic4(Word(a + 2));                     // 6to4
  if (Word(a) == 0x20010000) return false;                                             // Teredo
  if (Word(a) == 0x20010DB8) return false;                                             // examples
  return (a[0] & 0xE0) == 0x20;  // 2000::/3 is all that is given out
}

}  // namespace

bool IsPublicAddress(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &address, sizeof v4);
    return IsPublic4(ntohl(v4.sin_addr.s_addr));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &address, sizeof v6);
    return IsPublic6(v6.sin6_addr.s6_addr);
  }
  return false;
}

std::string ToString(const sockaddr& address) {
  char text[INET6_ADDRSTRLEN] = {};
  if (address.sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &address, sizeof v4);
    inet_ntop(AF_INET, &v4.sin_addr, text, sizeof text);
  } else if (address.sa_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &address, sizeof v6);
    inet_ntop(AF_INET6, &v6.sin6_addr, text, sizeof text);
  }
  return text;
}

}  // namespace kaoju
