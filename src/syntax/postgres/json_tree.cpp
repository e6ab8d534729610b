#include "syntax/postgres/json_tree.h"

#include <pg_query/pg_query.pb-c.h>
#include <simdjson.h>

#include <charconv>
#include <cstring>
#include <map>
#include <system_error>
#include <unordered_map>
#include <utility>

#include "base/text.h"

namespace relata::syntax {
namespace {

using simdjson::dom::element;

// Fields are called in JSON as PostgreSQL calls them ("typeName", "SQLValueFunction") and in
// protobuf in lower case with underscores ("type_name", "sqlvalue_function").
struct LooseHash {
  std::size_t operator()(std::string_view name) const {
    std::size_t hash = 0;
    for (const char c : name) {
      if (c != '_') hash = hash * 31 + static_cast<unsigned char>(to_lower(c));
    }
    return hash;
  }
  static char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }
};

struct LooselyEqual {
  bool operator()(std::string_view a, std::string_view b) const {
    std::size_t j = 0;
    for (const char c : a) {
      if (c == '_') continue;
      while (j < b.size() && b[j] == '_') ++j;
      if (j == b.size() || LooseHash::to_lower(c) != LooseHash::to_lower(b[j])) return false;
      ++j;
    }
    while (j < b.size() && b[j] == '_') ++j;
    return j == b.size();
  }
};

struct Shape;

struct Field {
  const ProtobufCFieldDescriptor* descriptor = nullptr;
  const Shape* shape = nullptr;                                       ///< Of a message.
  const std::unordered_map<std::string_view, int>* values = nullptr;  ///< Of an enumeration.
};

/// A kind of message.
struct Shape {
  const ProtobufCMessageDescriptor* descriptor = nullptr;
  std::unordered_map<std::string_view, Field, LooseHash, LooselyEqual> fields;
};

/// Every kind of message that a tree can hold.
class Shapes {
 public:
  Shapes() : root_(add(pg_query__parse_result__descriptor)) {}
  [[nodiscard]] const Shape& root() const { return root_; }

 private:
  const Shape& add(const ProtobufCMessageDescriptor& descriptor) {
    const auto [place, is_new] = shapes_.try_emplace(&descriptor);
    Shape& shape = place->second;
    if (!is_new) return shape;
    shape.descriptor = &descriptor;
    for (unsigned i = 0; i < descriptor.n_fields; ++i) {
      const ProtobufCFieldDescriptor& field = descriptor.fields[i];
      Field entry{&field, nullptr, nullptr};
      if (field.type == PROTOBUF_C_TYPE_MESSAGE) {
        entry.shape = &add(*static_cast<const ProtobufCMessageDescriptor*>(field.descriptor));
      } else if (field.type == PROTOBUF_C_TYPE_ENUM) {
        entry.values = &add(*static_cast<const ProtobufCEnumDescriptor*>(field.descriptor));
      }
      // The one field that is called otherwise.
      const std::string_view name = field.name;
      shape.fields.emplace(name == "base_stmt" ? "base" : name, entry);
    }
    return shape;
  }

  const std::unordered_map<std::string_view, int>& add(const ProtobufCEnumDescriptor& descriptor) {
    const auto [place, is_new] = enumerations_.try_emplace(&descriptor);
    for (unsigned i = 0; is_new && i < descriptor.n_values; ++i) {
      place->second.emplace(descriptor.values[i].name, descriptor.values[i].value);
    }
    return place->second;
  }

  std::map<const ProtobufCMessageDescriptor*, Shape> shapes_;
  std::map<const ProtobufCEnumDescriptor*, std::unordered_map<std::string_view, int>> enumerations_;
  const Shape& root_;
};

class Builder {
 public:
  Builder(std::string_view sql, TreeMemory& memory) : sql_(sql), memory_(memory) {}

  /// Null: the JSON does not tell all.
  ProtobufCMessage* build_tree(const Shape& shape, element json) {
    ProtobufCMessage* tree = build(shape, json);
    return left_out_ > 0 ? nullptr : tree;
  }

 private:
  ProtobufCMessage* build(const Shape& shape, element json) {
    simdjson::dom::object object;
    if (json.get(object) != simdjson::SUCCESS) return nullptr;
    auto* message =
        static_cast<ProtobufCMessage*>(memory_.allocate(shape.descriptor->sizeof_message));
    shape.descriptor->message_init(message);
    for (const auto& [key, value] : object) {
      const auto found = shape.fields.find(key);
      if (found == shape.fields.end() || !set(*message, found->second, value)) return nullptr;
    }
    return complete(*message) ? message : nullptr;
  }

  // The JSON leaves out an integer that is negative as if it were 0 (libpg_query 15-4.0.0).

  /// Finds what was left out of the message; whether that can be known.
  bool complete(ProtobufCMessage& message) {
    if (message.descriptor == &pg_query__a__const__descriptor) {
      auto& constant = reinterpret_cast<PgQuery__AConst&>(message);
      return constant.val_case != PG_QUERY__A__CONST__VAL_IVAL || constant.ival->ival != 0 ||
             find_sign(constant);
    }
    if (message.descriptor == &pg_query__type_name__descriptor) {
      return complete_bounds(reinterpret_cast<PgQuery__TypeName&>(message));
    }
    if (message.descriptor == &pg_query__def_elem__descriptor) {
      const PgQuery__Node* argument = reinterpret_cast<PgQuery__DefElem&>(message).arg;
      if (argument == nullptr || !is_left_out(*argument)) return true;
      --left_out_;
      return !has_after('-', "0123456789/");
    }
    if (message.descriptor == &pg_query__node__descriptor &&
        is_left_out(reinterpret_cast<PgQuery__Node&>(message))) {
      ++left_out_;
    }
    return true;
  }

  static bool is_left_out(const PgQuery__Node& node) {
    return node.node_case == PG_QUERY__NODE__NODE_INTEGER && node.integer->ival == 0;
  }

  /// An array's bound that is not given is -1.
  bool complete_bounds(PgQuery__TypeName& type) {
    for (std::size_t i = 0; i < type.n_array_bounds; ++i) {
      if (!is_left_out(*type.array_bounds[i])) continue;
      if (has_after('[', "0/")) return false;
      type.array_bounds[i]->integer->ival = -1;
      --left_out_;
    }
    return true;
  }

  /// A constant's sign stands in the text.
  bool find_sign(PgQuery__AConst& constant) const {
    const auto location = static_cast<std::size_t>(constant.location);
    if (location >= sql_.size()) return false;
    if (sql_[location] != '-') return true;
    const std::size_t first = sql_.find_first_not_of(" \t\r\n", location + 1);
    if (first == std::string_view::npos) return false;
    const auto [end, error] =
        std::from_chars(sql_.data() + first, sql_.data() + sql_.size(), constant.ival->ival);
    constant.ival->ival *= -1;
    return error == std::errc();
  }

  /// Whether one of the other characters follows the first anywhere; a slash may begin a comment.
  [[nodiscard]] bool has_after(char first, std::string_view others) const {
    for (std::size_t at = sql_.find(first); at != std::string_view::npos;
         at = sql_.find(first, at + 1)) {
      const std::size_t next = sql_.find_first_not_of(" \t\r\n", at + 1);
      if (next == std::string_view::npos) return false;
      if (others.find(sql_[next]) != std::string_view::npos) return true;
    }
    return false;
  }

  template <class Value>
  static Value& at(ProtobufCMessage& message, unsigned offset) {
    return *reinterpret_cast<Value*>(reinterpret_cast<std::byte*>(&message) + offset);
  }

  bool set(ProtobufCMessage& message, const Field& field, element json) {
    const ProtobufCFieldDescriptor& descriptor = *field.descriptor;
    if (descriptor.label == PROTOBUF_C_LABEL_REPEATED) return set_list(message, field, json);
    if ((descriptor.flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0) {
      at<std::uint32_t>(message, descriptor.quantifier_offset) = descriptor.id;
    }
    switch (descriptor.type) {
      case PROTOBUF_C_TYPE_MESSAGE:
        return (at<ProtobufCMessage*>(message, descriptor.offset) = build(*field.shape, json)) !=
               nullptr;
      case PROTOBUF_C_TYPE_STRING:
        return set_text(at<char*>(message, descriptor.offset), json);
      case PROTOBUF_C_TYPE_ENUM:
        return set_enumeration(at<int>(message, descriptor.offset), *field.values, json);
      case PROTOBUF_C_TYPE_BOOL:
        return set_truth(at<protobuf_c_boolean>(message, descriptor.offset), json);
      case PROTOBUF_C_TYPE_INT32:
        return set_number(at<std::int32_t>(message, descriptor.offset), json);
      case PROTOBUF_C_TYPE_UINT32:
        return set_number(at<std::uint32_t>(message, descriptor.offset), json);
      case PROTOBUF_C_TYPE_INT64:
        return set_number(at<std::int64_t>(message, descriptor.offset), json);
      case PROTOBUF_C_TYPE_UINT64:
        return set_number(at<std::uint64_t>(message, descriptor.offset), json);
      default:
        return false;
    }
  }

  /// The lists of trees that the grammar makes are lists of messages.
  bool set_list(ProtobufCMessage& message, const Field& field, element json) {
    simdjson::dom::array array;
    if (field.shape == nullptr || json.get(array) != simdjson::SUCCESS) return false;
    std::size_t count = 0;
    for ([[maybe_unused]] const element each : array) ++count;
    auto** messages = static_cast<ProtobufCMessage**>(memory_.allocate(count * sizeof(void*)));
    at<std::size_t>(message, field.descriptor->quantifier_offset) = count;
    at<ProtobufCMessage**>(message, field.descriptor->offset) = messages;
    for (const element each : array) {
      if ((*messages++ = build(*field.shape, each)) == nullptr) return false;
    }
    return true;
  }

  bool set_text(char*& place, element json) {
    std::string_view text;
    if (json.get(text) != simdjson::SUCCESS) return false;
    place = static_cast<char*>(memory_.allocate(text.size() + 1));
    std::memcpy(place, text.data(), text.size());
    place[text.size()] = '\0';
    return true;
  }

  static bool set_enumeration(int& place, const std::unordered_map<std::string_view, int>& values,
                              element json) {
    std::string_view name;
    if (json.get(name) != simdjson::SUCCESS) return false;
    const auto found = values.find(name);
    if (found == values.end()) return false;
    place = found->second;
    return true;
  }

  static bool set_truth(protobuf_c_boolean& place, element json) {
    bool truth = false;
    if (json.get(truth) != simdjson::SUCCESS) return false;
    place = truth ? 1 : 0;
    return true;
  }

  template <class Number>
  static bool set_number(Number& place, element json) {
    std::int64_t number = 0;
    if (json.get(number) != simdjson::SUCCESS || !std::in_range<Number>(number)) return false;
    place = static_cast<Number>(number);
    return true;
  }

  std::string_view sql_;
  TreeMemory& memory_;
  std::size_t left_out_ = 0;  ///< Integers of which it is not known yet.
};

}  // namespace

const PgQuery__ParseResult* tree_from_json(std::string_view sql, std::string_view json,
                                           TreeMemory& memory) {
  static const Shapes shapes;
  thread_local simdjson::dom::parser parser;
  element root;
  if (parser.parse(json.data(), json.size()).get(root) != simdjson::SUCCESS) return nullptr;
  return reinterpret_cast<const PgQuery__ParseResult*>(
      Builder(sql, memory).build_tree(shapes.root(), root));
}

}  // namespace relata::syntax
