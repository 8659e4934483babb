/** Ways to write the address of a listener on this machine. */
export function spellings(port: number): string[] {
  const hosts = [
    ...[
      '127.0.0.1',
      'localhost',
      '127.1',
      '127.0.1',
      '0',
      '0.0.0.0',
      '2130706433',
      '0x7f000001',
      '0x7f.0.0.1',
      '017700000001',
    ],
    ...[
      '0177.0.0.1',
      '[::1]',
      '[::]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[0:0:0:0:0:ffff:127.0.0.1]',
      '127.0.0.1.',
    ],
    ...[
      'localhost.',
      'LOCALHOST',
      '127。0。0。1',
      '１２７.0.0.1',
      '①②⑦.⓪.⓪.①',
      '127.0.0.1%00.example',
      'user:pass@127.0.0.1',
    ],
    ...['example.com@127.0.0.1', '127.0.0.1#@example.com', '127.127.127.127', '127.0.0.1.nip.io', 'localtest.me'],
  ]
  const plain = hosts.map((host) => `http://${host}:${port}/inside`)
  return [
    ...plain,
    `//127.0.0.1:${port}/inside`,
    `http:\\\\127.0.0.1:${port}\\inside`,
    `gopher://127.0.0.1:${port}/_GET`,
    `ftp://127.0.0.1:${port}/`,
  ]
}
