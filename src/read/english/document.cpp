#include "read/english/document.h"

#include <md4c.h>

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace relata::english {
namespace {

/// Collects md4c's events into lines.
class Builder {
 public:
  explicit Builder(const std::string& source) : source_(source) {}

  Document take() {
    flush();
    return std::move(document_);
  }

  void enter_block(MD_BLOCKTYPE type, void* detail) {
    switch (type) {
      case MD_BLOCK_UL:
      case MD_BLOCK_OL:
        flush();
        ++depth_;
        break;
      case MD_BLOCK_LI:
        flush();
        kind_ = LineKind::bullet;
        break;
      case MD_BLOCK_H:
        flush();
        kind_ = LineKind::heading;
        heading_ = static_cast<int>(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level);
        break;
      case MD_BLOCK_CODE:
        flush();
        kind_ = LineKind::code;
        break;
      case MD_BLOCK_TH:
      case MD_BLOCK_TD:
        cell_header_ = type == MD_BLOCK_TH;
        text_ = {};
        break;
      case MD_BLOCK_P:
        if (kind_ != LineKind::bullet) flush();
        break;
      default:
        break;
    }
  }

  void leave_block(MD_BLOCKTYPE type) {
    switch (type) {
      case MD_BLOCK_UL:
      case MD_BLOCK_OL:
        flush();
        --depth_;
        break;
      case MD_BLOCK_TH:
      case MD_BLOCK_TD:
        cells_.push_back(std::exchange(text_, {}));
        break;
      case MD_BLOCK_TR: {
        Line row;
        row.kind = LineKind::table_row;
        row.table_header = cell_header_;
        row.cells = std::exchange(cells_, {});
        document_.lines.push_back(std::move(row));
        break;
      }
      case MD_BLOCK_LI:
      case MD_BLOCK_H:
      case MD_BLOCK_P:
      case MD_BLOCK_CODE:
        flush();
        kind_ = LineKind::prose;
        break;
      default:
        break;
    }
  }

  void enter_span(MD_SPANTYPE type) {
    if (type == MD_SPAN_STRONG && text_.text.empty()) in_bold_prefix_ = true;
  }

  void leave_span(MD_SPANTYPE type) {
    if (type == MD_SPAN_STRONG && in_bold_prefix_) {
      bold_prefix_ = text_.text.size();
      in_bold_prefix_ = false;
    }
  }

  void text(MD_TEXTTYPE type, const char* data, std::size_t size) {
    const char* begin = source_.data();
    const bool inside = data >= begin && data < begin + source_.size();
    if (inside) position_ = static_cast<std::uint32_t>(data - begin);
    if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR) {
      text_.append("\n", 1, position_);
      return;
    }
    if (inside) {
      text_.append(data, size, position_);
      position_ += static_cast<std::uint32_t>(size);
    } else if (size > 0) {
      for (std::size_t i = 0; i < size; ++i) text_.append(data + i, 1, position_);
    }
  }

 private:
  /// Whether the sentence of one physical line runs on in the next one.
  static bool runs_on(std::string_view before, std::string_view after) {
    before = trim(before);
    after = trim(after);
    if (before.empty() || after.empty()) return false;
    const char last = before.back();
    if (last == ',' || last == '-') return true;
    if (last == '.' || last == ':' || last == '!' || last == '?' || last == ';') {
      return false;
    }
    const char first = after.front();
    // "Product Search: ..." begins a line of its own.
    const std::size_t colon = after.substr(0, 60).find(':');
    if (colon != std::string_view::npos && first >= 'A' && first <= 'Z') return false;
    if (first >= 'a' && first <= 'z') return true;
    if (is_ascii_digit(first) || first == '-' || first == '*') return false;
    // A wrapped line is about as long as the page is wide; a shorter one ends by itself.
    return before.size() > 60;
  }

  void flush() {
    const SourceText whole = std::exchange(text_, {});
    ++block_;
    const std::size_t bold = std::exchange(bold_prefix_, 0);
    in_bold_prefix_ = false;
    std::size_t begin = 0;
    bool first = true;
    while (begin < whole.text.size()) {
      std::size_t end = whole.text.find('\n', begin);
      while (end != std::string::npos && kind_ != LineKind::code) {
        const std::size_t next = whole.text.find('\n', end + 1);
        const std::string_view view(whole.text);
        const std::size_t line_begin = whole.text.rfind('\n', end - 1);
        const std::size_t from =
            line_begin == std::string::npos || line_begin < begin ? begin : line_begin + 1;
        if (end == 0 ||
            !runs_on(view.substr(from, end - from),
                     view.substr(end + 1, next == std::string::npos ? std::string_view::npos
                                                                    : next - end - 1)))
          break;
        end = next;
      }
      if (end == std::string::npos) end = whole.text.size();
      if (!trim(std::string_view(whole.text).substr(begin, end - begin)).empty()) {
        Line line;
        line.kind = kind_;
        line.block = block_;
        line.level = kind_ == LineKind::heading ? heading_ : kind_ == LineKind::bullet ? depth_ : 0;
        line.content = whole.part(begin, end);
        std::replace(line.content.text.begin(), line.content.text.end(), '\n', ' ');
        if (first) line.bold_prefix = std::min(bold, end);
        document_.lines.push_back(std::move(line));
      }
      first = false;
      begin = end + 1;
    }
  }

  const std::string& source_;
  Document document_;
  SourceText text_;
  std::vector<SourceText> cells_;
  LineKind kind_ = LineKind::prose;
  int heading_ = 1;
  int depth_ = 0;
  int block_ = 0;
  bool cell_header_ = false;
  bool in_bold_prefix_ = false;
  std::size_t bold_prefix_ = 0;
  std::uint32_t position_ = 0;
};

int on_enter_block(MD_BLOCKTYPE type, void* detail, void* builder) {
  static_cast<Builder*>(builder)->enter_block(type, detail);
  return 0;
}
int on_leave_block(MD_BLOCKTYPE type, void*, void* builder) {
  static_cast<Builder*>(builder)->leave_block(type);
  return 0;
}
int on_enter_span(MD_SPANTYPE type, void*, void* builder) {
  static_cast<Builder*>(builder)->enter_span(type);
  return 0;
}
int on_leave_span(MD_SPANTYPE type, void*, void* builder) {
  static_cast<Builder*>(builder)->leave_span(type);
  return 0;
}
int on_text(MD_TEXTTYPE type, const MD_CHAR* data, MD_SIZE size, void* builder) {
  static_cast<Builder*>(builder)->text(type, data, size);
  return 0;
}

}  // namespace

void SourceText::append(const char* data, std::size_t size, std::uint32_t offset) {
  text.append(data, size);
  for (std::size_t i = 0; i < size; ++i) offsets.push_back(offset + static_cast<std::uint32_t>(i));
}

SourceText SourceText::part(std::size_t begin, std::size_t end) const {
  SourceText result;
  result.text = text.substr(begin, end - begin);
  result.offsets.assign(offsets.begin() + static_cast<std::ptrdiff_t>(begin),
                        offsets.begin() + static_cast<std::ptrdiff_t>(end));
  return result;
}

Span SourceText::span(std::size_t begin, std::size_t end) const {
  if (begin >= end || end > offsets.size()) return {};
  return {offsets[begin], offsets[end - 1] + 1};
}

Document read_document(const std::string& source) {
  Builder builder(source);
  MD_PARSER parser{};
  parser.flags = MD_FLAG_TABLES | MD_FLAG_NOINDENTEDCODEBLOCKS | MD_FLAG_NOHTMLBLOCKS |
                 MD_FLAG_NOHTMLSPANS | MD_FLAG_STRIKETHROUGH;
  parser.enter_block = on_enter_block;
  parser.leave_block = on_leave_block;
  parser.enter_span = on_enter_span;
  parser.leave_span = on_leave_span;
  parser.text = on_text;
  md_parse(source.data(), static_cast<MD_SIZE>(source.size()), &parser, &builder);
  return builder.take();
}

}  // namespace relata::english
