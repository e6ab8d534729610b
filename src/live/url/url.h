#pragma once

#include <string>
#include <string_view>

namespace relata::live {

/// The URL as messages may show it: without password, and without what else is secret.
[[nodiscard]] std::string without_secrets(std::string_view url);

/// Whether there is an '@' where the URL can have none, so that a password with '@', '/' or '?' in
/// it (to be written %40, %2F, %3F) would be taken for other parts, and shown as such.
[[nodiscard]] bool has_stray_at_sign(std::string_view url);

/// The URL of another database of the same server. `name` needs no escapes.
[[nodiscard]] std::string with_database(std::string_view url, std::string_view name);

}  // namespace relata::live
