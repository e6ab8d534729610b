#include "live/url/url.h"

#include <algorithm>

#include "base/text.h"

namespace relata::live {

bool has_stray_at_sign(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return false;
  url.remove_prefix(scheme + 3);
  const std::size_t end = std::min(url.find_first_of("/?"), url.size());
  const std::string_view authority = url.substr(0, end);
  const std::string_view rest = url.substr(end);
  const std::size_t at = authority.find('@');
  if (at != std::string_view::npos) return authority.find('@', at + 1) != std::string_view::npos;
  if (rest.find('@') == std::string_view::npos) return false;
  const std::size_t colon = authority.ends_with(']') ? authority.npos : authority.rfind(':');
  const std::string_view port = colon == authority.npos ? "" : authority.substr(colon + 1);
  return rest.starts_with('?') || rest.substr(0, rest.find('?')).find('@') != rest.npos ||
         !std::all_of(port.begin(), port.end(), is_ascii_digit);
}

std::string without_secrets(std::string_view url) {
  std::string shown(url);
  const std::size_t scheme = shown.find("://");
  if (scheme != std::string::npos) {
    const std::size_t begin = scheme + 3;
    const std::size_t end = has_stray_at_sign(url) ? shown.npos : shown.find_first_of("/?", begin);
    const std::size_t at = shown.rfind('@', end);
    const std::size_t colon = shown.find(':', begin);
    if (at != std::string::npos && at >= begin && colon < at) shown.erase(colon, at - colon);
  }
  // Parameters may hold a password as well; none of them helps to tell databases apart.
  return shown.substr(0, shown.find('?'));
}

std::string with_database(std::string_view url, std::string_view name) {
  const std::size_t scheme = url.find("://");
  const std::size_t authority = scheme == std::string_view::npos ? 0 : scheme + 3;
  const std::size_t question = std::min(url.find('?', authority), url.size());
  const std::size_t slash = std::min(url.find('/', authority), question);
  return std::string(url.substr(0, slash)) + "/" + std::string(name) +
         std::string(url.substr(question));
}

}  // namespace relata::live
