// Build-time program: compiles WordNet 3.0 (Debian wordnet-base, formats in wndb(5WN) and
// cntlist(5WN)) into the sorted table that lexicon.cpp looks words up in.
//
//   compile_lexicon WORDNET_FOLDER OUTPUT_FILE

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "read/english/lexicon/format.h"

namespace {

using relata::english::lexicon::Header;
using relata::english::lexicon::IrregularRecord;
using relata::english::lexicon::WordRecord;
namespace flag = relata::english::lexicon::flag;

constexpr std::string_view person_synset = "00007846";        // person.n.01
constexpr std::string_view organization_synset = "08008335";  // organization.n.01

struct Entry {
  std::array<std::uint32_t, 4> frequency{};  // noun, verb, adjective, adverb; 0: not that part
  std::uint8_t category = 0;                 // lexicographer file of the first noun sense
  std::uint8_t flags = 0;
  std::vector<std::string> noun_synsets;
  std::vector<std::string> verb_synsets;
  std::string nominalization;
};

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    std::cerr << "compile_lexicon: cannot read " << path << "\n";
    std::exit(2);
  }
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<std::string> fields_of(std::string_view line) {
  std::istringstream in{std::string(line)};
  return {std::istream_iterator<std::string>(in), std::istream_iterator<std::string>()};
}

bool plain_word(std::string_view lemma) {
  return !lemma.empty() && std::all_of(lemma.begin(), lemma.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || c == '-' || c == '\'';
  });
}

struct Pointer {
  std::string symbol;
  std::string synset;
  char part = 'n';
  int source = 0;
  int target = 0;
};

struct Synset {
  int category = 0;
  std::vector<std::string> words;
  std::vector<Pointer> pointers;
};

/// The synset at a byte offset of a data file (wndb: offset file type count word id ... pointers).
Synset synset_at(const std::string& data, const std::string& offset) {
  Synset synset;
  const std::size_t begin = std::stoul(offset);
  const std::size_t end = data.find('|', begin);
  const auto parts = fields_of(std::string_view(data).substr(begin, end - begin));
  synset.category = std::stoi(parts[1]);
  const int words = std::stoi(parts[3], nullptr, 16);
  std::size_t at = 4;
  for (int i = 0; i < words; ++i, at += 2) {
    std::string word = parts[at];
    std::transform(word.begin(), word.end(), word.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    synset.words.push_back(word);
  }
  const int pointers = std::stoi(parts[at++]);
  for (int i = 0; i < pointers; ++i, at += 4) {
    const int ends = std::stoi(parts[at + 3], nullptr, 16);
    synset.pointers.push_back({parts[at], parts[at + 1], parts[at + 2][0], ends >> 8, ends & 0xff});
  }
  return synset;
}

class Compiler {
 public:
  explicit Compiler(const std::string& folder) : folder_(folder) {
    nouns_ = read_file(folder + "/data.noun");
    verbs_ = read_file(folder + "/data.verb");
    read_index("noun", 0);
    read_index("verb", 1);
    read_index("adj", 2);
    read_index("adv", 3);
    read_counts();
    read_exceptions("noun", 0);
    read_exceptions("verb", 1);
    read_exceptions("adj", 2);
    classify_nouns();
    for (auto& [word, entry] : entries_) entry.nominalization = nominalize_verb(word, entry);
    for (auto& [word, entry] : entries_) {
      if (entry.nominalization.empty() && (entry.flags & flag::may_be_person) != 0)
        entry.nominalization = nominalize_role(entry, word);
    }
  }

  void write(const std::string& path) const {
    std::string pool(1, '\0');
    std::map<std::string, std::uint32_t> offsets;
    const auto intern = [&](const std::string& text) {
      if (text.empty()) return std::uint32_t{0};
      const auto [it, added] = offsets.try_emplace(text, static_cast<std::uint32_t>(pool.size()));
      if (added) pool.append(text).push_back('\0');
      return it->second;
    };
    std::vector<WordRecord> words;
    for (const auto& [word, entry] : entries_) {
      WordRecord record{};
      record.text = intern(word);
      record.nominalization = intern(entry.nominalization);
      for (std::size_t i = 0; i < 4; ++i) {
        record.frequency[i] =
            static_cast<std::uint16_t>(std::min<std::uint32_t>(entry.frequency[i], 65535));
      }
      record.category = entry.category;
      record.flags = entry.flags;
      words.push_back(record);
    }
    std::vector<IrregularRecord> irregular;
    for (const auto& [form, lemmas] : irregular_) {
      for (const auto& [part, lemma] : lemmas)
        irregular.push_back({intern(form), intern(lemma), part});
    }
    const Header header{static_cast<std::uint32_t>(words.size()),
                        static_cast<std::uint32_t>(irregular.size()),
                        static_cast<std::uint32_t>(pool.size()), 0};
    std::ofstream out(path, std::ios::binary);
    const auto put = [&](const void* data, std::size_t size) {
      out.write(static_cast<const char*>(data), static_cast<std::streamsize>(size));
    };
    put(&header, sizeof header);
    put(words.data(), words.size() * sizeof(WordRecord));
    put(irregular.data(), irregular.size() * sizeof(IrregularRecord));
    put(pool.data(), pool.size());
    if (!out.flush()) {
      std::cerr << "compile_lexicon: cannot write " << path << "\n";
      std::exit(2);
    }
  }

 private:
  void read_index(const std::string& part, std::size_t slot) {
    std::istringstream in(read_file(folder_ + "/index." + part));
    for (std::string line; std::getline(in, line);) {
      if (line.empty() || line[0] == ' ') continue;
      const auto parts = fields_of(line);
      if (!plain_word(parts[0])) continue;
      Entry& entry = entries_[parts[0]];
      entry.frequency[slot] = 1;
      const std::size_t senses = std::stoul(parts[2]);
      for (std::size_t i = parts.size() - senses; i < parts.size(); ++i) {
        if (slot == 0) entry.noun_synsets.push_back(parts[i]);
        if (slot == 1) entry.verb_synsets.push_back(parts[i]);
      }
    }
  }

  void read_counts() {
    std::istringstream in(read_file(folder_ + "/cntlist.rev"));
    for (std::string line; std::getline(in, line);) {
      const auto parts = fields_of(line);
      if (parts.size() != 3) continue;
      const std::size_t percent = parts[0].find('%');
      const auto found = entries_.find(parts[0].substr(0, percent));
      if (found == entries_.end()) continue;
      const int type = parts[0][percent + 1] - '0';  // 1 n, 2 v, 3 a, 4 r, 5 satellite adjective
      const std::size_t slot = type == 5 ? 2 : static_cast<std::size_t>(type - 1);
      found->second.frequency[slot] += static_cast<std::uint32_t>(std::stoul(parts[2]));
    }
  }

  void read_exceptions(const std::string& part, std::uint32_t slot) {
    std::istringstream in(read_file(folder_ + "/" + part + ".exc"));
    for (std::string line; std::getline(in, line);) {
      const auto parts = fields_of(line);
      if (parts.size() < 2 || !plain_word(parts[0]) || !plain_word(parts[1])) continue;
      irregular_[parts[0]].try_emplace(slot, parts[1]);
    }
  }

  /// Whether the hypernyms of a noun synset reach `ancestor`.
  bool is_a(const std::string& synset, std::string_view ancestor,
            std::map<std::string, bool>& known) {
    if (synset == ancestor) return true;
    const auto [it, added] = known.try_emplace(synset, false);
    if (!added) return it->second;
    bool result = false;
    for (const Pointer& pointer : synset_at(nouns_, synset).pointers) {
      if ((pointer.symbol == "@" || pointer.symbol == "@i") &&
          is_a(pointer.synset, ancestor, known)) {
        result = true;
        break;
      }
    }
    return known[synset] = result;
  }

  void classify_nouns() {
    std::map<std::string, bool> persons;
    std::map<std::string, bool> organizations;
    for (auto& [word, entry] : entries_) {
      for (std::size_t i = 0; i < entry.noun_synsets.size() && i < 3; ++i) {
        const std::string& synset = entry.noun_synsets[i];
        if (i == 0) entry.category = static_cast<std::uint8_t>(synset_at(nouns_, synset).category);
        if (is_a(synset, person_synset, persons)) {
          entry.flags |= flag::may_be_person;
          if (i == 0) entry.flags |= flag::person;
        }
        if (i == 0 && is_a(synset, organization_synset, organizations))
          entry.flags |= flag::organization;
      }
    }
  }

  /// How well a noun names the act of a verb; 0 when it does not.
  int nominal_quality(const std::string& verb, const std::string& noun, std::size_t sense) const {
    const auto found = entries_.find(noun);
    if (found == entries_.end() || (found->second.flags & flag::person) != 0) return 0;
    const auto ends = [&](std::string_view suffix) {
      return noun.size() > suffix.size() && noun.ends_with(suffix);
    };
    int quality = 60 - 8 * static_cast<int>(std::min<std::size_t>(sense, 6));
    if (noun == verb) {
      quality += found->second.frequency[0] > 3 ? 30 : 10;
    } else if (ends("ment") || ends("tion") || ends("sion") || ends("ance") || ends("ence") ||
               ends("ption") || ends("rental") || ends("al")) {
      quality += 40;
    } else if (ends("ing")) {
      quality += 5;
    } else if (ends("ness") || ends("ity") || ends("er") || ends("or") || ends("ee")) {
      return 0;
    }
    quality += static_cast<int>(std::min<std::uint32_t>(found->second.frequency[0], 10));
    return quality;
  }

  std::string nominalize_verb(const std::string& verb, const Entry& entry) const {
    std::string best;
    int best_quality = 0;
    for (std::size_t sense = 0; sense < entry.verb_synsets.size(); ++sense) {
      const Synset synset = synset_at(verbs_, entry.verb_synsets[sense]);
      for (const Pointer& pointer : synset.pointers) {
        if (pointer.symbol != "+" || pointer.part != 'n' || pointer.source == 0) continue;
        if (synset.words[static_cast<std::size_t>(pointer.source - 1)] != verb) continue;
        const Synset target = synset_at(nouns_, pointer.synset);
        const std::string& noun = target.words[static_cast<std::size_t>(pointer.target - 1)];
        const int quality = nominal_quality(verb, noun, sense);
        if (quality > best_quality) {
          best_quality = quality;
          best = noun;
        }
      }
    }
    return best;
  }

  /// The act behind a role: assignee, by assign, gives assignment.
  std::string nominalize_role(const Entry& entry, const std::string& word) const {
    for (const std::string& offset : entry.noun_synsets) {
      const Synset synset = synset_at(nouns_, offset);
      for (const Pointer& pointer : synset.pointers) {
        if (pointer.symbol != "+" || pointer.part != 'v' || pointer.source == 0) continue;
        if (synset.words[static_cast<std::size_t>(pointer.source - 1)] != word) continue;
        const Synset target = synset_at(verbs_, pointer.synset);
        const auto verb = entries_.find(target.words[static_cast<std::size_t>(pointer.target - 1)]);
        if (verb != entries_.end() && !verb->second.nominalization.empty())
          return verb->second.nominalization;
      }
    }
    for (std::string_view suffix : {"ee", "er", "or"}) {
      if (word.size() <= suffix.size() + 2 || !word.ends_with(suffix)) continue;
      const std::string stem = word.substr(0, word.size() - suffix.size());
      for (const std::string& verb : {stem, stem + "e"}) {
        const auto found = entries_.find(verb);
        if (found != entries_.end() && found->second.frequency[1] > 0 &&
            !found->second.nominalization.empty())
          return found->second.nominalization;
      }
    }
    return {};
  }

  std::string folder_;
  std::string nouns_;
  std::string verbs_;
  std::map<std::string, Entry> entries_;
  std::map<std::string, std::map<std::uint32_t, std::string>> irregular_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: compile_lexicon WORDNET_FOLDER OUTPUT_FILE\n";
    return 2;
  }
  Compiler(argv[1]).write(argv[2]);
  return 0;
}
