// Network addresses that a crawler must not be led to.
#pragma once

#include <sys/socket.h>

#include <string>

namespace kaoju {

// True iff the address is of the public Internet: not private, loopback, link-local, multicast or
// reserved (IANA's special-purpose registries), also where it stands inside an IPv6 address.
bool IsPublicAddress(const sockaddr& address);

// As digits, such as "127.0.0.1"; empty: neither IPv4 nor IPv6.
std::string ToString(const sockaddr& address);

}  // namespace kaoju
