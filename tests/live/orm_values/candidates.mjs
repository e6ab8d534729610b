// Values to try in each column of the fixtures, good and bad ones, as JavaScript has them; and rows
// that keep and break the checks. Random ones come from a generator with a fixed seed.

let state = 20260301;
export function random(below) {
  // mulberry32
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
}
export const pick = (list) => list[random(list.length)];

const alphabet = ['a', 'B', 'é', ' ', '%', '_', "'", '"', '\\', '\n', '0', '€', '😀', '中'];
const randomText = (most) =>
  Array.from({ length: random(most + 1) }, () => pick(alphabet)).join('');
const texts = (most) => [
  ...['', 'a', 'x'.repeat(most), 'x'.repeat(most + 1), '😀'.repeat(most), '😀'.repeat(most + 1)],
  ...['a\0b', 'NULL', "it's", 'é€', 'tab\t'],
  ...Array.from({ length: 10 }, () => randomText(most + 2)),
];
const integers = (bits, signed = true) => {
  const most = signed ? 2 ** (bits - 1) : 2 ** bits;
  const least = signed ? -most : 0;
  return [0, 1, -1, most - 1, most, least, least - 1, 0.5, NaN, ...random3(most)];
};
const random3 = (most) => [random(most), -random(most), random(2 * most)];
const bigs = (signed) =>
  [0n, 1n, -1n, 2n ** 63n - 1n, 2n ** 63n, -(2n ** 63n), -(2n ** 63n) - 1n, 2n ** 64n - 1n, 2n ** 64n]
    .concat(signed ? [] : [5n]);
const decimals = [
  ...['0', '0.5', '-1.25', '999999.99', '-999999.99', '1000000', '99999', '100000', '0.001'],
  ...['1.10', '007.50', '.5', '5.', 'NaN', 'Infinity', '-Infinity', 'abc', '', '1e', '--1', '+3'],
  ...['9999.9', '10000', '123456789012345678901234567890.123456789'],
];
const floats = [
  ...[0, -0.5, 1.5, 0.1, 1e38, 3.5e38, 1e39, -1e39, 1e-40, 1e-46, 1e308, 5e-324, NaN, Infinity],
  ...[-Infinity],
];
const dates = [
  ...['2024-02-29', '2023-02-29', '2024-02-30', '2024-13-01', '2024-00-10', '2024-04-31'],
  ...['0001-01-01', '9999-12-31', 'abc', '', '2024', '1900-02-29', '2000-02-29', '2024-1-5x'],
];
const times = ['00:00:00', '23:59:59.999999', '09:30', '25:00:00', '10:60:00', 'abc', ''];
const moment = (text) => new Date(text);
const moments = [
  ...['2024-02-29T12:00:00Z', '1970-01-01T00:00:00Z', '0001-01-01T00:00:00Z'].map(moment),
  ...['9999-12-31T23:59:59.999Z', '1999-12-31T23:59:59.123Z'].map(moment),
  new Date(NaN),
];
const uuids = [
  ...['00000000-0000-0000-0000-000000000000', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
  ...['01890a5d-ac96-774b-bcce-b302099a8057', 'abc', '', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1'],
  'g0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
];
const jsons = [
  ...[{ a: [1, null, 'x', { b: true }] }, [], {}, 'text', 5, 1.5, true, [[['deep']]], 'it\'s "q"'],
  ...['\0', { 'a\0b': 1 }, '\ud800', '😀', '\\u0000', { nested: ['\udc00'] }],
];
const bytes = (...sizes) => sizes.map((size) => Uint8Array.from({ length: size }, (_, i) => 255 - i));

/** For each dialect and column: the values, and what the driver makes of them. */
export const samples = {
  postgres: {
    a_smallint: integers(16),
    a_integer: integers(32),
    a_bigint: bigs(true),
    a_numeric: decimals,
    a_price: decimals,
    a_count: decimals,
    a_real: floats,
    a_double: floats,
    a_boolean: [true, false],
    a_text: [...texts(40), 'x'.repeat(100000)],
    a_varchar: texts(5),
    a_char: texts(4),
    a_date: [
      ...dates, '0000-01-01', '4714-11-24 BC', '4714-11-23 BC', '0044-03-15 BC', 'infinity',
      '-infinity', '5874897-12-31', '5874898-01-01', '12024-05-05', '0001-02-29 BC',
      '0002-02-29 BC',
    ],
    a_time: [...times, '24:00:00', '24:00:01'],
    a_time_tz: ['09:30:00+02', '09:30:00.5-03:30', '24:00:00+00', '09:30:00+17', 'abc', '25:00+00'],
    a_timestamp: [...moments, new Date(-210866803200000), new Date(-210866803200001), new Date(8.64e15)],
    a_timestamp_tz: [...moments, new Date(-210866803200000), new Date(-210866803200001)],
    a_timestamp_0: moments,
    an_interval: [
      '1 day', '1 year 2 mons 3 days 04:05:06.7', '-1 days', '04:05:06', '-00:00:01', 'P1Y2M3DT4H5M6S',
      'PT0.5S', '1 day ago', '3 hours 20 minutes', 'abc', '', '1 dayz', '1.5 weeks', 'P', '2 x',
      '00:00:00', '-1 years -2 mons +3 days -04:05:06',
    ],
    a_uuid: uuids,
    a_json: jsons,
    a_jsonb: jsons,
    a_bytea: bytes(0, 1, 5, 300),
    an_inet: [
      '10.0.0.1', '10.0.0.1/8', '::1', '2001:db8::1/64', '::ffff:1.2.3.4', '256.1.1.1', '10.0.0',
      '10.0.0.1/33', '::1/129', 'abc', '', '1:2:3:4:5:6:7:8', '1:2:3', 'fe80::1%eth0',
    ],
    a_cidr: [
      '10.0.0.0/8', '10.0.0.1/8', '0.0.0.0/0', '10.0.0.1/32', '2001:db8::/32', '2001:db8::1/32',
      '::/0', '::ffff:1.2.3.0/120', '::ffff:1.2.3.4/120', 'abc',
    ],
    a_mac: ['08:00:2b:01:02:03', '08:00:2b:01:02', 'zz:00:2b:01:02:03', ''],
    a_bit: ['101', '10', '1011', '12x', ''],
    a_varbit: ['', '1', '1011', '10110', '2'],
    a_mood: ['sad', 'it\'s "fine"', 'happy', 'Sad', '', 'other'],
    a_posint: integers(32),
    a_later: [1, 0, 999, 1000, -5],
    an_int_array: [[], [1, 2], [2147483648], [0.5]],
    a_text_array: [[], ['a', 'b,"c"', '', 'NULL'], ['a\0']],
    a_mood_array: [['sad', 'happy'], [], ['other']],
    a_bigint_array: [[], [1n, 2n ** 63n - 1n], [2n ** 63n]],
    a_range: ['[1,5)', 'empty', '(,)', 'abc', '[1', ''],
    a_vector: ["'a' 'b'", ''],
  },
  mysql: {
    a_tinyint: integers(8),
    a_smallint: integers(16),
    a_mediumint: integers(24),
    an_integer: integers(32),
    a_bigint: bigs(true),
    an_unsigned: integers(32, false),
    a_big_unsigned: bigs(false),
    a_year: [0, 1901, 2155, 1900, 2156, 2024, -1],
    a_decimal: decimals.filter((value) => value !== ''),
    an_unsigned_decimal: ['0', '9999.9', '10000', '-1', '-0.1', '5.5', 'abc'],
    a_float: floats,
    a_double: floats,
    a_boolean: [true, false],
    a_varchar: texts(5),
    a_char: texts(4),
    a_tinytext: [...texts(10), 'x'.repeat(255), 'x'.repeat(256), 'é'.repeat(127), 'é'.repeat(128)],
    a_text: [...texts(40), 'x'.repeat(65535), 'x'.repeat(65536)],
    an_old_text: texts(5),
    a_latin_text: texts(5),
    an_ascii_text: texts(5),
    a_date: dates.filter((value) => value !== '2024-00-10'),
    a_time: [...times.filter((value) => value !== ''), '838:59:59', '-838:59:59', '839:00:00', '100:00:00'],
    a_datetime: [...moments, new Date('+010000-01-01T00:00:00Z')],
    a_datetime_0: moments,
    a_timestamp: [
      ...moments.slice(0, 1), new Date(0), new Date(1000), new Date('2038-01-19T03:14:07Z'),
      new Date('2038-01-19T03:14:08Z'), new Date(NaN),
    ],
    a_json: jsons,
    a_binary: bytes(0, 3, 4),
    a_varbinary: bytes(0, 4, 5),
    a_tinyblob: bytes(0, 255, 256),
    a_bit: [...bytes(0, 1, 3), Uint8Array.of(1, 255), Uint8Array.of(2, 0), Uint8Array.of(0, 7)],
    an_enum: ['a', "b's", 'c', 'd', '4', 'ab'],
    a_set: ['', 'x', 'x,y', 'x,y,z', 'w', 'x,w'],
    a_uuid: uuids,
    an_inet4: ['10.0.0.1', '256.0.0.1', 'abc', '1.2.3'],
    an_inet6: ['::1', '2001:db8::1', 'abc', '1:2:3'],
  },
  sqlite: {
    an_integer: [0, 1, -1, 2 ** 53 - 1],
    // Its driver hands no infinities over.
    a_real: floats.filter((value) => value === value && Math.abs(value) !== Infinity),
    a_decimal: ['0', '0.5', '12.345', '-7'],
    a_boolean: [true, false],
    a_text: texts(10).filter((value) => !value.includes('\0')),
    a_varchar: texts(5).filter((value) => !value.includes('\0')),
    a_blob: bytes(0, 1, 300),
    a_date: ['2024-02-29'],
    a_datetime: ['2024-02-29 12:00:00'],
  },
};

const day = (text) => new Date(`${text}T00:00:00Z`);

/** Values of the columns of `rules`; a row is `good` with some of them changed. */
export const rules = {
  rating: [1, 5, 0, 6, null],
  big: [11n, 10n, 13n, 12n, null],
  price: ['0.5', '0.49', '10.00', 'NaN', '-3', null],
  discount: ['0', '50', '50.01', '9', 'NaN', null],
  cost: ['0', '0.0000001', '5', 'NaN', 'Infinity', '-Infinity', null],
  ratio: [0, 0.1, -1, NaN, Infinity, null],
  share: [0, 1, 0.5, 1.5, -0.1, NaN, null],
  title: ['abc', 'ab', '', '😀😀', '😀😀😀', 'title'],
  slug: ['abc', 'aBc', '', 'a-1', 'a b', null],
  email: ['a@b', '@b', 'a@', 'xx@yy', 'a\n@b', '', null],
  code: ['A_b', 'Axb', 'A_xxb', 'a_b', 'Ab', 'A_', 'A_\nb', null],
  name: ['x', ' x ', '', '  ', '\t', null],
  status: ['open', 'done', "can't", 'other', ''],
  done_at: [day('2024-05-05'), null],
  starts_on: ['2024-01-01', '2024-06-01', null],
  ends_on: ['2024-01-01', '2024-05-31', '2024-06-02', null],
  opens: ['08:00:00', '08:00', '12:00:00', null],
  closes: ['12:00:00', '08:00:00', '17:30:00.5', null],
  from_at: [day('2024-01-01'), day('2024-06-01')],
  to_at: [day('2024-01-01'), day('2024-01-02'), day('2025-01-01'), null],
  one: [1, 9, null],
  two: [1, 2, null],
  left_id: [1, null],
  right_id: [1, null],
  since: ['1999-12-31', '2000-01-01', '2024-01-01', null],
  parity: [0, 1, 2, 3, null],
  flag: [true, false],
  other: [true, false, null],
  named: ['n', '', ' n', 'longer than ten'],
  matched: ['a', 'a-b_1', 'a.5', 'a.', 'A', '', 'a\n', 'a.5\n', 'é', null],
  unmatched: ['abc', 'aXc', 'z', '', '\n', null],
};
