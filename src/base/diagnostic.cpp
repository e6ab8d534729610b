#include "base/diagnostic.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/source_lines.h"
#include "base/text.h"

namespace relata {
namespace {

constexpr std::size_t widest_excerpt = 160;

std::string_view severity_word(Severity severity) {
  switch (severity) {
    case Severity::note:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "error";
}

std::string_view severity_colour(Severity severity) {
  switch (severity) {
    case Severity::note:
      return "\x1b[36m";
    case Severity::warning:
      return "\x1b[33m";
    case Severity::error:
      return "\x1b[31m";
  }
  return "\x1b[31m";
}

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// The part of the line around `offset` that fits a terminal, cut at code points.
struct Excerpt {
  std::string_view text;
  std::size_t begin = 0;
};

Excerpt excerpt_at(std::string_view text, std::size_t offset) {
  offset = std::min(offset, text.size());
  std::size_t begin = offset;
  while (begin > 0 && text[begin - 1] != '\n') --begin;
  std::size_t end = offset;
  while (end < text.size() && text[end] != '\n' && text[end] != '\r') ++end;
  if (offset - begin > widest_excerpt / 2) begin = offset - widest_excerpt / 2;
  end = std::min(end, begin + widest_excerpt);
  while (begin < end && is_continuation(text[begin])) ++begin;
  while (end < text.size() && end > begin && is_continuation(text[end])) --end;
  return {text.substr(begin, end - begin), begin};
}

void append_excerpt(std::string& out, std::string_view text, Span span, std::string_view colour,
                    bool coloured) {
  const Excerpt excerpt = excerpt_at(text, span.begin);
  const std::size_t start = std::min<std::size_t>(span.begin, text.size());
  const std::size_t stop =
      std::clamp<std::size_t>(span.end, start, excerpt.begin + excerpt.text.size());
  std::string marker;
  for (char c : text.substr(excerpt.begin, start - excerpt.begin)) {
    if (!is_continuation(c)) marker += c == '\t' ? '\t' : ' ';
  }
  if (coloured) marker += colour;
  marker += '^';
  const std::size_t width = code_points(text.substr(start, stop - start));
  if (width > 1) marker.append(width - 1, '~');
  if (coloured) marker += "\x1b[0m";
  out += "  ";
  for (char c : excerpt.text) {
    const bool control = static_cast<unsigned char>(c) < 0x20 && c != '\t';
    out += control ? '?' : c;
  }
  out += "\n  " + marker + "\n";
}

}  // namespace

void DiagnosticSink::add(Diagnostic diagnostic) { diagnostics_.push_back(std::move(diagnostic)); }

namespace {
Diagnostic make(Severity severity, std::string code, std::string message, std::string source,
                std::optional<Span> span, std::string help) {
  Diagnostic diagnostic;
  diagnostic.code = std::move(code);
  diagnostic.severity = severity;
  diagnostic.message = std::move(message);
  diagnostic.source = std::move(source);
  diagnostic.span = span;
  diagnostic.help = std::move(help);
  return diagnostic;
}
}  // namespace

void DiagnosticSink::error(std::string code, std::string message, std::string source,
                           std::optional<Span> span, std::string help) {
  add(make(Severity::error, std::move(code), std::move(message), std::move(source), span,
           std::move(help)));
}

void DiagnosticSink::warning(std::string code, std::string message, std::string source,
                             std::optional<Span> span, std::string help) {
  add(make(Severity::warning, std::move(code), std::move(message), std::move(source), span,
           std::move(help)));
}

void DiagnosticSink::note(std::string code, std::string message, std::string source,
                          std::optional<Span> span, std::string help) {
  add(make(Severity::note, std::move(code), std::move(message), std::move(source), span,
           std::move(help)));
}

bool DiagnosticSink::has_errors() const {
  return std::any_of(diagnostics_.begin(), diagnostics_.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::error; });
}

Position position_of(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  Position position;
  position.line += static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
  const std::size_t line_end = before.rfind('\n');
  position.column +=
      code_points(line_end == std::string_view::npos ? before : before.substr(line_end + 1));
  return position;
}

SourceLines::SourceLines(const SourceFile& file) : file_(file), begins_{0} {
  const std::string& text = file.text;
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) {
    begins_.push_back(at + 1);
  }
}

Position SourceLines::position_of(std::size_t offset) const {
  offset = std::min(offset, file_.text.size());
  const auto behind = std::upper_bound(begins_.begin(), begins_.end(), offset);
  const std::size_t begin = *std::prev(behind);
  Position position;
  position.line = static_cast<std::size_t>(behind - begins_.begin());
  position.column += code_points(std::string_view(file_.text).substr(begin, offset - begin));
  return position;
}

std::string excerpt(std::string_view text, Span span, bool colour) {
  std::string out;
  append_excerpt(out, text, span, "\x1b[36m", colour);
  return out;
}

std::string render(const Diagnostic& diagnostic, const SourceLines* source, bool colour) {
  const std::string_view paint = severity_colour(diagnostic.severity);
  std::string out;
  if (!diagnostic.source.empty()) {
    out += diagnostic.source;
    if (source != nullptr && diagnostic.span) {
      const Position at = source->position_of(diagnostic.span->begin);
      out += ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
    }
    out += ": ";
  }
  if (colour) out += paint;
  out += severity_word(diagnostic.severity);
  if (colour) out += "\x1b[0m";
  out += ": " + diagnostic.message;
  if (!diagnostic.code.empty()) out += " [" + diagnostic.code + "]";
  out += "\n";
  if (source != nullptr && diagnostic.span) {
    append_excerpt(out, source->file().text, *diagnostic.span, paint, colour);
    for (const RelatedSpan& related : diagnostic.related) {
      const Position at = source->position_of(related.span.begin);
      out += "  " + related.message + " (line " + std::to_string(at.line) + ")\n";
      append_excerpt(out, source->file().text, related.span, "\x1b[36m", colour);
    }
  }
  if (!diagnostic.help.empty()) out += "  help: " + diagnostic.help + "\n";
  return out;
}

}  // namespace relata
