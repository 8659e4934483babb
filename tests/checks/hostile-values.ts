import fc from 'fast-check'
import type { Mutation } from './json-tree.ts'

const deep = (open: string, close: string, depth = 20_000) => open.repeat(depth) + close.repeat(depth)
const quoted = (text: string) => JSON.stringify(text)

/** JSON texts that have broken servers before. */
export const hostileTexts = [
  ...[
    '"\\u0000"',
    '"a\\u0000b"',
    '"\\ud800"',
    '"x\\udc00"',
    '"\\ud83d"',
    '"\\uffff"',
    '"\\u202e"',
    '"\\u001e"',
    '"\\b\\f"',
  ],
  ...[
    '""',
    '" "',
    '"null"',
    '"true"',
    '"1"',
    '"NaN"',
    '"__proto__"',
    '"constructor"',
    '"toString"',
    '"other"',
    '"none"',
  ],
  ...["'; DROP TABLE responses; --", "' OR 1=1 --", '\\', '%00', '{{7*7}}', '<script>alert(1)</script>', '=1+1'].map(
    quoted,
  ),
  ...[
    '../../etc/passwd',
    'C999',
    'C001 ',
    'c001',
    'Ｃ００１',
    '天'.repeat(23_000),
    'a'.repeat(70_000),
    'é'.normalize('NFD'),
  ].map(quoted),
  ...['9999-12-31T23:59:59Z', '9999-12-31T23:59:59+14:00', '0000-01-01T00:00:00Z', '2026-02-30T10:00:00Z'].map(quoted),
  ...['+275760-09-13T00:00:01Z', '-000001-01-01T00:00:00Z', '2026-11-21T23:59:60Z', '2026-11-21', 'now', '1e400'].map(
    quoted,
  ),
  ...[
    '00000000-0000-0000-0000-000000000000',
    '{8c5a8d0e-0000-4000-8000-000000000000}',
    'urn:uuid:8c5a8d0e-0000-4000-8000-000000000000',
  ].map(quoted),
  ...['null', 'true', 'false', '0', '-0', '-1', '1.5', '1e400000', '-1e400000', '1e-400000', '1E2', '9007199254740993'],
  ...['2147483648', '-2147483649', '9223372036854775808', '123456789012345678901234567890', '0.1e1', '1.0', '2'],
  ...['[]', '{}', '[[]]', '[null]', '[{}]', '{"":""}', '{"__proto__":{"admin":true}}', '{"length":1e9}', '{"then":1}'],
  ...['{"constructor":{"prototype":{"admin":true}}}', '{"toString":1,"valueOf":2,"hasOwnProperty":3}', '{"toJSON":1}'],
  ...[deep('[', ']'), deep('{"a":', '}').replace(':}', ':1}'), deep('[', ']', 200)],
  `[${'"elder_care",'.repeat(9_999)}"elder_care"]`,
  `[${Array.from({ length: 10_000 }, (_, index) => `"choice${index}"`).join(',')}]`,
  `{${Array.from({ length: 10_000 }, (_, index) => `"k${index}":1`).join(',')}}`,
]

/** Keys that nobody asked for; the last ones are names of columns that only the server may set. */
const hostileKeys = [
  ...[
    '"__proto__"',
    '"constructor"',
    '"prototype"',
    '"\\u0000"',
    '"\\ud800"',
    '""',
    '"a b"',
    '"toString"',
    '"hasOwnProperty"',
  ],
  ...[
    '"district_id"',
    '"districtId"',
    '"receipt"',
    '"review"',
    '"received_at"',
    '"status"',
    '"answers"',
    '"suggestion-Comment"',
  ],
]

const anyJson = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...hostileTexts) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }).map((text) => JSON.stringify(text)) },
)

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 6, arbitrary: anyJson.map((text) => ({ how: 'put' as const, text })) },
  { weight: 1, arbitrary: fc.constant({ how: 'drop' as const }) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...hostileKeys), anyJson)
      .map(([key, text]) => ({ how: 'add' as const, key, text })),
  },
  { weight: 1, arbitrary: anyJson.map((text) => ({ how: 'repeat' as const, text })) },
  { weight: 1, arbitrary: fc.constantFrom({ how: 'wrap' as const }, { how: 'quote' as const }) },
)

/** One to three changes; none at all two times in nine. */
export const changes: fc.Arbitrary<{ where: number; mutation: Mutation }[]> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<{ where: number; mutation: Mutation }[]>([]) },
  { weight: 7, arbitrary: fc.array(fc.record({ where: fc.nat(10_000), mutation }), { minLength: 1, maxLength: 3 }) },
)

/** What stands in an address where a code should. All of it is legal in the first line of a request. */
export const hostileSegments = [
  ...[
    '%00',
    'a%00b',
    '%ED%A0%80',
    '%C0%AE',
    '%zz',
    '%',
    '..%2f..%2fetc%2fpasswd',
    '%2e%2e',
    '%20',
    '%E5%A4%A9',
    '__proto__',
  ],
  ...[
    'constructor',
    'C999',
    "'%20OR%201=1--",
    '1e400000',
    '-1',
    '0',
    '1.5',
    '99999999999999999999',
    'null',
    'undefined',
    'ZZ',
  ],
  ...[
    'a'.repeat(41),
    'a'.repeat(300),
    'a'.repeat(8_000),
    '*',
    '%7B%7D',
    '%0d%0aX-Injected:%201',
    '+',
    ';',
    ':',
    '@',
    'yx',
    'YXX',
  ],
]

/** Bodies that are no JSON, or not all of it. */
export function spoilt(body: string, how: number): Buffer {
  const bytes = Buffer.from(body)
  const middle = Math.floor(bytes.length / 2)
  const ways: (() => Buffer)[] = [
    () => bytes.subarray(0, middle),
    () => Buffer.concat([bytes, Buffer.from('}')]),
    () => Buffer.concat([bytes, bytes]),
    () => Buffer.alloc(0),
    () => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]),
    () => Buffer.concat([bytes.subarray(0, middle), Buffer.from([0xff, 0xfe, 0xc0]), bytes.subarray(middle)]),
    () => Buffer.from(body, 'utf16le'),
    () => Buffer.from(body.replaceAll('"', "'")),
    () => Buffer.from('null'),
    () => Buffer.from('[]'),
    () => Buffer.from('"text"'),
    () => Buffer.from(`{"a":"${'x'.repeat(1_100_000)}"}`),
    () => Buffer.from(`${body.slice(0, -1)},"a":"${'x'.repeat(300_000)}"}`),
    () => Buffer.from(deep('[', ']', 50_000)),
    () => Buffer.from(deep('{"a":', '}', 30_000)),
  ]
  return (ways[how % ways.length] as () => Buffer)()
}
