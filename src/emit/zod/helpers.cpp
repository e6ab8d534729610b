#include "emit/zod/helpers.h"

#include <algorithm>
#include <array>

namespace relata::emit::zod {
namespace {

struct Helper {
  std::string_view name;
  std::string_view dialect;  ///< Empty: every one.
  std::string_view needs;    ///< Another helper; empty: none.
  std::string_view text;
};

// In the order in which they are written. What the databases take and refuse was tried with rows:
// tests/live/orm_values_test.py.
constexpr auto helpers = std::to_array<Helper>({
    {"characters", "", "", R"(const characters = (value: string) => [...value].length;
)"},
    {"text", "postgres", "characters",
     R"(/** A text of at most so many characters; PostgreSQL has no place for NUL. */
const text = (most = Infinity) =>
  z
    .string()
    .refine((value) => !value.includes('\0'), 'has a NUL character')
    .refine((value) => characters(value) <= most, `is longer than ${most}`);
)"},
    {"text", "", "characters", R"(/** A text of at most so many characters. */
const text = (most: number) =>
  z
    .string()
    .refine((value) => characters(value) <= most, `is longer than ${most}`);
)"},
    {"longText", "", "", R"(/** A text of at most so many bytes in UTF-8. */
const longText = (most: number) =>
  z.string().refine((value) => {
    let bytes = 0;
    for (const character of value) {
      const point = character.codePointAt(0) ?? 0;
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }
    return bytes <= most;
  }, `is longer than ${most} bytes`);
)"},
    {"bytes", "", "", R"(/** At most so many bytes. */
const bytes = (most = Infinity) =>
  z.custom<Uint8Array>(
    (value) => value instanceof Uint8Array && value.length <= most,
    'is no such Uint8Array',
  );
)"},
    {"decimal", "postgres", "",
     R"(/** A decimal number as text, of so many digits, `scale` of them behind the point; or NaN. */
const decimal = (precision = Infinity, scale = 0) =>
  z.string().refine(
    (value) => {
      if (value === 'NaN') return true;
      if (/^-?Infinity$/.test(value)) return precision === Infinity;
      const digits = /^[+-]?(?=\.?\d)0*(\d*)(?:\.(\d*?)0*)?$/.exec(value);
      const [, whole = '', fraction = ''] = digits ?? [];
      if (precision === Infinity) return digits !== null;
      return (
        digits !== null &&
        whole.length <= precision - scale &&
        fraction.length <= scale
      );
    },
    { error: 'is no such decimal number', abort: true },
  );
)"},
    {"decimal", "", "",
     R"(/** A decimal number as text, of so many digits, `scale` of them behind the point. */
const decimal = (precision = Infinity, scale = 0) =>
  z.string().refine(
    (value) => {
      const digits = /^[+-]?(?=\.?\d)0*(\d*)(?:\.(\d*?)0*)?$/.exec(value);
      const [, whole = '', fraction = ''] = digits ?? [];
      if (precision === Infinity) return digits !== null;
      return (
        digits !== null &&
        whole.length <= precision - scale &&
        fraction.length <= scale
      );
    },
    { error: 'is no such decimal number', abort: true },
  );
)"},
    {"compareDecimals", "", "",
     R"(/** Negative, 0 or positive, as the first number is less, equal or greater; NaN is greatest. */
function compareDecimals(a: string, b: string): number {
  const rank = (value: string) =>
    value === 'NaN'
      ? 2
      : value.endsWith('Infinity')
        ? value[0] === '-'
          ? -1
          : 1
        : 0;
  if (rank(a) !== 0 || rank(b) !== 0) return rank(a) - rank(b);
  const places = Math.max(
    ...[a, b].map((value) => value.split('.')[1]?.length ?? 0),
  );
  const scaled = (value: string) => {
    const [whole = '', fraction = ''] = value.split('.');
    return BigInt(whole + fraction.padEnd(places, '0'));
  };
  return scaled(a) < scaled(b) ? -1 : scaled(a) > scaled(b) ? 1 : 0;
}
)"},
    {"double", "postgres", "", R"(/** A number; NaN and the infinities are some too. */
const double = z.custom<number>(
  (value) => typeof value === 'number',
  'is no number',
);
)"},
    {"double", "", "", R"(/** A number, or an infinity. */
const double = z.custom<number>(
  (value) => typeof value === 'number' && !Number.isNaN(value),
  'is no number',
);
)"},
    {"real", "", "", R"(/** A number that 32 bits hold, be it not to the last digit. */
const real = z.custom<number>((value) => {
  if (typeof value !== 'number') return false;
  if (!Number.isFinite(value) || value === 0) return true;
  const single = Math.fround(value);
  return Number.isFinite(single) && single !== 0;
}, 'is no number of 32 bits');
)"},
    {"dayOrder", "postgres", "",
     R"(/** A number that orders dates as PostgreSQL writes them; NaN where the text is none. */
function dayOrder(value: string): number {
  if (value === 'infinity') return Infinity;
  if (value === '-infinity') return -Infinity;
  const parts = /^(\d{4,7})-(\d\d)-(\d\d)( BC)?$/.exec(value);
  if (parts === null || Number(parts[1]) === 0) return NaN;
  const year = parts[4] === undefined ? Number(parts[1]) : 1 - Number(parts[1]);
  const [month, day] = [Number(parts[2]), Number(parts[3])];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  if (day < 1 || day > (days[month - 1] ?? 0)) return NaN;
  const order = (year * 12 + month) * 31 + day;
  // From 4714-11-24 BC to the year 5874897.
  return year > 5874897 || order < (-4713 * 12 + 11) * 31 + 24 ? NaN : order;
}
)"},
    {"dayOrder", "", "",
     R"(/** A number that orders dates (2026-03-01); NaN where the text is none. */
function dayOrder(value: string): number {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value);
  if (parts === null) return NaN;
  const [year, month, day] = [
    Number(parts[1]),
    Number(parts[2]),
    Number(parts[3]),
  ];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  if (day < 1 || day > (days[month - 1] ?? 0)) return NaN;
  return (year * 12 + month) * 31 + day;
}
)"},
    {"date", "", "dayOrder", R"(/** A date as the database writes it. */
const date = z
  .string()
  .refine((value) => !Number.isNaN(dayOrder(value)), 'is no date');
)"},
    {"time", "", "", R"(/** A time of day: 09:30, 09:30:00, 09:30:00.5. */
const time = z
  .string()
  .regex(
    /^(?:(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?|24:00(?::00(?:\.0{1,6})?)?)$/,
  );
)"},
    {"zonedTime", "", "", R"(/** A time of day and its distance from UTC: 09:30:00+02. */
const zonedTime = z
  .string()
  .regex(
    /^(?:(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?|24:00(?::00(?:\.0{1,6})?)?)[+-](?:0\d|1[0-5])(?::?[0-5]\d){0,2}$/,
  );
)"},
    {"hours", "", "", R"(/** Hours, minutes and seconds, up to 838 hours either way. */
const hours = z
  .string()
  .regex(
    /^-?(?:\d{1,2}|[0-7]\d\d|8[0-2]\d|83[0-8]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?$/,
  );
)"},
    {"secondOrder", "", "", R"(/** Seconds since midnight. */
function secondOrder(value: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = value.split(':').map(Number);
  return (hours * 60 + minutes) * 60 + seconds;
}
)"},
    {"moment", "postgres", "", R"(/** PostgreSQL's first day is 24 November 4714 BC. */
const moment = z.date().min(new Date(-210866803200000));
)"},
    {"moment", "mysql", "", R"(/** DATETIME has four digits for the year. */
const moment = z
  .date()
  .min(new Date('0000-01-01T00:00:00Z'))
  .max(new Date('9999-12-31T23:59:59.999Z'));
)"},
    {"moment", "", "", R"(const moment = z.date();
)"},
    {"timestamp", "", "", R"(/** TIMESTAMP counts the seconds since 1970 in 31 bits. */
const timestamp = z
  .date()
  .min(new Date('1970-01-01T00:00:01Z'))
  .max(new Date('2038-01-19T03:14:07.999Z'));
)"},
    {"interval", "", "",
     R"(/** A span of time: "1 year 2 mons 3 days 04:05:06.7", "-1 days", "P1DT2H". */
const interval = z
  .string()
  .regex(
    /^(?:(?=\S)(?:[+-]?\d{1,9}(?:\.\d+)? ?(?:microsecond|millisecond|second|sec|minute|min|hour|day|week|month|mon|year|decade|century|centurie|millennium)s?\b ?)*(?:[+-]?\d{1,9}:\d\d(?::\d\d(?:\.\d+)?)?)?(?: ?ago)?|-?P(?=[\dT-])(?:-?\d{1,9}Y)?(?:-?\d{1,9}M)?(?:-?\d{1,9}W)?(?:-?\d{1,9}D)?(?:T(?=[\d-])(?:-?\d{1,9}H)?(?:-?\d{1,9}M)?(?:-?\d{1,9}(?:\.\d+)?S)?)?)$/i,
    'is no interval',
  );
)"},
    {"json", "postgres", "",
     R"(/** Any JSON value; jsonb holds neither NUL nor half of a surrogate pair. */
const json: z.ZodType<unknown> = z
  .json()
  .refine(
    (value) =>
      !/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/.test(JSON.stringify(value)),
    'has a character that jsonb cannot hold',
  );
)"},
    {"json", "mysql", "", R"(/** Any JSON value; half of a surrogate pair is none. */
const json: z.ZodType<unknown> = z
  .json()
  .refine(
    (value) => !/(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(JSON.stringify(value)),
    'has half of a surrogate pair',
  );
)"},
    {"json", "", "", R"(/** Any JSON value. */
const json: z.ZodType<unknown> = z.json();
)"},
    {"jsonText", "", "", R"(/** Any JSON value. */
const jsonText: z.ZodType<unknown> = z.json();
)"},
    {"inet", "", "", R"(/** An address, or a network with an address in it. */
const inet = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
)"},
    {"cidr", "", "", R"(/** A network: no bit is set to the right of its mask. */
const cidr = z.union([z.cidrv4(), z.cidrv6()]).refine((value) => {
  const [address = '', length = ''] = value.split('/');
  const dotted = (text: string) =>
    text.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  if (!address.includes(':')) {
    return dotted(address) % 2n ** BigInt(32 - Number(length)) === 0n;
  }
  const plain = address.replace(/[\d.]+$/, (tail) =>
    tail.includes('.')
      ? dotted(tail).toString(16).padStart(8, '0').replace(/^..../, '$&:')
      : tail,
  );
  const [head = '', tail] = plain.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const right = groups(tail ?? '');
  const left = groups(head);
  const zeros = Array<string>(8 - left.length - right.length).fill('0');
  const bits = [...left, ...zeros, ...right].reduce(
    (sum, group) => sum * 65536n + BigInt(`0x${group}`),
    0n,
  );
  return bits % 2n ** BigInt(128 - Number(length)) === 0n;
}, 'has bits set to the right of its mask');
)"},
    {"several", "", "", R"(/** Some of the texts, with commas between. */
const several = (all: readonly string[]) =>
  z
    .string()
    .refine(
      (value) =>
        value === '' || value.split(',').every((one) => all.includes(one)),
      'is not among the values of the set',
    );
)"},
    {"given", "", "", R"(/** How many of the values are not NULL. */
const given = (...values: unknown[]) =>
  values.filter((value) => value !== null).length;
)"},
    {"check", "", "", R"(/** A constraint, tried where every column that it looks at is there. */
const check =
  <Row extends object>(
    name: string,
    columns: (keyof Row)[],
    holds: (row: Row) => boolean,
    absent: Partial<Row> = {},
  ) =>
  (payload: z.core.ParsePayload<Partial<Row>>) => {
    const row = { ...absent, ...payload.value };
    if (columns.some((column) => row[column] === undefined)) return;
    if (holds(row as Row)) return;
    payload.issues.push({
      code: 'custom',
      message: `violates ${name}`,
      path: columns.slice(0, 1) as string[],
      input: payload.value,
    });
  };
)"},
});

const Helper* find(std::string_view name, std::string_view dialect) {
  const auto found = std::find_if(helpers.begin(), helpers.end(), [&](const Helper& helper) {
    return helper.name == name && (helper.dialect.empty() || helper.dialect == dialect);
  });
  return found == helpers.end() ? nullptr : &*found;
}

}  // namespace

std::string Helpers::use(std::string_view name) {
  if (used_.emplace(name).second) {
    const Helper* helper = find(name, dialect_);
    if (helper != nullptr && !helper->needs.empty()) use(helper->needs);
  }
  return std::string(name);
}

void Helpers::print(Printer& printer) const {
  for (const Helper& helper : helpers) {
    if (!used_.contains(helper.name) || find(helper.name, dialect_) != &helper) continue;
    printer.line();
    for (std::size_t begin = 0; begin < helper.text.size();) {
      const std::size_t end = helper.text.find('\n', begin);
      printer.line(helper.text.substr(begin, end - begin));
      begin = end + 1;
    }
  }
}

}  // namespace relata::emit::zod
