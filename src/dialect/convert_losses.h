#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/origin.h"

namespace relata {

/// What a conversion could not carry over. Losses of one kind become one diagnostic that names all
/// that it touches, so that a hundred columns of one kind are one thing to read.
class Losses {
 public:
  /// `message` says what is lost and what stands in its place, without the objects.
  void warning(std::string code, std::string message, std::string object, const Origin& origin);
  void note(std::string code, std::string message, std::string object, const Origin& origin);

  /// One diagnostic a kind, in the order in which the kinds were first met.
  void report(DiagnosticSink& sink) const;

 private:
  struct Kind {
    Severity severity;
    std::string code;
    std::string message;
    Origin first;
    std::vector<std::string> objects;
  };

  void add(Severity severity, std::string code, std::string message, std::string object,
           const Origin& origin);

  std::vector<Kind> kinds_;
  std::map<std::pair<std::string, std::string>, std::size_t> places_;
};

}  // namespace relata
